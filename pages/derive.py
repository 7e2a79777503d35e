"""Step by step: any derivative of softmax, from the question to the number, with the numbers of now."""

import streamlit as st

from ui.derivation import derivation
from ui.page import lead

with st.container(gap="small"):
    lead(
        "**Choose a cell of the grid** and go through its derivative step by step. Drag the bars at any time."
    )
    derivation()
