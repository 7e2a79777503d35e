"""Reads QR codes with ZXing, which knows nothing of the library that draws them."""

import re

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from ui.handout.messages import QrMessage

# Pixels for each module; with one, ZXing sees no code.
_SCALE = 4


def picture(code: QrMessage) -> NDArray[np.uint8]:
    """The code's path as a browser draws it: black lines, one module wide, on white."""
    modules = np.full((code["size"], code["size"]), 255, dtype=np.uint8)
    drawn = re.sub(r"M(\d+) (\d+)\.5h(\d+)", "", code["path"])
    assert drawn == "", f"the path holds more than lines: {drawn[:40]}"
    for x, y, width in re.findall(r"M(\d+) (\d+)\.5h(\d+)", code["path"]):
        modules[int(y), int(x) : int(x) + int(width)] = 0
    return np.kron(modules, np.ones((_SCALE, _SCALE), dtype=np.uint8))


def read(pixels: NDArray[np.uint8]) -> tuple[str, str]:
    """The text of the only code in a picture, and its level of error correction."""
    (found,) = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found.text, found.ec_level
