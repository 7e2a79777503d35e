"""Reads what Python sent to one of our components in an AppTest."""

import json
from typing import Any

from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.testing.v1 import AppTest


def sent_to(test: AppTest, name: str) -> dict[str, Any]:
    """What Python sent to the component of `parts/<name>.js`."""
    for element in test.get("bidi_component"):
        if element.proto.component_name.endswith(f"softmax_{name}"):
            return told(element.proto)
    raise KeyError(name)


def told(proto: BidiComponent) -> dict[str, Any]:
    """The message in what Streamlit sends to a component (ui/component.py)."""
    [message] = json.loads(proto.json)
    found: dict[str, Any] = message
    return found
