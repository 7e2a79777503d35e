"""Streamlit and Plotly, shared by the pages."""
