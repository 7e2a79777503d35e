"""Loss and descent: how wrong a prediction is, which way is down, and what a step of training does."""

import streamlit as st

from ui.descend import descent
from ui.page import lead

with st.container(gap="small"):
    lead("**Press Play** and gradient descent moves the raw outputs; or drag a bar and see the loss follow.")
    descent()
