"""The words of the tour: for each scene its title, two or three sentences, and what it asks."""

from __future__ import annotations

from typing import NamedTuple

from core.tour.facts import PUSHED
from core.tour.tasks import (
    Choose,
    Do,
    Option,
    Task,
    WorkOut,
    another_species,
    at_peak,
    below,
    leads,
    raised,
    stepped,
)

__all__ = ["WORDS", "Words"]


class Words(NamedTuple):
    """The words of one scene.

    Attributes
    ----------
    title : str
        A few words.
    says : str
        What there is to understand, in two to four sentences. Numbers are named as in `core.tour.facts` and
        are those of the situation with which the scene begins.
    task : Task
        The one thing to do or to predict.
    """

    title: str
    says: str
    task: Task


WORDS: dict[str, Words] = {
    "outputs": Words(
        "A network gave three numbers",
        "A small network has looked at an iris. Its last layer gives one raw output for each species: the "
        "larger it is, the more the network favours that species. Raw outputs may be negative, and they add "
        "up to nothing in particular.",
        Do(
            "Drag the bar of virginica until virginica leads.",
            leads(PUSHED),
            "You made virginica lead, with {z2} against {other}. But how sure is the network then? The raw "
            "outputs alone do not say.",
            "Virginica is at {z2}; it leads once it is above {other}.",
        ),
    ),
    "exponentials": Words(
        "First, make every number positive",
        "Softmax takes e to the power of each raw output. The result is positive even where the raw output "
        "is negative, and it grows faster and faster.",
        Choose(
            "Add 1 to a raw output. What happens to its exponential?",
            (
                Option(
                    "adds-1",
                    "It grows by 1",
                    "That is what the raw output does. Raise a long bar by 1, then a short one: their "
                    "exponentials grow by very different amounts.",
                ),
                Option(
                    "adds-e",
                    "It grows by 2.718",
                    "Only an exponential of 1.582 would grow by that much. Compare a long bar with a short "
                    "one: what they have in common is a factor.",
                ),
                Option(
                    "times-e",
                    "It is multiplied by 2.718",
                    "Yes: e to the power of z + 1 is e times e to the power of z, and e is 2.718. Equal "
                    "steps of the raw output multiply the exponential by equal factors.",
                    right=True,
                ),
            ),
        ),
    ),
    "shares": Words(
        "One sum, shared by all",
        "The exponentials add up to one sum. The predicted probability of a class is its share of that sum: "
        "its own exponential divided by the sum. So every probability lies between 0 and 1, and together "
        "they are 1.",
        Choose(
            "Add 1 to all three raw outputs. What happens to the probabilities?",
            (
                Option(
                    "grow",
                    "All three grow",
                    "Together they are always 1, so they cannot all grow.",
                ),
                Option(
                    "largest",
                    "The largest one grows",
                    "Every exponential is multiplied by the same 2.718, and so is their sum. Then what "
                    "becomes of the shares?",
                ),
                Option(
                    "same",
                    "Nothing",
                    "Yes: every exponential is multiplied by the same 2.718, and so is the sum, so every "
                    "share stays. Only the differences between the raw outputs count.",
                    right=True,
                ),
            ),
        ),
    ),
    "push": Words(
        "One push moves everything",
        "All classes share the sum. So if you raise a single raw output, every probability changes, although "
        "the other raw outputs stay where they are.",
        Do(
            "Raise virginica by 1 or more, and watch who pays for it.",
            raised(PUSHED, 1),
            "Virginica gained {moved2}. Setosa lost {moved0} and versicolor {moved1}, together just as much. "
            "Setosa paid more because it had more.",
            "Virginica is {raised} above where it began; the marks show where every probability was.",
        ),
    ),
    "slope": Words(
        "The push as a slope",
        "How fast does the probability of setosa change, right here, while the raw output of virginica "
        "grows? Plot one against the other: the answer is the slope of that curve. It is the derivative "
        "∂p setosa / ∂z virginica.",
        Choose(
            "Is this derivative positive or negative?",
            (
                Option(
                    "positive",
                    "Positive",
                    "Virginica itself gains when its raw output grows. The exponential of setosa stays the "
                    "same while the sum that it is divided by grows.",
                ),
                Option(
                    "negative",
                    "Negative",
                    "Yes: the slope of the dashed tangent is {d}. Raise virginica by a little, and setosa "
                    "loses {size} times that little.",
                    right=True,
                ),
            ),
        ),
    ),
    "formulas": Words(
        "Two formulas are enough",
        "There are only two kinds of derivative. For a class and its own raw output it is p (1 − p), never "
        "negative. For a class i and the raw output of another class j it is −pᵢ pⱼ, never positive. The "
        "next scene shows why.",
        WorkOut(
            "What is ∂p versicolor / ∂z setosa? Work it out from the two probabilities.",
            gradient=False,
            more="The two formulas are all there is to know; now see why they are true.",
        ),
    ),
    "minus": Words(
        "Where the minus comes from",
        "A probability is a fraction, so the quotient rule gives its derivative: (f′g − fg′) / g². Here f is "
        "the exponential of setosa and g the sum of all three, while the raw output of virginica moves.",
        Choose(
            "What is f′, the derivative of the numerator?",
            (
                Option(
                    "zero",
                    "0",
                    "Yes: the exponential of setosa stays the same while the sum grows. Only −fg′ is left, "
                    "with g′ the exponential of virginica: divided by g², that is −p setosa · p virginica. "
                    "For its own raw output, f′ is f, and the same rule leaves p − p², which is p (1 − p).",
                    right=True,
                ),
                Option(
                    "own",
                    "The exponential of setosa",
                    "It would be, if the raw output of setosa moved. Here virginica moves, and f does not "
                    "contain virginica.",
                ),
                Option(
                    "other",
                    "The exponential of virginica",
                    "That is g′, because the sum contains the exponential of virginica. Does f contain it?",
                ),
            ),
        ),
    ),
    "jacobian": Words(
        "All nine at once: the Jacobian",
        "Three probabilities and three raw outputs make nine derivatives. A row belongs to the probability "
        "that changes, a column to the raw output that moves. p (1 − p) stands on the diagonal, −pᵢ pⱼ "
        "everywhere else.",
        Choose(
            "Every column adds up to 0. Why?",
            (
                Option(
                    "gains",
                    "What one class gains, the others lose",
                    "Yes: whatever moves, the probabilities add up to 1. So their changes add up to 0. Press "
                    "the sum under a column to see its gains and losses.",
                    right=True,
                ),
                Option(
                    "outputs",
                    "The raw outputs add up to 0",
                    "They need not. Drag a bar: their sum changes, and the columns still add up to 0.",
                ),
                Option(
                    "chance",
                    "It is chance",
                    "Drag any bar: all nine numbers change, and every column still adds up to 0.",
                ),
            ),
        ),
    ),
    "rank": Words(
        "Symmetric, and one direction is lost",
        "In −pᵢ pⱼ the order of the classes does not matter, so the Jacobian is symmetric, and its rows add "
        "up to 0 as well. A row sum says what happens if all raw outputs grow by the same amount: nothing.",
        Choose(
            "How many of the three rows must you know to know all of them?",
            (
                Option(
                    "three",
                    "3",
                    "Every column adds up to 0. If you know two of its numbers, what must the third one be?",
                ),
                Option(
                    "two",
                    "2",
                    "Yes: the third row is minus the sum of the other two. The rank of the matrix is 2, one "
                    "less than the number of classes, because one direction moves nothing: all raw outputs "
                    "together.",
                    right=True,
                ),
                Option(
                    "one",
                    "1",
                    "Then the others would be multiples of it. Look at where the minus signs stand.",
                ),
            ),
        ),
    ),
    "peak": Words(
        "Where a probability reacts most",
        "How strongly setosa reacts to its own raw output depends on its probability p alone. The derivative "
        "p (1 − p) is small when p is near 0 or near 1, and largest in between.",
        Do(
            "Drag setosa until its own derivative is as large as it can be.",
            at_peak,
            "You found it at p = {p0}, about one half: ½ · ½ = ¼. No derivative of softmax is larger. Far "
            "from there, p is near 0 or 1 and hardly moves: softmax is saturated.",
            "Its derivative is {d} now. Where is the top of the lower curve?",
        ),
    ),
    "flower": Words(
        "Real flowers",
        "Raw outputs like these come from a network that was trained on 150 irises. It is told two "
        "measurements of a flower, petal width and sepal width, and works out four hidden values and three "
        "raw outputs. Softmax turns these into probabilities.",
        Do(
            "Drag the ring, or choose a flower, until the network names another species.",
            another_species,
            "The network called it {species}, with a probability of {sure}. It is not always right. How "
            "wrong it is, is what a loss measures.",
            "The network still says {species}.",
        ),
    ),
    "loss": Words(
        "How wrong? The loss",
        "Back to the first flower. Say it is a versicolor, and the network gives versicolor only {p1}. "
        "Cross-entropy, −log p of the true class with the natural logarithm, measures how wrong that is: 0 "
        "if p is 1, and without limit as p goes to 0.",
        Do(
            "Move the bars until the loss is below 1.",
            below(1),
            "You gave versicolor {p1}, and the loss was {loss}. Only the true class counts, but the others "
            "change its share.",
            "The loss is {loss}. Which bar changes the probability of versicolor most?",
        ),
    ),
    "chain": Words(
        "From the loss back to the raw outputs",
        "The loss depends on the probabilities, and each of them on every raw output. So the chain rule adds "
        "one product for each class k: Σₖ −yₖ / pₖ · ∂pₖ / ∂zⱼ, because the derivative of −log p is −1 / p. "
        "The target y is 1 for the true class and 0 for the others, so one product is left: that of "
        "versicolor.",
        WorkOut(
            "What is the gradient of the loss for the raw output of setosa? You know ∂p versicolor / ∂z "
            "setosa: it is −p versicolor · p setosa.",
            gradient=True,
            more="The probability of versicolor cancels: −1/p · (−p · p setosa) is p setosa. For versicolor "
            "itself, −1/p · p (1 − p) is p − 1. Both are p − y.",
        ),
    ),
    "step": Words(
        "One step downhill",
        "The gradient points to where the loss grows, so gradient descent goes the other way: every raw "
        "output changes by minus the learning rate times its p − y. The learning rate is 1 here.",
        Do(
            "Take one step, or press Play.",
            stepped,
            "The loss fell from {before} to {loss}. The raw output of versicolor went up and the other two "
            "went down, each by the size of its p − y in every step. A network gets there by changing its "
            "weights.",
        ),
    ),
    "stuck": Words(
        "Sure and wrong: why not squared error?",
        "Now the network gives setosa {p0}, and the flower is a versicolor. Squared error, half the sum of "
        "(p − y)², also falls to 0 when p reaches y. But its gradient keeps the derivatives of softmax: they "
        "do not cancel.",
        Choose(
            "Which loss pushes versicolor up harder?",
            (
                Option(
                    "cross-entropy",
                    "Cross-entropy",
                    "Yes: with the bars as this scene began, its gradient for versicolor is {startce1}, "
                    "that of squared error only {startse1}. Where softmax is saturated, all its derivatives "
                    "are near 0, and so is the gradient of squared error: sure, wrong and stuck.",
                    right=True,
                ),
                Option(
                    "squared",
                    "Squared error",
                    "Its gradient contains the derivatives of softmax. How large are they when one "
                    "probability is near 1?",
                ),
                Option(
                    "same",
                    "Both the same",
                    "Both losses are 0 at the same place. But one gradient is p − y, and in the "
                    "other every p − y is multiplied by derivatives of softmax.",
                ),
            ),
        ),
    ),
    "meaning": Words(
        "What p − y says",
        "All that is left of the derivatives is one number for each raw output: probability minus target. "
        "Its sign says whether there is too much probability or too little, its size says how much.",
        Choose(
            "Versicolor is the true class. What does its p − y say?",
            (
                Option(
                    "up",
                    "{rest1} too little: push up",
                    "Yes: {p1} − 1. Setosa has {p0} too much and virginica {p2}: together what versicolor "
                    "lacks. Push each raw output against its excess, and the loss falls. That is why "
                    "training uses p − y.",
                    right=True,
                ),
                Option(
                    "down",
                    "{p1} too much: push down",
                    "Its target is 1, so {p1} is too little, not too much.",
                ),
                Option(
                    "whole",
                    "1 too little: push up",
                    "It has {p1} already. Only what is missing to 1 counts.",
                ),
            ),
        ),
    ),
}
