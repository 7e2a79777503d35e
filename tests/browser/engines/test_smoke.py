"""The most common actions work in Firefox and in WebKit, which every iPhone has."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.derivation.steps import STEP_KEYS
from core.derivatives import jacobian
from core.descent import descend
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.browser.engines.engine import Engine
from tests.browser.hands import BOARD_VALUES, FOLLOWED

PAGES = {
    "/": (".board[data-ready]", ["curve", "surface"]),
    "/derive?predict=off": (".steps[data-ready]", []),
    "/descend": (".loss[data-ready]", ["cross_entropy", "squared_error", "simplex"]),
    "/iris": (".iris[data-ready]", ["training"]),
    "/tour?scene=peak": (".board[data-ready]", ["curve"]),
}
SETOSA = ("[role=slider]", "setosa raw output")


def opened(engine: Engine, path: str) -> Engine:
    """Open a page and wait until it can be used and its charts are drawn; it fits, and nothing is wrong."""
    engine.open(path)
    ready, charts = next(PAGES[page] for page in PAGES if page.split("?")[0] == path.split("?")[0])
    engine.until("find(arg)", ready)
    for key in charts:
        engine.until("chart(arg)?.querySelector('.main-svg')", key)
    engine.settle()
    assert not engine.evaluate("all('[data-testid=stException]').length")
    assert engine.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return engine


def board(engine: Engine) -> dict[str, Any]:
    """Every number on the board, once it is there and its numbers have followed its bars."""
    engine.until(f"find('.board[data-ready]') && ({FOLLOWED})(({BOARD_VALUES})(find('.board')))")
    found: dict[str, Any] = engine.evaluate(f"({BOARD_VALUES})(find('.board'))")
    return found


def assert_agrees(engine: Engine) -> None:
    """What the board shows is what core computes."""
    shown = board(engine)
    np.testing.assert_allclose(shown["p"], softmax(shown["z"]), rtol=1e-12)
    np.testing.assert_allclose(shown["jacobian"], jacobian(shown["z"]), rtol=1e-12, atol=1e-300)


def test_a_dragged_bar_moves_everything_at_once_and_python_keeps_it(engine: Engine) -> None:
    opened(engine, "/")
    before = engine.evaluate("chart('curve').data[0].meta.live && chart('curve').layout.meta.of.z[0]")
    with engine.held(*SETOSA) as start:
        engine.drag(start, 60)
        dragged = board(engine)
        assert dragged["z"][0] > 2
        assert_agrees(engine)
        # Python has not received anything yet.
        assert engine.address == "/"
        assert engine.evaluate("chart('curve').layout.meta.of.z[0]") == before
    engine.until("location.search.includes(arg)", f"z={dragged['z'][0]}")
    engine.until("chart('curve')?.layout.meta.of.z[0] === arg", dragged["z"][0])
    assert board(engine) == dragged


def test_a_click_into_a_number_selects_it_and_what_is_typed_takes_its_place(engine: Engine) -> None:
    opened(engine, "/?z=2.5,0,1")
    engine.click("input", "setosa raw output, as a number")
    engine.type("3")
    engine.press("Enter")
    engine.until("location.search.includes('z=3%2C0%2C1')")
    assert board(engine)["z"] == [3, 0, 1]
    assert_agrees(engine)


def test_keys_move_a_bar_and_a_click_on_a_cell_chooses_both_classes(engine: Engine) -> None:
    opened(engine, "/")
    engine.click(*SETOSA)
    engine.press("ArrowRight")
    engine.until("location.search.includes('z=1.53')")
    assert_agrees(engine)
    engine.click("[data-testid=jacobian-1-2]")
    engine.until("/of=versicolor/.test(location.search) && /wrt=virginica/.test(location.search)")
    engine.until("chart('curve')?.data[0].meta.i === 1")
    assert "versicolor" in engine.text("[data-testid=formula-line]")


def test_the_derivation_goes_from_step_to_step(engine: Engine) -> None:
    opened(engine, "/derive?predict=off")
    for key in STEP_KEYS[1:]:
        engine.click("button", "Next")
        engine.until("find(arg)", f"[data-testid=step-{key}]")
    engine.until("location.search.includes(arg)", f"step={STEP_KEYS[-1]}")
    assert engine.evaluate("find('button', 'Next').disabled")


def test_a_descent_is_played_and_stops_where_python_agrees(engine: Engine) -> None:
    opened(engine, "/descend")
    engine.click("button", "Play")
    engine.until(f"({BOARD_VALUES})(find('.board')).z[1] > 0")
    engine.click("button", "Stop")
    engine.until("location.search.includes('steps=')")
    engine.settle()
    taken = int(engine.evaluate("new URLSearchParams(location.search).get('steps')"))
    path = descend(Scenario().z, [0, 1, 0], 1, taken)
    engine.until(
        f"JSON.stringify(({BOARD_VALUES})(find('.board')).z) === JSON.stringify(arg)", path.z[-1].tolist()
    )


def test_a_scene_of_the_tour_opens_and_its_numbers_are_those_of_core(engine: Engine) -> None:
    opened(engine, "/tour?scene=peak")
    assert_agrees(engine)


def test_a_training_is_played_and_stops_where_it_says(engine: Engine) -> None:
    opened(engine, "/iris?trained=0")
    engine.click("button", "Play")
    engine.until("parseInt(find('.iris .training .said').textContent) > 10")
    engine.click("button", "Stop")
    engine.until("(new URLSearchParams(location.search).get('trained') ?? '600') !== '0'")
    engine.settle()
    steps = engine.evaluate("new URLSearchParams(location.search).get('trained') ?? '600'")
    assert engine.text(".iris .training .said").startswith(f"{steps} of 600 steps")


def test_where_the_clipboard_is_closed_the_link_can_be_copied_by_hand(engine: Engine) -> None:
    opened(engine, "/?T=2")
    engine.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined }) && 0")
    engine.click("button", "Copy link")
    engine.until("find('input', 'Link to this view')?.value === location.href")
    assert engine.evaluate(
        "((field) => field.selectionEnd - field.selectionStart === field.value.length)(find('input', arg))",
        "Link to this view",
    )


def test_on_paper_there_are_the_numbers_and_the_derivation_and_no_control(engine: Engine) -> None:
    opened(engine, "/derive?predict=off")
    # Neither engine can emulate print, so the rules for paper are applied to the screen.
    engine.evaluate(
        """(() => {
          const roots = within(document).map((node) => node.shadowRoot).filter(Boolean);
          const sheets = [document, ...roots]
            .flatMap((root) => [...root.styleSheets, ...root.adoptedStyleSheets]);
          const turn = (rules) => {
            for (const rule of rules) {
              if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
              if (rule.cssRules) turn(rule.cssRules);
            }
          };
          for (const sheet of sheets) turn(sheet.cssRules);
        })()"""
    )
    for key in STEP_KEYS:
        engine.until("find(arg)", f"[data-testid=step-{key}]")
    assert engine.evaluate("find('.board')")
    for control in ("[data-testid=stSidebar]", "[data-testid=stHeader]", ".knob"):
        assert not engine.evaluate("find(arg)", control)
    assert not engine.evaluate("find('button', 'Next')")


def test_another_page_takes_the_situation_along_and_back_leads_back(engine: Engine) -> None:
    opened(engine, "/?z=2,1,0")
    engine.click("a", "Step by step")
    engine.until("find('.steps[data-ready]') && location.search.includes('z=2')")
    engine.settle()
    assert board(engine)["z"] == [2, 1, 0]
    assert engine.address.startswith("/derive?")
    engine.go(-1)
    engine.until("location.pathname === '/' && find('.st-key-curve')")
    engine.settle()
    assert board(engine)["z"] == [2, 1, 0]


def test_what_goes_wrong_in_a_page_is_heard(engine: Engine) -> None:
    opened(engine, "/derive?predict=off")
    engine.evaluate("console.error('a complaint')")
    engine.evaluate("setTimeout(() => { window.thrown = true; throw new Error('a fault'); }) && 0")
    engine.until("window.thrown")
    heard = engine.problems()
    assert any("a complaint" in problem for problem in heard)
    assert any("a fault" in problem for problem in heard)
    # This test caused the errors itself.
    heard.clear()


def test_a_lesson_is_presented_revealed_and_left_by_keys(engine: Engine) -> None:
    opened(engine, "/?present=on&hide=jacobian-numbers")
    engine.until("find('.lesson[data-ready]')")
    root = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    unit = "Math.max(16, 24 * Math.min(innerWidth / 1280, innerHeight / 720))"
    assert engine.evaluate(f"Math.abs({root} - {unit}) < 0.1")
    assert engine.text("[data-testid=jacobian-0-1]") == "?"
    engine.click("[data-testid=jacobian-0-1]")
    engine.until("find('[data-testid=jacobian-0-1]').textContent === '−0.075'")
    assert engine.text("[data-testid=jacobian-2-2]") == "?"
    # The first click has only revealed the cell; the second one points at it.
    engine.click("[data-testid=jacobian-0-1]")
    engine.until("find('[data-testid=jacobian-2-2]').classList.contains('steps-back')")
    engine.press("Escape")
    engine.press("h")
    engine.until("location.search.includes('shown=all')")
    assert engine.text("[data-testid=jacobian-2-2]") == "+0.164"
    engine.press("Escape")
    engine.until("!location.search.includes('present')")
    engine.until("find('[data-testid=stSidebar]')?.offsetWidth > 100")
