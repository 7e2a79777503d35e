"""On a phone, what takes long to show follows later, so that what the finger moves is not slowed down."""

import numpy as np

from core.derivatives import jacobian
from core.softmax import softmax
from tests.browser.hands import (
    BOARD_VALUES,
    Fingers,
    board_values,
    chart_values,
    charts_ready,
    eventually,
    middle,
    slider,
)
from tests.browser.visitors import Visitors

# Moves a held bar with every frame until 20 frames in a row have left a chart alone; false if they never do.
# Late frames do not count: when the bar has not moved for 50 ms, a chart out of sight may follow.
LEFT_ALONE = """async (bar) => {
  const { x, y, width, height } = bar.getBoundingClientRect();
  const [clientX, clientY] = [x + width / 2 + 20, y + height / 2];
  const chart = document.querySelector(".st-key-curve .js-plotly-plot");
  const shown = () => chart.data.find(({ meta }) => meta.live === "curve-point").x[0];
  for (let frame = 0, alone = 0, before = shown(); frame < 600; frame += 1) {
    const moved = performance.now();
    const event = { pointerId, clientX: clientX + (frame % 5), clientY, bubbles: true, composed: true };
    bar.dispatchEvent(new PointerEvent("pointermove", event));
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    if (performance.now() - moved < 50) alone = shown() === before ? alone + 1 : 0;
    before = shown();
    if (alone === 20) return true;
  }
  return false;
}"""


def test_charts_below_the_window_wait_until_the_finger_rests(visitors: Visitors) -> None:
    page = visitors.new_page(width=390, height=844, has_touch=True, is_mobile=True)
    page.goto("/")
    charts_ready(page)
    page.evaluate("addEventListener('pointerdown', (event) => { window.pointerId = event.pointerId; }, true)")
    bar = slider(page, "setosa")
    fingers = Fingers(page)
    fingers.put(middle(bar))
    assert bar.evaluate(LEFT_ALONE)
    board = board_values(page)

    def caught_up() -> None:
        points = chart_values(page, "curve")["curve-point"]
        own = next(point for point in points if point["quantity"] == "probability")
        np.testing.assert_allclose((own["x"][0], own["y"][0]), (board["z"][0], board["p"][0]), rtol=1e-12)

    eventually(page, caught_up)
    fingers.put()


# Notes what a board shows after each move: its numbers, the places of its knobs and the lengths of its fills.
NOTE_MOVES = f"""(board) => {{
  const read = {BOARD_VALUES};
  const number = (node) => parseFloat(node.style.transform.split("(")[1]);
  const bars = (name) => Array.from(board.querySelectorAll(`.${{name}}`), number);
  window.noted = [];
  addEventListener("pointermove", () =>
    window.noted.push({{ ...read(board), knobs: bars("rail"), fills: bars("fill") }}));
}}"""


def test_on_a_slow_phone_bars_follow_every_move_and_the_numbers_at_the_latest_at_rest(
    visitors: Visitors,
) -> None:
    page = visitors.new_page(width=390, height=844, has_touch=True, is_mobile=True)
    page.goto("/")
    charts_ready(page)
    x, y = middle(slider(page, "setosa"))
    page.locator(".board").evaluate(NOTE_MOVES)
    devtools = page.context.new_cdp_session(page)

    def touch(kind: str, *x_now: float) -> None:
        # Without a wait for the frame, as a finger moves.
        points = [{"id": 0, "x": at, "y": y} for at in x_now]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 8})
    touch("touchStart", x)
    for step in range(80):
        touch("touchMove", x + step)
    noted = page.evaluate("noted")
    assert len({tuple(shown["z"]) for shown in noted}) > 10
    for shown in noted:
        # The axis ends at ±5; a place on it is in percent.
        np.testing.assert_allclose([place / 10 - 5 for place in shown["knobs"]], shown["z"], atol=1e-9)
        np.testing.assert_allclose(shown["fills"], softmax(shown["z"]), atol=1e-6)
    assert [shown for shown in noted if not np.allclose(shown["p"], softmax(shown["z"]), rtol=1e-9)]

    def caught_up() -> None:
        board = board_values(page)
        np.testing.assert_allclose(board["p"], softmax(board["z"]), rtol=1e-12)
        np.testing.assert_allclose(board["jacobian"], jacobian(board["z"]), rtol=1e-12)

    eventually(page, caught_up)
    touch("touchEnd")
