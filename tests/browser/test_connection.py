"""A lost connection loses none of the user's settings."""

import re
import socket
from pathlib import Path

import streamlit
from playwright.sync_api import Page, expect

from tests.browser.app_server import GONE, HOST, AppServer
from tests.browser.hands import board_values, charts_ready, followed, held, pull, ready, value_of


def test_losing_the_connection_in_mid_drag_loses_nothing(
    page: Page, server: AppServer, console_problems: list[str]
) -> None:
    page.goto("/?z=1,0.5,-1&T=2&wrt=virginica&present=on")
    ready(page)
    expect(page.locator(".lesson[data-ready]")).to_be_attached()
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    try:
        with held(page, "setosa"):
            pull(page, "setosa", 30)
            server.stop()
            expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
            # In front of a class, a small sign says it, and no dialog covers the page.
            expect(page.get_by_text("Connection lost.")).to_be_visible()
            expect(page.get_by_role("dialog").filter(visible=True)).to_have_count(0)
            pull(page, "setosa", 60)
            expected = followed(page, temperature=2)
            assert expected["z"][0] > 1
        assert board_values(page) == expected
    finally:
        server.start()
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    page.wait_for_url(re.compile(rf"z={expected['z'][0]}"), timeout=30_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    assert board_values(page) == expected
    assert value_of(page, "versicolor") == 0.5
    expect(page.get_by_text("Connection lost.")).to_have_count(0)
    page.reload()
    ready(page)
    assert board_values(page) == expected
    # The browser may complain only that the server is gone.
    others = [said for said in console_problems if not GONE.search(said)]
    console_problems.clear()
    assert others == []


def test_a_page_without_a_server_stays_usable_and_says_so_quietly(
    page: Page, server: AppServer, console_problems: list[str]
) -> None:
    page.goto("/?z=1,0.5,-1")
    ready(page)
    expect(page.locator(".lesson[data-ready]")).to_be_attached()
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    told = page.get_by_text("Connection lost.")
    try:
        # Streamlit says this when it opens a dialog, behind which nothing could be used.
        with page.expect_console_message(lambda said: "server is not responding" in said.text):
            server.stop()
        expect(page.get_by_role("dialog").filter(visible=True)).to_have_count(0)
        # Playwright clicks only on what nothing else covers.
        told.click(trial=True)
        with held(page, "versicolor"):
            pull(page, "versicolor", 40)
        expected = board_values(page)
        assert expected["z"][1] > 1
    finally:
        server.start()
    page.wait_for_url(re.compile(rf"z=1%2C{expected['z'][1]}"), timeout=60_000)
    expect(told).to_have_count(0)
    assert board_values(page) == expected
    assert [said for said in console_problems if not GONE.search(said)] == []
    console_problems.clear()


def test_the_server_sends_streamlits_files_compressed_and_without_waiting(
    page: Page, server: AppServer, console_problems: list[str]
) -> None:
    page.goto("/")
    ready(page)
    answer = page.request.get("/")
    modules = re.findall(r"<([^>]+)>; rel=modulepreload", answer.headers["link"])
    assert any(module.endswith("/first.js") for module in modules)
    for module in modules:
        found = page.request.get(module)
        assert found.ok
        assert "javascript" in found.headers["content-type"]
    # The page itself asked for none of the modules a second time.
    asked = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    packs = [address for address in asked if address.endswith("/first.js")]
    assert len(packs) == 1
    mounted = page.evaluate(
        """() => {
          const entries = performance.getEntriesByType("resource");
          const entry = entries.find(({ name }) => /BidiComponent/.test(name));
          return entry.encodedBodySize / entry.decodedBodySize;
        }"""
    )
    assert mounted < 0.5


def test_a_visitor_who_leaves_while_the_charts_are_on_their_way_breaks_nothing(
    page: Page, server: AppServer
) -> None:
    folder = Path(streamlit.__file__).parent / "static"
    (file,) = (folder / "static" / "js").glob("PlotlyChart.*.js")
    address = f"/{file.relative_to(folder)}"
    asked = f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n"
    # A new server has nothing cached yet.
    server.stop()
    server.start()
    # A visitor leaves before the first byte, after it, or in the middle of the file. The small receive buffer
    # makes sure that the server has not sent the whole file by then.
    for received in (0, 1, 20_000):
        with socket.socket() as leaving:
            leaving.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            leaving.connect((HOST, server.port))
            leaving.sendall(asked.encode())
            while received > 0:
                received -= len(leaving.recv(min(received, 4096)))
    answer = page.request.get(address)
    assert answer.ok
    assert answer.body() == file.read_bytes()


def test_what_a_page_reports_first_is_reported_again_if_it_was_lost(fresh_page: Page) -> None:
    page = fresh_page
    page.add_init_script("""
      const send = WebSocket.prototype.send;
      window.dropped = 0;
      WebSocket.prototype.send = function (data) {
        if (!dropped && new TextDecoder().decode(data).includes("webgl")) dropped += 1;
        else send.call(this, data);
      };
    """)
    page.goto("/")
    charts_ready(page)
    assert page.evaluate("dropped") == 1
