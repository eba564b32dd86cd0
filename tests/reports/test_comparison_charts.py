"""Charts of a comparison: their figures agree with the plans, and every drawing is valid."""

import pytest

from reports.charts.comparison.pictures import COMPARISON_PICTURES, comparison_pictures
from reports.charts.comparison.sides import looks
from reports.charts.comparison.supply import tonnes_by_source
from reports.charts.comparison.waterfall import changes
from reports.charts.drawing import svg
from reports.charts.picture import NARROW, WIDE, Layout
from reports.charts.style import PAGE
from reports.comparison.measured import costs_by_term, its_plan
from tests.reports.comparing import compared, comparison
from tests.reports.comparison_pages import COMPARISONS, example, placed


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", COMPARISONS)
def test_every_chart_is_valid(name: str, layout: Layout) -> None:
    for picture in comparison_pictures(COMPARISONS[name]()).values():
        specification = picture.draw(PAGE, layout).to_dict(validate=True)
        assert specification
        assert picture.reading.endswith((".", ". "))


def test_example_has_every_chart() -> None:
    assert list(comparison_pictures(example())) == [function.__name__ for function in COMPARISON_PICTURES]


def test_no_plan_is_no_chart_but_bounds() -> None:
    assert comparison_pictures(COMPARISONS["no plans"]()) == {}


def test_waterfall_goes_from_the_whole_cost_to_the_other() -> None:
    told = example()
    for other in told.others[:2]:
        moved = changes(told.base, other)
        before, after = (sum(costs_by_term(one).values()) for one in (told.base, other))
        assert sum(moved.values()) == pytest.approx(after - before)
    picture = comparison_pictures(told)["cost_waterfall"]
    drawn = svg(picture, WIDE)
    assert f"{sum(costs_by_term(told.base).values()):,.0f}" in drawn
    assert "never (no plan: infeasible)" in picture.reading


def test_the_same_plan_moves_no_term() -> None:
    told = comparison(compared("one", placed()), compared("two", placed()))
    assert changes(told.base, told.others[0]) == {}
    assert "source_changes" not in comparison_pictures(told)


def test_supply_by_source_adds_up_to_what_is_used() -> None:
    one = example().base
    plan, year = its_plan(one), one.instance.last_year
    found = tonnes_by_source(one.instance, plan, year)
    for good in one.instance.goods:
        arrived = sum(tonnes for (_, _, made, when), tonnes in plan.ship.items() if (made, when) == (good, year))
        bought = sum(tonnes for (_, made, when), tonnes in plan.imports.items() if (made, when) == (good, year))
        lacking = sum(tonnes for (_, made, when), tonnes in plan.shortage.items() if (made, when) == (good, year))
        total = sum(tonnes for (made, _), tonnes in found.items() if made == good)
        assert total == pytest.approx(arrived + bought + lacking)


def test_a_variant_looks_the_same_in_every_chart() -> None:
    told = example()
    every = looks(told, PAGE, ["first", "second", "third"])
    assert looks(told, PAGE, ["third"]).colours == every.colours[2:]
    assert len({*zip(every.colours, every.dashes, strict=True)}) == 3
