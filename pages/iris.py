"""Irises: from the measurements of a real flower to raw outputs, loss, gradient and weights."""

import streamlit as st

from core.handout.table import situation_csv
from core.irises import MISPRINTS, PETAL_WIDTH, SEPAL_WIDTH, SPECIES, SPECIES_NAMES, scaled, unscaled
from core.network import HIDDEN, MAX_SEED, RATE, STEPS, Network, Training, forward, initial, parameters, train
from core.situation.query import parsed_integer, parsed_number
from core.situation.scenario import Scenario
from ui import session, theme
from ui.browser import note_browser, window
from ui.choices import Choice
from ui.component import declare
from ui.figures.training import training_figure
from ui.handout.board_picture import board_svg
from ui.handout.iris_notebook import iris_notebook
from ui.lesson import only_setting
from ui.messages import IrisMessage
from ui.page import Page, leave_folder_mode
from ui.presentation import quiet
from ui.sent import number, whole
from ui.settings import Setting
from ui.takeaway import ChartFile, TakeAway

__all__ = ["PAGE"]

_FLOWERS = len(SPECIES)
# The plane's ends in cm, as in static/live/views/plane.js.
_PETAL, _SEPAL = (0.0, 2.6), (1.8, 4.6)
_WEIGHTS = [f"{i}-{h}" for i in range(1, 4) for h in range(1, HIDDEN + 1)]
# While the training is played, every fifth step is shown.
_STAGE = 5


def _place(text: str) -> tuple[float, float] | None:
    """Return petal and sepal width of a free point."""
    parts = text.split(",")
    if len(parts) != 2:
        return None
    petal, sepal = parsed_number(parts[0], *_PETAL), parsed_number(parts[1], *_SEPAL)
    return None if petal is None or sepal is None else (petal, sepal)


def _weight(text: str) -> tuple[int, int] | None:
    """Return the followed weight as the numbers of its raw output and its hidden value."""
    output, _, hidden = text.partition("-")
    i, h = parsed_integer(output, 1, 3), parsed_integer(hidden, 1, HIDDEN)
    return None if i is None or h is None else (i - 1, h - 1)


FLOWER = Setting(
    "flower", "60", lambda value, _: parsed_integer(value, 1, _FLOWERS) is not None,
    f"an integer from 1 to {_FLOWERS}",
)  # fmt: skip
AT = Setting(
    "at", "", lambda value, _: value == "" or _place(value) is not None,
    "a petal width from 0 to 2.6 and a sepal width from 1.8 to 4.6, separated by a comma",
)  # fmt: skip
SEED = Setting(
    "seed", "1", lambda value, _: parsed_integer(value, 0, MAX_SEED) is not None,
    f"an integer from 0 to {MAX_SEED}",
)  # fmt: skip
TRAINED = Setting(
    "trained", str(STEPS), lambda value, _: parsed_integer(value, 0, STEPS) is not None,
    f"an integer from 0 to {STEPS}",
)  # fmt: skip
WEIGHT = Setting(
    "weight",
    "2-1",
    lambda value, _: _weight(value) is not None,
    f"a class and a hidden value, 1-1 to 3-{HIDDEN}",
)
# The parts that can be shown alone.
_ALONE = {"plane": "Plane of the flowers", "network": "Network"}
ONLY = only_setting(tuple(_ALONE))
SETTINGS = (FLOWER, AT, SEED, TRAINED, WEIGHT, ONLY)

_IRIS = declare("iris", "Irises and their network")


@st.cache_resource(max_entries=32, show_spinner=False)
def _training(seed: int) -> Training:
    """Return a whole training: the network at every fifth step, loss and accuracy at every one."""
    return train(initial(seed), scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES, RATE, STEPS, keep=_STAGE)


