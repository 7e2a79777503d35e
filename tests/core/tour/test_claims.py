"""What the tour says is true: every claim in its words that can be computed, for the scene's situation."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, strategies as st

from core.derivatives import jacobian
from core.descent import descend
from core.loss import cross_entropy, cross_entropy_gradient, one_hot, squared_error_gradient
from core.softmax import softmax
from core.tour.facts import PUSHED, TRUE, Facts, Seen
from core.tour.scenes import RATE, find
from core.tour.tasks import Choose, Do
from core.tour.words import WORDS

Z = np.array(find("outputs").situation.z)
P = softmax(Z)
J = jacobian(Z)
Y = one_hot(TRUE, 3)
raw_outputs = st.lists(st.floats(-50, 50), min_size=3, max_size=3)


def reply(key: str, seen: Seen) -> str:
    """What is said once the task of a scene is done or answered."""
    task = WORDS[key].task
    if isinstance(task, Do):
        return task.reply.format_map(Facts(seen))
    assert isinstance(task, Choose)
    return next(option.reply for option in task.options if option.right).format_map(Facts(seen))


def test_raw_outputs_may_be_negative_and_add_up_to_nothing_in_particular() -> None:
    assert min(Z) < 0
    assert round(sum(Z), 2) == 1.26
    now = find("outputs").situation.with_value(PUSHED, 1.5)
    assert "with 1.50 against 1.43" in reply("outputs", Seen(now, now))


def test_one_more_multiplies_an_exponential_by_e_and_only_one_of_1_582_grows_by_e() -> None:
    np.testing.assert_allclose(np.exp(Z + 1), np.e * np.exp(Z))
    assert round(float(np.e), 3) == 2.718
    assert round(float(np.e / (np.e - 1)), 3) == 1.582
    # The second derivative is positive, so it grows faster and faster.
    assert (np.exp(Z) > 0).all()
    assert "only an exponential of 1.582" in str(WORDS["exponentials"].task).lower()


@given(raw_outputs, st.floats(-20, 20))
def test_the_same_added_to_all_raw_outputs_changes_no_share(z: list[float], by: float) -> None:
    np.testing.assert_allclose(softmax(np.array(z) + by), softmax(z), rtol=1e-12)


@given(raw_outputs)
def test_probabilities_are_shares_of_one_sum(z: list[float]) -> None:
    shares = np.exp(z) / np.exp(z).sum()
    np.testing.assert_allclose(shares, softmax(z), rtol=1e-12)
    assert abs(float(softmax(z).sum()) - 1) < 1e-12


@given(st.floats(1, 40))
def test_whoever_has_more_pays_more_for_a_push_and_together_they_pay_what_was_gained(by: float) -> None:
    start = find("push").situation
    now = start.with_value(PUSHED, start.z[PUSHED] + by)
    change = softmax(now.z) - softmax(start.z)
    assert change[0] < change[1] < 0 < change[PUSHED]
    assert abs(change.sum()) < 1e-15
    said = reply("push", Seen(start, now))
    assert all(f"{abs(part):.3f}" in said for part in change)


def test_a_push_is_told_apart_from_what_was_done_before() -> None:
    start = find("push").situation
    now = start.with_z((0.0, 1.0, 2.0))
    pushed = softmax((0.0, 1.0, 2.0)) - softmax((0.0, 1.0, start.z[PUSHED]))
    assert Facts(Seen(start, now))["moved1"] == f"{-pushed[1]:.3f}"


def test_the_slope_is_negative_and_as_large_as_it_is_said_to_be() -> None:
    assert round(float(J[0, PUSHED]), 3) == -0.141
    seen = Seen(find("slope").situation, find("slope").situation)
    assert "tangent is −0.141" in reply("slope", seen)
    assert "loses 0.141 times" in reply("slope", seen)


def test_the_two_formulas_give_all_nine_derivatives_with_the_signs_that_are_said() -> None:
    np.testing.assert_allclose(J, np.diag(P * (1 - P)) - (np.outer(P, P) - np.diag(P * P)), atol=1e-15)
    assert (np.diag(J) > 0).all()
    assert (J[~np.eye(3, dtype=bool)] < 0).all()


def test_the_quotient_rule_leaves_minus_f_times_g_prime() -> None:
    f, g, of_f, of_g = np.exp(Z[0]), np.exp(Z).sum(), 0.0, np.exp(Z[PUSHED])
    quotient = (of_f * g - f * of_g) / g**2
    np.testing.assert_allclose([quotient, -P[0] * P[PUSHED]], J[0, PUSHED], rtol=1e-14)
    # For its own raw output, f' is f, and so is g'.
    np.testing.assert_allclose([(f * g - f * f) / g**2, P[0] - P[0] ** 2], J[0, 0], rtol=1e-14)


@given(raw_outputs)
def test_columns_and_rows_sum_to_0_and_the_jacobian_is_symmetric(z: list[float]) -> None:
    found = jacobian(z)
    np.testing.assert_allclose(found.sum(0), 0, atol=1e-15)
    np.testing.assert_allclose(found.sum(1), 0, atol=1e-15)
    np.testing.assert_array_equal(found, found.T)


def test_two_of_three_rows_are_independent_and_none_is_a_multiple_of_another() -> None:
    assert np.linalg.matrix_rank(J, tol=1e-12) == 2
    np.testing.assert_allclose(-(J[0] + J[1]), J[2], atol=1e-15)
    signs = {tuple(np.sign(row).tolist()) for row in [*J, *-J]}
    assert len(signs) == 6


@given(raw_outputs)
def test_no_derivative_is_larger_than_a_quarter(z: list[float]) -> None:
    assert np.abs(jacobian(z)).max() <= 0.25 * (1 + 1e-15)


def test_the_peak_is_reached_only_where_p_is_about_one_half() -> None:
    task = WORDS["peak"].task
    assert isinstance(task, Do)
    start = find("peak").situation
    steps = np.arange(-5, 5, 0.01)
    found = [z for z in steps if task.done(Seen(start, start.with_value(0, z)))]
    p = [softmax(start.with_value(0, z).z)[0] for z in found]
    # A finger can find it: it is wider than a pixel of the track, which has 0.03 of a raw output.
    assert max(found) - min(found) > 0.2
    assert max(abs(value - 0.5) for value in p) < 0.071


def test_the_loss_is_the_negative_logarithm_of_the_true_class_and_starts_above_the_goal() -> None:
    now = find("loss").situation
    assert f"{softmax(now.z)[TRUE]:.3f}" == "0.110"
    assert float(cross_entropy(now.z, Y)) > 1
    assert abs(float(cross_entropy((0, 50, 0), Y))) < 1e-20
    assert float(cross_entropy((50, -50, 0), Y)) > 99
    done = now.with_value(1, 1.2)
    p, loss = softmax(done.z)[TRUE], float(cross_entropy(done.z, Y))
    assert f"You gave versicolor {p:.3f}, and the loss was {loss:.3f}" in reply("loss", Seen(now, done))
    # One bar alone may not do.
    for k in (0, 2):
        assert float(cross_entropy(now.with_value(k, -50).z, Y)) > 1


@given(raw_outputs)
def test_one_product_of_the_chain_rule_is_left_and_the_probability_cancels(z: Sequence[float]) -> None:
    p, j = softmax(z), jacobian(z)
    if p[TRUE] < 1e-200:
        return
    chain = [float(sum(-Y[k] / p[k] * j[k, m] for k in range(3) if Y[k])) for m in range(3)]
    np.testing.assert_allclose(chain, p - Y, rtol=1e-9, atol=1e-15)
    assert abs(-1 / p[TRUE] * (-p[TRUE] * p[0]) - p[0]) < 1e-12
    assert abs(-1 / p[TRUE] * p[TRUE] * (1 - p[TRUE]) - (p[TRUE] - 1)) < 1e-12


def test_a_step_moves_every_raw_output_by_minus_p_minus_y_and_lowers_the_loss() -> None:
    now = find("step").situation
    after = descend(now.z, Y, RATE, 1).z[-1]
    np.testing.assert_allclose(after - np.array(now.z), -(P - Y), rtol=1e-12)
    assert RATE == 1
    then = now.with_z(after.tolist())
    before, loss = float(cross_entropy(now.z, Y)), float(cross_entropy(then.z, Y))
    assert loss < before
    said = reply("step", Seen(now, then, 1))
    assert f"fell from {before:.3f} to {loss:.3f}" in said
    # A descent may begin elsewhere than the scene.
    assert "fell from 1.099 to" in reply("step", Seen(now, then, 1, descent=now.with_z((0, 0, 0))))
    assert after[TRUE] > now.z[TRUE]
    assert (np.delete(after, TRUE) < np.delete(np.array(now.z), TRUE)).all()


def test_sure_and_wrong_squared_error_hardly_pushes() -> None:
    now = find("stuck").situation
    assert f"{softmax(now.z)[0]:.3f}" == "0.982"
    said = reply("stuck", Seen(now, now))
    assert "is −1.000, that of squared error only −0.001" in said
    # It is about the start of the scene, wherever the bars are later.
    assert reply("stuck", Seen(now, now.with_value(TRUE, 5.0))) == said
    assert np.abs(jacobian(now.z)[TRUE]).max() < 0.001


@given(raw_outputs)
def test_cross_entropy_pushes_at_least_twice_as_hard_wherever_the_bars_are(z: list[float]) -> None:
    hard, soft = (abs(float(of(z, Y)[TRUE])) for of in (cross_entropy_gradient, squared_error_gradient))
    assert hard >= 2 * soft * (1 - 1e-12)


@given(raw_outputs)
def test_what_the_others_have_too_much_is_what_the_true_class_lacks(z: list[float]) -> None:
    excess = cross_entropy_gradient(z, Y)
    assert (np.delete(excess, TRUE) >= 0).all()
    assert excess[TRUE] <= 0
    assert abs(excess.sum()) < 1e-15


def test_the_last_scene_says_the_numbers_of_p_minus_y() -> None:
    now = find("meaning").situation
    seen = Seen(now, now)
    assert "0.110 − 1. Setosa has 0.684 too much and virginica 0.206" in reply("meaning", seen)
    task = WORDS["meaning"].task
    assert isinstance(task, Choose)
    assert (
        next(option for option in task.options if option.right)
        .label.format_map(Facts(seen))
        .startswith("0.890")
    )
