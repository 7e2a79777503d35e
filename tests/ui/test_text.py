"""Class names are text wherever they are shown: no part of them is markup, and no part is changed."""

import re
from html import unescape

import pytest
from hypothesis import given, strategies as st

from ui.text import for_markdown, for_plotly, for_scene

# What the bundled plotly.js treats as an entity, and the entities that it knows by name
# (src/lib/svg_text_utils.js). tests/browser/test_names.py reads what plotly.js draws.
_ENTITY = re.compile(r"&(#\d+|#x[\da-fA-F]+|[a-z]+);")
_NAMES = ("mu", "amp", "lt", "gt", "nbsp", "times", "plusmn", "deg")
_NAMED = {name: unescape(f"&{name};") for name in _NAMES}
MARKED_UP = [
    "\"A\" & <b>'x'</b> $y$",
    "&quot;&#x27;&amp;&lt;",
    "&amp;quot; &#38;#39;",
    "<a href='//x'>%{meta}",
    "%{meta.z} <br> $$",
]


def drawn(text: str) -> str:
    """What Plotly draws for a text with entities and without tags."""

    def decoded(found: re.Match[str]) -> str:
        what = found[1]
        if what.startswith("#"):
            return chr(int(what[2:], 16) if what[1] == "x" else int(what[1:]))
        return _NAMED.get(what, found[0])

    return _ENTITY.sub(decoded, text)


@pytest.mark.parametrize("name", MARKED_UP)
def test_plotly_shows_a_name_with_markup_in_it_as_it_is(name: str) -> None:
    assert drawn(for_plotly(name)) == name


@given(st.text(st.sampled_from("ab \"'&<>$%{}#;/quotxampl0123479é")))
def test_plotly_shows_any_name_as_it_is_and_finds_no_markup_in_it(name: str) -> None:
    escaped = for_plotly(name)
    assert drawn(escaped) == name
    assert not set("<>$%") & set(escaped)


@pytest.mark.parametrize("name", MARKED_UP)
def test_a_name_in_a_scene_has_neither_tags_nor_templates_and_looks_the_same(name: str) -> None:
    escaped = for_scene(name)
    assert not re.search(r"<[^\u2060]|%\{", escaped)
    assert escaped.replace("\u2060", "") == name


@given(st.text())
def test_markdown_without_its_backslashes_is_the_text(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", for_markdown(text)) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Is it positive or negative?",
        "Within 0.005 counts as correct.",
        "What is p of “a”, to 3 digits; or 5%?",
    ],
)
def test_a_label_that_is_read_aloud_has_no_backslash(text: str) -> None:
    assert for_markdown(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. a", r"1\. a"),
        ("2) a", r"2\) a"),
        ("12.", r"12\."),
        ("www.a.example", r"www\.a\.example"),
        ("a@b.example", r"a\@b\.example"),
        ("- a", r"\- a"),
        ("a -> b", r"a \-\> b"),
        ("*a* _b_ ~c~ `d`", r"\*a\* \_b\_ \~c\~ \`d\`"),
        (r"![a](b) &lt; :red[c] $d$ \\", r"\!\[a\]\(b\) \&lt; \:red\[c\] \$d\$ \\\\"),
    ],
)
def test_markdown_shows_marks_as_they_are(text: str, escaped: str) -> None:
    assert for_markdown(text) == escaped
