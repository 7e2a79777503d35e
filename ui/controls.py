"""The sidebar's own parts, which live in the browser: a preset's note, the temperature and "Copy link"."""

from contextlib import suppress

from core.situation.presets import Preset
from core.situation.scenario import MAX_TEMPERATURE, MIN_TEMPERATURE
from ui import prediction, session, task, tour_answers
from ui.component import declare
from ui.guide_messages import NoteMessage
from ui.messages import LinkPartMessage, TemperatureMessage
from ui.sent import sent

__all__ = ["copy_link", "preset_note", "temperature_slider"]

_NOTE = declare("note", "What to look at")
_TEMPERATURE = declare("temperature", "Temperature")
_LINK = declare("link", "Link to this view")


def preset_note(key: str, preset: Preset) -> None:
    """Draw a preset's note; the browser shows it while the board shows the preset."""
    found = preset.scenario
    # The browser does so, because a commit runs only the board's fragment.
    message: NoteMessage = {
        "note": preset.note,
        "z": list(found.z),
        "temperature": found.temperature,
        "i": found.i,
        "j": found.j,
    }
    _NOTE(key=key, data=message)


def temperature_slider(key: str) -> None:
    """Draw the temperature slider; every board of the page follows it live."""
    message: TemperatureMessage = {
        "temperature": session.scenario().temperature,
        "lowest": MIN_TEMPERATURE,
        "highest": MAX_TEMPERATURE,
        "ack": session.acknowledged(key),
        "locked": "temperature" in session.locked(),
    }
    _TEMPERATURE(
        key=key,
        data=message,
        on_commit_change=lambda: _take_temperature(key),
    )


def _take_temperature(key: str) -> None:
    # An invalid temperature changes nothing.
    with suppress(KeyError, TypeError, ValueError):
        session.change(session.scenario().with_temperature(session.take_commit(key)["temperature"]))


def _take_kept(key: str) -> None:
    prediction.restore(sent(key, "kept"))
    task.restore(sent(key, "kept"))
    tour_answers.restore(sent(key, "kept"))
    session.kept_has_arrived()


def copy_link(key: str) -> None:
    """Draw the button that copies the link to what is shown; the board gives it each new link."""
    # Outside every fragment: what it sends makes the whole page run again (static/live/commit.js).
    message: LinkPartMessage = {"link": session.link()}
    _LINK(
        key=key,
        data=message,
        on_wake_change=lambda: None,
        on_kept_change=lambda: _take_kept(key),
    )
