"""The words of the derivation: title and reason of each step; {i} and {j} stand for class names."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["WORDS", "Words"]


class Words(NamedTuple):
    """The words of one step.

    Parameters
    ----------
    title : str
        A few words.
    own : str
        The reason when class i and class j are the same.
    cross : str
        The reason when they differ.
    tempered_own, tempered_cross : str
        Appended to the reason when the temperature is not 1.
    """

    title: str
    own: str
    cross: str
    tempered_own: str = ""
    tempered_cross: str = ""


_CHAIN = " The chain rule brings in the factor 1/T, because the raw output is divided by T."
_TO_THE_FRONT = " The factor 1/T moves to the front."
_SOFTMAX = (
    "The probability of {i} is its own exponential divided by the sum of the exponentials of all classes."
)
_PARTS = "A fraction is easier to handle when its numerator is called f and its denominator g."
_RULE = (
    "The derivative of a fraction: the derivative of the numerator times the denominator, minus the "
    "numerator times the derivative of the denominator, all over the denominator squared. The prime ′ means "
    "the derivative with respect to the raw output of {j}."
)
_ONE_SURVIVES = (
    "The sum has one term per class. Only the term of {j} depends on the raw output of {j}; the others are "
    "constants with derivative 0, so one term survives."
)
_NUMBER = (
    "With the current raw outputs: raise the raw output of {j} a little, and the probability of {i} %s this "
    "number times that amount."
)
_CHECK = (
    "Move the raw output of {j} by h = {h} to each side, and divide the change in the probability of {i} by "
    "the change in the raw output. That is the slope of the curve, as close as the eye can tell."
)

WORDS: dict[str, Words] = {
    "question": Words(
        "The question",
        "Raise the raw output of {j} a little: how fast does the probability of {i} change? It is the same "
        "class both times, so {i} is class i, and class j as well.",
        "Raise the raw output of {j} a little: how fast does the probability of {i} change? They are "
        "different classes, so we ask what one does to the other: {i} is class i, {j} is class j.",
    ),
    "softmax": Words("Softmax, written out", _SOFTMAX, _SOFTMAX),
    "parts": Words("Name the two parts", _PARTS, _PARTS),
    "rule": Words("The quotient rule", _RULE, _RULE),
    "numerator": Words(
        "The derivative of the numerator",
        "f is an exponential of the raw output of {i}, the very one that changes. The exponential function "
        "is its own derivative.",
        "f depends only on the raw output of {i}. That stays fixed while the raw output of {j} changes, and "
        "the derivative of a constant is 0.",
        _CHAIN,
    ),
    "denominator": Words(
        "The derivative of the denominator",
        _ONE_SURVIVES,
        _ONE_SURVIVES + " The exponential function is its own derivative.",
        _CHAIN,
        _CHAIN,
    ),
    "substitute": Words(
        "Put both into the rule",
        "Write the two derivatives where the rule has f′ and g′.",
        "Write the two derivatives where the rule has f′ and g′. The first product is 0 and disappears "
        "in the next step.",
    ),
    "factor": Words(
        "Split the fraction",
        "Both products contain the exponential of {i}: factor it out, and divide each of the two factors by "
        "one g.",
        "Only the second product is left, with its minus sign: divide each of its two exponentials by one g.",
        _TO_THE_FRONT,
        _TO_THE_FRONT,
    ),
    "recognise": Words(
        "Recognise the probabilities",
        "An exponential divided by the sum is softmax: the first fraction is the probability of {i}, and the "
        "second is 1 minus that.",
        "An exponential divided by the sum is softmax: the two fractions are the probabilities of {i} and of "
        "{j}.",
    ),
    "result": Words(
        "The result",
        "A probability times 1 minus itself: never negative, and largest when the probability is one half.",
        "Minus the product of the two probabilities: never positive, and the same when the two classes "
        "are swapped.",
    ),
    "number": Words("The number", _NUMBER % "rises by", _NUMBER % "changes by"),
    "check": Words("Check it on the curve", _CHECK, _CHECK),
}
