"""From core arrays to Plotly figures: pure functions, nothing of Streamlit."""
