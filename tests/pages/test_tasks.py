"""Tasks by link: the question that is asked, the reply to an answer, and locks that hold against anyone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from pages import descend
from tests.pages.follow import follow, turn_to
from tests.pages.sent import sent_to
from ui import controls, loss_part, session as app_session, sidebar, task
from ui.lesson import LOCK, LOCKABLE, lock_text, locks
from ui.text import for_markdown

APP = str(Path(__file__).parents[2] / "app.py")
WIDGETS = ("text_input", "segmented_control", "selectbox")


def opened(page: str = "", **query: str) -> AppTest:
    """A page as a user sees it after opening a link to it."""
    test = AppTest.from_file(APP, default_timeout=20)
    test.run()
    if page:
        turn_to(test, page)
    follow(test, query)
    assert not test.exception
    return test


def question(test: AppTest) -> str:
    """The question as it is shown, without the marks that Markdown needs; empty if there is none."""
    asked = [text.value for text in test.markdown if text.value.startswith("**Task** ")]
    return asked[0].removeprefix("**Task** ").replace("\\", "") if asked else ""


def answer(test: AppTest, asked: str, value: Any) -> AppTest:
    """Answer the question."""
    widgets: list[Any] = [widget for kind in WIDGETS for widget in test.get(kind)]
    typed = str(value) if isinstance(value, float) else value
    next(widget for widget in widgets if widget.key == f"task_{asked}").set_value(typed)
    test.run()
    assert not test.exception
    return test


def reply(test: AppTest) -> tuple[bool, str]:
    """Whether the answer is right, and what is said about it."""
    said = [text.value for text in test.success] + [text.value for text in test.info]
    assert len(said) == 1
    return bool(test.success), said[0].replace("\\", "")


@pytest.mark.parametrize(
    ("page", "ask", "words", "right", "slip", "said"),
    [
        ("", "sign-1-2", "Is the derivative of the probability of “setosa” with respect to the raw output of "
         "“versicolor” positive or negative?", "negative", "positive", "itself gains"),
        ("derive", "formula-1-1", "“setosa” (class i) with respect to the raw output of “setosa” (class j)?",
         "own", "cross", "for two different classes"),
        ("", "value-1-2", "Within 0.005 counts as correct.", -0.075, 0.075, "look at the sign"),
        ("descend", "gradient-2", "gradient of cross-entropy with respect to the raw output of “versicolor”? "
         "The true class is “versicolor”. Within 0.005 counts as correct.", -0.89, 0.11, "target is still"),
        ("descend", "gains-1", "The raw output of “setosa” is lowered a little. Which class gains the most",
         2, 1, "smallest"),
    ],
)  # fmt: skip
def test_each_question_is_asked_and_a_right_and_a_wrong_answer_get_a_word(
    page: str, ask: str, words: str, right: Any, slip: Any, said: str
) -> None:
    # The cell of the question counts, not the chosen one.
    test = opened(page, ask=ask, of="virginica", wrt="virginica")
    assert not test.warning
    assert words in question(test)
    assert not test.success
    assert not test.info
    assert reply(answer(test, ask, right))[0]
    ok, why = reply(answer(test, ask, slip))
    assert not ok
    assert said in why
    assert test.query_params["ask"] == ask


def test_the_verdict_is_about_the_situation_that_is_shown() -> None:
    test = answer(opened("descend", ask="gradient-1"), "gradient-1", 0.684)
    assert reply(test)[0]
    test.selectbox(key="true_class").set_value(0).run()
    assert not test.exception
    assert "The true class is “setosa”" in question(test)
    assert not reply(test)[0]
    assert reply(answer(test, "gradient-1", -0.316))[0]
    test.segmented_control(key="loss_kind").set_value("squared error").run()
    assert "gradient of squared error" in question(test)
    assert not reply(test)[0]


def test_a_board_follows_with_its_task() -> None:
    test = answer(opened(ask="gains-1"), "gains-1", 2)
    assert reply(test)[0]
    assert app_session.KEY in test.session_state
    assert test.session_state[app_session.KEY].followers == (task.TASK,)
    turn_to(test, "iris").run()
    assert test.session_state[app_session.KEY].followers == ()
    assert question(test) == ""


def test_more_than_five_classes_are_a_list() -> None:
    test = opened(ask="gains-1", z="0,1,2,3,4,5")
    assert not reply(answer(test, "gains-1", 0))[0]
    assert reply(answer(test, "gains-1", 5))[0]
    test.number_input(key="number_of_classes").set_value(5).run()
    assert not test.exception
    # The answer was the class that is gone.
    assert not test.success
    assert reply(answer(test, "gains-1", 4))[0]


def test_answers_are_still_there_after_a_look_at_another_page() -> None:
    test = answer(opened(ask="value-1-1"), "value-1-1", 0.216)
    turn_to(test, "iris").run()
    assert not test.success
    turn_to(test, "").run()
    assert test.text_input(key="task_value-1-1").value == "0.216"
    assert reply(test)[0]


@pytest.mark.parametrize("typed", ["-0.075", "−0.075", " -0,075 ", "-7.5e-2"])
def test_a_number_may_be_typed_with_a_comma_or_any_minus_sign(typed: str) -> None:
    test = answer(opened(ask="value-1-2"), "value-1-2", typed)
    assert reply(test)[0]
    assert test.text_input(key="task_value-1-2").value == "−0.075"


@pytest.mark.parametrize("typed", ["a lot", "1,2,3", "nan", "1e400", "--1"])
def test_what_is_no_number_gets_a_sentence_and_no_verdict(typed: str) -> None:
    test = answer(opened(ask="value-1-2"), "value-1-2", typed)
    assert not test.success
    assert not test.info
    assert [text.value for text in test.warning] == [
        f"“{for_markdown(typed)}” is not a number. A number such as −0.25 is accepted."
    ]
    assert reply(answer(test, "value-1-2", "-0.075"))[0]
    assert not test.warning


def test_names_are_text_in_a_question() -> None:
    names = "$x$ :red[a],**b**,<i>c  d,<i>c d"
    test = opened(ask="gains-1", classes=names, z="0,1,2,3")
    assert "“$x$ :red[a]”" in question(test)
    # Two names that Markdown would show alike are told apart in a list.
    assert test.selectbox(key="task_gains-1").options == names.split(",")
    assert reply(answer(test, "gains-1", 3))[0]


def test_a_question_that_this_page_cannot_ask_stays_in_the_link() -> None:
    test = opened(ask="gradient-2")
    assert not test.warning
    assert question(test) == ""
    assert test.query_params["ask"] == "gradient-2"
    turn_to(test, "descend").run()
    assert "gradient of cross-entropy" in question(test)


def test_a_question_about_a_class_that_has_gone_is_not_asked() -> None:
    test = opened(ask="sign-3-1")
    assert question(test)
    test.number_input(key="number_of_classes").set_value(2).run()
    assert not test.exception
    assert question(test) == ""


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"ask": "sign-1-4"}, "ask in the link is “sign-1-4”; it must be sign, formula or value"),
        ({"ask": "gradient-1", "z": "1,2"} | {"ask": "gradient-3"}, "like gains-1."),
        ({"ask": "<b>"}, "ask in the link is “<b>”; it must be"),
        ({"ask": "x" * 5000}, "ask in the link is “xxx"),
        (
            {"lock": "names"},
            "“names”; it must be one or more of classes, temperature and z",
        ),
        ({"lock": "z,z"}, "lock in the link is “z,z”"),
        ({"lock": "z,"}, "lock in the link is “z,”"),
    ],
)
def test_a_bad_question_or_lock_costs_one_sentence(query: dict[str, str], says: str) -> None:
    test = opened(**query)
    (warning,) = test.warning
    assert says in warning.value.replace("\\", "")
    assert question(test) == ""
    assert sent_to(test, "board")["locked"] is False


def test_the_order_of_locks_does_not_matter() -> None:
    assert locks("z,classes") == locks("classes,z") == {"classes", "z"}
    assert lock_text(locks("z,temperature,classes")) == ",".join(LOCKABLE)
    assert lock_text(locks("")) == ""
    assert LOCK.accepts("z,classes", Scenario())


def test_what_would_change_something_locked_is_disabled_and_said() -> None:
    test = opened("descend", lock="classes,temperature,z", ask="gains-1")
    said = [caption.value for caption in test.caption]
    assert "Locked for this task: classes, temperature, raw outputs." in said
    assert test.selectbox(key="preset").disabled
    assert test.number_input(key="number_of_classes").disabled
    assert test.text_input(key="class_name_0").disabled
    assert sent_to(test, "board")["locked"]
    assert sent_to(test, "temperature")["locked"]
    assert sent_to(test, "loss")["locked"]
    assert next(button for button in test.button if "wrong" in button.label).disabled
    # Nobody is told to drag what is locked.
    assert not any("drag a bar" in text.value for text in test.markdown)


def test_each_lock_locks_its_own_and_nothing_else() -> None:
    test = opened("descend", lock="temperature", ask="gains-1")
    assert not test.number_input(key="number_of_classes").disabled
    assert not test.text_input(key="class_name_0").disabled
    assert not sent_to(test, "board")["locked"]
    assert sent_to(test, "temperature")["locked"]
    assert any("drag a bar" in text.value for text in test.markdown)
    test = opened(lock="z")
    assert test.number_input(key="number_of_classes").disabled
    assert not test.text_input(key="class_name_0").disabled
    assert not sent_to(test, "temperature")["locked"]
    assert not test.button(key="reset").disabled, "the raw outputs are those of the start"
    free = opened()
    assert not any("Locked" in caption.value for caption in free.caption)
    assert not free.selectbox(key="preset").disabled


def test_a_flower_cannot_be_opened_where_it_would_change_what_is_locked() -> None:
    for key in ("open_", "open_derive"):
        assert opened("iris", lock="z").button(key=key).disabled
        assert not opened("iris", lock="classes").button(key=key).disabled, "the classes are the same"


# Locks hold against whatever a browser sends: the callbacks are called with it.


class _Widgets(dict[str, Any]):
    """A session in which each part has committed the same, and other widgets have values of their own."""

    commit: Any = None

    def get(self, key: str, default: Any = None) -> Any:
        if key in self or key.startswith("softmax_"):
            return super().get(key, default)
        return SimpleNamespace(commit=self.commit)


@contextmanager
def locked_session(lock: str) -> Iterator[_Widgets]:
    from tests.ui.test_callbacks import PAGES, Address

    widgets, address = _Widgets(), Address(lock=lock, ask="sign-1-2")
    with patch("streamlit.session_state", widgets), patch("streamlit.query_params", address):
        app_session.begin("descend", PAGES)
        assert app_session.locked() == locks(lock)
        yield widgets
        assert app_session.setting(LOCK) == lock, "nobody takes a lock off"


def forge(widgets: _Widgets) -> None:
    """Do everything that changes classes, temperature or raw outputs, as a forged browser could."""
    from ui import board

    seq = iter(range(1, 100))

    def commit(**told: Any) -> None:
        widgets.commit = {"seq": next(seq), **told}

    commit(z=[3.0, 2.0, 1.0], i=0, j=0)
    board._take_board("board", "", lambda _: {}, lambda _, __: None)
    commit(temperature=7.0)
    controls._take_temperature("temperature")
    commit(steps=3)
    loss_part._take(descend._choice, "", lambda: None)
    descend._start_wrong()
    widgets["preset"] = "ten-classes"
    sidebar._take_preset()
    widgets[sidebar._number_key()] = 5
    sidebar._take_number()
    widgets["class_name_0"] = "another"
    sidebar._take_name(0)
    sidebar._reset()
    app_session.visit("", PRESETS[-1].scenario)


@pytest.mark.parametrize(
    "lock", ["classes", "temperature", "z", "classes,temperature", "classes,temperature,z"]
)
def test_what_is_locked_holds_against_forged_commits(lock: str) -> None:
    with locked_session(lock) as widgets:
        before = app_session.scenario()
        forge(widgets)
        after, start = app_session.scenario(), app_session.start()
        for name in locks(lock):
            assert getattr(after, name) == getattr(before, name), name
            assert getattr(start, name) == getattr(before, name), name
        if lock == "classes,temperature,z":
            assert after == before
            assert app_session._now().asked_for is None
            assert app_session._now().set_aside == []


def test_without_locks_the_same_commits_change_everything() -> None:
    with locked_session("") as widgets:
        before = app_session.scenario()
        forge(widgets)
        after = app_session.scenario()
        assert all(getattr(after, name) != getattr(before, name) for name in ("classes", "z"))
        assert app_session._now().asked_for is not None


def test_a_lock_leaves_the_rest_free() -> None:
    with locked_session("classes,temperature"):
        app_session.change(app_session.scenario().with_z((1, 2, 3)).with_cell(1, 2), steps="")
        assert app_session.scenario() == Scenario(z=(1, 2, 3), i=1, j=2)


def test_only_possible_answers_are_restored() -> None:
    with locked_session(""):
        right = {"sign-1-2": "positive", "gains-1": 2, "value-1-1": 0.2}
        wrong = {"sign-1-1": "maybe", "gains-2": 11, "value-1-2": float("nan"), "more": 1}
        task.restore({"task_answers": right | wrong})
        assert app_session.kept()["task_answers"] == right
        nonsense: list[Any] = [None, [1], {"sign-1-2": {}}]
        for told in nonsense:
            task.restore({"task_answers": told})
        assert app_session.kept()["task_answers"] == right
