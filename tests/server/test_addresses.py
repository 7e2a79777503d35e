"""A path is the same below any base path, which ends only at a slash."""

import pytest
from streamlit import config

from server.addresses import Address, below_base, folder_of


@pytest.fixture(params=["", "softmax", "/course/softmax/"])
def base(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A base path as it may be set; returned as it stands before an address."""
    found: str = request.param
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda key: found if key == "server.baseUrlPath" else real(key))
    return f"/{found.strip('/')}".rstrip("/")


@pytest.mark.parametrize("name", ["", "derive", "app/static/icon.svg", "softmaxima"])
def test_what_follows_the_base_is_the_name(base: str, name: str) -> None:
    assert below_base(f"{base}/{name}") == name
    assert below_base(f"{base}/{name}/") == name


def test_the_base_itself_is_the_first_page(base: str) -> None:
    assert below_base(base) == below_base(f"{base}/") == ""


def test_a_longer_name_that_begins_like_the_base_is_not_below_it(base: str) -> None:
    if base:
        assert below_base(f"{base}-old/derive") == f"{base}-old/derive".strip("/")
        assert below_base("/derive") == "derive"


def test_files_and_pages_are_told_apart_below_any_base(base: str) -> None:
    assert folder_of(f"{base}/app/static/live/page.js") == "app/static"
    assert folder_of(f"{base}/static") == ""
    assert Address.of(f"{base}/derive", ["derive"]) == ("/derive", False)
    assert Address.of(f"{base}/Ada-Lovelace", ["derive"]) == ("(unknown)", False)
