"""What a reader has answered in the tour: kept in their tab, checked on its way in, and judged."""

from collections.abc import Mapping
from typing import Any

from core.derivation.slips import Verdict
from core.situation.scenario import MAX_ABS_Z
from core.tour.facts import Facts, Seen
from core.tour.scenes import SCENES, Scene
from core.tour.tasks import Choose, Do, WorkOut
from ui import session
from ui.number_answer import LARGEST
from ui.sent import number
from ui.settings import Setting

__all__ = ["ANSWERED", "SHOWN", "answer", "begin_again", "given", "in_link", "notice", "restore", "verdict"]

# The name under which the reader's tab keeps the answers, by the key of the scene.
_ANSWERS = "tour"
# The answer of a reader who asked to be shown.
SHOWN = "shown"

_Answer = str | float | list[float]


# Whether the link shows the answer to its scene.
ANSWERED = Setting("answered", "", lambda value, _: value in ("", "on"), "on")


def given(scene: Scene) -> _Answer | None:
    """Return the answer to a scene's task; None if there is none. For something done, it is what was seen."""
    found = _kept(scene)
    shown = session.setting(ANSWERED) == "on" and not isinstance(scene.words.task, Do)
    return SHOWN if found is None and shown else found


def _kept(scene: Scene) -> _Answer | None:
    return _checked(scene, session.kept().get(_ANSWERS, {}).get(scene.key))


def answer(scene: Scene, value: object, seen: Seen) -> None:
    """Keep an answer, if it is possible; None takes it back. The link then says whether it is right."""
    keep(scene, value)
    session.change(None, answered=in_link(scene, seen))


def in_link(scene: Scene, seen: Seen) -> str:
    """Return the value of `ANSWERED`: whether the question of a scene has its right answer."""
    found = None if isinstance(scene.words.task, Do) else _judged(scene, seen, _kept(scene))
    return "on" if found and found.right else ""


def keep(scene: Scene, value: object) -> None:
    """Keep an answer, if it is possible; None takes it back."""
    session.keep(**{_ANSWERS: session.kept().get(_ANSWERS, {}) | {scene.key: _checked(scene, value)}})


def notice(scene: Scene, seen: Seen) -> None:
    """Keep what is seen if it shows that the scene's task was done just now."""
    task = scene.words.task
    if isinstance(task, Do) and task.done(seen):
        began = seen.descent.z if seen.descent else ()
        keep(scene, list(seen.flower or (*seen.now.z, *began)))


def begin_again(scene: Scene) -> None:
    """Forget what was done in a scene, so that its task is open again; answers to a question stay."""
    if isinstance(scene.words.task, Do):
        keep(scene, None)


def verdict(scene: Scene, seen: Seen) -> Verdict | None:
    """Judge the answer to a scene's task in the situation shown; None if there is none."""
    return _judged(scene, seen, given(scene))


def _judged(scene: Scene, seen: Seen, found: _Answer | None) -> Verdict | None:
    task = scene.words.task
    if found is None:
        return None
    if isinstance(task, Do):
        return Verdict(True, None, task.reply.format_map(Facts(_as_done(seen, found))))
    if found == SHOWN:
        return task.shown(seen)
    if isinstance(task, Choose):
        return task.judge(str(found), seen)
    return task.judge(float(found), seen) if isinstance(found, float) else None


def _as_done(seen: Seen, values: _Answer) -> Seen:
    """Return what was seen when a task was done."""
    if not isinstance(values, list):
        return seen
    if seen.flower:
        return seen._replace(flower=tuple(values))
    n = len(seen.now.z)
    began = seen.now.with_z(values[n:]) if values[n:] else None
    return seen._replace(now=seen.now.with_z(values[:n]), descent=began)


def restore(sent: Mapping[str, Any]) -> None:
    """Restore the answers that the reader's tab had kept from an earlier session, as far as valid."""
    answers = sent.get(_ANSWERS)
    if not isinstance(answers, dict):
        return
    possible = {
        scene.key: value for scene in SCENES if (value := _checked(scene, answers.get(scene.key))) is not None
    }
    session.keep(**{_ANSWERS: possible | session.kept().get(_ANSWERS, {})})


def _checked(scene: Scene, value: object) -> _Answer | None:
    """Return an answer if it is possible, otherwise None; a browser may send anything."""
    task = scene.words.task
    if isinstance(task, Do):
        n = len(scene.situation.z)
        if not isinstance(value, list) or len(value) not in (n, 2 * n):
            return None
        values = [number(item, -MAX_ABS_Z, MAX_ABS_Z) for item in value]
        return None if None in values else [item for item in values if item is not None]
    if value == SHOWN:
        return SHOWN
    if isinstance(task, WorkOut):
        return number(value, -LARGEST, LARGEST)
    return value if isinstance(value, str) and value in [option.key for option in task.options] else None
