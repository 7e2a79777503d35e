"""Colours can be told apart and seen on either background, and numbers are written in one way."""

from itertools import combinations

import numpy as np
import pytest

from tests.ui.drawn import assert_drawn, unpacked
from ui import theme

LIGHT, DARK = "#ffffff", "#121315"

# Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113: severity 1, in linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, deficiency: str) -> np.ndarray:
    """OKLab (Ottosson 2020) of a colour as a reader with a colour deficiency sees it."""
    rgb = np.clip(DEFICIENCIES[deficiency] @ linear(colour), 0, 1)
    lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.793617785, -0.0040720468],
            [1.9779984951, -2.428592205, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.808675766],
        ]
    )
    found: np.ndarray = to_lab @ np.cbrt(lms @ rgb)
    return found


def distance(one: str, other: str, deficiency: str) -> float:
    return float(np.linalg.norm(lab(one, deficiency) - lab(other, deficiency)))


@pytest.mark.parametrize("colour", [*theme.CLASS_COLOURS, theme.POSITIVE, theme.NEGATIVE])
def test_every_colour_stands_out_from_both_backgrounds(colour: str) -> None:
    assert contrast(colour, LIGHT) >= 3
    assert contrast(colour, DARK) >= 3


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_first_three_classes_and_the_signs_are_told_apart_by_every_reader(deficiency: str) -> None:
    for one, other in combinations(theme.CLASS_COLOURS[:3], 2):
        assert distance(one, other, deficiency) >= 0.15
    assert distance(theme.POSITIVE, theme.NEGATIVE, deficiency) >= 0.15


def test_no_class_has_the_colour_of_a_sign() -> None:
    for colour in theme.CLASS_COLOURS:
        assert distance(colour, theme.POSITIVE, "none") >= 0.06
        assert distance(colour, theme.NEGATIVE, "none") >= 0.06


def test_there_is_a_colour_for_each_of_ten_classes() -> None:
    assert len(set(theme.class_colours(10))) == 10


def test_a_packed_grid_holds_its_rows_in_single_precision() -> None:
    grid = np.array([[0.25, -0.125, 0.1], [1e-9, 0.0, 1 / 3]])
    assert_drawn(unpacked(theme.packed(grid)), grid)


def test_only_rows_and_grids_can_be_packed() -> None:
    with pytest.raises(ValueError, match="3 dimensions"):
        theme.packed(np.zeros((1, 1, 1)))
