"""Making a stranger's text safe for the places it is shown in."""

import html
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


def for_plotly(text: str) -> str:
    """Escape the tags of Plotly's pseudo-HTML, its %{...} templates and the dollar signs of MathJax.

    Examples
    --------
    >>> for_plotly("<a href='x'>$y$</a> %{z}")
    '&lt;a href=&#x27;x&#x27;&gt;&#36;y&#36;&lt;/a&gt; &#37;{z}'
    """
    return html.escape(text).replace("$", "&#36;").replace("%", "&#37;")


def for_scene(text: str) -> str:
    r"""Break up tags and %{...} templates with an invisible mark: Plotly's 3D text knows no escapes.

    Examples
    --------
    >>> ascii(for_scene("<b>50 %{z}</b>"))
    "'<\\u2060b>50 %\\u2060{z}<\\u2060/b>'"
    """
    return text.replace("<", "<\N{WORD JOINER}").replace("%", "%\N{WORD JOINER}")
