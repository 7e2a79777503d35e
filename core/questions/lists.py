"""The pictures that list numbers class by class, with bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext
from math import ceil, log

from core.derivation.expression import SECANT_STEP
from core.derivation.readings import DIGITS, Readings
from core.loss import (
    cross_entropy_gradient,
    one_hot,
    probability_error,
    smoothed,
    squared_error_gradient,
)
from core.questions.subject import Subject
from core.questions.tables import (
    Array,
    Cell,
    Head,
    Picture,
    Places,
    Table,
    bars,
    of_class,
    of_entry,
    of_gradient,
)
from core.situation.scenario import Scenario
from core.softmax import log_softmax, softmax

__all__ = [
    "cancel",
    "exponential",
    "largest",
    "secant_slope",
    "squared",
    "sum_too",
    "temperature",
    "variance",
]

# Raw outputs whose shares z / Σz are negative and above 1.
_EXAMPLE = (1.43, -0.4, 0.23)
# e^(50 / 0.05) is too large for a float.
_CONTEXT = Context(prec=DIGITS, Emax=10**6, Emin=-(10**6))
_BLANK = Cell(None, exact=True)


def secant_slope(now: Scenario) -> Decimal:
    r"""Return dp_i/dz_j as it is measured: the change of p_i over a small change of z_j.

    .. math:: \frac{p_i(z_j + h T) - p_i(z_j - h T)}{2 h T}, \quad h = 0.001

    Parameters
    ----------
    now : Scenario
        Its `i` and `j` say which derivative.

    Returns
    -------
    Decimal
        Its relative error is at most h^2 / 5: that of the formula, because the third derivative in z / T is
        at most as large as the first one.

    Notes
    -----
    Where a probability is almost 0 or 1, the two values of p_i agree in many digits, so as many more are
    computed.

    Examples
    --------
    >>> round(secant_slope(Scenario(j=1)), 6)
    Decimal('-0.075090')
    """
    spread = (max(now.z) - min(now.z)) / now.temperature
    with localcontext(_CONTEXT) as context:
        context.prec = DIGITS + ceil(spread / log(10)) + 4
        t = Decimal(now.temperature)
        h = Decimal(str(SECANT_STEP))
        above, below = (_moved(now, way * h) for way in (1, -1))
        slope = (above - below) / (2 * h * t)
    with localcontext(_CONTEXT):
        return +slope


def _moved(now: Scenario, by: Decimal) -> Decimal:
    """Return p_i after z_j / T has moved."""
    top, t = Decimal(max(now.z)), Decimal(now.temperature)
    powers = [((Decimal(z) - top) / t + (by if k == now.j else 0)).exp() for k, z in enumerate(now.z)]
    return powers[now.i] / sum(powers)


def exponential(subject: Subject) -> Picture:
    """Compare z / Σz with softmax, also where raw outputs are negative."""
    shown = _shares("These raw outputs", subject.now.z, subject.p, subject.heads, of_class)
    total = sum(map(Decimal, subject.now.z))
    if total == 0 or not all(0 <= Decimal(value) / total <= 1 for value in subject.now.z):
        return (shown,)
    heads = [Head(f"class {k}") for k in ("A", "B", "C")]
    return shown, "", _shares("Others, one of them negative", _EXAMPLE, softmax(_EXAMPLE), heads)


def _shares(
    caption: str,
    z: Sequence[float],
    p: Array,
    heads: Sequence[Head],
    places: Callable[[int, int], Places] = lambda _, __: (),
) -> Table:
    """Compare z / Σz with softmax."""
    total = sum(map(Decimal, z), Decimal(0))
    columns = {
        "z": [Cell(value) for value in z],
        "z / Σz": [Cell(Decimal(value) / total if total else None) for value in z],
        "p": [Cell(float(value), places=places(k, k)) for k, value in enumerate(p)],
    }
    return bars(caption, heads, columns)


def largest(subject: Subject) -> Picture:
    """Show that the probabilities stay the same when the largest raw output is subtracted."""
    z = [Decimal(value) for value in subject.now.z]
    with localcontext(_CONTEXT):
        lowered = [value - max(z) for value in z]
    return _powers("As they are", z, subject), "=", _powers("Largest subtracted", lowered, subject)


def _powers(caption: str, z: Sequence[Decimal], subject: Subject) -> Table:
    """Show the exponentials of raw outputs, their sum, and their shares of it."""
    with localcontext(_CONTEXT):
        powers = [(value / Decimal(subject.now.temperature)).exp() for value in z]
        total = sum(powers, Decimal(0))
        p = [power / total for power in powers]
    places = [of_class(k, k) for k in range(subject.n)]
    columns = {
        "z": [Cell(value) for value in z],
        subject.over_t("e^z"): [Cell(power, places=places[k]) for k, power in enumerate(powers)],
        "p": [Cell(value, places=places[k]) for k, value in enumerate(p)],
    }
    everywhere = tuple(place for each in places for place in each)
    return bars(
        caption, subject.heads, columns, sums=[_BLANK, Cell(total, places=everywhere), Cell(Decimal(1))]
    )


def sum_too(subject: Subject) -> Picture:
    """Show the terms of the denominator and their derivatives."""
    readings, j = Readings(subject.now), subject.now.j
    terms = [readings.power(k) for k in range(subject.n)]
    with localcontext(_CONTEXT):
        total, slope = sum(terms, Decimal(0)), terms[j] / readings.temperature
    places = [of_class(k, k) for k in range(subject.n)]
    derivative = Cell(slope, places=places[j])
    columns = {
        subject.over_t("e^z"): [Cell(term, places=places[k]) for k, term in enumerate(terms)],
        "derivative": [derivative if k == j else Cell(0.0, exact=True) for k in range(subject.n)],
    }
    everywhere = tuple(place for each in places for place in each)
    sums = [Cell(total, places=everywhere), derivative]
    return (bars("Derivatives for the raw output of", subject.heads, columns, sums=sums)._replace(of=j),)


def temperature(subject: Subject) -> Picture:
    """Compare the derivative with 1 / T once and twice with the measured one."""
    now = subject.now
    once = float(subject.jacobian[now.i, now.j])
    values: dict[str, float | Decimal] = {
        "1 / T once": once,
        "1 / T twice": once / now.temperature,
        "Measured: change of p over change of z": secant_slope(now),
    }
    cells = [Cell(value, places=of_entry(now.i, now.j)) for value in values.values()]
    return (bars("The chosen derivative", [Head(text) for text in values], {"": cells}, signed=True),)


def variance(subject: Subject) -> Picture:
    """Work out the variance of the number that is 1 for class i and 0 for the others."""
    i = subject.now.i
    p, rest = float(subject.p[i]), float(subject.delta_minus_p[i, i])
    places = of_class(i, i)
    columns = {
        "Number": [Cell(1.0, exact=True), Cell(0.0, exact=True)],
        "Probability": [Cell(p, places=places), Cell(rest, places=places)],
        "(number − p)²": [Cell(rest * rest, places=places), Cell(p * p, places=places)],
        "Product": [Cell(p * (rest * rest), places=places), Cell(rest * (p * p), places=places)],
    }
    variance = Cell(p * rest, places=(*places, *of_entry(i, i)))
    sums = [_BLANK, Cell(1.0), _BLANK, variance]
    return (bars("Is it this class?", [Head("", i), Head("another")], columns, sums=sums),)


def cancel(subject: Subject) -> Picture:
    """Show the two factors of the gradient of -log p, and their product."""
    now, true = subject.now, subject.true
    log_p = float(log_softmax(now.z, now.temperature)[true])
    with localcontext(_CONTEXT):
        of_log = -Decimal(-log_p).exp()
    entries = subject.jacobian[true]
    products = cross_entropy_gradient(now.z, one_hot(true, subject.n), now.temperature)
    columns = {
        "−1 / p": [Cell(of_log, places=of_class(true, true)) for _ in range(subject.n)],
        "times ∂p/∂z": [Cell(float(value), places=of_entry(true, k)) for k, value in enumerate(entries)],
        subject.over_t("is p − y" if now.temperature == 1 else "is (p − y)"): [
            Cell(float(value), places=of_gradient(k)) for k, value in enumerate(products)
        ],
    }
    table = bars("With target 1 for", subject.heads, columns, signed=True)
    return (table._replace(of=true),)


def squared(subject: Subject) -> Picture:
    """Compare the gradients of both losses in the probabilities and in the raw outputs."""
    z, t, true = subject.now.z, subject.now.temperature, subject.true
    target = smoothed(true, subject.n, subject.certainty)
    log_p = log_softmax(z, t).tolist()
    with localcontext(_CONTEXT):
        of_log = [-Decimal(y) * Decimal(-log).exp() for y, log in zip(target.tolist(), log_p, strict=True)]
    squared_in_p, crossed = probability_error(z, target, t), cross_entropy_gradient(z, target, t)
    squared_in_z = squared_error_gradient(z, target, t)
    return (
        _gradients("Squared error", subject, squared_in_p.tolist(), squared_in_z.tolist()),
        "",
        _gradients("Cross-entropy", subject, of_log, crossed.tolist()),
    )


def _gradients(caption: str, subject: Subject, *gradients: Sequence[float | Decimal]) -> Table:
    """Show the gradients of a loss in the probabilities and in the raw outputs."""
    columns = {
        head: [Cell(value, places=of_gradient(k)) for k, value in enumerate(gradient)]
        for head, gradient in zip(("in p", "in z"), gradients, strict=True)
    }
    return bars(caption, subject.heads, columns, signed=True)
