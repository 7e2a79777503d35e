"""A QR code holds exactly the link it is drawn for, with error correction M and a white edge."""

from urllib.parse import quote

import pytest

from tests.browser.hostile import HOSTILE
from tests.ui.qr_reader import picture, read
from ui.qr import qr_code

# What version 40 holds at level M, in bytes (ISO/IEC 18004, table 7).
MOST = 2331

LINKS = {
    "short": "http://localhost:8501/",
    "a situation": "https://example.org/derive?z=1.43%2C-0.4%2C0.23&T=0.5&of=virginica&hide=jacobian",
    "strangers' names": f"https://example.org/?classes={'%2C'.join(map(quote, HOSTILE.values()))}",
    "ten long names": "https://example.org/?classes=" + "%2C".join(quote("國" * 24) for _ in range(10)),
    "the longest": "https://example.org/?" + "a" * (MOST - 21),
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS.keys())
def test_the_code_is_read_as_the_link_with_error_correction_m(link: str) -> None:
    code = qr_code(link)
    assert code is not None
    assert read(picture(code)) == (link, "M")


def test_four_white_modules_surround_the_code() -> None:
    code = qr_code("http://localhost:8501/?z=1%2C2")
    assert code is not None
    pixels = picture(code)
    dark = (pixels == 0).nonzero()
    edge = 4 * pixels.shape[0] // code["size"]
    for along in dark:
        assert (along.min(), along.max() + 1) == (edge, pixels.shape[0] - edge)


def test_a_link_that_no_code_can_hold_has_none() -> None:
    assert qr_code("a" * (MOST + 1)) is None
