"""What each stage proves and finds lies around the best plan."""

import pytest

from benchmarks.gap_by_stage import Step, main, steps, table
from benchmarks.instances import instance_of


def test_bounds_below_and_plans_above() -> None:
    found = steps(instance_of("6x2x2x2t1s1"), 20.0)
    plans = [step.value for step in found if step.is_plan and step.value is not None]
    bounds = [step.value for step in found if not step.is_plan and step.value is not None]
    assert len(plans) == 2
    assert len(bounds) == 7
    assert max(bounds) <= min(plans) * (1 + 1e-6)
    of_stages = bounds[:-1]
    assert of_stages == sorted(of_stages)


def test_table() -> None:
    told = table([Step("below", 98.0, False, 1.0), Step("plan", 101.0, True, 2.0), Step("best", 100.0, True, 3.0)])
    assert "| below | -2.00 | 1 |" in told
    assert "| plan | +1.00 | 2 |" in told
    assert "| best | +0.00 | 3 |" in told


def test_no_plan_and_no_such_instance(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="no plan"):
        table([Step("below", 98.0, False, 1.0)])
    with pytest.raises(SystemExit, match="2"):
        main(["nonsense"])
    assert "nonsense" in capsys.readouterr().err
