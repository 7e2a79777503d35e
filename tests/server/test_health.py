"""Health checks are answered under the app's base path, at every moment of the server's life."""

import asyncio
import json

import pytest
from streamlit import config

from server.health import Health
from server.service import Service, State
from tests.server.asked import Streamlit, ask


@pytest.fixture(params=["", "softmax", "/a/b/"])
def base(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path below which the app is served."""
    path = str(request.param)
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda key: path if key == "server.baseUrlPath" else real(key))
    return "/" + path.strip("/") if path else ""


@pytest.mark.parametrize(("state", "ready"), [("starting", 503), ("ready", 200), ("stopping", 503)])
def test_the_server_is_alive_always_and_ready_only_between_start_and_stop(
    base: str, state: State, ready: int
) -> None:
    service = Service()
    service.state = state
    streamlit = Streamlit()
    app = Health(streamlit, service)
    for name, status, said in (("healthz", 200, "alive"), ("readyz", ready, state)):
        answer = ask(app, f"{base}/{name}")
        assert answer.status == status
        assert json.loads(answer.body) == {"status": said}
        assert answer.headers["cache-control"] == "no-store"
    assert streamlit.asked == 0


def test_the_server_is_ready_from_its_start_to_its_end() -> None:
    service = Service()

    async def live() -> str:
        async with service.lifespan(None):
            return service.state

    assert [service.state, asyncio.run(live()), service.state] == ["starting", "ready", "stopping"]


def test_streamlits_own_health_check_fails_only_while_the_server_stops(base: str) -> None:
    service = Service()
    streamlit = Streamlit()
    app = Health(streamlit, service)
    states: tuple[tuple[State, int], ...] = (("ready", 200), ("stopping", 503))
    for service.state, status in states:
        for name in ("health", "host-config"):
            assert ask(app, f"{base}/_stcore/{name}").status == status
    assert streamlit.asked == 2


def test_other_addresses_are_left_to_the_app(base: str) -> None:
    streamlit = Streamlit()
    app = Health(streamlit, Service())
    for path in ("", "/", "/derive", "/healthz/more", "/app/healthz", "/HEALTHZ"):
        assert ask(app, f"{base}{path}").body == b"the page"
    if base:
        assert ask(app, "/elsewhere/healthz").body == b"the page"
