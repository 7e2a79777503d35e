"""The formulas exist in Python and again in JavaScript; these tests compare the two."""

import json
import math
from typing import Any, get_args

import numpy as np
import pytest
from playwright.sync_api import Page

from core.derivatives import derivative_curve, derivative_surface, jacobian, probability_surface
from core.log_derivatives import log_derivative_surface
from core.peak import derivative_peak
from core.powers import powers
from core.situation.scenario import Scenario
from core.softmax import log_softmax, softmax
from tests.browser.app_server import ROOT
from tests.browser.mirrored import assert_same, run
from tests.ui.drawn import drawn
from ui import theme
from ui.board import scale_for
from ui.figures.peak import peak_words
from ui.figures.surface import Quantity, surface_figure

REFERENCE = json.loads((ROOT / "tests" / "softmax.json").read_text())["cases"]


def test_the_browser_computes_the_reference_to_twelve_digits(origin: Page) -> None:
    call = """(m, cases) => cases.map(({ z, temperature }) => ({
      ...m.read(z, temperature), log: m.logSoftmax(z, temperature) }))"""
    cases = [{"z": case["z"], "temperature": case["temperature"]} for case in REFERENCE]
    for case, found in zip(REFERENCE, run(origin, "math/softmax.js", call, cases), strict=True):
        assert_same(found["p"], case["p"])
        assert_same(found["jacobian"], case["jacobian"])
        assert_same(found["log"], case["log_p"])


def test_the_browser_agrees_with_core_on_random_situations(origin: Page) -> None:
    random = np.random.default_rng(20)
    cases = []
    for _ in range(300):
        n = int(random.integers(2, 11))
        z = random.uniform(-50, 50, n) * random.choice([0.02, 0.2, 1.0])
        temperature = float(np.exp(random.uniform(math.log(0.05), math.log(20))))
        cases.append({"z": z.tolist(), "temperature": temperature})
    call = """(m, cases) => cases.map(({ z, temperature }) => ({
      ...m.read(z, temperature), log: m.logSoftmax(z, temperature) }))"""
    for case, found in zip(cases, run(origin, "math/softmax.js", call, cases), strict=True):
        assert_same(found["p"], softmax(case["z"], case["temperature"]))
        assert_same(found["jacobian"], jacobian(case["z"], case["temperature"]))
        assert_same(found["log"], log_softmax(case["z"], case["temperature"]))
    call = "(m, cases) => cases.map(({ z, temperature }) => m.powers(z, temperature))"
    for case, found in zip(cases, run(origin, "math/powers.js", call, cases), strict=True):
        each, total = powers(case["z"], case["temperature"])
        assert [one["exponent"] for one in found["each"]] == each.exponent.tolist()
        assert_same([one["mantissa"] for one in found["each"]], each.mantissa)
        assert found["total"]["exponent"] == total.exponent
        assert_same(found["total"]["mantissa"], total.mantissa)


def test_the_browser_draws_the_curves_and_surfaces_of_core(origin: Page) -> None:
    grid_a, grid_b = np.linspace(-5, 5, 11).tolist(), np.linspace(-5, 5, 7).tolist()
    cases = [
        {
            "z": [1.43, -0.4, 0.23],
            "i": i,
            "j": j,
            "b": (j + 1) % 3,
            "temperature": t,
            "a": grid_a,
            "c": grid_b,
        }
        for i in range(3)
        for j in range(3)
        for t in (0.05, 1.0, 20.0)
    ]
    call = """(m, cases) => cases.map(({ z, i, j, b, temperature, a, c }) => ({
      curve: m.curve(z, i, j, a, temperature),
      derivative: m.surface(z, { i, j, a: j, b, quantity: "derivative" }, a, c, temperature),
      probability: m.surface(z, { i, j, a: j, b, quantity: "probability" }, a, c, temperature),
      log: m.surface(z, { i, j, a: j, b, quantity: "log-derivative" }, a, c, temperature) }))"""
    for case, found in zip(cases, run(origin, "math/softmax.js", call, cases), strict=True):
        z, i, j, b, t = case["z"], case["i"], case["j"], case["b"], case["temperature"]
        curve = derivative_curve(z, i, j, grid_a, t)
        assert_same(found["curve"]["probability"], curve.probability)
        assert_same(found["curve"]["derivative"], curve.derivative)
        assert_same(found["derivative"], derivative_surface(z, i, j, j, b, grid_a, grid_b, t))
        assert_same(found["probability"], probability_surface(z, i, j, b, grid_a, grid_b, t))
        assert_same(found["log"], log_derivative_surface(z, i, j, j, b, grid_a, grid_b, t))


