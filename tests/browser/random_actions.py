"""What random hands do on a page: they find things by role and name, choose by a seed and act like a person.

An action is a small dictionary that JSON can write, so that a sequence can be printed and done again:
{"do": "drag", "kind": "slider", "name": "setosa raw output", "nth": 0, "moves": [[20, 0], [35, 2]]}.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import BrowserContext, Error as PlaywrightError, Page

Action = dict[str, Any]

# Every kind of thing that random hands use, and how often they do.
KINDS = {
    "slider": ("[role=slider]", 9),
    "text": ("input:not([type=hidden], [type=radio], [type=checkbox], [role=combobox], [readonly])", 5),
    "combobox": ("[role=combobox]", 6),
    "option": ("[role=option]", 3),
    "radio": ("[role=radio], input[type=radio]", 4),
    "checkbox": ("[role=switch], input[type=checkbox]", 1),
    "button": ("button:not([role], [data-testid^=stNumberInput])", 6),
    "stepper": ("[data-testid^=stNumberInputStep]", 2),
    "link": ("a[href]", 3),
    "cell": ("[role=gridcell]:is(button), [data-testid^=all-]", 4),
    "flower": (".flower, .choosable", 2),
    "summary": ("summary", 1),
    "chart": (".js-plotly-plot", 1),
}
FREE = {"key": 5, "back": 2, "forward": 1, "reload": 0.7}
KEYS = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter",
        "Escape", "Tab", " ", "Shift+ArrowRight", "r", "c")  # fmt: skip
TEXTS = ("3", "-2.5", "0", "50", "-50", "49.99", "51", "", "many", "1e1", "0.05", "20", "12,5",
         "\uff11\uff12", "setosa", "cat & dog", "$x^2$ **b**", "<i>a</i>", "שלום", "国" * 30)  # fmt: skip

# Finds the visible things of a kind in the order of the page, without Streamlit's own menu.
_FIND = """
const within = (root) => [...root.querySelectorAll("*")]
  .flatMap((node) => node.shadowRoot ? [node, ...within(node.shadowRoot)] : [node]);
const nameOf = (node) => (node.getAttribute("aria-label") || node.getAttribute("data-testid")
  || node.textContent || node.className?.baseVal || "").trim().slice(0, 60);
const theirs = "[data-testid=stMainMenu], [data-testid=stAppDeployButton], [data-testid=stDownloadButton],"
  + "[data-testid=stToolbarActions], [data-testid=stStatusWidget], [data-retained], [inert]";
const found = (css) => within(document).filter((node) => node.matches(css)
  && !node.disabled && node.getClientRects().length && getComputedStyle(node).visibility === "visible"
  && !node.closest(theirs));
"""
_INVENTORY = f"""(kinds) => {{
  {_FIND}
  const all = {{}};
  for (const [kind, css] of Object.entries(kinds)) {{
    const seen = new Map();
    const things = found(css).map((node) => {{
      const name = nameOf(node);
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      return [name, nth];
    }});
    if (things.length) all[kind] = things;
  }}
  return all;
}}"""
_PLACE = f"""([css, name, nth]) => {{
  {_FIND}
  const node = found(css).filter((node) => nameOf(node) === name)[nth];
  if (!node) return null;
  node.scrollIntoView({{ block: "nearest", inline: "nearest", behavior: "instant" }});
  const {{ x, y, width, height }} = node.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}}"""


def choose(page: Page, rng: random.Random) -> Action:
    """Choose the next action among what the page offers."""
    inventory = page.evaluate(_INVENTORY, {kind: css for kind, (css, _) in KINDS.items()})
    weights = {kind: KINDS[kind][1] for kind in inventory} | FREE
    kind = rng.choices(list(weights), list(weights.values()))[0]
    action: Action = {"do": kind}
    if kind == "key":
        action["keys"] = [rng.choice(KEYS)] * rng.choice((1, 1, 3))
    if kind in FREE:
        return action
    name, nth = rng.choice(inventory[kind])
    action = {"do": "click", "kind": kind, "name": name, "nth": nth}
    if kind in ("slider", "chart") and rng.random() < 0.9:
        action |= {"do": "drag", "moves": _way(rng), "escape": rng.random() < 0.1}
    elif kind == "text":
        action |= {"do": "type", "text": rng.choice(TEXTS), "end": rng.choice(("Enter", "Tab", "Escape", ""))}
    elif kind == "combobox":
        action |= {"do": "choose", "option": rng.randrange(10)}
    elif rng.random() < 0.1:
        action["do"] = "double-click"
    return action


def _way(rng: random.Random) -> list[list[int]]:
    reach = rng.choice((15, 60, 400))
    return [[rng.randint(-reach, reach), rng.randint(-15, 15)] for _ in range(rng.randint(1, 6))]


class Hands:
    """Does actions on a page, by mouse or by finger."""

    def __init__(self, page: Page, context: BrowserContext, *, phone: bool) -> None:
        self.page = page
        self.phone = phone
        self._touch = context.new_cdp_session(page) if phone else None

    def do(self, action: Action) -> bool:
        """Do one action; return whether its target was there."""
        page, do = self.page, action["do"]
        if do == "key":
            for key in action["keys"]:
                page.keyboard.press(key)
        elif do == "reload":
            page.reload(wait_until="commit")
        elif do in ("back", "forward"):
            page.evaluate("(by) => { history.go(by); }", -1 if do == "back" else 1)
        else:
            place = self._place(action)
            if not place:
                return False
            {"drag": self._drag, "type": self._type, "choose": self._choose}.get(do, self._click)(
                action, place
            )
        return True

    def _place(self, action: Action) -> tuple[float, float] | None:
        css = KINDS[action["kind"]][0]
        try:
            found: list[float] | None = self.page.evaluate(_PLACE, [css, action["name"], action["nth"]])
        except PlaywrightError as error:
            # A page that is being left has nothing to press any more.
            if "context was destroyed" in error.message:
                return None
            raise
        return (found[0], found[1]) if found else None

    def _press(self, place: Sequence[float]) -> None:
        if self.phone:
            self.page.touchscreen.tap(*place)
        else:
            self.page.mouse.click(*place)

    def _click(self, action: Action, place: Sequence[float]) -> None:
        for _ in range(2 if action["do"] == "double-click" else 1):
            self._press(place)

    def _type(self, action: Action, place: Sequence[float]) -> None:
        self._press(place)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(action["text"])
        if action["end"]:
            self.page.keyboard.press(action["end"])

    def _choose(self, action: Action, place: Sequence[float]) -> None:
        self._press(place)
        options = self.page.get_by_role("option")
        try:
            options.first.wait_for(timeout=1_500)
            box = options.nth(action["option"] % max(options.count(), 1)).bounding_box(timeout=500)
        except PlaywrightError:
            # Something else lies over the list's box, or a run has closed the list again.
            return
        if box:
            self._press((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))

    def _drag(self, action: Action, place: Sequence[float]) -> None:
        x, y = place
        self._finger("Start", x, y)
        for right, down in action["moves"]:
            self._finger("Move", x + right, y + down)
        if action.get("escape"):
            self.page.keyboard.press("Escape")
        self._finger("End", x, y)

    def _finger(self, kind: str, x: float, y: float) -> None:
        if self._touch:
            points = [] if kind == "End" else [{"x": x, "y": y}]
            self._touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
            return
        if kind == "End":
            self.page.mouse.up()
            return
        self.page.mouse.move(x, y)
        if kind == "Start":
            self.page.mouse.down()
