"""Two instances behind nginx: whoever loses theirs goes on with the other one, and loses nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import ROOT, AppServer
from tests.browser.hall import Hall
from tests.browser.hands import eventually
from tests.browser.line import Line
from tests.browser.replicas import CONFIGURATION, Replicas

PEOPLE = 20
GOES_ON = 5.0  # s


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    """Two instances behind nginx; a test that stops one must start it again."""
    with Replicas(tmp_path_factory.mktemp("replicas")) as running:
        yield running


def limit(hall: Hall) -> float:
    """The seconds in which everybody must go on: more on a machine that is busy with other things."""
    # These browsers share the cores of this machine with each other, which no hall does.
    return max(GOES_ON, hall.opening / 3)


def test_people_behind_one_address_share_both_instances_and_each_stays_with_one(replicas: Replicas) -> None:
    shares = dict.fromkeys(replicas.apps, 0)
    for _ in range(40):
        app, page = replicas.serving("/")
        given = re.fullmatch("replica=(.+); Path=/; HttpOnly; SameSite=Lax", page.headers["Set-Cookie"])
        assert given
        # The files of the page come from where the page came from.
        again, file = replicas.serving("/app/static/icon.svg", given[1])
        assert again is app
        assert file.headers["Set-Cookie"] is None
        assert app
        shares[app] += 1
    assert min(shares.values()) >= 8


def test_the_log_tells_neither_who_asked_nor_for_which_situation(replicas: Replicas) -> None:
    replicas.ask("/derive?z=1,2,3&classes=Ada,Bob")
    replicas.serving("/derive")
    line = replicas.asked("/derive")[0]
    assert re.fullmatch(r"\S+ GET /derive 200 \d+ [\d.]+ 127\.0\.0\.1:\d+ 200", line)


def test_in_a_frame_of_another_site_the_cookie_comes_along(replicas: Replicas) -> None:
    cookie = replicas.ask("/", proto="https").headers["Set-Cookie"]
    assert cookie.endswith("; SameSite=None; Secure; Partitioned")


def test_nginx_keeps_streamlits_files(replicas: Replicas) -> None:
    page = replicas.ask("/").body.decode()
    found = re.search(r"\./(static/js/index\.[\w-]+\.js)", page)
    assert found
    _, first = replicas.serving(f"/{found[1]}")
    by, second = replicas.serving(f"/{found[1]}")
    assert first.headers["Content-Encoding"] == second.headers["Content-Encoding"] == "gzip"
    assert first.body == second.body
    assert by is None


def test_a_file_that_a_page_offers_is_found_whichever_instance_drew_it(
    browser: Browser, replicas: Replicas, settled: Callable[[Page], Page]
) -> None:
    first, other = (replicas.cookie_for(app) for app in replicas.apps)
    with browser.new_context(base_url=replicas.url) as context:
        context.add_cookies([{"name": "replica", "value": first, "url": replicas.url}])
        page = context.new_page()
        page.goto("/worksheet")
        button = page.get_by_role("button", name="Download worksheet.tex")
        expect(button).to_be_visible()
        settled(page)
        context.add_cookies([{"name": "replica", "value": other, "url": replicas.url}])
        with page.expect_download() as download:
            button.click()
        assert download.value.path().read_text(encoding="utf-8").count("\\documentclass") == 1

        def found_at_the_other_one() -> None:
            files = [line for line in replicas.log() if " GET /media/" in line]
            assert any(line.endswith(" 404, 200") for line in files), files

        # nginx notes a request a moment after the browser has the answer.
        eventually(page, found_at_the_other_one)


def goes_on_without(
    app: AppServer, other: AppServer, hall: Hall, replicas: Replicas, end: Callable[[], object]
) -> None:
    """End an instance in the middle of drags; everybody goes on with the other one, and it comes back."""
    hall.grab()
    end()
    try:
        hall.pull_and_release()
        hall.goes_on(without=app, to=other, within=limit(hall))
    finally:
        replicas.start(app)


def test_neither_a_killed_instance_nor_a_rolling_update_costs_anybody_anything(
    browser: Browser, replicas: Replicas
) -> None:
    first, other = replicas.apps
    # To open twenty pages takes longer than all else here, so the same people see both.
    with Hall([browser], replicas, PEOPLE) as hall:
        assert len(hall.on(first)) == PEOPLE // 2
        goes_on_without(first, other, hall, replicas, first.kill)
        assert len(hall.on(other)) == PEOPLE
        goes_on_without(other, first, hall, replicas, other.stop)
        goes_on_without(first, other, hall, replicas, first.stop)
        assert len(hall.on(other)) == PEOPLE


def test_at_a_second_of_latency_a_killed_instance_costs_nobody_anything(
    browser: Browser, replicas: Replicas
) -> None:
    first, other = replicas.apps
    with Line(replicas.port) as line, Hall([browser], replicas, 2, line.url) as hall:
        line.latency = 1.0
        hall.grab()
        first.kill()
        try:
            hall.pull_and_release()
            # Streamlit's question whether the server is there, its new connection, and the run of the page
            # with what was dragged take four round trips.
            hall.goes_on(without=first, to=other, within=limit(hall) + 3 * line.latency)
        finally:
            replicas.start(first)


def test_a_proxy_that_cuts_silent_connections_costs_nobody_anything(
    browser: Browser, replicas: Replicas
) -> None:
    with Line(replicas.port) as line, Hall([browser], replicas, 2, line.url) as hall:
        line.patience = 1.0
        hall.grab()
        for person in hall.people:
            eventually(person.page, person.has_been_cut_off)
        hall.pull_and_release()
        for person in hall.people:
            eventually(person.page, person.has_gone_on, seconds=30)
            assert person.alarms() == []


def test_the_app_breaks_the_silence_before_a_proxy_does() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    ping = config["server"]["websocketPingInterval"]
    # Proxies that were seen cut after 30 s; nginx must not cut what only a lost ping has made silent.
    assert ping < 30
    (silence,) = re.findall(r"proxy_read_timeout (\d+)s;", CONFIGURATION.read_text(encoding="utf-8"))
    assert int(silence) > 2 * ping
