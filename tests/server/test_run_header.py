"""The header of a run says the same from memory as when Streamlit reads the whole configuration for it."""

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session

from server.run_header import remember_theme, remembered

SECTIONS = [
    "theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar",
]  # fmt: skip
NAMES = ("_populate_theme_msg", "_populate_config_msg")


@pytest.fixture(autouse=True)
def streamlit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        # Whatever a test puts in its place, pytest puts this one back.
        monkeypatch.setattr(app_session, name, getattr(app_session, name))


def themed() -> CustomThemeConfig:
    """The theme of a run, filled section by section as Streamlit does it."""
    theme = CustomThemeConfig()
    places = [theme, theme.light, theme.dark, theme.sidebar, theme.light.sidebar, theme.dark.sidebar]
    for place, section in zip(places, SECTIONS, strict=True):
        app_session._populate_theme_msg(place, section)
    return theme


def test_a_run_is_told_the_same_theme_from_memory() -> None:
    read = themed()
    assert read.dark.sidebar.ListFields()
    remember_theme()
    assert [themed() for _ in range(3)] == [read] * 3


def test_a_run_is_told_the_same_settings_from_memory() -> None:
    read, again = NewSession(), NewSession()
    app_session._populate_config_msg(read.config)
    remember_theme()
    for _ in range(2):
        app_session._populate_config_msg(again.config)
        assert again == read
        again.Clear()


def test_each_section_is_read_once_until_the_configuration_is_read_again() -> None:
    asked = []
    fill = remembered(lambda message, section: asked.append(section))
    for _ in range(3):
        fill(CustomThemeConfig(), "theme")
        fill(CustomThemeConfig(), "theme.dark")
    assert asked == ["theme", "theme.dark"]
    config._on_config_parsed.send()
    fill(CustomThemeConfig(), "theme")
    assert asked == ["theme", "theme.dark", "theme"]


def test_a_section_without_values_stays_unset() -> None:
    theme = CustomThemeConfig()
    remembered(lambda message, section: None)(theme.light, "theme.light")
    assert not theme.HasField("light")


def test_a_streamlit_without_these_functions_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delattr(app_session, name)
    remember_theme()
    assert not any(hasattr(app_session, name) for name in NAMES)