def test_the_browser_finds_and_words_the_peaks_of_core(origin: Page) -> None:
    random = np.random.default_rng(21)
    cases: list[dict[str, Any]] = []
    for k in range(200):
        n = int(random.integers(2, 11))
        z = (random.uniform(-50, 50, n) * random.choice([0.02, 0.2, 1.0])).tolist()
        temperature = 1.0 if k % 4 == 0 else float(np.exp(random.uniform(math.log(0.05), math.log(20))))
        i, j = map(int, random.integers(0, n, 2))
        i = j if k % 3 == 0 else i
        brief = k % 2 == 0
        cases.append(
            {"z": z, "temperature": temperature, "i": i, "j": j, "end": scale_for(z), "brief": brief}
        )
    call = """async (m, cases) => {
      const { peakWords } = await import(
        new URL("app/static/live/charts/quantities_peak.js", document.baseURI));
      return cases.map((meta) => {
        const found = m.peak(meta.z, meta.i, meta.j, meta.temperature);
        return { ...found, words: peakWords(found, meta.temperature, meta) };
      });
    }"""
    for case, found in zip(cases, run(origin, "math/peak.js", call, cases), strict=True):
        peak = derivative_peak(case["z"], case["i"], case["j"], case["temperature"])
        assert_same([found["p"], found["derivative"]], [peak.probability, peak.derivative])
        # Near 0, raw outputs and the logarithm of their sum cancel.
        assert found["at"] == pytest.approx(float(peak.at), rel=1e-12, abs=1e-12 * case["temperature"])
        classes = tuple(str(k) for k in range(len(case["z"])))
        now = Scenario(classes, tuple(case["z"]), case["temperature"], case["i"], case["j"])
        assert found["words"] == peak_words(peak, now, case["end"], brief=case["brief"])


NUMBERS = [
    0,
    0.0625,
    -0.0625,
    0.0005,
    -0.0005,
    0.00049999,
    4.2e-18,
    -9.6e-5,
    0.6841780769,
    -0.07508953,
    1.0,
    -1.0,
]
RAWS = [0, 1.43, -0.4, 0.23, -50, 50, 1.2345, -0.001, 0.005, -0.004999, 2.675, 1e-12]


def test_numbers_are_written_the_same_by_the_browser_and_by_python(origin: Page) -> None:
    assert run(origin, "text/format.js", "(m, xs) => xs.map(m.decimal)", NUMBERS) == [
        theme.decimal(x) for x in NUMBERS
    ]
    assert run(origin, "text/format.js", "(m, xs) => xs.map(m.signed)", NUMBERS) == [
        theme.signed(x) for x in NUMBERS
    ]
    assert run(origin, "text/format.js", "(m, xs) => xs.map((x) => m.raw(x))", RAWS) == [
        theme.raw(x) for x in RAWS
    ]


def test_what_people_type_as_a_number_is_understood(origin: Page) -> None:
    typed = {
        "1.43": 1.43,
        "-0.4": -0.4,
        "−0.4": -0.4,
        "2,5": 2.5,
        " 7 ": 7,
        ".5": 0.5,
        "5.": 5,
        "1e-3": 0.001,
        # Full-width characters.
        "\uff11\uff12\uff0e\uff15": 12.5,
        "\uff0d\uff13": -3,
        "\uff12\uff0c\uff15": 2.5,
    }
    assert run(origin, "text/format.js", "(m, xs) => xs.map(m.parse)", list(typed)) == list(typed.values())
    nonsense = [
        "",
        "abc",
        "1.2.3",
        "1,000.5",
        "0x10",
        "Infinity",
        "NaN",
        "1 2",
        "--1",
        "5\u00b2",
        "\u2460",
        "\u0663",
    ]
    assert all(map(math.isnan, run(origin, "text/format.js", "(m, xs) => xs.map(m.parse)", nonsense)))


@pytest.mark.parametrize("quantity", get_args(Quantity))
@pytest.mark.parametrize("j", [0, 1])
def test_the_pin_in_3d_stands_where_python_puts_it(origin: Page, quantity: Quantity, j: int) -> None:
    call = """(m, { z, temperature, meta }) =>
      m.quantities["surface-point"]({ z, temperature }, meta, { type: "scatter3d" })"""
    for temperature in (0.3, 1.0, 4.0):
        now = Scenario(z=(1.5, -0.5, 2), temperature=temperature, i=0, j=j)
        figure = drawn(surface_figure(now, 2, quantity, "3d", 5, 400))
        pin = next(trace for trace in figure.data if trace.type == "scatter3d")
        moved = run(
            origin, "charts/quantities.js", call, {"z": now.z, "temperature": temperature, "meta": pin.meta}
        )
        for axis in "xyz":
            assert_same(moved[axis], pin[axis])
        assert moved["text"] == list(pin.text)
        # The pin's number stands above the whole surface.
        surface = next(trace for trace in figure.data if trace.type == "surface")
        assert pin.z[1] > np.max(surface.z)
        low, high = figure.layout.scene.zaxis.range
        assert low <= np.min(surface.z)
        assert pin.z[1] <= high
