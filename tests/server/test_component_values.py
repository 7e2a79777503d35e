"""A component's value reads as Streamlit shows it, without a class of its own."""

from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.components.v2.bidi_component import main
from streamlit.components.v2.presentation import make_bidi_component_presenter

from server.component_values import Shown, presenter, show_values_plainly


class Values(dict[str, Any]):
    """What Streamlit keeps for a session: values by the identity of their widget, and each widget's kind."""

    def __init__(self, kind: str | None, **values: Any) -> None:
        super().__init__(values)
        self.widget_metadata = {} if kind is None else {"events": SimpleNamespace(value_type=kind)}


ONCE = "json_trigger_value"


@pytest.mark.parametrize("state", [{}, {"browser": "here", "commit": 1}, None, "text", [1]])
@pytest.mark.parametrize(
    "values",
    [
        Values(None),
        Values("json_value", events=[{"event": "commit", "value": 3}]),
        Values(ONCE),
        Values(ONCE, events=None),
        Values(ONCE, events={"event": "commit", "value": {"seq": 3}}),
        Values(ONCE, events=[{"event": "commit", "value": 3}, {"event": "open"}, {"event": 5}, "x"]),
        Values(ONCE, events="x"),
    ],
)
def test_a_value_reads_as_streamlit_shows_it(state: Any, values: Values) -> None:
    session: Any = SimpleNamespace(_new_widget_state=values)
    expected = make_bidi_component_presenter("events", "id", {"commit"})(state, session)
    shown = presenter("events", "id", {"commit"})(state, session)
    assert shown == expected
    if isinstance(shown, Shown):
        for name in ("browser", "commit", "open", "nothing"):
            assert getattr(shown, name) == getattr(expected, name)
        # Streamlit does not copy what it shows either.
        assert deepcopy(shown) is shown


def test_all_values_are_of_one_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "make_bidi_component_presenter", make_bidi_component_presenter)
    show_values_plainly()
    session: Any = SimpleNamespace(_new_widget_state=Values(ONCE))
    show = vars(main)["make_bidi_component_presenter"]
    assert {type(show(f"{k}")({}, session)) for k in range(3)} == {dict}
    assert {type(show("events")({}, session)) for _ in range(3)} == {Shown}
