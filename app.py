"""The router: the list of pages, what all pages share, run the chosen page."""

import streamlit as st

from ui import explore, state
from ui.sidebar import notices, sidebar

st.set_page_config(page_title="The softmax derivative", page_icon="static/icon.svg", layout="wide",
                   initial_sidebar_state=260)  # fmt: skip

page = st.navigation(
    [
        st.Page(
            "pages/explore.py",
            title="Explore",
            icon=":material/drag_pan:",
            default=True,
            help="Drag raw outputs; probabilities, Jacobian, curve and surface follow.",
        )
    ],
    position="top",
)
state.begin(page.url_path, explore.SETTINGS)
sidebar()
notices()
page.run()
