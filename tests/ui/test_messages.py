"""The messages between Python and the browser have the same types on both sides."""

import inspect
import re
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from ui import guide_messages, messages
from ui.handout import messages as handout_messages

LIVE = Path(__file__).parents[2] / "static" / "live"
MODULES = (messages, guide_messages, handout_messages)
JAVASCRIPT = (LIVE / "messages.js", LIVE / "guide_messages.js", LIVE / "handout" / "messages.js")
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "any"}


def in_javascript(kind: Any) -> str:
    """A Python type as JSDoc writes it."""
    parts = get_args(kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is list:
        return f"{in_javascript(parts[0])}[]"
    if get_origin(kind) is dict:
        return f"Record<{in_javascript(parts[0])}, {in_javascript(parts[1])}>"
    if get_origin(kind) is Literal:
        return " | ".join(f'"{part}"' for part in parts)
    if get_origin(kind) in (Union, types.UnionType):
        return " | ".join(map(in_javascript, parts))
    return str(kind.__name__)


def typed_in_python() -> dict[str, dict[str, str]]:
    return {
        name: {
            key if key in message.__required_keys__ else f"[{key}]": in_javascript(kind)
            for key, kind in get_type_hints(message).items()
        }
        for module in MODULES
        for name, message in inspect.getmembers(module, is_typeddict)
        if name in module.__all__
    }


def typed_in_javascript() -> dict[str, dict[str, str]]:
    found = {}
    text = "\n".join(file.read_text(encoding="utf-8") for file in JAVASCRIPT)
    for comment in re.findall(r"/\*\*\n(.*?)\*/", text, re.DOTALL):
        (name,) = re.findall(r"@typedef {object} (\w+)", comment)
        found[name] = {key: kind for kind, key in re.findall(r"@property {(.+)} (\S+)", comment)}
    # `Component` is what Streamlit itself gives a part, not one of our messages.
    del found["Component"]
    return found


def test_python_and_the_browser_give_each_message_the_same_type() -> None:
    assert len(typed_in_python()) > 20
    assert typed_in_javascript() == typed_in_python()
