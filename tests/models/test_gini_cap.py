"""`gini_cap`: the Gini coefficient of coverage over people stays within a cap."""

from random import Random

import pytest

from models.evenness import PAIRED, PARTS, UNEVENNESS_ERROR, is_paired
from models.instance import Instance
from models.measures.equity import equity
from models.plan import Plan
from models.records import Input
from models.verifier import verify
from tests.models.evaluation import judge, optimal_plan, optimum, rows_of
from tests.models.evenness import bookkeeping
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_entries, with_option, with_policy, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# A thousand people in alder and in birch, two thousand in cedar; from 2028 on the Gini coefficient is at most 1/4.
PEOPLE = with_county(tiny_instance(["alder", "birch", "cedar"], years=2), "cedar", population=2_000)
EXAMPLE = with_policy(PEOPLE, gini_cap=0.25, gini_cap_from=2028)
# In 2028 they are covered by 0.6, 0.2 and 0.8. Pairs of them differ by 0.4 (a chance of 1/16, twice over), 0.2 and 0.6
# (2/16, twice over): unevenness (0.4 + 0.4 + 1.2) / 16 = 0.125, mean 0.6, and the Gini coefficient 0.125 / 0.6.
PLAN = a_plan(
    ship={
        ("alder", "alder", "food", 2028): 6,
        ("birch", "birch", "food", 2028): 2,
        ("cedar", "cedar", "food", 2028): 8,
    },
    imports={
        ("alder", "food", 2027): 10,
        ("birch", "food", 2027): 10,
        ("cedar", "food", 2027): 10,
        ("alder", "food", 2028): 4,
        ("birch", "food", 2028): 8,
        ("cedar", "food", 2028): 2,
    },
)
# All of alder is covered: (0.8 + 0.2 * 2 + 0.6 * 2) / 16 = 0.15, mean 0.7.
MORE = changed(PLAN, ship={("alder", "alder", "food", 2028): 10}, imports={("alder", "food", 2028): 0})


def judged(instance: Instance, plan: Plan) -> tuple[list[str], list[tuple[str | int, ...]]]:
    return judge("gini_cap", instance, plan, **bookkeeping(instance, plan))


def gini_of(instance: Instance, plan: Plan, year: int = 2028) -> float | None:
    """As the report has it."""
    return next(found.gini for found in equity(instance, plan) if found.year == year and found.good == "")


def test_golden() -> None:
    assert rendered("gini_cap", EXAMPLE) == stored("gini_cap")


def test_obeys() -> None:
    assert gini_of(EXAMPLE, PLAN) == pytest.approx(0.125 / 0.6)
    for cap in (0.25, 0.125 / 0.6 + 1e-6):
        assert judged(with_policy(EXAMPLE, gini_cap=cap), PLAN) == ([], [])
    assert judged(with_policy(EXAMPLE, gini_cap=0.15 / 0.7 + 1e-6), MORE) == ([], [])


@pytest.mark.parametrize(("plan", "gini"), [(PLAN, 0.125 / 0.6), (MORE, 0.15 / 0.7)])
def test_breaks_by_a_lower_cap(plan: Plan, gini: float) -> None:
    assert judged(with_policy(EXAMPLE, gini_cap=gini - 1e-5), plan) == (["gini_cap.2028"], [(2028,)])


def test_obeys_where_nobody_is_served() -> None:
    none = changed(PLAN, ship=dict.fromkeys(PLAN.ship), imports=dict.fromkeys(EXAMPLE.demand, 10))
    assert gini_of(EXAMPLE, none) is None
    assert judged(with_policy(EXAMPLE, gini_cap=0), none) == ([], [])


def test_breaks_from_its_year_on() -> None:
    # In 2027 only alder is served.
    first = changed(PLAN, ship={("alder", "alder", "food", 2027): 10}, imports={("alder", "food", 2027): 0})
    assert judged(EXAMPLE, first) == ([], [])
    assert judged(with_policy(EXAMPLE, gini_cap_from=0), first) == (["gini_cap.2027"], [(2027,)])


def test_no_row_without_a_cap() -> None:
    assert rows_of("gini_cap", with_policy(EXAMPLE, gini_cap=1)) == []


def test_no_row_where_nobody_lives_or_wants_anything() -> None:
    empty = EXAMPLE
    for county in EXAMPLE.counties:
        empty = with_county(empty, county, population=0)
    assert rows_of("gini_cap", empty) == []
    assert judged(empty, PLAN) == ([], [])
    assert rows_of("gini_cap", with_entries(EXAMPLE, "demand", dict.fromkeys(EXAMPLE.demand, 0))) == []


def test_breaks_by_imports_beyond_what_people_want_where_plants_use_it_too() -> None:
    # Imports of 12 t for the 10 that people want: the plants of birch would take 2 t of it.
    used = with_entries(EXAMPLE, "inputs", {"flour": Input("flour", "Flour", 1, 2, good="food")})
    taking = changed(
        PLAN,
        ship={("birch", "birch", "food", 2028): None},
        imports={("birch", "food", 2028): 12},
        made_input={("birch", "flour", 2028): 2},
    )
    _, clause = judge("gini_cap", with_policy(used, gini_cap=0.99), taking)
    assert clause == [("birch", "food", 2028)]
    assert judge("gini_cap", with_policy(EXAMPLE, gini_cap=0.99), taking).clause == []


