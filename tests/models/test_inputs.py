"""`inputs`: raw materials of what is made are the county's own, as far as it has them, bought, or goods."""

import pytest

from models.records import Input
from tests.models.evaluation import judge, optimum, without_column
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import altered, changed, with_design, with_entries, with_good, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# 1.5 t of grain for a tonne of food; alder has 9 t/yr of its own at 1, birch buys all at 2. Sacks may be cloth.
SACKS = {"sacks": Input("sacks", "Sacks", local_price=1, bought_price=50, good="cloth")}
BOTH = tiny_instance(["alder", "birch"], goods=["food", "cloth"], input_supply={("alder", "grain"): 9})
EXAMPLE = with_design(with_entries(BOTH, "inputs", SACKS), "mill", inputs={"grain": 1.5, "sacks": 0.1})
PLAN = a_plan(
    produce={("alder", "mill", 2027): 10, ("birch", "mill", 2027): 2},
    local_input={("alder", "grain", 2027): 9},
    bought_input={
        ("alder", "grain", 2027): 6,
        ("birch", "grain", 2027): 3,
        ("alder", "sacks", 2027): 0.75,
        ("birch", "sacks", 2027): 0.2,
    },
    made_input={("alder", "sacks", 2027): 0.25},
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


@pytest.mark.parametrize(("county", "made"), [("alder", 0.2), ("alder", 0.3), ("birch", 0.1)])
def test_breaks_by_too_little_or_too_much_that_is_made(county: str, made: float) -> None:
    other = changed(PLAN, made_input={(county, "sacks", 2027): made})
    assert judge("inputs", EXAMPLE, other) == ([f"inputs.{county}.sacks.2027"], [(county, "sacks", 2027)])


def test_breaks_by_what_is_no_good() -> None:
    # The rule has no column for it, so that the 2 t are missing.
    other = changed(PLAN, bought_input={("birch", "grain", 2027): 1}, made_input={("birch", "grain", 2027): 2})
    assert judge("inputs", EXAMPLE, other).clause == [("birch", "grain", 2027)]
    assert without_column(EXAMPLE, other) == ["made_input.birch.grain.2027"]


def test_effect() -> None:
    # A plant for 30, 9 t of grain at 1 and 6 t at 2, 51 in all; without the rule no grain is needed.
    one = with_design(tiny_instance(input_supply={("alder", "grain"): 9}), "mill", inputs={"grain": 1.5})
    assert optimum(one) == pytest.approx(51)
    assert optimum(one, without="inputs") == pytest.approx(30)


def test_effect_of_what_is_made() -> None:
    # Cloth is wanted by the mill alone, a tonne a tonne, and can be imported for 6: 30 + 60. The loom's is cheaper, 60
    # in all, and bought sacks dearer. Without the rule a mill is enough.
    one = with_entries(tiny_instance(goods=["food", "cloth"]), "inputs", SACKS)
    milled = with_entries(with_design(one, "mill", inputs={"sacks": 1}), "demand", {("alder", "cloth", 2027): 0.0})
    carried = with_good(milled, "cloth", import_price=6)
    assert optimum(carried) == pytest.approx(60)
    assert optimum(without_entries(carried, "options", ("alder", "loom"))) == pytest.approx(90)
    assert optimum(altered(carried, "inputs", "sacks", bought_price=2)) == pytest.approx(50)
    assert optimum(carried, without="inputs") == pytest.approx(30)
