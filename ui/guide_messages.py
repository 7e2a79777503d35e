"""The messages about what guides a learner: notes, questions with their pictures, and the tour.

static/live/guide_messages.js has the same types.
"""

from typing import TypedDict

from ui.messages import ColoursMessage

__all__ = [
    "AnswerMessage",
    "GridMessage",
    "HeadMessage",
    "NoteMessage",
    "NumberMessage",
    "PieceMessage",
    "ResumeCommit",
    "ResumeMessage",
]


class NoteMessage(TypedDict):
    """To the note of a preset: its text, and the situation that it is about."""

    note: str
    z: list[float]
    temperature: float
    i: int
    j: int


class ResumeMessage(TypedDict):
    """To the line that offers to go on with the tour: its scenes, and the one that is shown."""

    keys: list[str]
    titles: list[str]
    scene: str
    ack: int


class ResumeCommit(TypedDict):
    """From the line that offers to go on with the tour: the scene to open."""

    seq: int
    scene: str


class HeadMessage(TypedDict):
    """What heads a row or a column of a picture: a text, or a class by its index."""

    text: str
    of: int


class NumberMessage(TypedDict):
    """A number of a picture: its text, all its digits, its size from -1 to 1, and where it may be hidden."""

    text: str
    exact: str
    share: float
    places: list[str]


class GridMessage(TypedDict):
    """A table of a picture; sums that are not shown are empty, and bars stand in place of colours."""

    caption: HeadMessage
    columns: list[HeadMessage]
    rows: list[HeadMessage]
    cells: list[list[NumberMessage]]
    row_sums: list[NumberMessage]
    column_sums: list[NumberMessage]
    bars: bool


class PieceMessage(TypedDict):
    """A piece of a picture: a table, or a sign or a few words between tables."""

    sign: str
    grid: GridMessage | None


class AnswerMessage(TypedDict):
    """To the picture that answers a question: its pieces, and the classes that they name."""

    names: list[str]
    colours: ColoursMessage
    pieces: list[PieceMessage]
