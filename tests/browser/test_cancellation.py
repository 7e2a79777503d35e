"""Why p - y is left, with numbers: they follow the hand, can be worked out, and are those of core."""

import re
from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.cancellation import chain_terms
from core.loss import cross_entropy_gradient, one_hot, probability_error, smoothed, squared_error_gradient
from tests.browser.descend_page import opened
from tests.browser.hands import board_values, go, has, held, pull
from tests.browser.mirrored import run
from ui import theme


def worked_out(text: str) -> None:
    """Calculate what stands before the equals sign, and compare it with the number after it."""
    left, _, result = text.replace("−", "-").replace("×", "*").partition(" = ")
    tokens = re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?|[-+*/()]", left)

    def total() -> Decimal:
        value = product()
        while tokens and tokens[0] in "+-":
            value = value + product() if tokens.pop(0) == "+" else value - product()
        return value

    def product() -> Decimal:
        value = factor()
        while tokens and tokens[0] in "*/":
            value = value * factor() if tokens.pop(0) == "*" else value / factor()
        return value

    def factor() -> Decimal:
        first = tokens.pop(0)
        if first == "-":
            return -factor()
        if first != "(":
            return Decimal(first)
        value = total()
        tokens.pop(0)
        return value

    shown = Decimal(result.replace("+", ""))
    with localcontext(Context(prec=60, Emax=10**6, Emin=-(10**6))):
        assert abs(total() - shown) <= Decimal(1).scaleb(int(shown.as_tuple().exponent)), text
    assert not tokens, text


def cases(count: int) -> list[dict[str, Any]]:
    """Situations of every kind, each with a true class, its target and another class."""
    random = np.random.default_rng(13)
    found = []
    for _ in range(count):
        n = int(random.integers(2, 11))
        z = random.uniform(-50, 50, n) * random.choice([0.02, 0.1, 0.3, 1.0])
        t = float(random.choice([1.0, 0.05, 0.5, 20.0, random.uniform(0.05, 20)]))
        true, other = (int(k) for k in random.choice(n, 2, replace=False))
        target = smoothed(true, n, float(random.choice([1.0, 0.9, 0.5])))
        found.append({
            "z": z.tolist(), "temperature": t, "true": true, "other": other, "target": target.tolist(),
            "names": [f"c{k}" for k in range(n)], "colours": ["red"] * n,
        })  # fmt: skip
    return found


def test_every_line_can_be_worked_out_and_gives_the_number_of_core(origin: Page) -> None:
    call = """async (m, cases) => {
      const { measure } = await import(new URL("app/static/live/math/descent.js", document.baseURI));
      return cases.map((data) => {
        const shown = new m.Cancellation();
        shown.build(data, data.other);
        shown.show(data, data, measure(data.z, data.target, data.temperature, "cross-entropy"));
        return [...shown.node.querySelectorAll(".digits")].map((line) =>
          [line.textContent, Number(line.querySelector("b").dataset.value)]);
      });
    }"""
    sent = cases(400)
    for case, found in zip(sent, run(origin, "views/cancellation.js", call, sent), strict=True):
        z, y, t, k, other = (case[name] for name in ("z", "target", "temperature", "true", "other"))
        terms, gradient = chain_terms(z, y, t), cross_entropy_gradient(z, y, t)
        expected = (
            [gradient[k], gradient[other]] if y[k] == 1 else [terms[k, k], terms[other, k], gradient[k]]
        )
        assert [value for _, value in found] == pytest.approx(expected, rel=1e-11, abs=1e-13), case
        for text, _ in found:
            worked_out(text)