def _network(seed: int, steps: int) -> Network:
    """Return the network after some steps; resumed training gives the same bits."""
    stage = _training(seed).stages[steps // _STAGE]
    rest = steps % _STAGE
    if not rest:
        return stage
    return train(stage, scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES, RATE, rest).network


@st.fragment
def draw() -> None:
    """Draw the plane, the network with the values of the chosen flower, and the course of the training."""
    seed, trained = _number(SEED), _number(TRAINED)
    flower, petal, sepal = _chosen()
    network = _network(seed, trained)
    _draw(seed, trained, network, flower, petal, sepal)
    if session.first_run() or quiet(session.setting(ONLY)):
        return
    left, right = st.columns([0.42, 0.58], gap="large")
    with left:
        _choices(flower, seed)
    with right:
        training = _training(seed)
        st.plotly_chart(
            training_figure(training.loss, training.accuracy, trained),
            key="training",
            config={"displayModeBar": False},
            alt="Loss and accuracy over the training steps",
        )
    _openers(network, petal, sepal, flower)
    _source()


def _number(spec: Setting) -> int:
    return int(session.setting(spec))


def _chosen() -> tuple[int | None, float, float]:
    """Return the chosen flower, or None for a free point, and its two measurements."""
    free = _place(session.setting(AT)) if session.setting(AT) else None
    if free:
        return None, *free
    flower = _number(FLOWER) - 1
    return flower, float(PETAL_WIDTH[flower]), float(SEPAL_WIDTH[flower])


def _draw(seed: int, trained: int, network: Network, flower: int | None, petal: float, sepal: float) -> None:
    stages = _training(seed).stages
    # Once the training is finished, Play starts from the beginning.
    first = 0 if trained == STEPS else trained // _STAGE + 1
    low, high = unscaled([0, 0]), unscaled([1, 1])
    message: IrisMessage = {
        "flowers": [
            [float(p), float(s), int(k)] for p, s, k in zip(PETAL_WIDTH, SEPAL_WIDTH, SPECIES, strict=True)
        ],
        "names": list(SPECIES_NAMES),
        "colours": list(theme.class_colours(3)),
        "positive": theme.POSITIVE,
        "negative": theme.NEGATIVE,
        "low": low.tolist(),
        "range": (high - low).tolist(),
        "hidden": HIDDEN,
        "rate": RATE,
        "weights": parameters(network),
        "seed": seed,
        "trained": trained,
        "total": STEPS,
        # Six digits are more than a picture shows. When the play stops, Python sends the exact weights.
        "stages": [
            {"step": k * _STAGE, "weights": [float(f"{w:.6g}") for w in parameters(stages[k])]}
            for k in range(first, len(stages))
        ],
        "petal": petal,
        "sepal": sepal,
        "flower": flower,
        "weight": list(_weight(session.setting(WEIGHT)) or (0, 0)),
        "chart": "training",
        "only": session.setting(ONLY),
        "ack": session.acknowledged("iris"),
        "window": window(),
        "paper": [
            "From an iris to its raw outputs, its loss and one weight",
            f"{trained} of {STEPS} training steps from the initial weights of random seed {seed}.",
        ],
        "link": session.link(),
    }
    told = _IRIS(
        key="iris",
        data=message,
        on_commit_change=_take,
        on_browser_change=lambda: None,
    )
    note_browser(told.browser)


def _take() -> None:
    payload = session.take_commit("iris")
    now = session.scenario()
    found: dict[str, str] = {}
    at = payload.get("at")
    if isinstance(at, list) and len(at) == 2:
        petal, sepal = number(at[0], *_PETAL), number(at[1], *_SEPAL)
        if petal is not None and sepal is not None:
            found["at"] = f"{petal:.4g},{sepal:.4g}"
    for spec, lowest, highest in ((FLOWER, 1, _FLOWERS), (TRAINED, 0, STEPS)):
        value = whole(payload.get(spec.name), lowest, highest)
        if value is not None:
            found[spec.name] = str(value)
    if isinstance(payload.get("weight"), str):
        found["weight"] = payload["weight"]
    specs = {spec.name: spec for spec in SETTINGS}
    found = {name: value for name, value in found.items() if specs[name].accepts(value, now)}
    if "flower" in found:
        found["at"] = ""
    session.change(None, **{name: specs[name].short(value) for name, value in found.items()})


def _choices(flower: int | None, seed: int) -> None:
    _FLOWER_CHOICE.select("Flower", flower, format_func=_title, placeholder="A point of your own")
    st.session_state["seed_number"] = seed
    st.number_input("Random seed", 0, MAX_SEED, step=1, key="seed_number", on_change=_take_seed,
                    help="Each seed draws different initial weights, and training starts over.")  # fmt: skip
    _WEIGHT_CHOICE.select("Weight to follow", session.setting(WEIGHT), format_func=_of_weight)


def _of_weight(text: str) -> str:
    i, h = _weight(text) or (0, 0)
    return f"from hidden {h + 1} to {SPECIES_NAMES[i]}"


def _title(k: int) -> str:
    return f"{k + 1} · {SPECIES_NAMES[SPECIES[k]]} · petal {PETAL_WIDTH[k]:g} cm, sepal {SEPAL_WIDTH[k]:g} cm"


_FLOWER_CHOICE = Choice(
    FLOWER, "flower_list", lambda: range(_FLOWERS), in_link=lambda k: str(k + 1), also={"at": ""}
)
_WEIGHT_CHOICE = Choice(WEIGHT, "weight_list", lambda: _WEIGHTS)


def _take_seed() -> None:
    seed = whole(st.session_state.get("seed_number"), 0, MAX_SEED)
    if seed is not None:
        session.change(None, seed=SEED.short(str(seed)), trained="0")


def _what(flower: int | None) -> str:
    return "this flower" if flower is not None else "this point"


def _situation(network: Network, petal: float, sepal: float, flower: int | None) -> Scenario:
    """Return the raw outputs of a flower or a point as the situation of the other pages."""
    z = forward(network, scaled(petal, sepal)).z
    species = int(SPECIES[flower]) if flower is not None else int(z.argmax())
    return Scenario(SPECIES_NAMES, z.tolist(), 1.0, species, species)


def _openers(network: Network, petal: float, sepal: float, flower: int | None) -> None:
    what = _what(flower)
    carried = _situation(network, petal, sepal, flower)
    pages = (("Explore", "", ":material/drag_pan:"), ("Step by step", "derive", ":material/stairs:"))
    with st.container(horizontal=True, gap="small"):
        for title, page, icon in pages:
            st.button(f"Open {what} in {title}", icon=icon, key=f"open_{page}", on_click=session.visit,
                      args=(page, carried), disabled=not session.permits(carried))  # fmt: skip


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
    seed, trained = _number(SEED), _number(TRAINED)
    flower, petal, sepal = _chosen()
    network = _network(seed, trained)
    now = _situation(network, petal, sepal, flower)
    weight = _weight(session.setting(WEIGHT)) or (0, 0)
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
            _training(seed), network, seed, trained, flower, (petal, sepal), weight
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
    resets=("flower", "at", "seed", "trained", "weight"),
    first_part="iris",
    draw=draw,
    # This page has its own classes and raw outputs, so it does not show the shared situation.
    has_situation=False,
    alone=_ALONE,
    takeaway=_take_away,
)

if __name__ == "__main__":
    leave_folder_mode()
