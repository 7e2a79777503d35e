"""The router: the list of pages, what all share, run the chosen page; and how it is served."""

import streamlit as st
from starlette.middleware import Middleware

from ui import derivation, descend, explore, iris, state
from ui.addresses import KnownPages
from ui.server import QuickAnswers, early_links, serving
from ui.sidebar import notices, sidebar

# Each page's own settings in the link, by the page's path.
SETTINGS = {
    "": explore.SETTINGS,
    "derive": derivation.SETTINGS,
    "descend": descend.SETTINGS,
    "iris": iris.SETTINGS,
}


def route() -> None:
    """Show the page that the address names."""
    EXPLORE = st.Page("pages/explore.py", title="Explore", icon=":material/drag_pan:", default=True)
    DERIVE = st.Page("pages/derive.py", title="Step by step", icon=":material/stairs:", url_path="derive")
    DESCEND = st.Page(
        "pages/descend.py", title="Loss and descent", icon=":material/trending_down:", url_path="descend"
    )
    IRIS = st.Page("pages/iris.py", title="Irises", icon=":material/local_florist:", url_path="iris")
    # Not before the first run is complete: a switch of pages in the middle of it would leave half a page.
    page = st.navigation([EXPLORE, DERIVE, DESCEND, IRIS], position="top" if state.started() else "hidden")
    st.set_page_config(page_title=f"{page.title} · The softmax derivative", page_icon="static/icon.svg",
                       layout="wide", initial_sidebar_state=260)  # fmt: skip
    state.begin(page.url_path, SETTINGS)
    # The irises have classes and raw outputs of their own.
    sidebar(situation=page.url_path != IRIS.url_path)
    # Where a window is narrow Streamlit hides its list of pages in the drawer: there these are shown instead.
    with st.container(key="pages", horizontal=True, gap=None):
        for other in (EXPLORE, DERIVE, DESCEND, IRIS):
            st.page_link(other, icon="", disabled=not state.started())
    notices()
    page.run()


# `streamlit run` imports this file once, to serve it, and then runs it as a script for every visitor.
if __name__ == "__main__":
    route()
else:
    app = st.App(
        __file__,
        lifespan=serving,
        middleware=[
            Middleware(QuickAnswers, announced={"": early_links("board"), "iris": early_links("iris")}),
            Middleware(KnownPages, pages=SETTINGS, other_names={"explore": ""}),
        ],
    )