def test_the_numbers_follow_the_hand_and_a_link_shows_them(
    loaded: Page, open_page: Callable[..., Page]
) -> None:
    page = opened(loaded)
    ask = page.get_by_role("button", name="See it with numbers")
    expect(ask).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_test_id("meaning-0")).to_have_text("0.684 too much: push down")
    expect(page.get_by_test_id("meaning-1")).to_have_text("0.890 too little: push up")
    with held(page, "versicolor"):
        pull(page, "versicolor", 30)
        z = board_values(page)["z"]
        for k, excess in enumerate(probability_error(z, [0, 1, 0])):
            words = "much: push down" if excess > 0 else "little: push up"
            text = f"{theme.decimal(abs(excess))} too {words}"
            expect(page.get_by_test_id(f"meaning-{k}")).to_have_text(text)
    page.wait_for_url(has("z="))
    ask.click()
    page.wait_for_url(has("why=on"))
    expect(ask).to_have_attribute("aria-expanded", "true")
    own, other = page.get_by_test_id("cancelled-1"), page.get_by_test_id("cancelled-0")
    # Its letters and the columns of the table stay as they are in the hand; only digits change.
    with held(page, "setosa"):
        pull(page, "setosa", -20)
        z = board_values(page)["z"]
        gradient = cross_entropy_gradient(z, [0, 1, 0])
        for line, k in ((own, 1), (other, 0)):
            value = float(line.locator("b").get_attribute("data-value") or "nan")
            assert value == pytest.approx(gradient[k], rel=1e-12)
            worked_out(line.inner_text())
    # The class of the chosen cell stands for all others.
    page.get_by_test_id("jacobian-0-2").click()
    expect(page.get_by_test_id("cancelled-2")).to_contain_text("−1/")
    expect(page.locator(".cancelled")).to_contain_text("virginica, as every other class")
    page.wait_for_url(has("wrt=virginica"))
    again = open_page(page.url[page.url.index("/descend") :])
    expect(again.get_by_test_id("cancelled-2")).to_have_text(page.get_by_test_id("cancelled-2").inner_text())
    # Squared error has nothing that cancels; its chain stands in the table.
    go(page, "/descend?loss=squared+error")
    gradient = squared_error_gradient(board_values(page)["z"], one_hot(1, 3))
    words = f"0.206 too much; the Jacobian turns it into {theme.signed(gradient[2])}: push up"
    expect(page.get_by_test_id("meaning-2")).to_have_text(words)
    expect(page.locator(".cancelled")).to_be_hidden()
    expect(page.locator("td.chain").first).to_be_hidden()
    page.get_by_role("button", name="See it with numbers").click()
    expect(page.locator("td.chain").first).to_be_visible()
    expect(page.locator(".cancelled")).to_be_hidden()


def test_showing_the_numbers_while_a_descent_plays_keeps_the_steps_taken(loaded: Page) -> None:
    page = opened(loaded)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text("6 steps taken.")).to_be_visible()
    page.get_by_role("button", name="See it with numbers").click()
    page.wait_for_url(has("why=on"))
    expect(page.get_by_test_id("cancelled-1")).to_be_visible()
    page.wait_for_url(has("steps="))
    assert int(page.url.split("steps=")[1].split("&")[0]) >= 6


def test_what_is_hidden_is_not_told_by_words_or_numbers(loaded: Page) -> None:
    page = loaded
    parts = page.locator(".cancelled, .reason, td.meaning, td.chain")
    own, chain = page.get_by_test_id("cancelled-1"), page.locator("td.chain").first
    for hide in ("jacobian", "probabilities", "gradient"):
        go(page, f"/descend?why=on&z=2.5,-1.25,0.75&hide={hide}")
        expect(page.locator(".loss[data-ready]")).to_be_visible()
        expect(page.get_by_test_id("gradient-0")).to_have_text("?" if hide == "gradient" else "+0.835")
        expect(chain).to_have_text("?")
        if hide == "gradient":
            # The sentence about it waits, too.
            expect(page.get_by_role("button", name="See it with numbers")).to_be_hidden()
            expect(own).to_be_hidden()
        else:
            expect(own).to_have_text("?", use_inner_text=True)
        told = " ".join(parts.evaluate_all("(nodes) => nodes.map((node) => node.innerText)"))
        assert not re.search(r"\d ×|/\d", told), told
        assert parts.locator("[data-value]:not([data-value=''])").count() == 0
        # p − y tells what its words tell, so they are hidden together.
        assert bool(re.search("too (much|little)", told)) is (hide == "jacobian"), told
    page.keyboard.press("h")
    expect(own).to_contain_text("−1/")
