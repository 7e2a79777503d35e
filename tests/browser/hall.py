"""People with the app open, half of them on each of two instances, who all drag at once."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.app_server import GONE, AppServer, exception_in
from tests.browser.hands import eventually, middle, ready
from tests.browser.replicas import Replicas
from tests.browser.visitors import note_problems

__all__ = ["Hall", "Person"]

# What people have set up: classes, temperature, class i and j, settings of pages, what is hidden.
LINKS = (
    "/?classes=cat,dog,bird,fox&z=1,2,0,-1&T=0.5&of=dog&wrt=fox",
    "/?z=1,0.5,-1&T=2&wrt=virginica&only=board",
    "/?z=1,0.5,-1&only=board&hide=jacobian",
    "/derive?z=2,1,0&T=1.5&only=board",
    "/?classes=a,b,c,d,e&z=1,2,0,-1,0.25&of=e&only=board",
)

# Notes every state of the page, when a bar was let go of, and what no visitor may ever see.
_NOTES = """(() => {
  const notes = (window.notes = { states: [], released: 0, alarms: [] });
  const alarms = "[data-testid=stDialog], [data-testid=stException], [data-testid=stAlertContentError]";
  const look = () => {
    const app = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
    const at = performance.now() / 1000;
    const { testConnectionState: connection, testScriptState: script } = app;
    const state = { connection, script, query: location.search };
    if (JSON.stringify(state) !== notes.last) notes.states.push({ at, ...state });
    notes.last = JSON.stringify(state);
    for (const node of document.querySelectorAll(alarms)) notes.alarms.push(node.textContent.slice(0, 300));
  };
  const watched = ["data-test-connection-state", "data-test-script-state"];
  new MutationObserver(look).observe(document, { subtree: true, attributeFilter: watched });
  setInterval(look, 50); // the address changes without an event, and nobody sees what is shorter than this
  addEventListener("pointerup", () => { notes.released = performance.now() / 1000; }, true);
})()"""


@dataclass
class Person:
    """One open page, and what its visitor has set up on it.

    Attributes
    ----------
    page : Page
        The page.
    at : AppServer
        The instance that the page is connected to.
    expected : dict
        The query of the link to what is set up.
    direction : int
        1 if the bar is dragged to the right the next time, -1 if to the left.
    """

    page: Page
    at: AppServer
    expected: dict[str, list[str]] = field(default_factory=dict)
    direction: int = 1

    def arrive(self) -> None:
        """Wait until the page is there, and remember its link."""
        ready(self.page)
        expect(self._app).to_have_attribute("data-test-script-state", "notRunning")
        self.expected = _query(self.page.url)

    @property
    def _app(self) -> Locator:
        return self.page.get_by_test_id("stApp")

    @property
    def bar(self) -> Locator:
        """The raw output that this visitor drags."""
        return self.page.locator(".board [role=slider]").first

    def raw_outputs(self) -> list[float]:
        """What the board shows."""
        bars = self.page.locator(".board [role=slider]")
        found: list[str] = bars.evaluate_all("(bars) => bars.map((bar) => bar.getAttribute('aria-valuenow'))")
        return [float(value) for value in found]

    def grab(self) -> None:
        """Take the bar and move it a little."""
        x, y = middle(self.bar)
        self.page.evaluate("notes.states = []; notes.last = ''")
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + self.direction * 10, y)

    def pull_and_release(self) -> None:
        """Move the bar on, let go of it, and remember what must be there in the end."""
        x, y = middle(self.bar)
        self.page.mouse.move(x + self.direction * 25, y)
        self.page.mouse.up()
        self.direction = -self.direction
        self.expected["z"] = [",".join(f"{value:g}" for value in self.raw_outputs())]

    def has_gone_on(self) -> None:
        """Check that the page is connected and at rest, and shows all that was set up and dragged."""
        app = self._app.evaluate("(app) => [app.dataset.testConnectionState, app.dataset.testScriptState]")
        assert app == ["CONNECTED", "notRunning"]
        assert _query(self.page.url) == self.expected
        assert self.raw_outputs() == [float(value) for value in self.expected["z"][0].split(",")]

    def lost(self) -> bool:
        """Whether the connection was lost since the bar was taken."""
        states: list[dict[str, Any]] = self.page.evaluate("notes.states")
        return any(state["connection"] != "CONNECTED" for state in states)

    def has_been_cut_off(self) -> None:
        """Check that the connection was lost since the bar was taken."""
        assert self.lost()

    def went_on_after(self) -> float:
        """Seconds from the loss, or the release after it, until Python had all that was dragged."""
        notes: dict[str, Any] = self.page.evaluate("notes")
        lost = [state["at"] for state in notes["states"] if state["connection"] != "CONNECTED"]
        if not lost:
            return 0.0
        for state in notes["states"]:
            rests = (state["connection"], state["script"]) == ("CONNECTED", "notRunning")
            if state["at"] > lost[0] and rests and _query(state["query"]) == self.expected:
                return float(state["at"] - max(lost[0], notes["released"]))
        return math.inf

    def alarms(self) -> list[str]:
        """The dialogs and errors that have been on the page."""
        found: list[str] = self.page.evaluate("notes.alarms")
        return found


class Hall:
    """People at their pages; half of them come with a cookie for each instance.

    Parameters
    ----------
    browsers : sequence of Browser
        Their browsers. Who shares one waits for the others: it connects one WebSocket after the other.
    replicas : Replicas
        The instances.
    people : int
        How many they are.
    url : str, optional
        Where they find the app; by default directly at nginx.

    Attributes
    ----------
    opening : float
        Seconds until all their pages were there: how busy this machine is.
    """

    def __init__(self, browsers: Sequence[Browser], replicas: Replicas, people: int, url: str = "") -> None:
        self.replicas = replicas
        self.url = url or replicas.url
        self.problems: list[str] = []
        self.people: list[Person] = []
        self._said = dict.fromkeys(replicas.apps, 0)
        # People of one browser and instance share a context, and so Chromium's copy of the app's files:
        # opening twenty pages of twenty contexts would take longer than all else.
        self._contexts = {
            (browser, app): self._context(browser, app) for browser in browsers for app in replicas.apps
        }
        began = time.monotonic()
        for k in range(0, people, 2):
            # Two at a time: twenty pages that load at once would each take minutes on a busy machine.
            pair = [
                Person(self._contexts[browsers[(k + at) % len(browsers)], app].new_page(), app)
                for at, app in enumerate(replicas.apps)
            ]
            for person in pair:
                person.page.goto(LINKS[k // 2 % len(LINKS)])
            for person in pair:
                person.arrive()
            self.people += pair
        self.opening = time.monotonic() - began

    def _context(self, browser: Browser, app: AppServer) -> BrowserContext:
        context = browser.new_context(
            base_url=self.url, viewport={"width": 1400, "height": 900}, reduced_motion="reduce"
        )
        context.add_cookies([{"name": "replica", "value": self.replicas.cookie_for(app), "url": self.url}])
        context.add_init_script(_NOTES)
        note_problems(context, self.problems.append)
        return context

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for context in self._contexts.values():
            context.close()

    def on(self, app: AppServer) -> list[Person]:
        """The people who are connected to an instance."""
        return [person for person in self.people if person.at is app]

    def grab(self) -> None:
        """Let everybody take a bar."""
        for person in self.people:
            person.grab()

    def pull_and_release(self) -> None:
        """Let everybody move their bar on and let go of it."""
        for person in self.people:
            person.pull_and_release()

    def goes_on(self, *, without: AppServer, to: AppServer, within: float) -> None:
        """Wait until everybody has gone on without an instance, those who were on it within some seconds.

        Nobody may have seen an error, and nothing but the loss may have been complained of.
        """
        for person in self.people:
            eventually(person.page, person.has_gone_on, seconds=60)
        moved = self.on(without)
        assert [person for person in self.people if person.lost()] == moved
        for person in moved:
            person.at = to
        assert [alarm for person in self.people for alarm in person.alarms()] == []
        assert [said for said in self.problems if not GONE.search(said)] == []
        self.problems.clear()
        for app, said in self._said.items():
            text = app.log_text()
            assert exception_in(text[said:]) == ""
            self._said[app] = len(text)
        for person in moved:
            seconds = person.went_on_after()
            assert seconds < within, f"it took {seconds:.1f} s: {person.page.evaluate('notes')}"


def _query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)
