"""Reads what Python sent to one of our components in an AppTest."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def sent_to(test: AppTest, name: str) -> dict[str, Any]:
    """What Python sent to the component of `parts/<name>.js`."""
    for element in test.get("bidi_component"):
        if element.proto.component_name.endswith(f"softmax_{name}"):
            proto = element.proto
            found: dict[str, Any] = json.loads(proto.mixed.json if proto.HasField("mixed") else proto.json)
            return found
    raise KeyError(name)
