"""A name in any script is accepted unchanged; a name that would spoil the text around it is rejected."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, strategies as st

from core.situation.names import MAX_NAME_LENGTH, check_name
from tests.core.situation.links import ARABIC, FAMILY, HEBREW, assert_is_a_sentence, deterministic, opened


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "b" * MAX_NAME_LENGTH,
        "class 1",
        HEBREW,
        ARABIC,
        FAMILY,
        "日本語",
        "\u200fאב",
        "1\ufe0f\u20e3",
        "<b>&$_",
    ],
)
def test_names_of_every_script_are_accepted_as_they_are(name: str) -> None:
    assert check_name(name) == name
    assert opened(classes=f"other,{name}", of=name).to_query()["of"] == name


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "is empty"),
        (" \t\n\u2003", "is empty"),
        ("b" * 25, "longer than 24"),
        (" " * 10_000 + "b" * 10_000, "longer than 24"),
        # 24 characters as typed, but 25 in form NFC, because U+0958 has no composed form.
        ("\u0958" + "b" * 23, "longer than 24"),
        ("a,b", "a comma"),
        ("a\tb", "a control character (U+0009)"),
        ("a\x85b", "a control character (U+0085)"),
        ("a\u2028b", "a line separator (U+2028)"),
        ("a\u2029b", "a paragraph separator (U+2029)"),
        ("a\udfff", "half of a character (U+DFFF)"),
        *[(f"a{chr(c)}b", "reorders text") for c in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]],
        *[
            (c, "no visible character")
            for c in "\u200b\u200d\u200f\u2060\ufeff\ufe0f\u3164\u2800\u00ad\U000e0100"
        ],
        ("\u200b \u3164", "no visible character"),
    ],
)
def test_a_name_that_would_break_the_text_around_it_is_rejected(name: str, fault: str) -> None:
    with pytest.raises(ValueError, match="accepted") as caught:
        check_name(name)
    assert fault in str(caught.value)
    assert_is_a_sentence(str(caught.value))


def test_a_name_is_trimmed_composed_and_a_plain_str() -> None:
    name = check_name(np.str_("  e\u0301\u2003"))
    assert name == "\u00e9"
    assert type(name) is str


def test_a_name_that_is_taken_is_rejected_in_every_spelling() -> None:
    for spelling in ("\u00e9", "e\u0301", " \u00e9 "):
        with pytest.raises(ValueError, match="already taken"):
            check_name(spelling, others=["a", "e\u0301"])
    assert check_name("A", others=["a"]) == "A"


def test_a_name_must_be_text() -> None:
    with pytest.raises(TypeError, match="is not text"):
        check_name(3)  # type: ignore[arg-type]


@deterministic
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_checking_a_name_twice_changes_nothing(text: str) -> None:
    try:
        name = check_name(text)
    except ValueError as error:
        assert_is_a_sentence(str(error))
    else:
        assert check_name(name) == name
        assert name == unicodedata.normalize("NFC", name).strip()
        assert 1 <= len(name) <= MAX_NAME_LENGTH
