"""The router and the server in one file, so that a host that does not know `st.App` still runs it."""

import streamlit as st
from starlette.middleware import Middleware

from pages import derive, descend, explore, iris, tour, worksheet
from server.early_links import early_links
from server.fair_share import FairShare
from server.headers import SecurityHeaders
from server.health import Health
from server.known_messages import KnownMessages
from server.known_pages import KnownPages
from server.no_delay import NoDelayMiddleware
from server.options import options
from server.own_files import OwnFiles, own_files
from server.refusals import Refusals
from server.request_log import RequestLog
from server.room import Room
from server.service import Connections, Service
from server.static_files import StaticCacheMiddleware
from server.turns import InTurn
from ui.page import open_page

# The app opens with the first page.
PAGES = (explore.PAGE, tour.PAGE, derive.PAGE, descend.PAGE, iris.PAGE, worksheet.PAGE)

# `streamlit run` imports this file once, to serve it, and then runs it as a script for every visitor.
if __name__ == "__main__":
    open_page(PAGES)
else:
    chosen = options()
    service = Service()
    paths = [page.path for page in PAGES]
    app = st.App(
        __file__,
        lifespan=service.lifespan,
        middleware=[
            Middleware(NoDelayMiddleware),
            Middleware(RequestLog, pages=paths, log=chosen.log, everything=chosen.log_all),
            Middleware(SecurityHeaders, frame_ancestors=chosen.frame_ancestors),
            Middleware(Health, service=service),
            Middleware(Connections, service=service),
            Middleware(
                StaticCacheMiddleware, announced={page.path: early_links(page.first_part) for page in PAGES}
            ),
            Middleware(OwnFiles, files=own_files()),
            Middleware(Refusals),
            Middleware(Room),
            Middleware(FairShare),
            Middleware(KnownMessages),
            Middleware(KnownPages, pages=paths, other_names={"explore": ""}),
            Middleware(InTurn),
        ],
    )
