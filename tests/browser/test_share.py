"""The dialog for sharing: by keyboard, with a code that fills the screen and is read as exactly the link."""

import re
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from PIL import Image
from playwright.sync_api import Dialog, Page, expect

from tests.browser.hands import charts_ready
from tests.browser.hostile import HOSTILE
from tests.browser.test_accessibility import wrong
from tests.browser.visitors import Visitors
from tests.ui.qr_reader import read

NAMES = [HOSTILE[kind] for kind in ("markup", "template", "right to left", "wide")]


def scanned(page: Page) -> tuple[str, str]:
    """What a camera reads on the screen."""
    picture = Image.open(BytesIO(page.screenshot())).convert("L")
    return read(np.asarray(picture, dtype=np.uint8))


def test_the_link_is_copied_and_its_code_is_read_from_the_screen(visitors: Visitors) -> None:
    alerts: list[Dialog] = []
    page = visitors.new_page(width=1280, height=720, permissions=["clipboard-read", "clipboard-write"])
    page.on("dialog", lambda alert: alerts.append(alert))
    page.goto(f"/?{urlencode({'classes': ','.join(NAMES), 'z': '1,2,3,4'})}")
    charts_ready(page)
    page.get_by_role("button", name="Share", exact=True).press("Enter")
    dialog = page.get_by_role("dialog", name="Share this view")
    field = dialog.get_by_role("textbox", name="Link to this view")
    expect(field).to_have_value(page.url)
    dialog.get_by_text("Presenter mode").click()
    expect(field).to_have_value(re.compile("present=on"))
    link = field.input_value()
    assert dict(parse_qsl(urlsplit(link).query)) == {
        "classes": ",".join(NAMES),
        "z": "1,2,3,4",
        "present": "on",
    }
    assert "present" not in page.url, "the sender's own page has changed"

    copy = dialog.get_by_role("button", name="Copy link")
    copy.press("Enter")
    expect(dialog.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    copy.press("Enter")
    expect(field).to_be_focused()
    selected = "(box) => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert field.evaluate(selected) == link

    dialog.get_by_text("Embed code").first.click()
    code = dialog.get_by_role("textbox", name="Embed code")
    expect(code).to_have_value(re.compile(r'^<iframe src="http.*&amp;embed=true" width="800" height="450" '))
    told = wrong(page, "the dialog for sharing")
    page.emulate_media(color_scheme="dark")
    told += wrong(page, "the dialog for sharing, dark")

    small = dialog.get_by_role("button", name="QR code. Click to fill the screen")
    small.press("Enter")
    screen = page.get_by_role("dialog", name="QR code of the link")
    expect(screen).to_contain_text(urlsplit(page.url).netloc)
    told += wrong(page, "the code on the whole screen, dark")
    assert not told, "\n".join(told)
    size = screen.locator("svg").bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 600
    assert scanned(page) == (link, "M")
    # Escape closes the code first, and only then the dialog that it lies on.
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(screen).not_to_be_visible()
    expect(small).to_be_focused()
    small.click()
    screen.click(position={"x": 20, "y": 300})
    expect(screen).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_focused()
    assert not alerts
