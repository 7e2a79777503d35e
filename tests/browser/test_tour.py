"""The tour in a browser: every scene done wrong and right, by key, click and thumb, and on a projector."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from core.tour.scenes import KEYS, SCENES, Scene
from core.tour.tasks import Choose, Do, WorkOut
from tests.browser.hands import eventually, go, slider
from tests.browser.test_accessibility import wrong
from tests.browser.test_iris import click_at
from tests.browser.test_present import written

# What a hand does in the scenes that ask for something to do: keys on the bar of a class.
MOVES = {
    "outputs": ("virginica", ["PageUp", "PageUp"]),
    "push": ("virginica", ["PageUp"]),
    "peak": ("setosa", ["ArrowLeft"] * 8),
    "loss": ("versicolor", ["PageUp", "PageUp"]),
}
WORKED_OUT = {"formulas": ("0.075", "-0.075"), "chain": ("-0.316", "0,684")}


def task(page: Page) -> Locator:
    return page.locator(".st-key-tour_task")


def reply(page: Page) -> Locator:
    return task(page).get_by_test_id("stAlert")


def arrived(page: Page, scene: Scene) -> None:
    """Wait until a scene is shown, with nothing of another one."""
    expect(page.get_by_role("heading", name=scene.words.title)).to_be_visible()
    part = "iris" if "irises" in scene.shows else "board"
    expect(page.locator(f".{part}[data-ready]")).to_be_visible(timeout=20_000)
    for view, part in (("steps", "steps"), ("loss", "loss")):
        if view in scene.shows:
            expect(page.locator(f".{part}[data-ready]")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    if "irises" not in scene.shows:
        grid = page.get_by_role("grid")
        expect(grid).to_be_visible() if "grid" in scene.shows else expect(grid).to_be_hidden()
        number = page.get_by_test_id("probability-0")
        expect(number).to_be_visible() if "probabilities" in scene.shows else expect(number).to_be_hidden()


def do_wrong_then_right(page: Page, scene: Scene) -> None:
    """Do or answer what a scene asks: first wrong, then right."""
    asked = scene.words.task
    if isinstance(asked, Choose):
        for right in (False, True):
            option = next(option for option in asked.options if option.right == right)
            task(page).locator("[role=radiogroup] label").nth(asked.options.index(option)).click()
            expect(reply(page)).to_contain_text("Yes: " if right else option.reply.partition("{")[0][:30])
    elif isinstance(asked, WorkOut):
        box = task(page).get_by_role("textbox")
        for answer, said in zip(WORKED_OUT[scene.key], ("", "Yes: "), strict=True):
            box.fill(answer)
            box.press("Enter")
            expect(reply(page)).to_contain_text(said or re.compile("sign|target"))
    elif scene.key == "flower":
        # Another versicolor changes nothing.
        click_at(page, page.locator(".flower").nth(60))
        page.wait_for_url(re.compile("flower="))
        expect(reply(page)).to_have_count(0)
        click_at(page, page.locator(".flower").nth(5))
        expect(reply(page)).to_contain_text("The network called it setosa")
    elif scene.key == "step":
        expect(reply(page)).to_have_count(0)
        page.get_by_role("button", name="Take one step").click()
        expect(reply(page)).to_contain_text("The loss fell from 2.210 to")
    else:
        name, keys = MOVES[scene.key]
        bar = slider(page, name)
        bar.focus()
        # The other way is wrong.
        back = "PageDown" if "PageUp" in keys else "ArrowRight"
        bar.press(back)
        page.wait_for_url(re.compile("z="))
        expect(reply(page)).to_have_count(0)
        for key in ["PageUp" if back == "PageDown" else "ArrowLeft", *keys]:
            bar.press(key)
        expect(reply(page)).to_be_visible()
    expect(task(page).get_by_test_id("stAlertContentSuccess")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_scene_is_done_wrong_and_right_from_the_first_to_the_last(
    open_page: Callable[..., Page], phone: bool
) -> None:
    size = {"width": 390, "height": 844, "has_touch": True} if phone else {"width": 1280, "height": 720}
    page = open_page("tour", **size)
    for place, scene in enumerate(SCENES):
        arrived(page, scene)
        do_wrong_then_right(page, scene)
        for view, part in (("grid", "[role=grid]"), ("curve", ".st-key-curve .main-svg"),
                           ("losses", ".st-key-squared_error .main-svg"), ("gradient", ".loss .scroll"),
                           ("why", ".cancelled")):  # fmt: skip
            if view in scene.then:
                expect(page.locator(part).first).to_be_visible(timeout=20_000)
        if scene.key in ("shares", "jacobian", "chain"):
            page.mouse.move(0, 0)
            assert wrong(page, scene.key) == []
        if place < len(SCENES) - 1:
            following = page.get_by_role("button", name="Next")
            if phone:
                box = following.bounding_box()
                assert box
                # Under the thumb: at the lower edge, and as high as a finger.
                assert box["y"] + box["height"] > 780
                assert box["height"] >= 44
                following.tap()
            else:
                following.click()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    # A reload shows the same scene, with its answer.
    page.reload()
    arrived(page, SCENES[-1])
    expect(reply(page)).to_contain_text("Yes: ")
    # Whoever comes again another day can go on; a scene of a link stays as it is.
    page.goto("about:blank")
    page.goto("/tour")
    arrived(page, SCENES[0])
    page.get_by_role("button", name=f"go on with {len(SCENES)}.").click()
    arrived(page, SCENES[-1])
    page.get_by_role("button", name="Back").click()
    arrived(page, SCENES[-2])


def test_keys_and_links_lead_through_the_tour(open_page: Callable[..., Page]) -> None:
    page = open_page("?z=3,0,0", width=1280, height=720)
    press = page.keyboard.press
    expect(page.locator(".board[data-ready]")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="take the tour").click()
    arrived(page, SCENES[0])
    expect(page.locator(".lesson[data-ready]")).to_be_attached()
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "1.43")
    press("ArrowRight")
    arrived(page, SCENES[1])
    status = page.locator(".resume [role=status]")
    expect(status).to_have_text(f"Scene 2 of {len(KEYS)}: {SCENES[1].words.title}")
    press("ArrowRight")
    arrived(page, SCENES[2])
    press("ArrowLeft")
    arrived(page, SCENES[1])
    # On a bar, arrow keys belong to the bar.
    slider(page, "setosa").focus()
    press("ArrowRight")
    page.wait_for_url(re.compile(r"z=1\.53"))
    arrived(page, SCENES[1])
    # The list leads anywhere; a link shows exactly this scene, with the bars as they were left.
    page.get_by_role("button", name=f"2 of {len(KEYS)}").click()
    page.get_by_role("button", name="10. ").click()
    arrived(page, SCENES[9])
    page.wait_for_url(re.compile(r"/tour\?scene=peak$"))
    page.go_back()
    arrived(page, SCENES[1])
    page.go_forward()
    arrived(page, SCENES[9])
    # A clicker in presenter mode.
    page.get_by_role("heading").first.click()
    press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    press("PageDown")
    arrived(page, SCENES[10])
    press("PageUp")
    arrived(page, SCENES[9])
    press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    slider(page, "setosa").focus()
    for _ in range(8):
        press("ArrowLeft")
    expect(reply(page)).to_be_visible()
    # What was set up on Explore is still there.
    page.get_by_test_id("stTopNavLinkContainer").get_by_text("Explore").click()
    page.wait_for_url(re.compile(r"z=3,0,0|z=3%2C0%2C0"))
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "3")


def test_the_back_row_reads_every_scene_answered_and_not(loaded: Page) -> None:
    loaded.set_viewport_size({"width": 1280, "height": 720})
    for scene in SCENES:
        go(loaded, f"/tour?present=on&scene={scene.key}")
        arrived(loaded, scene)
        first = loaded.locator(".board[data-ready], .iris[data-ready]")
        expect(first).to_have_attribute("data-window", "1280,720")

        def fits(scene: Scene = scene) -> None:
            found = written(loaded)
            least = [one for one in found if one["size"] < (16 if one["index"] else 24) - 0.3]
            assert least == [], scene.key
            beyond = [one for one in found if one["bottom"] > 721 or one["right"] > 1281]
            assert beyond == [], scene.key
            main = loaded.get_by_test_id("stMain")
            assert main.evaluate("(main) => main.scrollHeight <= main.clientHeight + 1"), scene.key

        eventually(loaded, fits)
        shown = loaded.get_by_role("button", name="Show the answer")
        if not isinstance(scene.words.task, Do):
            shown.click()
            expect(reply(loaded)).to_be_visible()
            eventually(loaded, fits)
