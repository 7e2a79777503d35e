"""On every page, in windows of many sizes, no text overlaps another, is cut off or is too small to read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import box_of, eventually, ready, slider, visit

FAULTS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
SMALLEST = 11  # pixels

# Options of `open_page`.
Window = dict[str, float]
PHONE: Window = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
SMALL_PHONE: Window = {"width": 320, "height": 640, "has_touch": True, "is_mobile": True}
WINDOWS: dict[str, Window] = {
    "phone": PHONE,
    "small phone": SMALL_PHONE,
    "1024 x 768": {"width": 1024, "height": 768},
    "1280 x 720": {"width": 1280, "height": 720},
    "1280 x 720 at 125 %": {"width": 1024, "height": 576, "device_scale_factor": 1.25},
    "1280 x 720 at 150 %": {"width": 853, "height": 480, "device_scale_factor": 1.5},
}
# Windows that differ only in their size, so one page can be seen in all of them.
ALIKE = [
    ("phone", "small phone"),
    ("1024 x 768", "1280 x 720"),
    ("1280 x 720 at 125 %",),
    ("1280 x 720 at 150 %",),
]
SIX = "z=1.43,-0.4,0.23,1,-2,3"
TEN = (
    "classes=setosa,versicolor,virginica,class 4,class 5,class 6,class 7,class 8,class 9,class 10"
    "&z=1.43,-0.4,0.23,1,-2,3,0.5,-1,2,-3"
)
LONG = "classes=a name of 24 characters,seta,b name of 24 characters"
PAGES = [
    "/",
    f"/?{SIX}",
    f"/?stage=on&{TEN}",
    f"/?stage=on&T=0.05&{LONG}",
    "/derive",
    f"/derive?{TEN}",
    "/derive?show=all&predict=off",
    "/descend?label=0.9&loss=squared+error",
    f"/descend?{TEN}",
    "/iris",
    "/tour",
    "/tour?scene=shares",
    "/tour?scene=jacobian",
    "/tour?scene=minus",
    "/tour?scene=step",
    # With ten classes, the table of derivatives may be scrolled sideways.
    "/worksheet",
]


def whole(page: Page, path: str) -> Page:
    """Wait until everything on the page has been drawn."""
    if path.startswith("/worksheet"):
        expect(page.locator(".worksheet .sheet").first).to_be_visible(timeout=20_000)
    elif path != "/iris":
        ready(page)
    charts = (
        0
        if path.startswith(("/derive", "/worksheet", "/tour"))
        else 3
        if path.startswith("/descend")
        else 1
        if path == "/iris"
        else 2
    )
    expect(page.locator(".js-plotly-plot .main-svg:first-of-type")).to_have_count(charts, timeout=20_000)
    if "show=all" in path:
        expect(page.locator(".table button").first).to_be_visible()
    return page


def faults_of(page: Page, window: Window) -> list[str]:
    """What is wrong in a window of this size, once Python has drawn the page for it."""
    found: list[str] = []

    def look() -> None:
        found[:] = page.evaluate(FAULTS, SMALLEST)
        assert not found

    width, height = int(window["width"]), int(window["height"])
    page.set_viewport_size({"width": width, "height": height})
    expect(page.locator(f"[data-window]:not([data-window='{width},{height}'])")).to_have_count(0)
    try:
        eventually(page, look, seconds=3)
    except AssertionError:
        return found
    return []


@pytest.mark.parametrize("names", ALIKE, ids=" and ".join)
def test_no_text_lies_upon_another_is_cut_off_or_too_small(
    open_page: Callable[..., Page], names: tuple[str, ...]
) -> None:
    page = open_page("/", **WINDOWS[names[0]])
    faults = {}
    for path in PAGES:
        whole(visit(page, path), path)
        for name in names:
            if found := faults_of(page, WINDOWS[name]):
                faults[path, name] = found
        # The next page is seen first in the window that is there.
        names = names[::-1]
    assert not faults


@pytest.mark.parametrize("window", [PHONE, SMALL_PHONE], ids=["phone", "small phone"])
@pytest.mark.parametrize("classes", ["", f"?{TEN}"], ids=["3 classes", "10 classes"])
def test_on_a_phone_play_is_in_view_together_with_the_bars_that_it_moves(
    open_page: Callable[..., Page], window: Window, classes: str
) -> None:
    page = ready(open_page(f"/descend{classes}", **window))
    play = page.get_by_role("button", name="Play")
    slider(page, "setosa").scroll_into_view_if_needed()
    for place in (slider(page, "setosa"), play, page.get_by_role("button", name="Take one step")):
        expect(place).to_be_in_viewport(ratio=1)
    # The last text of the page can be scrolled out from behind the pinned buttons.
    page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, main.scrollHeight)")
    note = page.get_by_test_id("stCaptionContainer").last
    eventually(page, lambda: _above(note, play))


def _above(upper: Locator, lower: Locator) -> None:
    box = box_of(upper)
    assert box["y"] + box["height"] <= box_of(lower)["y"]


@pytest.mark.parametrize("window", ["1280 x 720", "1280 x 720 at 125 %", "1280 x 720 at 150 %", "1024 x 768"])
def test_in_a_low_window_play_is_in_view_together_with_the_bars(
    open_page: Callable[..., Page], window: str
) -> None:
    page = ready(open_page("/descend", **WINDOWS[window]))
    play = page.get_by_role("button", name="Play")
    play.evaluate("(button) => button.scrollIntoView({ block: 'end' })")
    expect(play).to_be_in_viewport(ratio=0.95)
    for name in ("setosa", "versicolor", "virginica"):
        expect(slider(page, name)).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_pages_are_in_view_and_lead_to_each_other(open_page: Callable[..., Page]) -> None:
    page = ready(open_page("/", **PHONE))
    for name in ("Explore", "Step by step", "Loss and descent", "Irises"):
        link = page.get_by_test_id("stMain").get_by_role("link", name=name, exact=True)
        expect(link).to_be_in_viewport(ratio=1)
        assert box_of(link)["height"] >= 24
    page.get_by_test_id("stMain").get_by_role("link", name="Loss and descent").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_drawer_of_a_phone_closes_with_the_choice_of_a_page_and_is_closed_when_a_link_is_opened(
    open_page: Callable[..., Page],
) -> None:
    page = ready(open_page("/", **PHONE))
    drawer = page.get_by_test_id("stSidebar")
    expect(drawer).to_have_attribute("data-collapsed", "true")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(drawer).to_have_attribute("data-collapsed", "false")
    expect(drawer.get_by_role("button", name="Copy link")).to_be_visible()
    drawer.get_by_role("link", name="Loss and descent").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(drawer).to_have_attribute("data-collapsed", "true")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(drawer).to_have_attribute("data-collapsed", "false")
    page.goto("/derive")
    ready(page)
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    expect(drawer).to_have_attribute("data-collapsed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_coloured_indices_of_a_formula_are_legible_on_the_mark_of_what_is_new(
    open_page: Callable[..., Page], scheme: str
) -> None:
    page = open_page(f"/derive?{TEN}&read=names&step=softmax", color_scheme=scheme)
    expect(ready(page).locator(".steps .new mtext").first).to_be_attached()
    contrasts = page.evaluate(_CONTRASTS, [".steps .step.current msub > :last-child", ".new"])
    assert len(contrasts) >= 1
    assert min(contrasts) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_to_the_next_scene_is_legible(open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page("/tour", color_scheme=scheme)
    expect(page.get_by_role("button", name="Next")).to_be_enabled()
    for part in ("p", "span"):
        assert min(page.evaluate(_CONTRASTS, [f".st-key-tour_next button {part}", "button"])) >= 4.5


# The contrasts (WCAG 2) between texts and what is behind them: the page, and perhaps a mark on it.
_CONTRASTS = """([texts, mark]) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const page = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
  const light = (...layers) => {
    for (const layer of layers) { pen.fillStyle = layer; pen.fillRect(0, 0, 1, 1); }
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const within = (root, find) => [...root.querySelectorAll("*")].flatMap((node) =>
    [...(node.matches(find) ? [node] : []), ...(node.shadowRoot ? within(node.shadowRoot, find) : [])]);
  return within(document, texts).map((text) => {
    const marked = text.closest(mark);
    const behind = light(page, ...(marked ? [getComputedStyle(marked).backgroundColor] : []));
    const letter = light(getComputedStyle(text).color);
    return Math.max(behind, letter) / Math.min(behind, letter);
  });
}"""


@pytest.mark.parametrize("path", ["/", "/descend"])
def test_choices_stand_in_line_with_the_boxes_beside_them(open_page: Callable[..., Page], path: str) -> None:
    page = ready(open_page(path, width=1280, height=720))
    group = page.get_by_test_id("stMain").get_by_test_id("stButtonGroup").first
    select = page.get_by_test_id("stMain").get_by_test_id("stSelectbox").first
    expect(group).to_be_visible(timeout=20_000)
    choice, box = group.get_by_role("radio").first, select.get_by_role("group").first
    assert box_of(choice)["y"] == pytest.approx(box_of(box)["y"], abs=1.5)
    assert box_of(choice)["height"] == pytest.approx(box_of(box)["height"], abs=1.5)
    labels = [box_of(place.get_by_test_id("stWidgetLabel"))["y"] for place in (group, select)]
    assert labels[0] == pytest.approx(labels[1], abs=1.5)


def test_in_the_dark_the_choice_that_is_made_is_the_brighter_one(open_page: Callable[..., Page]) -> None:
    page = ready(open_page("/", width=1280, height=720, color_scheme="dark"))
    colours = [
        page.get_by_role("radio", name=name).evaluate(
            "(node) => getComputedStyle(node.querySelector('p')).color"
        )
        for name in ("Contours", "3D")
    ]
    brightness = [
        sum(map(float, colour.removeprefix("rgb(").removesuffix(")").split(","))) for colour in colours
    ]
    assert brightness[0] >= brightness[1]


def test_what_stands_beside_the_steps_stays_in_its_place_from_step_to_step(
    open_page: Callable[..., Page],
) -> None:
    page = ready(open_page("/derive?predict=off", width=1280, height=720))
    places = [page.get_by_text("Predict first"), page.locator(".st-key-extras").get_by_test_id("stPopover")]
    before = [box_of(place) for place in places]
    for step in range(2, 13):
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text(f"Step {step} of 12")).to_be_visible()
        assert [box_of(place) for place in places] == before
    page.get_by_role("button", name="LaTeX").click()
    for part in (page.get_by_role("button", name="Download derivation.tex"), page.get_by_test_id("stCode")):
        expect(part).to_be_in_viewport(ratio=1)


def test_the_dot_of_a_name_from_right_to_left_stands_in_line_with_the_others(
    open_page: Callable[..., Page],
) -> None:
    page = ready(open_page("/descend?classes=سوسن,versicolor,virginica", width=1280, height=720))
    place = (
        """(node) => getComputedStyle(node).direction + getComputedStyle(node, "::before").marginInlineEnd"""
    )
    for names in (page.locator(".board .row:not(.head, .axis) .name"), page.locator(".loss tbody th")):
        expect(names).to_have_count(3)
        assert len({node.evaluate(place) for node in names.all()}) == 1


def test_the_plane_of_the_irises_has_no_empty_block_under_it(open_page: Callable[..., Page]) -> None:
    page = open_page("/iris", width=1280, height=720)
    expect(page.locator(".iris[data-ready]")).to_be_visible()
    ends = [
        max(box["y"] + box["height"] for box in (box_of(page.locator(f".iris {name}")) for name in names))
        for names in ((".left", ".chain"), (".numbers",))
    ]
    assert ends[0] == pytest.approx(ends[1], abs=100)
