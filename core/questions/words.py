"""The words of the questions that learners ask most, with the places where each of them arises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["QUESTIONS", "Question", "asked"]

_END = ("result", "number", "check")


class Question(NamedTuple):
    """A question and its answer, which name no class and no number of the situation.

    Parameters
    ----------
    key : str
        Its name, also in links, so it never changes; `core.questions.pictures.PICTURES` has its picture.
    asks : str
        The question, in a few words.
    answer : str
        One to three sentences.
    places : mapping of str to tuple of str
        For each page by its name, the places on it where the question arises. On Step by step these are keys
        of steps, or "table".
    gives : tuple of str
        What its words give away, by the names of `ui.lesson.TITLES`, or of groups of them.
    tempered : str
        What is added to the answer when the temperature is not 1.
    only_tempered : bool
        Whether it arises only when the temperature is not 1.
    """

    key: str
    asks: str
    answer: str
    places: dict[str, tuple[str, ...]]
    gives: tuple[str, ...] = ()
    tempered: str = ""
    only_tempered: bool = False


QUESTIONS: dict[str, Question] = {
    question.key: question
    for question in (
        Question(
            "matrix",
            "Why a matrix?",
            "Raise one raw output, and every probability changes, not only its own. That takes one number "
            "for each class: a column. There is one such column for each raw output that you can raise.",
            {"explore": ("board",), "derive": ("question",)},
        ),
        Question(
            "exponential",
            "Why e, and not z / Σz?",
            "With negative raw outputs, z / Σz can be negative or above 1, and with a sum of 0 it does not "
            "exist. An exponential is always positive, so its share of the sum lies between 0 and 1, and a "
            "larger raw output gets a larger share.",
            {"explore": ("board",), "derive": ("softmax",)},
        ),
        Question(
            "largest",
            "Why subtract the largest?",
            "The usual numbers of a computer end at 10³⁰⁸, and the exponential of 710 is already larger. "
            "Subtract the largest raw output from all of them first, and no exponential is above 1. The "
            "probabilities stay the same, because the exponentials and their sum shrink by the same factor.",
            {"explore": ("board",), "derive": ("softmax",)},
        ),
        Question(
            "sum",
            "Is the sum differentiated too?",
            "Yes. The raw output that changes also stands in the denominator, in one term of the sum. The "
            "other terms do not depend on it, so their derivatives are 0.",
            {"derive": ("denominator",)},
            gives=("formula",),
        ),
        Question(
            "temperature",
            "Is 1 / T there once or twice?",
            "Once. By the chain rule, f′ and g′ each have one factor 1 / T. They stand in different products "
            "of the quotient rule, f′ g and f g′, so both products have it once.",
            {"derive": ("numerator", "denominator", "factor", *_END)},
            gives=("formula",),
            only_tempered=True,
        ),
        Question(
            "log",
            "What is the derivative of log p?",
            "The derivative of log pᵢ is that of pᵢ divided by pᵢ. What is left is δᵢⱼ − pⱼ: 1 − pᵢ for its "
            "own raw output, and −pⱼ for any other.",
            {"explore": ("board",), "derive": _END},
            gives=("formula", "gradient"),
            tempered="Each of them is divided by T.",
        ),
        Question(
            "variance",
            "Is p (1 − p) a variance?",
            "Yes. Draw a class with these probabilities, and write down 1 if it is class i and 0 if not. The "
            "mean of this number is p, and its variance is p (1 − p). It is largest at one half, where the "
            "draw is hardest to guess.",
            {"explore": ("board",), "derive": _END},
            gives=("formula",),
        ),
        Question(
            "inverse",
            "Does softmax have an inverse?",
            "No. Raise all raw outputs by the same amount, and no probability changes: the Jacobian times "
            "(1, 1, …, 1) is 0. The probabilities only tell how far the raw outputs are apart: "
            "zᵢ − zⱼ = T log (pᵢ / pⱼ).",
            {"explore": ("board",), "derive": ("table",)},
        ),
        Question(
            "outer",
            "What is diag(p) − p pᵀ?",
            "The whole Jacobian at once. diag(p) has the probabilities on its diagonal, and p pᵀ has the "
            "products of any two of them. The difference is p (1 − p) on the diagonal and −pᵢ pⱼ everywhere "
            "else.",
            {"explore": ("board",), "derive": ("table",)},
            gives=("formula",),
            tempered="Both grids are divided by T.",
        ),
        Question(
            "delta",
            "What does δ mean?",
            "δᵢⱼ is 1 if i and j are the same class, and 0 if not. With it, one formula says both: "
            "pᵢ (δᵢⱼ − pⱼ) is pᵢ (1 − pᵢ) on the diagonal and −pᵢ pⱼ everywhere else.",
            {"derive": ("table",)},
            gives=("formula",),
            tempered="All of it is divided by T.",
        ),
        Question(
            "diagonal",
            "Why not only p (1 − p)?",
            "p (1 − p) is what a raw output does to its own class. What this class gains, the other classes "
            "lose: these are the −pᵢ pⱼ. Without them the rows and columns no longer sum to 0.",
            {"derive": ("table",)},
            gives=("formula",),
        ),
        Question(
            "cancel",
            "Where did the 1 / p go?",
            "The log brings in −1 / p for the true class. Each derivative of that p has p itself as a "
            "factor: p (1 − p) in its own column and −p pₖ in the others. So p cancels, and p − 1 and pₖ "
            "are left, which is p − y; with a target below 1, this happens in every product.",
            {"descend": ("loss",)},
            gives=("formula", "gradient"),
            tempered="The 1 / T of each derivative stays.",
        ),
        Question(
            "squared",
            "Does p − y not belong to squared error?",
            "p − y is the gradient of squared error in the probabilities. But training changes the raw "
            "outputs, and there the Jacobian still multiplies it. For cross-entropy, p − y is what is left "
            "after the Jacobian.",
            {"descend": ("loss",)},
            gives=("formula", "gradient"),
            tempered="In the raw outputs, both are divided by T.",
        ),
        Question(
            "total",
            "Why is the gradient of Σp zero?",
            "All probabilities together are 1, whatever the raw outputs are. What never changes has gradient "
            "0. Its entries are the column sums of the Jacobian: what one class gains, the others lose.",
            {"descend": ("loss",)},
        ),
    )
}


def asked(page: str, places: Iterable[str], *, tempered: bool) -> tuple[Question, ...]:
    """Return the questions that arise at some places of a page, in the order of the derivation.

    Parameters
    ----------
    page : str
        The page's name.
    places : iterable of str
        Places on it.
    tempered : bool
        Whether the temperature is not 1.

    Returns
    -------
    tuple of Question
        None of them twice.

    Examples
    --------
    >>> [question.key for question in asked("derive", ["numerator", "denominator"], tempered=True)]
    ['sum', 'temperature']
    """
    here = set(places)
    return tuple(
        question
        for question in QUESTIONS.values()
        if here.intersection(question.places.get(page, ())) and (tempered or not question.only_tempered)
    )
