"""Irises: from the measurements of a real flower to raw outputs, loss, gradient and weights."""

from collections.abc import Mapping

import streamlit as st

from core.handout.table import situation_csv
from core.irises import MISPRINTS, PETAL_WIDTH, SEPAL_WIDTH, SPECIES, SPECIES_NAMES, scaled
from core.network import HIDDEN, MAX_SEED, forward
from core.situation.scenario import Scenario
from ui import iris_part, session
from ui.choices import Choice
from ui.figures.training import training_figure
from ui.handout.board_picture import board_svg
from ui.handout.iris_notebook import iris_notebook
from ui.iris_part import FLOWER, SEED, WEIGHT
from ui.lesson import only_setting
from ui.page import Page, leave_folder_mode
from ui.presentation import quiet
from ui.sent import whole
from ui.takeaway import ChartFile, TakeAway

__all__ = ["PAGE"]

_WEIGHTS = [f"{i}-{h}" for i in range(1, 4) for h in range(1, HIDDEN + 1)]
# The parts that can be shown alone.
_ALONE = {"plane": "Plane of the flowers", "network": "Network"}
ONLY = only_setting(tuple(_ALONE))
SETTINGS = (*iris_part.SETTINGS, ONLY)


# A dropped point changes neither the choices nor the training, so each has a fragment of its own.
_PART, _CHOICES, _TRAINING, _OPENERS = "plane_and_network", "flower_choices", "course", "openers"


def draw() -> None:
    """Draw the plane, the network with the values of the chosen flower, and the course of the training."""
    only = session.setting(ONLY)
    _plane_and_network(only)
    if session.first_run() or quiet(only):
        return
    left, right = st.columns([0.42, 0.58], gap="large")
    with left:
        _choices()
    with right:
        _course()
    _openers()
    _source()


@st.fragment(key=_PART)
def _plane_and_network(only: str) -> None:
    iris_part.iris_part(only, after=_draw_others_too)


@st.fragment(key=_TRAINING)
def _course() -> None:
    training = iris_part.training(iris_part.seed())
    st.plotly_chart(
        training_figure(training.loss, training.accuracy, iris_part.trained()),
        key="training",
        config={"displayModeBar": False},
        alt="Loss and accuracy over the training steps",
    )


def _draw_others_too(before: Mapping[str, str]) -> None:
    """Redraw what a commit of the part changes besides the part, given the settings before it."""
    changed = {spec.name for spec in iris_part.SETTINGS if session.setting(spec) != before[spec.name]}
    also = []
    if changed & {"flower", "weight"} or before["at"] == "" or session.locked():
        also += [_CHOICES, _OPENERS]
    if "trained" in changed:
        also.append(_TRAINING)
    if also:
        session.redraw(_PART, *also)


def _draw_all() -> None:
    session.redraw(_PART, _CHOICES, _TRAINING, _OPENERS)


@st.fragment(key=_CHOICES)
def _choices() -> None:
    flower, seed = iris_part.chosen()[0], iris_part.seed()
    _FLOWER_CHOICE.select("Flower", flower, format_func=_title, placeholder="A point of your own")
    st.session_state["seed_number"] = seed
    st.number_input("Random seed", 0, MAX_SEED, step=1, key="seed_number", on_change=_take_seed,
                    help="Each seed draws different initial weights, and training starts over.")  # fmt: skip
    _WEIGHT_CHOICE.select("Weight to follow", session.setting(WEIGHT), format_func=_of_weight)


def _of_weight(text: str) -> str:
    i, h = iris_part.of_weight(text) or (0, 0)
    return f"from hidden {h + 1} to {SPECIES_NAMES[i]}"


def _title(k: int) -> str:
    return f"{k + 1} · {SPECIES_NAMES[SPECIES[k]]} · petal {PETAL_WIDTH[k]:g} cm, sepal {SEPAL_WIDTH[k]:g} cm"


_FLOWER_CHOICE = Choice(
    FLOWER,
    "flower_list",
    lambda: range(len(SPECIES)),
    in_link=lambda k: str(k + 1),
    also={"at": ""},
    then=_draw_all,
)
_WEIGHT_CHOICE = Choice(WEIGHT, "weight_list", lambda: _WEIGHTS, then=_draw_all)


def _take_seed() -> None:
    seed = whole(st.session_state.get("seed_number"), 0, MAX_SEED)
    if seed is not None:
        session.change(None, seed=SEED.short(str(seed)), trained="0")
    _draw_all()


def _what(flower: int | None) -> str:
    return "this flower" if flower is not None else "this point"


def _situation() -> Scenario:
    """Return the raw outputs of the flower or point as the situation of the other pages."""
    flower, petal, sepal = iris_part.chosen()
    z = forward(iris_part.network(iris_part.seed(), iris_part.trained()), scaled(petal, sepal)).z
    species = int(SPECIES[flower]) if flower is not None else int(z.argmax())
    return Scenario(SPECIES_NAMES, z.tolist(), 1.0, species, species)


@st.fragment(key=_OPENERS)
def _openers() -> None:
    what, permitted = _what(iris_part.chosen()[0]), session.permits(_situation())
    pages = (("Explore", "", ":material/drag_pan:"), ("Step by step", "derive", ":material/stairs:"))
    with st.container(horizontal=True, gap="small"):
        for title, page, icon in pages:
            st.button(f"Open {what} in {title}", icon=icon, key=f"open_{page}", on_click=_open, args=(page,),
                      disabled=not permitted)  # fmt: skip


def _open(page: str) -> None:
    """Open a page with what the network says now; the button may be older than the last drag."""
    session.visit(page, _situation())
    # The part's link tells the browser.
    session.redraw(_PART)


def _source() -> None:
    errors = "; ".join(
        f"flower {wrong.flower + 1} has {wrong.name} {wrong.here} instead of {wrong.printed}"
        for wrong in MISPRINTS
    )
    st.caption(
        "Data: R. A. Fisher, “The use of multiple measurements in taxonomic problems”, Annals of Eugenics 7 "
        f"(1936), in the widely used copy that ships with plotly. It has two known errors: {errors}."
    )


def _take_away() -> TakeAway:
    seed, trained = iris_part.seed(), iris_part.trained()
    flower, petal, sepal = iris_part.chosen()
    network = iris_part.network(seed, trained)
    now = _situation()
    return TakeAway(
        page="iris",
        charts=(ChartFile("training", "Training", "softmax-training"),),
        drawings=(
            ChartFile("plane", "Plane of the flowers", "softmax-plane"),
            ChartFile("network", "Network", "softmax-network"),
        ),
        board=lambda: board_svg(now),
        board_title=f"Bars and derivatives of {_what(flower)}",
        csv=lambda: situation_csv(now),
        notebook=lambda: iris_notebook(
            iris_part.training(seed), network, seed, trained, flower, (petal, sepal), iris_part.weight()
        ),
    )


PAGE = Page(
    path="iris",
    title="Irises",
    icon=":material/local_florist:",
    intro="**Click a flower, or drag the ring**: the network turns two measurements into three raw outputs.",
    settings=SETTINGS,
    hides=("probability-numbers", "jacobian-numbers", "loss", "gradient-numbers", "network"),
    asks=("probability-numbers", "loss", "gradient-numbers"),
    resets=("flower", "at", "seed", "trained", "weight", "way"),
    first_part="iris",
    draw=draw,
    # This page has its own classes and raw outputs, so it does not show the shared situation.
    has_situation=False,
    caption="150 real flowers of three species, and a network that learns to tell them apart.",
    alone=_ALONE,
    takeaway=_take_away,
)

if __name__ == "__main__":
    leave_folder_mode()
