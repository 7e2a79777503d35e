"""Makes text from strangers safe for the places where it is shown."""

import re

__all__ = ["for_markdown", "for_plotly", "for_scene"]

# A point is a mark only inside an address, such as "www.example", or after a number that begins the text.
_MARKUP = re.compile(r"[!#$&()*+\-/:<=>@[\\\]^_`{|}~]|\.(?=\S)(?!(?<=\d\.)\d)")
_LIST = re.compile(r"^(\d+)\.(?!\d)")


def for_markdown(text: str) -> str:
    r"""Escape every mark that Markdown, its directives or LaTeX could take for markup.

    Streamlit gives the label of a widget to screen readers as it is. So a mark in it that needs no backslash
    must not have one.

    Examples
    --------
    >>> print(for_markdown("$x$ :red[a] <b>"))
    \$x\$ \:red\[a\] \<b\>
    >>> print(for_markdown("Is it 0.5? Within 0.005 counts, www.example.com does not."))
    Is it 0.5? Within 0.005 counts, www\.example\.com does not.
    """
    escaped = _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    return _LIST.sub(r"\1\.", escaped)


# Characters that Plotly could take for an entity, tag, template or formula, and entities that it decodes.
_FOR_PLOTLY = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "%": "&#37;"})


def for_plotly(text: str) -> str:
    """Escape what Plotly's SVG text could take for markup, and nothing else.

    Plotly decodes entities once, after it has looked for tags, templates %{...} and the dollar signs of
    MathJax. It knows the names mu, amp, lt, gt, nbsp, times, plusmn and deg, and decodes every number. It
    shows other entities, such as &quot;, as they are written. This holds for titles, annotations and labels
    under the pointer.

    Examples
    --------
    >>> for_plotly("<a href='x'>$y$</a> & %{z}")
    "&lt;a href='x'&gt;&#36;y&#36;&lt;/a&gt; &amp; &#37;{z}"
    """
    return text.translate(_FOR_PLOTLY)


def for_scene(text: str) -> str:
    r"""Break up tags and %{...} templates with an invisible mark: Plotly's 3D text knows no escapes.

    Examples
    --------
    >>> ascii(for_scene("<b>50 %{z}</b>"))
    "'<\\u2060b>50 %\\u2060{z}<\\u2060/b>'"
    """
    return text.replace("<", "<\N{WORD JOINER}").replace("%", "%\N{WORD JOINER}")
