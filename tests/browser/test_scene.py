"""The 3D surface turns with the pointer and cannot be lost from sight; its view is part of the link."""

import re
from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import chart, charts_ready, eventually, held, middle, pull, ready, slider, until
from tests.browser.visitors import Visitors
from ui.figures.camera import START, camera

IN_SPACE = "?view=3d"
Button = Literal["left", "middle", "right"]


def surface(page: Page) -> Locator:
    return chart(page, "surface")


# Here the processor computes each pixel of a surface. To save time, the window is as small as possible, and
# edges stay rough.
ROUGH = """{
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return getContext.call(this, kind, kind.startsWith("webgl") ? { ...options, antialias: false } : options);
  };
}"""


def new_page(visitors: Visitors) -> Page:
    page = visitors.new_page(width=900, height=720)
    page.add_init_script(ROUGH)
    return page


@pytest.fixture
def page(visitors: Visitors) -> Page:
    return new_page(visitors)


def opened(page: Page, query: str = IN_SPACE) -> Page:
    page.goto(f"/{query}")
    ready(page)
    expect(surface(page).locator("canvas").first).to_be_visible(timeout=30_000)
    seen_from(page)
    return page


def seen_from(page: Page) -> dict[str, Any]:
    """The camera that Plotly draws with, not only the camera in the layout, and the chart's height."""
    found: dict[str, Any] = until(
        page,
        """() => {
          const chart = document.querySelector(".st-key-surface:not([data-retained]) .js-plotly-plot");
          const scene = chart?._fullLayout?.scene?._scene;
          if (!scene?.glplot || scene.glplot.contextLost) return null;
          const { eye, center } = scene.getCamera();
          return { eye, center, height: chart.layout.height };
        }""",
    )
    return found


def assert_seen_from(page: Page, text: str) -> None:
    """Plotly draws the camera that Python computes from the view in a link."""

    def check() -> None:
        found = seen_from(page)
        wanted = camera(text)[0]
        for part in ("eye", "center"):
            assert found[part] == pytest.approx(wanted[part], abs=0.01)

    eventually(page, check)


def turn(page: Page, right: float, down: float, button: Button = "left") -> None:
    surface(page).scroll_into_view_if_needed()
    x, y = middle(surface(page))
    page.mouse.move(x, y)
    page.mouse.down(button=button)
    page.mouse.move(x + right, y + down, steps=2)
    page.mouse.up(button=button)


def camera_in(url: str) -> str:
    found = re.search(r"camera=([-\d.]+)%2C([-\d.]+)", url)
    return f"{found[1]},{found[2]}" if found else ""


def turned(page: Page) -> str:
    """Turn the surface with the pointer, and return the view from the link."""
    remember(page)
    turn(page, 40, 10)
    page.wait_for_url(lambda url: camera_in(url) != "")
    wait_for_pythons_surface(page)
    return camera_in(page.url)


def remember(page: Page) -> None:
    surface(page).evaluate("(chart) => { window.remembered = chart.data; }")


def wait_for_pythons_surface(page: Page) -> None:
    """Wait until Python has redrawn the surface since `remember_charts`."""
    until(
        page,
        """() => {
          const chart = document.querySelector(".st-key-surface:not([data-retained]) .js-plotly-plot");
          return chart?.data && chart.data !== window.remembered && Boolean(chart._fullLayout);
        }""",
    )


def reset_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Reset view")


def test_the_wheel_over_the_surface_scrolls_the_page_and_leaves_the_view(
    open_page: Callable[..., Page],
) -> None:
    page = opened(open_page("", width=900, height=500))
    surface(page).scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop -= 60")
    before = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    page.mouse.move(*middle(surface(page)))
    for _ in range(6):
        page.mouse.wheel(0, 100)
    until(page, "(top) => document.querySelector('[data-testid=stMain]').scrollTop > top", arg=before)
    assert_seen_from(page, "")
    expect(reset_button(page)).to_be_hidden()


def test_a_turn_is_in_the_link_and_a_button_brings_the_first_view_back(
    page: Page, visitors: Visitors
) -> None:
    opened(page)
    assert_seen_from(page, "")
    expect(reset_button(page)).to_be_hidden()
    view = turned(page)
    around, _ = map(float, view.split(","))
    assert abs(around - START[0]) > 5
    assert_seen_from(page, view)
    # Everyone who opens the link sees the same view, also after the numbers have changed.
    query = page.url[page.url.index("?") :]
    page.close()
    other = new_page(visitors)
    opened(other, query)
    assert_seen_from(other, view)
    slider(other, "setosa").press("PageUp")
    other.wait_for_url(lambda url: "z=" in url)
    assert camera_in(other.url) == view
    assert_seen_from(other, view)
    remember(other)
    reset_button(other).click()
    other.wait_for_url(lambda url: "camera" not in url)
    wait_for_pythons_surface(other)
    assert_seen_from(other, "")
    expect(reset_button(other)).to_be_hidden()


