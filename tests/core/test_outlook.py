"""What is said of a confidently wrong start is what descent does from it."""

import numpy as np
import pytest

from core.descent import LOSSES, Loss, descend
from core.loss import cross_entropy_gradient, one_hot, squared_error_gradient
from core.outlook import confidently_wrong, outlook
from core.situation.scenario import Scenario

WRONG = [0.0, -4.0, 4.0]


def test_from_a_sure_and_wrong_start_cross_entropy_gets_out_and_squared_error_is_stuck() -> None:
    target = one_hot(1, 3)
    quick = outlook(descend(WRONG, target, 1, 40), target, 1, "cross-entropy")
    assert quick.gradient == cross_entropy_gradient(WRONG, target)[1] < -0.999
    assert quick.leads_after == 5
    assert not quick.stuck
    slow = outlook(descend(WRONG, target, 1, 40, 1, "squared error"), target, 1, "squared error")
    assert slow.gradient == squared_error_gradient(WRONG, target)[1]
    assert -0.001 < slow.gradient < 0
    assert (slow.leads_after, slow.steps, slow.stuck) == (None, 40, True)


@pytest.mark.parametrize("loss", list(LOSSES))
def test_the_true_class_leads_after_that_step_and_not_before(loss: Loss) -> None:
    target = one_hot(1, 3)
    for rate in (0.1, 1.0, 5.0):
        path = descend(WRONG, target, rate, 40, 1, loss)
        found = outlook(path, target, 1, loss)
        leads = [int(np.argmax(z)) == 1 for z in path.z]
        assert found.leads_after == (leads.index(True) if any(leads) else None)


def test_only_a_class_that_is_nearly_given_up_for_another_is_confidently_wrong() -> None:
    assert confidently_wrong(WRONG, 1)
    assert not confidently_wrong(WRONG, 2)
    assert not confidently_wrong(Scenario().z, 1)
    assert not confidently_wrong(WRONG, 1, temperature=8)
    # Among ten equals, each has little, but none has more than a half.
    assert not confidently_wrong([0.0] * 9 + [-2], 9)


def test_a_class_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="true is 3"):
        confidently_wrong(WRONG, 3)
