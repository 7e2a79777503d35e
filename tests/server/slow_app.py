"""An app whose page waits for a file: a run that is under way for as long as a test wants.

The folder in the environment variable FOLDER gets a file `began`; the run ends when there is a file `go`.
"""

import os
import time
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from server.health import Health
from server.service import Connections, Service

if __name__ == "__main__":
    folder = Path(os.environ["FOLDER"])
    (folder / "began").touch()
    while not (folder / "go").exists():
        time.sleep(0.01)
    st.write("The end.")
else:
    service = Service()
    app = st.App(
        __file__,
        lifespan=service.lifespan,
        middleware=[Middleware(Health, service=service), Middleware(Connections, service=service)],
    )
