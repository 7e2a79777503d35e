"""Says formulas in words, for screen readers and for people who would rather listen."""

from __future__ import annotations

from core.derivation.expression import Node
from core.situation.scenario import Scenario

__all__ = ["spoken"]


def spoken(node: Node, scenario: Scenario) -> str:
    """Say a formula in words.

    Examples
    --------
    >>> from core.derivation.expression import exp, frac, symbol
    >>> spoken(frac(exp(0), symbol("g")), Scenario())
    'e to the raw output of setosa, over g'
    """
    classes, i, j = scenario.classes, scenario.i, scenario.j
    over_t = " over T" if scenario.temperature != 1 else ""
    parts = [spoken(part, scenario) for part in node.parts]
    name = classes[node.index] if 0 <= node.index < len(classes) else ""
    match node.kind:
        case "integer":
            return str(node.index)
        case "z":
            return f"the raw output of {name}"
        case "p":
            return f"the probability of {name}"
        case "rest":
            return f"1 minus the probability of {name}"
        case "T" | "f" | "g":
            return node.kind
        case "df" | "dg":
            return f"{node.kind[1]} prime"
        case "dp":
            return (
                f"the derivative of the probability of {classes[i]} "
                f"with respect to the raw output of {classes[j]}"
            )
        case "exp":
            return f"e to the raw output of {name}{over_t}"
        case "total":
            return f"the sum over all classes of e to the raw output{over_t}"
        case "survivor":
            return f"zeros and {parts[0]}"
        case "slope":
            return f"the derivative of {parts[0]} with respect to the raw output of {name}"
        case "secant":
            return f"the change in {parts[0]} over the change in the raw output of {name}"
        case "frac":
            return f"{parts[0]}, over {parts[1]}"
        case "times":
            return " times ".join(parts)
        case "minus":
            return f"{parts[0]} minus {parts[1]}"
        case "negative":
            return f"minus {parts[0]}"
        case "group":
            return f"open bracket, {parts[0]}, close bracket"
        case "square":
            return f"{parts[0]} squared"
