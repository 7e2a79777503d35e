"""The messages between Python and the parts of a page; static/live/messages.js has the same types.

The types of commits describe what our own parts send. Anyone may send anything, so each callback checks it.
"""

from typing import Any, Literal, TypedDict

__all__ = [
    "AboutMessage",
    "BoardCommit",
    "BoardMessage",
    "BrowserCommit",
    "ColoursMessage",
    "EquationMessage",
    "IrisCommit",
    "IrisMessage",
    "KeptMessage",
    "LessonCommit",
    "LessonMessage",
    "LessonPartMessage",
    "LinkMessage",
    "LinkPartMessage",
    "LossCommit",
    "LossMessage",
    "OpenMessage",
    "StagesMessage",
    "StepMessage",
    "StepsCommit",
    "StepsMessage",
    "TableCommit",
    "TableMessage",
    "TemperatureCommit",
    "TemperatureMessage",
    "TreeMessage",
]


class KeptMessage(TypedDict):
    """What the reader's tab keeps of a session: its name, whether the kept data has arrived, and the data."""

    session: str
    arrived: bool
    memory: dict[str, Any]


class OpenMessage(TypedDict):
    """A page that the browser must open, its query, and when Python asked for it."""

    page: str
    query: str
    at: float


class LessonMessage(TypedDict):
    """What a teacher has set: presenter mode, what is hidden, and what of it is revealed ("all", "p1"...)."""

    present: bool
    hide: list[str]
    shown: list[str]


class _Link(TypedDict):
    page: str
    queries: dict[str, str]
    at: float
    kept: KeptMessage
    lesson: LessonMessage


class LinkMessage(_Link, total=False):
    """The links to what is shown: the page, the query of each page, when they were written, what is kept."""

    open: OpenMessage


class ColoursMessage(TypedDict):
    """The colours of the classes and of the signs."""

    classes: list[str]
    positive: str
    negative: str


class BoardMessage(TypedDict):
    """To the board: the situation, where it started, and what the board does for the rest of the page.

    `stage` shows the stage between, e^(z / T) and their sum; `stage_button` lets the reader do so.
    """

    names: list[str]
    z: list[float]
    start: list[float]
    temperature: float
    i: int
    j: int
    scale: float
    ack: int
    colours: ColoursMessage
    charts: list[str]
    camera: str
    window: list[float]
    link: LinkMessage
    bars: list[int]
    grid: bool
    line: bool
    probabilities: bool
    hide_values: bool
    paper: list[str]
    locked: bool
    stage: bool
    stage_button: bool
    pin: bool
    pinned: list[float]


class BoardCommit(TypedDict):
    """From the board: the situation as the user has left it, the viewpoint in 3D, and the stage between."""

    seq: int
    z: list[float]
    i: int
    j: int
    camera: str
    lost: bool
    stage: bool
    pinned: list[float]


class BrowserCommit(TypedDict):
    """From the first part of a page: how the browser draws 3D, and the size of its window."""

    webgl: Literal["hardware", "software", "none"]
    width: float
    height: float


class TreeMessage(TypedDict, total=False):
    """A formula; values that are at their default are left out."""

    kind: str
    parts: list["TreeMessage"]
    index: int
    part: str
    new: bool
    valued: bool


class AboutMessage(TypedDict):
    """What formulas refer to: the classes, the two chosen ones, and whether T is written."""

    names: list[str]
    colours: list[str]
    i: int
    j: int
    tempered: bool


class EquationMessage(TypedDict):
    """One line of a step: its sides, whether they are equal, and how it is read aloud."""

    left: TreeMessage
    right: list[TreeMessage]
    exact: bool
    lettered: bool
    words: str


class StepMessage(TypedDict):
    """One step of the derivation."""

    key: str
    title: str
    reason: str
    comes_to: TreeMessage | None
    said: str | None
    equations: list[EquationMessage]


class StepsMessage(TypedDict):
    """To the derivation: its steps, the situation, and which steps are shown and how."""

    steps: list[StepMessage]
    about: AboutMessage
    z: list[float]
    temperature: float
    secant_step: float
    step: str
    reading: str
    all: bool
    last_open: int | None
    controls: bool
    ack: int


class StepsCommit(TypedDict):
    """From the derivation: its step, the notation of the formulas, and whether all steps are shown."""

    seq: int
    step: str
    reading: str
    all: bool


class TableMessage(TypedDict):
    """To the table of all derivatives."""

    about: AboutMessage
    z: list[float]
    temperature: float
    positive: str
    negative: str
    ack: int


class TableCommit(TypedDict):
    """From the table of all derivatives: the cell to derive."""

    seq: int
    i: int
    j: int


class LossMessage(TypedDict):
    """To the loss: its target, what it shows, and the raw outputs to which descent leads from those shown."""

    names: list[str]
    colours: list[str]
    z: list[float]
    temperature: float
    i: int
    j: int
    true: int
    target: list[float]
    loss: str
    scale: float
    path: list[list[float]]
    taken: int
    end: str
    ack: int
    locked: bool
    why: bool
    shows: list[str]


class _Seq(TypedDict):
    seq: int


class LossCommit(_Seq, total=False):
    """From the loss: steps of descent to take (-1 goes back to the start), whether the cancellation shows."""

    steps: int
    why: bool


class StagesMessage(TypedDict):
    """The training ahead: the weights after the first step and every so many, as float32 in base 64."""

    first: int
    every: int
    weights: str


class IrisMessage(TypedDict):
    """To the irises: flowers, network, the training ahead, and what was chosen."""

    flowers: list[list[float]]
    names: list[str]
    colours: list[str]
    positive: str
    negative: str
    low: list[float]
    range: list[float]
    hidden: int
    rate: float
    weights: list[float]
    seed: int
    trained: int
    total: int
    stages: StagesMessage
    petal: float
    sepal: float
    flower: int | None
    weight: list[int]
    way: int
    chart: str
    only: str
    ack: int
    window: list[float]
    paper: list[str]
    link: LinkMessage


class IrisCommit(_Seq, total=False):
    """From the irises: what was chosen, moved or trained, and nothing else."""

    flower: int
    at: list[float]
    weight: str
    trained: int
    way: int


class TemperatureMessage(TypedDict):
    """To the temperature's slider."""

    temperature: float
    lowest: float
    highest: float
    ack: int
    locked: bool


class TemperatureCommit(TypedDict):
    """From the temperature's slider."""

    seq: int
    temperature: float


class LinkPartMessage(TypedDict):
    """To the button that copies the link."""

    link: LinkMessage


class LessonPartMessage(TypedDict):
    """To the part that leads a lesson: what it hides when nothing else was chosen.

    `scenes` says whether Python turns to the next scene; other pages have steps in one of their parts.
    `leads` says whether arrow keys do so outside presenter mode, too.
    """

    link: LinkMessage
    asks: list[str]
    scenes: bool
    leads: bool
    ack: int


class LessonCommit(TypedDict):
    """From the part that leads a lesson: what `LessonMessage` has, as texts with commas.

    `turn` is 1 for the next scene and -1 for the one before; `start` goes back to the start, and
    `share` opens the dialog for sharing.
    """

    seq: int
    present: bool
    hide: str
    shown: str
    turn: int
    start: bool
    share: bool
