"""What deploy/ holds does what it says: the image's steps, its health check, the service's sandbox."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.load import commit
from bench.visitor import Visitor
from supply.runtime import distributions, requirements
from tests.browser.app_server import HOST, ROOT, exception_in, free_port

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "softmax@.service"
PINS = (DEPLOY / "constraints.txt").read_text(encoding="utf-8")
PINS_HELP = "make deploy/constraints.txt anew, as it says itself"
PORT = "8501"
# A user who may read everything, wherever this machine keeps its Python, and who may write nothing.
AS_READER = shlex.split(
    "setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs --bounding-set=-all,+dac_read_search "
    "--inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search"
)


def docker(*words: str) -> str:
    """What Docker answers to a command, from the project's folder."""
    done = subprocess.run(["docker", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def has_docker() -> bool:
    """Whether a Docker engine runs here."""
    return (
        bool(shutil.which("docker"))
        and not subprocess.run(["docker", "info"], capture_output=True).returncode
    )


@dataclass
class Image:
    """What the Dockerfile makes, in an ordinary folder."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    user: str = "0"
    installs: str = ""
    command: list[str] = field(default_factory=list)
    check: list[str] = field(default_factory=list)

    def build(self) -> Self:
        """Follow every step; this machine's packages stand for those that pip would install."""
        for name, said in instructions():
            match name:
                case "COPY":
                    *sources, target = said.split()
                    for source in sources:
                        self._copy(ROOT / source, self.folder / target)
                case "RUN" if "pip install" in said:
                    self.installs = said
                case "RUN":
                    subprocess.run(self.run_as(shlex.split(said)), cwd=self.folder, check=True)
                case "ENV":
                    self.environment |= dict(pair.split("=", 1) for pair in shlex.split(said))
                case "USER":
                    self.user = said
                case "CMD":
                    self.command = json.loads(said)
                case "HEALTHCHECK":
                    self.check = json.loads(said[said.index("[") :])
                case "FROM" | "WORKDIR" | "EXPOSE" | "STOPSIGNAL":
                    pass
                case _:
                    raise AssertionError(f"this test does not know {name}")
        return self

    def _copy(self, source: Path, target: Path) -> None:
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            # A target that ends with a slash is a folder, and Docker makes it.
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)

    def run_as(self, command: list[str]) -> list[str]:
        """A command of the image as one of this machine."""
        return [sys.executable if word == "python" else word for word in command]

    def make_read_only(self) -> None:
        """Take away everybody's right to write."""
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222 | 0o444)

    def files(self) -> dict[str, int]:
        """Every file and when it was written."""
        return {str(path): path.stat().st_mtime_ns for path in self.folder.rglob("*")}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's steps: name and arguments."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    return [(name, said.strip()) for name, _, said in (line.partition(" ") for line in lines)]


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """The image's folder, built and read-only."""
    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        built = Image(Path(folder)).build()
        built.make_read_only()
        yield built
        for path in [built.folder, *built.folder.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)


@contextmanager
def running(image: Image, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The image's command on a port of its own, as an ordinary user."""
    command = [word.replace(PORT, str(port)) for word in image.run_as(image.command)]
    # Only root can become another user; who is another user already is one.
    command = [*AS_READER, *command] if os.geteuid() == 0 else command
    environment = {"PATH": os.environ["PATH"], **image.environment}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=image.folder, env=environment, stdout=out, stderr=out)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def test_the_images_app_runs_as_an_ordinary_user_and_writes_nothing(image: Image, tmp_path: Path) -> None:
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", image.user)
    port, log = free_port(), tmp_path / "log"
    before = image.files()
    check = [*image.run_as(image.check), str(port)]
    assert subprocess.run(check, cwd=image.folder, check=False).returncode == 1
    with running(image, port, log) as process:
        ready = subprocess.run([*check, "60"], cwd=image.folder, check=False)
        assert ready.returncode == 0, log.read_text()
        assert subprocess.run(check, cwd=image.folder, check=False).returncode == 0
        asyncio.run(visit(f"http://{HOST}:{port}"))
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    said = log.read_text()
    assert exception_in(said) == ""
    assert not re.search("denied|[Rr]ead-only", said)
    assert image.files() == before


async def visit(url: str) -> None:
    """Open the first page and move a raw output; Python must take it."""
    async with Visitor(url) as visitor:
        await visitor.open_page()
        await commit(visitor, random.Random(1))  # noqa: S311


def test_the_image_installs_what_the_app_needs_and_no_tests(image: Image) -> None:
    listed, _, install = image.installs.partition("|")
    left = subprocess.run(shlex.split(listed), cwd=image.folder, check=True, capture_output=True, text=True)
    assert set(named(left.stdout)) == set(requirements())
    assert shlex.split(install)[:2] == ["pip", "install"]
    assert install.endswith("-r /dev/stdin -c constraints.txt")


def test_every_package_of_the_image_is_pinned_within_the_range_that_is_tested() -> None:
    pins = {canonicalize_name(said.name): said.specifier for said in named(PINS)}
    assert all(str(pin).startswith("==") for pin in pins.values())
    assert [name for name in distributions() if name not in pins] == [], PINS_HELP
    for said in requirements():
        (pin,) = pins[canonicalize_name(said.name)]
        assert said.specifier.contains(pin.version), f"{said}: {PINS_HELP}"


def named(text: str) -> list[Requirement]:
    """The requirements in a list."""
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


def test_docker_gets_what_the_dockerfile_copies_and_nothing_else() -> None:
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [source for name, said in instructions() if name == "COPY" for source in said.split()[:-1]]
    assert "*" in ignore
    assert sorted(line[1:] for line in ignore if line.startswith("!")) == sorted(copied)


def test_the_service_starts_the_app_as_the_image_does(image: Image) -> None:
    unit = UNIT.read_text(encoding="utf-8")
    (start,) = re.findall(r"^ExecStart=\S+/python (.*)$", unit, re.MULTILINE)
    here = start.replace("%i", PORT).replace("127.0.0.1", "0.0.0.0")  # noqa: S104
    assert ["python", *shlex.split(here)] == image.command


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_systemd_knows_every_line_of_the_service_and_finds_it_closed(tmp_path: Path) -> None:
    unit = tmp_path / "softmax@8501.service"
    # systemd-analyze looks for the programs, which are elsewhere on a server.
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/softmax/.venv/bin/python", sys.executable))
    verify = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert "softmax" not in verify.stderr, verify.stderr
    # From 0, closed, to 100, open: half the limit of systemd's own word "OK".
    rate = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]
    rated = subprocess.run(rate, capture_output=True, text=True, check=False)
    assert rated.returncode == 0, rated.stdout


@pytest.mark.skipif(not has_docker(), reason="there is no Docker engine (docker info fails)")
def test_docker_builds_the_image_and_runs_it_read_only() -> None:
    docker("build", "-q", "-f", "deploy/Dockerfile", "-t", "softmax-test", ".")
    closed = ("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges:true")
    name = docker("run", "-d", *closed, "--health-interval=1s", "softmax-test")
    try:
        deadline = time.monotonic() + 90
        while (health := docker("inspect", "-f", "{{.State.Health.Status}}", name)) != "healthy":
            assert health == "starting", docker("logs", name)
            assert time.monotonic() < deadline, docker("logs", name)
            time.sleep(0.5)
        assert docker("exec", name, "id", "-u") == "1000"
        assert docker("exec", name, "sh", "-c", "pip list 2>/dev/null | grep -c ^pytest || true") == "0"
    finally:
        docker("rm", "-f", name)