@pytest.mark.parametrize(("cap", "cost"), [(0.5, 130), (0.3, 155), (0.25, 130 + 100 / 3), (0, 200)])
def test_effect(cap: float, cost: float) -> None:
    # A mill in alder for 30, and 100 of imports in birch: unevenness 1/4 of a mean of 1/2. If birch makes a part b of
    # its 10 t, for 20 a tonne, the Gini coefficient is (1 - b) / 4 over (1 + b) / 2, which is no more than the cap from
    # b = (1 - 2 cap) / (1 + 2 cap) on: a quarter for 0.3, a third for 0.25. That costs 30 + 200 b + 100 (1 - b). With
    # no mill at all nobody is worse off than another, for 200.
    two = with_option(tiny_instance(["alder", "birch"]), "birch", "mill", investment=0, variable_cost=20)
    even = with_policy(two, gini_cap=cap)
    assert optimum(even) == pytest.approx(cost)
    assert optimum(even, without="gini_cap") == pytest.approx(130)


def test_effect_on_where_plants_are_built() -> None:
    # Mills pay in alder only; served alike, both have one: 30 + 120 is less than to import all.
    two = with_option(tiny_instance(["alder", "birch"]), "birch", "mill", investment=120)
    assert optimum(with_policy(two, gini_cap=0.1)) == pytest.approx(150)
    assert optimum(with_policy(two, gini_cap=0.1), without="gini_cap") == pytest.approx(130)


def many(seed: int, counties: int = PAIRED + 6, investment: float = 30) -> Instance:
    """More counties than are compared by pairs, of random size, each with a mill that some cannot have, and money for a
    third of them where mills cost 30."""
    draw = Random(f"many {seed}")
    codes = [f"c{number}" for number in range(counties)]
    found = tiny_instance(codes, central_funds={2027: 30 * counties / 3})
    for code in codes:
        found = with_county(found, code, population=draw.choice([500, 1_000, 4_000, 9_000]), local_funds=0)
        found = with_option(found, code, "mill", investment=investment, variable_cost=draw.choice([0, 2, 12]))
    barred = [(code, "mill") for code in codes if draw.random() < 0.2]
    return without_entries(found, "options", *barred)


def test_pairs_are_compared_of_few_counties_only() -> None:
    assert is_paired(many(0, PAIRED), 2027)
    assert not is_paired(many(0, PAIRED + 1), 2027)


@pytest.mark.parametrize("seed", range(4))
def test_obeys_and_is_never_stricter_than_the_error(seed: int) -> None:
    """Random plans: the rows let pass what keeps the cap but for the error, and nothing that breaks it."""
    draw, case = Random(seed), many(seed)
    covered = {code: draw.choice([0.0, draw.random(), 1.0]) for code in case.counties}
    plan = a_plan(
        ship={(code, code, "food", 2027): 10 * part for code, part in covered.items()},
        imports={(code, "food", 2027): 10 * (1 - part) for code, part in covered.items()},
    )
    gini = gini_of(case, plan, 2027)
    assert gini is not None
    mean = sum(case.counties[code].population * part for code, part in covered.items()) / sum(
        county.population for county in case.counties.values()
    )
    error = UNEVENNESS_ERROR * (max(covered.values()) - min(covered.values())) / mean
    below = with_policy(case, gini_cap=gini - 1e-6)
    assert judged(below, plan)[0] == ["gini_cap.2027"]
    assert judged(with_policy(case, gini_cap=gini + error + 1e-9), plan) == ([], [])
    # The lines through points of the Lorenz curve lie above it.
    known = bookkeeping(with_policy(case, gini_cap=0.5), plan)
    assert gini * mean - error * mean - 1e-9 <= known["unevenness"][2027,] <= gini * mean + 1e-9


@pytest.mark.parametrize("seed", range(2))
def test_effect_with_many_counties(seed: int) -> None:
    """The best plan keeps the cap by the verifier's and the report's reckoning, and costs no more than by pairs with a
    cap lower by the error."""
    case = many(seed, investment=0)
    free, widest = optimal_plan(with_policy(case, uncovered_cap=1e9))
    assert widest is not None
    before = gini_of(case, widest, 2027)
    assert before is not None
    capped = with_policy(case, gini_cap=0.6 * before)
    least, plan = optimal_plan(capped)
    assert plan is not None
    assert verify(capped, plan, 1e-5) == ()
    after = gini_of(case, plan, 2027)
    assert after is None or after <= 0.6 * before + 1e-4
    assert least > free


def test_golden_of_many_has_a_row_a_part() -> None:
    rows = rows_of("unevenness", with_policy(many(0), gini_cap=0.5))
    counties = PAIRED + 6
    assert len(rows) == counties + (PARTS - 1) * counties + 1
