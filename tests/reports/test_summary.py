"""The summary where every mechanism is used, and under objectives other than least cost."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from models.instance import Instance
from models.plan import Result, Status
from models.records import Objective
from reports.summary import AIMS, facts, status_sentence
from tests.models.measures.programme import programme
from tests.reports.example import build_instance, build_result
from tests.reports.programme_result import programme_result

INSTANCE = programme()
RESULT = programme_result()


def fact(figure: str, instance: Instance = INSTANCE, result: Result = RESULT) -> tuple[Any, str]:
    (found,) = [fact for fact in facts(instance, result) if fact.figure == figure]
    return found.value, found.detail


def aiming_at(objective: Objective, **changes: Any) -> Instance:
    return replace(INSTANCE, policy=replace(INSTANCE.policy, objective=objective, **changes))


def test_means_with_donors() -> None:
    assert fact("Donations") == (20, "5.0% of all")
    # 355 of 400; labour 54 of 59.
    assert fact("Central funds") == (355, "88.8% of all")
    assert fact("Central labour") == (54, "91.5% of the two")
    assert fact("Support bases") == (1, "North 2030")


def test_package_items() -> None:
    value, detail = fact("Cost of package items")
    assert value == 60
    # 4 person-years of 25.
    assert detail == "their means would have built 0.2 average new plants of the plan"


def test_how_people_are_served() -> None:
    assert fact("Gini coefficient")[0] == pytest.approx(2 / 15)
    assert fact("Least covered county") == (0.5, "Alder, North; 2 counties have no more")
    assert fact("Least covered province") == (pytest.approx(0.5), "South; best covered: North with 75.0%")


def test_how_industry_is_spread() -> None:
    assert fact("Counties with new plants") == (3, "100.0% of all counties")
    assert fact("Largest share of a province") == (1, "North, of the new capacity for Cloth")
    value, detail = fact("Coverage left without the worst province")
    assert (value, detail) == (pytest.approx(0.1), "North; with its plants 60.0%, mean of goods in 2031")


def test_where_goods_and_raw_materials_come_from() -> None:
    # Own: alder 20 of cloth, birch and cedar 10 of suits each; used: 100 + 10 and 50.
    assert fact("Made in the county that uses it")[0] == pytest.approx(40 / 160)
    value, detail = fact("Mean haul of goods")
    assert value == pytest.approx(1700 / 100)
    assert "1,700 t km/yr; 28 km for what leaves its county" in detail
    own = (pytest.approx(40 / 140), "by value; 25% asked for in the nation")
    assert fact("Raw materials of the county itself") == own
    value, detail = fact("Own raw materials where plants are")
    assert value == 0.25
    assert detail.endswith("counties without: 100.0%")


def test_industry_and_labour() -> None:
    assert fact("Workers drawn from markets") == (15, "product lost there: 20 crowns/yr")
    assert fact("Output of existing industry") == (10, "20 t/yr without the plan; 10 crowded out")


def test_counties_and_the_centre() -> None:
    value, detail = fact("Remitted to the centre")
    assert value == 240
    assert detail.startswith("96.0% of what counties owe; 120 of it")
    assert fact("Counties unable to remit in full") == (1, "most in 2030: 1 of 3 counties")
    assert fact("Owed and not paid") == (10, "")
    assert fact("Subsidies of the centre")[0] == 65


def test_what_is_not_used_is_said() -> None:
    figures = [fact.figure for fact in facts(INSTANCE, RESULT)]
    assert "Not in use" not in figures
    _, detail = fact("Not in use", build_instance(), build_result())
    unused = "budgets of counties, quotas and stipends, donations, support bases, goods as raw material of others"
    assert detail == f"{unused}: the workbook leaves them off"


def test_every_objective_has_words() -> None:
    assert set(AIMS) == set(get_args(Objective))


@pytest.mark.parametrize("objective", get_args(Objective))
@pytest.mark.parametrize("gap", [None, 0.0, 0.0125])
def test_status_sentence_never_says_more_than_is_proven(objective: Objective, gap: float | None) -> None:
    sentence = status_sentence(replace(RESULT, gap=gap), objective)
    assert ("proven that no plan" in sentence) == (gap == 0.0)
    assert ("not known" in sentence) == (gap is None)
    assert ("1.25%" in sentence) == (gap == 0.0125)


def test_other_objective() -> None:
    instance = aiming_at("greatest coverage", objective_from=2031)
    result = replace(RESULT, objective=8000.0, bound=7900.0, gap=0.0125)
    assert fact("People not covered", instance, result)[0] == 8000
    units = {fact.figure: fact.unit.name(instance) for fact in facts(instance, result)}
    assert (units["People not covered"], units["Proven bound"]) == ("person-years", "person-years")
    # The cost is the sum of its terms, whatever the objective.
    assert fact("Cost of the plan", instance, result)[0] == pytest.approx(sum(c.amount for c in RESULT.charges))
    assert "greatest coverage, from 2031 on" in fact("Objective", instance, result)[1]
    assert "cost" not in status_sentence(result, "greatest coverage")


def test_objective_over_all_years_names_none() -> None:
    _, detail = fact("Objective", aiming_at("greatest least coverage", objective_from=2030), RESULT)
    assert "from" not in detail
    assert "Objective" not in [fact.figure for fact in facts(INSTANCE, RESULT)]


def test_other_objective_without_a_plan() -> None:
    result = Result(Status.NO_PLAN, None, None, None, None, 2.0, "HiGHS", (), ())
    figures = [fact.figure for fact in facts(aiming_at("least central funds"), result)]
    assert figures[:4] == ["Status", "Objective", "Proven bound", "Time of solving"]
