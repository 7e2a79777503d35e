"""Class names are text on every chart: all their characters are shown as they were written."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import eventually, ready
from ui.theme import axis_title, shortened

# Names of at most 24 characters with quotes, entities, tags, links, MathJax and Plotly's templates.
NAMES = ["\"A\" & <b>'x'</b> $y$", "&quot;&#x27;&amp;&lt;", "<a href='//x'>%{meta}"]
OTHERS = ["%{meta.z} <br> $$", 'O\'Neill & Søn "50 %"', "&amp;quot; &#38;#39;"]

# What each text of the charts says, and which elements in the charts are more than text.
READ = """() => {
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  const all = (what) => charts.flatMap((chart) => [...chart.querySelectorAll(what)]);
  return {
    texts: all("svg text").map((text) => text.textContent),
    markup: all("svg text a, svg text [style*='font-weight: bold'], svg text [style*='font-style']").length
      + all("[class*='-math']").length
      + all("svg text").filter((text) => text.querySelectorAll("tspan.line").length > 1).length,
  };
}"""


def link(path: str, names: list[str], **more: str) -> str:
    return f"{path}?{urlencode({'classes': ','.join(names), 'of': names[0], 'wrt': names[1], **more})}"


@pytest.mark.parametrize("names", [NAMES, OTHERS], ids=["markup", "others"])
def test_a_class_name_is_written_on_every_chart_as_it_is(
    open_page: Callable[..., Page], names: list[str]
) -> None:
    page = open_page(link("/", names, view="contour", surface="probability", over=names[2]), height=1000)
    along = axis_title(names[1])
    wanted = {
        "/": [f"probability of {name}" for name in (names[0], shortened(names[0], 110))]
        + [along, f"raw output of {names[2]}"],
        "/descend": [*names, along],
    }
    for path, texts in wanted.items():
        if path != "/":
            page.goto(link(path, names, true=names[1]))
        ready(page)

        def reads(texts: list[str] = texts) -> None:
            found = page.evaluate(READ)
            assert set(texts) <= set(found["texts"])
            assert found["markup"] == 0

        eventually(page, reads, seconds=30)


def test_the_boxes_for_names_stay_open_from_one_name_to_the_next(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/")
    ready(page)
    page.get_by_test_id("stSidebar").get_by_text("Class names").click()
    for k, name in enumerate(("cat", "dog"), start=1):
        box = page.get_by_role("textbox", name=f"Class {k}", exact=True)
        expect(box).to_be_visible()
        box.fill(name)
        box.press("Enter")
        expect(page.get_by_role("slider", name=f"{name} raw output")).to_be_visible()
    expect(box).to_be_visible()
