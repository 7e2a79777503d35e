"""Explore: drag a raw output and see the probabilities, the Jacobian and the derivative follow."""

import streamlit as st

from ui import explore
from ui.page import lead

with st.container(gap="xsmall"):
    lead("**Drag a raw output bar** left or right, and watch every probability and every derivative follow.")
    explore.instrument()
