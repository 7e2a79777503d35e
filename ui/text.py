"""Making a stranger's text safe for the places it is shown in."""

import string

__all__ = ["for_markdown", "for_plotly", "for_scene"]

_PUNCTUATION = str.maketrans({mark: "\\" + mark for mark in string.punctuation})


def for_markdown(text: str) -> str:
    r"""Escape every mark that Markdown, its directives or LaTeX could take for markup.

    Examples
    --------
    >>> print(for_markdown("$x$ :red[a] <b>"))
    \$x\$ \:red\[a\] \<b\>
    """
    return " ".join(text.split()).translate(_PUNCTUATION)


# What Plotly could take for an entity, a tag, a template or a formula, as the entities that it knows.
_FOR_PLOTLY = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "%": "&#37;"})


def for_plotly(text: str) -> str:
    """Escape what Plotly's SVG text could take for markup, and nothing else.

    Plotly decodes entities once, after it has looked for tags, templates %{...} and the dollar signs of
    MathJax. By name it knows mu, amp, lt, gt, nbsp, times, plusmn and deg, and any by its number; others,
    such as &quot;, it shows as they are written. Titles, annotations and labels under the pointer are alike.

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
