"""Two instances of the app behind a real nginx with the configuration of deploy/, on this machine alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from email.message import Message
from pathlib import Path
from typing import NamedTuple, Self
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.browser.app_server import HOST, ROOT, AppServer, free_port

__all__ = ["CONFIGURATION", "Answer", "Replicas", "nginx_or_skip"]

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
_opener = build_opener(ProxyHandler({}))


def nginx_or_skip() -> str:
    """The path of nginx; without it, skip the test, but fail in CI, which installs it."""
    # Debian keeps it where an ordinary user's PATH does not look.
    if found := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return found
    if os.environ.get("CI"):
        pytest.fail("there is no nginx")
    pytest.skip("there is no nginx (install Debian's nginx-light)")


class Answer(NamedTuple):
    """An answer that has been read to its end."""

    headers: Message
    body: bytes


class Replicas:
    """Two instances and the nginx in front of them.

    Parameters
    ----------
    folder : Path
        Where logs and nginx's own files go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.apps = [AppServer(log=folder / f"app{k}.log") for k in (1, 2)]
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._program = nginx_or_skip()
        self._nginx: subprocess.Popen[bytes] | None = None
        (folder / "nginx.conf").write_text(self._configuration(), encoding="utf-8")

    def _configuration(self) -> str:
        """The configuration of deploy/ with the addresses and folders of this test."""
        text = CONFIGURATION.read_text(encoding="utf-8")
        changes = [
            (r"\bapp1:8501\b", f"{HOST}:{self.apps[0].port}"),
            (r"\bapp2:8501\b", f"{HOST}:{self.apps[1].port}"),
            (r"\blisten 8080\b", f"listen {HOST}:{self.port}"),
            (r"/run/nginx\.pid", f"{self.folder}/nginx.pid"),
            (r"/var/log/nginx/", f"{self.folder}/"),
            (r"/var/cache/nginx/", f"{self.folder}/"),
            (r"^worker_processes auto", "worker_processes 2"),
            (r"^http \{", "http {\n" + "".join(
                f"    {kind}_temp_path {self.folder}/{kind};\n"
                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            )),
        ]  # fmt: skip
        for found, instead in changes:
            text, count = re.subn(found, instead, text, flags=re.MULTILINE)
            assert count, f"deploy/nginx.conf has no {found}"
        # Started as root, nginx would give up its rights and could not enter the test's folder.
        return f"user root;\n{text}" if os.geteuid() == 0 else text

    def __enter__(self) -> Self:
        try:
            for app in self.apps:
                app.start()
            command = [self._program, "-p", str(self.folder), "-c", "nginx.conf", "-g", "daemon off;"]
            with (self.folder / "nginx.out").open("wb") as out:
                self._nginx = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
                )
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._nginx:
            self._nginx.terminate()
            self._nginx.wait(10)
        for app in self.apps:
            app.stop()

    def _wait(self) -> None:
        assert self._nginx
        deadline = time.monotonic() + 10
        while True:
            try:
                self.ask("/_stcore/health")
            except OSError:
                if self._nginx.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "nginx.out").read_text()) from None
                time.sleep(0.05)
            else:
                return

    def ask(self, path: str, cookie: str = "", proto: str = "http") -> Answer:
        """Ask nginx as a browser with this cookie, or as a proxy to which it came by `proto`."""
        headers = {"X-Forwarded-Proto": proto, "Accept-Encoding": "gzip"}
        if cookie:
            headers["Cookie"] = f"replica={cookie}"
        with _opener.open(Request(self.url + path, headers=headers), timeout=10) as answer:  # noqa: S310
            return Answer(answer.headers, answer.read())

    def log(self) -> list[str]:
        """What nginx has noted of each request so far."""
        return (self.folder / "access.log").read_text(encoding="utf-8").splitlines()

    def asked(self, path: str) -> list[str]:
        """What nginx has noted of the requests for a path."""
        return [line for line in self.log() if f" GET {path} " in line]

    def serving(self, path: str = "/_stcore/health", cookie: str = "") -> tuple[AppServer | None, Answer]:
        """Ask for a path; return the instance that has answered, None if nginx itself has, and the answer."""
        before = len(self.asked(path))
        answer = self.ask(path, cookie)
        # nginx notes a request once its answer has left, which may be a moment later.
        deadline = time.monotonic() + 10
        while len(noted := self.asked(path)) == before:
            assert time.monotonic() < deadline, f"nginx has not noted {path}"
            time.sleep(0.01)
        # The addresses of all that were tried stand in the line; the last one has answered.
        tried = re.findall(rf"{re.escape(HOST)}:(\d+)", noted[-1])
        return next((app for app in self.apps if [str(app.port)] == tried[-1:]), None), answer

    def start(self, app: AppServer) -> None:
        """Start an instance again and return once nginx sends visitors to it, after the time in deploy/."""
        app.start()
        deadline = time.monotonic() + 20
        while not any(self.serving(cookie=f"{k:032x}")[0] is app for k in range(20)):
            assert time.monotonic() < deadline, "nginx does not come back to an instance"
            time.sleep(0.1)

    def cookie_for(self, app: AppServer) -> str:
        """A cookie whose visitors are sent to this instance."""
        names = (f"{k:032x}" for k in range(1000))
        return next(name for name in names if self.serving(cookie=name)[0] is app)
