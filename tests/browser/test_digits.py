"""On every page, a reader who calculates with the digits shown gets the digits of the result shown."""

import math
import re
from decimal import Context, Decimal, localcontext
from functools import partial
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.derivation.expression import symbol
from core.derivation.shown import Shown, Written
from core.derivation.steps import STEP_KEYS
from core.situation.scenario import Scenario
from tests.browser.hands import board_values, eventually, visit
from tests.browser.mirrored import run

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
LETTERS = [symbol("f"), symbol("g"), symbol("df"), symbol("dg"), symbol("dp")]


@pytest.fixture
def page(loaded: Page) -> Page:
    """No test here depends on who has used the page before."""
    return loaded


def situations(count: int) -> list[Scenario]:
    """Situations of every kind: near and far, round and with many digits, from cold to warm."""
    random = np.random.default_rng(45)
    found = []
    for _ in range(count):
        n = int(random.integers(2, 11))
        z = random.uniform(-50, 50, n) * random.choice([0.02, 0.1, 0.3, 1.0])
        z = np.round(z, int(random.choice([1, 2, 3, 12])))
        t = float(np.exp(random.uniform(math.log(0.05), math.log(20))))
        t = float(random.choice([1.0, 0.05, 0.5, 20.0, round(t, 2), t]))
        i, j = (int(k) for k in random.integers(0, n, 2))
        names = tuple(f"c{k}" for k in range(n))
        found.append(Scenario(names, tuple(z.tolist()), t, i, j if random.random() < 0.6 else i))
    return found


def plain(text: str | None) -> Written | None:
    """Read a number as the browser writes it."""
    if text is None:
        return None
    digits, _, power = text.replace("−", "-").partition(" × 10")
    return digits, int(power.translate(SUPERSCRIPTS) or 0)


def test_the_browser_writes_the_numbers_of_the_derivation_as_core_does(origin: Page) -> None:
    cases = situations(400)
    call = """(m, { cases, steps }) => cases.map(({ z, temperature, i, j }) => {
      const now = m.numbersOf({ z, temperature }, { i, j }, 0.001);
      return Object.fromEntries(steps.map((step) => [step, {
        z: z.map((_, k) => now.z(step, k)), p: [now.p(step, i), now.p(step, j)], T: now.T(step),
        letters: ["f", "g", "df", "dg", "dp"].map((kind) => now[kind](step)), rest: now.rest(step),
        sides: step === "check" ? [now.secant(step, 1), now.secant(step, -1), now.distance(step)] : null,
      }]));
    })"""
    sent = [{"z": list(c.z), "temperature": c.temperature, "i": c.i, "j": c.j} for c in cases]
    answers = run(origin, "views/numbers.js", call, {"cases": sent, "steps": list(STEP_KEYS)})
    different = []
    for now, answer in zip(cases, answers, strict=True):
        shown = Shown(now)
        for step, found in answer.items():
            expected: dict[str, Any] = {
                "z": [shown.z(step, k) for k in range(len(now.z))],
                "p": [shown.letter(step, symbol("p", k)) for k in (now.i, now.j)],
                "T": shown.temperature(step),
                "letters": [shown.letter(step, letter) for letter in LETTERS],
                "rest": shown.rest(step),
            }
            there: dict[str, Any] = {
                "z": [text.replace("−", "-") for text in found["z"]],
                "p": [plain(text) for text in found["p"]],
                "T": found["T"],
                "letters": [plain(text) for text in found["letters"]],
                "rest": plain(found["rest"]),
            }
            if step == "check":
                sides = shown.sides(step)
                expected["sides"] = [*(sides or (None, None)), shown.distance(step)]
                there["sides"] = [*map(plain, found["sides"][:2]), found["sides"][2]]
            different += [
                (now, step, key, there[key], expected[key]) for key in there if there[key] != expected[key]
            ]
    # In very rare cases a float's last digits round the other way.
    assert len(different) <= 2, different[:5]


