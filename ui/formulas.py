"""Turns formulas of the derivation into messages to the browser, which typesets them."""

from core.derivation.expression import Node
from core.situation.scenario import Scenario
from ui import theme
from ui.messages import AboutMessage, TreeMessage

__all__ = ["about", "tree"]


def about(now: Scenario) -> AboutMessage:
    """Return what the formulas of a situation refer to."""
    return {
        "names": list(now.classes),
        "colours": list(theme.class_colours(len(now.classes))),
        "i": now.i,
        "j": now.j,
        "tempered": now.temperature != 1,
    }


def tree(node: Node) -> TreeMessage:
    """Return a formula as a message."""
    found: TreeMessage = {"kind": node.kind}
    if node.parts:
        found["parts"] = [tree(part) for part in node.parts]
    if node.index >= 0:
        found["index"] = node.index
    if node.part:
        found["part"] = node.part
    if node.new:
        found["new"] = True
    if node.valued:
        found["valued"] = True
    return found
