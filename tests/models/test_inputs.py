"""`inputs`: raw materials of what is made are the county's own, as far as it has them, or bought."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_design
from tests.models.tiny_instance import a_plan, tiny_instance

# 1.5 t of grain for a tonne of food; alder has 9 t/yr of its own at 1, birch buys all at 2.
TWO = tiny_instance(["alder", "birch"], input_supply={("alder", "grain"): 9})
EXAMPLE = with_design(TWO, "mill", inputs={"grain": 1.5})
PLAN = a_plan(
    produce={("alder", "mill", 2027): 10, ("birch", "mill", 2027): 2},
    local_input={("alder", "grain", 2027): 9},
    bought_input={("alder", "grain", 2027): 6, ("birch", "grain", 2027): 3},
)


def test_golden() -> None:
    assert rendered("inputs", EXAMPLE) == stored("inputs")


def test_obeys() -> None:
    assert judge("inputs", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize(("county", "bought"), [("alder", 5.9), ("alder", 6.1), ("birch", 2.9), ("birch", 3.1)])
def test_breaks_by_too_little_or_too_much(county: str, bought: float) -> None:
    other = changed(PLAN, bought_input={(county, "grain", 2027): bought})
    assert judge("inputs", EXAMPLE, other) == ([f"inputs.{county}.grain.2027"], [(county, "grain", 2027)])


def test_breaks_by_more_than_the_county_has() -> None:
    more = changed(PLAN, local_input={("alder", "grain", 2027): 9.1}, bought_input={("alder", "grain", 2027): 5.9})
    assert judge("inputs", EXAMPLE, more) == (["inputs.alder.grain.2027.local"], [("alder", "grain", 2027)])


def test_effect() -> None:
    # A plant for 30, 9 t of grain at 1 and 6 t at 2, 51 in all; without the rule no grain is needed.
    one = with_design(tiny_instance(input_supply={("alder", "grain"): 9}), "mill", inputs={"grain": 1.5})
    assert optimum(one) == pytest.approx(51)
    assert optimum(one, without="inputs") == pytest.approx(30)