def by_hand(text: str) -> None:
    """Calculate what stands before the last equals sign, and compare it with the number after that sign."""
    text = text.replace("−", "-").replace(" ", " ")
    *_, worked_out, result = re.split(r"= (?:p - y = )?", text)
    result = result.strip()
    shown = Decimal(result)
    unit = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    with localcontext(Context(prec=40, Emax=10**6, Emin=-(10**6))):
        total = Decimal(0)
        for product in re.sub(r"[()]", "", worked_out).replace(" - ", " + -").split(" + "):
            body, _, divisor = product.partition(" / ")
            value = Decimal(1)
            for factor in body.split("×"):
                value *= Decimal(factor.strip())
            total += value / Decimal(divisor.strip() or 1)
        assert abs(total - shown) <= unit, text


def test_products_can_be_worked_out_from_what_is_shown(origin: Page) -> None:
    cases = situations(600)
    call = """async (digits, cases) => {
      const at = (name) => import(new URL(`app/static/live/${name}.js`, document.baseURI));
      const [softmax, format, dom] = [await at("math/softmax"), await at("text/format"), await at("dom")];
      const { Line } = await at("views/sentence");
      return cases.map(({ z, temperature, i, j }) => {
        const line = new Line();
        line.build(z.map((_, k) => `c${k}`), i, j, z.map(() => "red"), temperature);
        line.show(softmax.read(z, temperature), temperature, true);
        return line.formula.textContent;
      });
    }"""
    sent = [{"z": list(c.z), "temperature": c.temperature, "i": c.i, "j": c.j} for c in cases]
    for text in run(origin, "text/digits.js", call, sent):
        by_hand(text)


def test_factors_of_very_different_size_get_the_digits_they_need(origin: Page) -> None:
    call = """(m, cases) => cases.map(([a, b, divisor]) => {
      const factors = [m.scaled(a), m.scaled(b)];
      const { texts: [[first, second]], divisor: by } = m.products([factors], a * b / divisor, divisor);
      return `= ${first} × ${second}${divisor === 1 ? "" : ` / ${by}`}`;
    })"""
    random = np.random.default_rng(6)
    cases = []
    for t in random.choice([1.0, 0.05, 0.3, 12.345678], 500).tolist():
        first, result = 10 ** random.uniform(-20, 20), 10 ** random.uniform(-20, 2)
        cases.append([-first, result * t / first, t])
    written = run(origin, "text/digits.js", call, cases)
    results = run(origin, "text/format.js", "(m, all) => all.map(([a, b, t]) => m.decimal(a * b / t))", cases)
    for text, result in zip(written, results, strict=True):
        by_hand(f"{text} = {result}")


LOSSES = [
    "z=1.43,-0.4,0.23",
    "z=50,-50,0&T=0.05",
    "z=0,-8,8&true=versicolor",
    "z=3.1234567,-4.2,1.7&T=0.3&true=virginica",
    "z=0,-8,8&label=0.9",
    "z=-2.5,1.25,4&loss=squared+error&T=2",
    "z=12,-4,4&loss=squared+error&label=0.8",
]


def test_each_chain_of_the_loss_gives_its_gradient(page: Page) -> None:
    visit(page, "/descend")
    expect(page.locator(".loss[data-ready]")).to_be_visible()
    written = set()
    for query in LOSSES:
        visit(page, f"/descend?{query}")
        z = query.split("&")[0].removeprefix("z=").split(",")
        eventually(page, partial(_shows, page, z))
        chains = page.locator(".loss td.chain").all_inner_texts()
        gradients = page.locator(".loss td.strong").all_inner_texts()
        assert len(chains) == 3
        for chain, gradient in zip(chains, gradients, strict=True):
            by_hand(f"= {chain}" if "=" in chain else f"= {chain} = {gradient}")
        written.add(tuple(chains))
    assert len(written) == len(LOSSES)


def _shows(page: Page, z: list[str]) -> None:
    assert board_values(page)["z"] == [float(value) for value in z]


def test_the_chain_of_a_flower_can_be_worked_out(page: Page) -> None:
    visit(page, "/iris")
    expect(page.locator(".iris[data-ready]")).to_be_visible()
    written = set()
    for flower, more in ((51, ""), (71, "&weight=1-2"), (1, "&weight=3-4"), (120, "&trained=40")):
        visit(page, f"/iris?flower={flower}{more}")
        expect(page.locator(".iris .who")).to_contain_text(f"Flower {flower}")
        lines = page.locator(".iris .chain p").all_inner_texts()
        assert len(lines) == 6
        for line in (lines[1], lines[3], lines[4]):
            by_hand(line)
        written.add(lines[1])
    assert len(written) == 4
