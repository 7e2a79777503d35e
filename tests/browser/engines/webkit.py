"""WebKitGTK's MiniBrowser, driven by WebDriver on its own screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from typing import Any
from warnings import catch_warnings, simplefilter

from selenium import webdriver
from selenium.common.exceptions import NoSuchFrameException
from selenium.webdriver.remote.command import Command
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.engine import Engine

PROGRAMS = ("WebKitWebDriver", "Xvfb")
BROWSERS = "/usr/lib/*/webkit2gtk-4*/MiniBrowser"

# WebDriver has its own characters for keys that type no text.
_KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "ArrowLeft": "\ue012", "ArrowUp": "\ue013",
         "ArrowRight": "\ue014", "ArrowDown": "\ue015"}  # fmt: skip
# This driver does not report the console, so a script in the page records what goes wrong.
_NOTE_PROBLEMS = """
if (!window.problems) {
  window.problems = [];
  const { error } = console;
  console.error = (...said) => { window.problems.push(`console: ${said.join(" ")}`); error(...said); };
  addEventListener("error", (event) => window.problems.push(`page error: ${event.message}`));
  addEventListener("unhandledrejection", (event) => window.problems.push(`page error: ${event.reason}`));
}
"""


@contextmanager
def screen() -> Iterator[None]:
    """Run an X server on a free display, and name the display in the environment."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(read) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        yield
    finally:
        if before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = before
        server.terminate()
        server.wait()


@contextmanager
def launch() -> Iterator[webdriver.WebKitGTK]:
    """Start MiniBrowser, with a window of about 1400x900."""
    options = Options()
    options.binary_location = glob(BROWSERS)[-1]
    options.add_argument("--automation")
    # The driver does not wait until the page is loaded, so the script also records what goes wrong meanwhile.
    options.page_load_strategy = "none"
    with screen():
        with catch_warnings():
            # Selenium warns about its own calls here.
            simplefilter("ignore", DeprecationWarning)
            driver = webdriver.WebKitGTK(options=options, service=Service(shutil.which(PROGRAMS[0])))
        try:
            driver.set_window_size(1400, 940)
            yield driver
        finally:
            driver.quit()


class WebKit(Engine):
    """One visitor of the app in WebKit; all visitors share the driver's only window."""

    def __init__(self, driver: webdriver.WebKitGTK, base: str) -> None:
        super().__init__(base)
        self.driver = driver

    def visit(self, address: str) -> None:
        self._leave()
        self.driver.get(address)
        self.until("location.href !== 'about:blank'")

    def run(self, body: str, arg: Any) -> Any:
        script = f"{_NOTE_PROBLEMS}; const arg = arguments[0]; {body}"
        try:
            return self.driver.execute_script(script, arg)
        except NoSuchFrameException:
            # The driver asked the page that was just being left ("Callback was not called before the unload
            # event"), so the script has not run. The new page is asked instead.
            return self.driver.execute_script(script, arg)

    def mouse(self, kind: str, x: float = 0, y: float = 0) -> None:
        action: dict[str, Any] = {"type": f"pointer{kind.capitalize()}", "button": 0}
        if kind == "move":
            # This driver takes only whole pixels.
            action = {
                "type": "pointerMove",
                "x": round(x),
                "y": round(y),
                "origin": "viewport",
                "duration": 0,
            }
        parameters = {"pointerType": "mouse"}
        self._act({"type": "pointer", "id": "mouse", "parameters": parameters, "actions": [action]})

    def press(self, key: str) -> None:
        value = _KEYS.get(key, key)
        actions = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def _act(self, source: dict[str, Any]) -> None:
        self.driver.execute(Command.W3C_ACTIONS, {"actions": [source]})

    def go(self, by: int) -> None:
        self.run("history.go(arg)", by)

    def problems(self) -> list[str]:
        self.heard += self.run("return window.problems.splice(0)", None)
        return self.heard

    def close(self) -> None:
        self._leave()

    def _leave(self) -> None:
        self.problems()
        self.driver.get("about:blank")
        self.until("location.href === 'about:blank'")