def test_no_press_shifts_the_surface_or_goes_through_it(page: Page) -> None:
    opened(page)
    buttons: tuple[Button, ...] = ("right", "middle", "left")
    for button in buttons:
        if button == "left":
            page.keyboard.down("Control")
        turn(page, 60, 80, button)
        page.keyboard.up("Control")
        assert_seen_from(page, "")
        assert "camera" not in page.url


def test_the_view_is_kept_over_another_page_and_over_contours(page: Page) -> None:
    view = "30,20"
    opened(page, f"?view=3d&camera={view}")
    page.get_by_text("Contours", exact=True).click()
    expect(surface(page).locator(".contourlayer").first).to_be_attached()
    page.get_by_text("3D", exact=True).click()
    assert_seen_from(page, view)
    page.get_by_role("link", name="Step by step").click()
    expect(page.locator(".steps[data-ready]")).to_be_visible()
    page.get_by_role("link", name="Explore").click()
    ready(page)
    assert_seen_from(page, view)
    page.wait_for_url(lambda url: camera_in(url) == view)


def test_a_turned_view_survives_drags_commits_and_other_classes(page: Page) -> None:
    opened(page)
    # A redrawn surface keeps its size only at this ratio.
    assert surface(page).evaluate("(chart) => chart._context.plotGlPixelRatio") == 1
    view = turned(page)
    slider(page, "setosa").scroll_into_view_if_needed()
    with held(page, "setosa"):
        pull(page, "setosa", 40)
        assert_seen_from(page, view)
        remember(page)
    page.wait_for_url(lambda url: "z=" in url)
    wait_for_pythons_surface(page)
    assert_seen_from(page, view)
    remember(page)
    page.get_by_test_id("jacobian-0-1").click()
    page.wait_for_url(lambda url: "wrt=versicolor" in url)
    wait_for_pythons_surface(page)
    assert_seen_from(page, view)


def test_where_3d_is_lost_contours_take_over_until_it_is_chosen_again(
    page: Page, console_problems: list[str]
) -> None:
    opened(page)
    remember(page)
    surface(page).locator("canvas").first.evaluate(
        """(canvas) => {
          const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
          context.getExtension("WEBGL_lose_context").loseContext();
        }"""
    )
    expect(page.get_by_text("the browser lost the 3D picture")).to_be_visible()
    wait_for_pythons_surface(page)
    expect(surface(page).locator(".contourlayer").first).to_be_attached()
    # The next actions are not affected by the lost picture.
    slider(page, "setosa").press("PageUp")
    page.wait_for_url(lambda url: "z=2.43" in url)
    # Chromium reports the loss that this test caused.
    console_problems[:] = [said for said in console_problems if "CONTEXT_LOST_WEBGL" not in said]
    page.get_by_text("3D", exact=True).click()
    expect(page.get_by_text("the browser lost the 3D picture")).to_have_count(0)
    assert_seen_from(page, "")
    assert "view=3d" in page.url


PROBE = """async (change) => {
  const getContext = HTMLCanvasElement.prototype.getContext;
  // As WebKit: no browser here admits that it draws slowly, and every renderer has one name.
  HTMLCanvasElement.prototype.getContext = function (kind) {
    const context = getContext.call(this, kind);
    if (context?.getParameter) context.getParameter = () => "Apple GPU";
    if (change === "quick" && context?.drawArrays) context.drawArrays = () => {};
    return change === "none" ? null : context;
  };
  const { browser } = await import(new URL("app/static/live/browser.js", document.baseURI));
  try {
    return (await browser()).webgl;
  } finally {
    HTMLCanvasElement.prototype.getContext = getContext;
  }
}"""


@pytest.mark.parametrize(
    ("change", "found"), [("as it is", "software"), ("quick", "hardware"), ("none", "none")]
)
def test_how_3d_is_drawn_is_found_by_a_measured_frame_not_by_a_name(
    page: Page, change: str, found: str
) -> None:
    page.goto("/")
    # While charts are loading, even a quick frame takes long.
    charts_ready(page)
    assert page.evaluate(PROBE, change) == found
