"""What stands between the network and Streamlit: ASGI middleware, and what happens at start and stop."""
