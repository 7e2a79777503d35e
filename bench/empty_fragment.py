"""The cheapest possible rerun: one fragment that draws nothing (bench/load.py compares with it)."""

import streamlit as st


@st.fragment
def nothing() -> None:
    """Draw nothing."""


st.set_page_config(layout="wide")
nothing()
