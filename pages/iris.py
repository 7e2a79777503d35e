"""Irises: from the measurements of a real flower to raw outputs, loss, gradient and weights."""

import streamlit as st

from ui.iris import iris
from ui.page import lead

with st.container(gap="small"):
    lead("**Click a flower, or drag the ring**: the network turns two measurements into three raw outputs.")
    iris()
