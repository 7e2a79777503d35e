"""Step by step: any derivative of softmax, from the question to the number, with the current numbers."""

import streamlit as st

from ui.derivation import derivation
from ui.page import lead

with st.container(gap="small"):
    lead("**Choose a cell of the grid** and work through its derivative. Drag the bars at any time.")
    derivation()
