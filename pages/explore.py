"""Explore: drag a raw output and see the probabilities, the Jacobian and the derivative follow."""

import streamlit as st

from ui import explore

with st.container(gap="xsmall"):
    st.markdown("**Drag a raw output bar** left or right, and watch every probability and every derivative follow.")
    explore.instrument()
