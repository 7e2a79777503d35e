"""Every link of docs/teaching.md opens what it says, and the numbers that the text tells are right."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from core.derivatives import jacobian
from core.descent import descend
from core.loss import cross_entropy_gradient, one_hot
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.pages.follow import follow, turn_to
from ui import theme
from ui.lesson import hidden

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
LINKS = re.findall(r"\]\((http://localhost:8501/[^)]*)\)", TEXT)


def opened(link: str) -> AppTest:
    """A page as a user sees it after opening a link."""
    address = urlsplit(link)
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    if page := address.path.strip("/"):
        turn_to(test, page)
    # Only the run that reads a link tells what is wrong with it.
    return follow(test, dict(parse_qsl(address.query)))


def test_the_plan_has_a_link_for_every_scene() -> None:
    scenes = re.split(r"^### ", TEXT.split("## Homework")[0], flags=re.MULTILINE)[1:]
    assert len(scenes) == 7
    assert all("http://localhost:8501/" in scene and "present=on" in scene for scene in scenes)
    assert sum(int(minutes) for minutes in re.findall(r"\((\d+) minutes?\)", TEXT)) == 20


@pytest.mark.parametrize("link", sorted(set(LINKS)))
def test_a_link_opens_what_it_says(link: str) -> None:
    test = opened(link)
    assert not test.exception
    assert not test.warning
    asked = dict(parse_qsl(urlsplit(link).query))
    found = {name: "".join(value) for name, value in test.query_params.items()}
    assert {**found, "hide": set(hidden(found.get("hide", "")) or ())} == {
        **asked,
        "hide": set(hidden(asked.get("hide", "")) or ()),
    }
    if "ask" in asked:
        assert any(text.value.startswith("**Task** ") for text in test.markdown)


def test_the_numbers_that_the_text_tells_are_those_of_the_worked_example() -> None:
    now = Scenario()
    probabilities = [theme.decimal(value) for value in softmax(now.z)]
    column = [theme.decimal(value) for value in jacobian(now.z)[:, 1]]
    gradient = [theme.signed(value) for value in cross_entropy_gradient(now.z, one_hot(1, 3))]
    said = " ".join(TEXT.split())
    assert ", ".join(probabilities) in said
    assert f"{column[0]} + {column[1]} − {column[2].removeprefix(theme.MINUS)} = 0" in said
    assert ", ".join(gradient) in said
    assert f"the sum is {sum(now.z):.2f}" in said


def test_what_the_text_says_of_being_sure_and_wrong_is_so() -> None:
    start, target = [0.0, -4.0, 4.0], one_hot(1, 3)
    slow = descend(start, target, 1.0, 40, 1.0, "squared error")
    assert round(slow.z[-1][1], 2) == -3.95
    quick = descend(start, target, 1.0, 5, 1.0, "cross-entropy")
    assert [int(z.argmax()) for z in quick.z] == [2, 2, 2, 2, 2, 1], quick.z
    assert "from −4 only to −3.95" in " ".join(TEXT.split())
    assert "puts it ahead in five." in TEXT
