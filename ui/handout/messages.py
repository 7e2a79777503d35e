"""The messages about what leaves the app: shared links, worksheets and pictures.

static/live/handout/messages.js has the same types.
"""

from typing import TypedDict

from ui.messages import AboutMessage, TreeMessage

__all__ = [
    "BaseCommit",
    "EmbedMessage",
    "PictureMessage",
    "QrMessage",
    "ShareMessage",
    "SheetLineMessage",
    "SheetMessage",
    "SheetQuestionMessage",
    "SheetRowMessage",
    "TakeAwayMessage",
    "WorksheetMessage",
]


class QrMessage(TypedDict):
    """A QR code as the path of its dark modules, and the modules of its side with the white edge."""

    size: int
    path: str


class ShareMessage(TypedDict):
    """To the dialog for sharing: a link, its whole address as Python knows it, and that address's QR code.

    The code is None if the address is too long for one.
    """

    page: str
    query: str
    address: str
    qr: QrMessage | None


class BaseCommit(TypedDict):
    """From the dialog for sharing: the address of the app in the reader's browser."""

    base: str


class EmbedMessage(TypedDict):
    """To the field with the code that embeds the view in another page."""

    code: str


class SheetRowMessage(TypedDict):
    """A class in the table of probabilities; the last two are filled in by whoever works on the sheet."""

    letter: str
    name: str
    z: str
    power: str
    p: str


class SheetLineMessage(TypedDict):
    """A line of the derivation: what is given, the blanks, what fills them, and how both are read aloud."""

    label: str
    step: str
    left: TreeMessage
    given: list[TreeMessage]
    blanks: list[str]
    answer: list[TreeMessage]
    words: str
    answer_words: str


class SheetQuestionMessage(TypedDict):
    """A question and its answer."""

    question: str
    answer: str


class SheetMessage(TypedDict):
    """A worksheet with its solutions."""

    title: str
    situation: str
    about: AboutMessage
    z: list[float]
    temperature: float
    rows: list[SheetRowMessage]
    total: str
    jacobian: list[list[str]]
    lines: list[SheetLineMessage]
    questions: list[SheetQuestionMessage]
    notes: list[str]


class WorksheetMessage(TypedDict):
    """To the worksheets: one for each situation, and whether the solutions follow."""

    sheets: list[SheetMessage]
    solutions: bool
    secant_step: float


class PictureMessage(TypedDict):
    """A picture to take away: the key of a chart, an SVG file or the name of a drawing; others are null."""

    title: str
    file: str
    key: str | None
    svg: str | None
    drawing: str | None


class TakeAwayMessage(TypedDict):
    """To the pictures to take away."""

    pictures: list[PictureMessage]
