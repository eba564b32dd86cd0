"""Near-optimal plans and what they say of picks, against every plan of an instance worked out by hand."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

import optimizer.rank
import optimizer.rank.plans
from models.instance import Instance
from models.records import NO_LIMIT
from models.verifier import verify
from optimizer.alternatives_held import joining_years, must_join
from optimizer.forced_choices import choice_bounds
from optimizer.no_plan import NoPlan
from optimizer.rank import rank
from optimizer.rank.plans import Sampling, choices_of
from optimizer.rank.worth import first_chance
from optimizer.runs import RunPool
from optimizer.swaps import swap_values
from reports.assessment import Depth, Span
from reports.ranking import Ranking, Standing, standings
from reports.ranking_tables import frames
from tests.models.small_instance import small_instance, with_policy
from tests.models.tiny_instance import option, tiny_instance
from tests.optimizer.assessed_instance import assessed_instance, every_plan
from tests.optimizer.solving import EXACTLY


def ranked(
    instance: Instance, within: float = 0.0, plans: int = 10, seed: int = 0, depth: Depth = "none", jobs: int = 1
) -> Ranking:
    with RunPool(jobs=jobs) as pool:
        return rank(instance, EXACTLY, pool, Sampling(within, plans, seed), depth=depth)


def a_least_in_the_north(instance: Instance) -> Instance:
    """The problem in which one county of the north joins each year, and two may in 2027, while any is left."""
    north = replace(instance.provinces["north"], least_picks=1)
    return replace(
        instance, provinces={"north": north}, picks={year: 2 if year == 2027 else 1 for year in instance.years}
    )


def as_many_as_may_in_2027(instance: Instance) -> Instance:
    """The problem in which any number joins in 2027, and exactly one in each year after, while any is left."""
    picks = {year: NO_LIMIT if year == 2027 else 1 for year in instance.years}
    return with_policy(replace(instance, picks=picks), picks_exact=True)


def by_county(ranking: Ranking) -> dict[str, Standing]:
    return {standing.county: standing for standing in standings(ranking)}


class TestPlans:
    def test_none_is_missed_where_they_are_few(self) -> None:
        """Every plan within the cost that builds in each county it chooses, worked out without a solver."""
        instance = with_policy(assessed_instance(), min_plants=1)
        for within in (0.0, 0.1, 0.3):
            near = [joins for joins, cost in every_plan() if cost <= 360 * (1 + within) + 1e-6]
            found = [joining_years(plan.plan) for plan in ranked(instance, within, plans=len(near) + 5).plans]
            assert sorted(map(sorted, (joins.items() for joins in found))) == sorted(
                sorted(joins.items()) for joins in near
            )

    @pytest.mark.parametrize("seed", range(3))
    def test_each_keeps_the_rules_and_the_limit_and_differs(self, seed: int) -> None:
        instance = small_instance(decided={})
        found = ranked(instance, 0.2, plans=6, seed=seed)
        assert len(found.plans) == 6
        assert len({choices_of(near.plan) for near in found.plans}) == 6
        for near in found.plans:
            assert verify(instance, near.plan, 1e-5) == ()
            assert near.value <= found.most * (1 + 1e-6)

    def test_same_seed_same_plans(self) -> None:
        instance = small_instance(decided={})
        one, again, other = (ranked(instance, 0.2, plans=5, seed=seed) for seed in (1, 1, 2))
        assert [choices_of(near.plan) for near in one.plans] == [choices_of(near.plan) for near in again.plans]
        assert [choices_of(near.plan) for near in one.plans] != [choices_of(near.plan) for near in other.plans]

    def test_no_plan_to_begin_with(self) -> None:
        poor = with_policy(tiny_instance(central_funds={2027: 0.0}), min_plants=1, join_all=True)
        counties = {code: replace(county, local_funds=0.0) for code, county in poor.counties.items()}
        with pytest.raises(NoPlan):
            ranked(replace(poor, counties=counties))


class TestExchanges:
    """The way of large problems, on a small one."""

    @pytest.fixture(autouse=True)
    def every_problem_is_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(optimizer.rank.plans, "is_large", lambda instance: True)

    def test_exchanged_years_within_the_limit(self) -> None:
        instance = with_policy(assessed_instance(picks={2027: 2, 2028: 1}), min_plants=1, join_all=True)
        # Birch and alder or cedar first: 30 + 30 + 130 = 190; without birch first 30 + 30 + 230 = 290.
        found = ranked(instance, 0.6, plans=10)
        assert {frozenset(joining_years(near.plan).items()) for near in found.plans} == {
            frozenset({"alder": a, "birch": b, "cedar": c}.items())
            for a, b, c in ((2027, 2027, 2028), (2028, 2027, 2027), (2027, 2028, 2027))
        }
        assert {near.method for near in found.plans[1:]} == {"exchange of years"}
        assert sum(found.tried.values()) >= 2
        tighter = ranked(instance, 0.1, plans=10)
        assert {joining_years(near.plan)["birch"] for near in tighter.plans} == {2027}

    def test_decided_years_stay(self) -> None:
        instance = with_policy(
            assessed_instance(picks={2027: 2, 2028: 1}, decided={"cedar": 2028}), min_plants=1, join_all=True
        )
        assert len(ranked(instance, 1.0, plans=5).plans) == 1

    def test_same_whatever_the_number_of_workers(self) -> None:
        instance = with_policy(assessed_instance(picks={2027: 2, 2028: 1}), min_plants=1, join_all=True)
        one, two = (frames(ranked(instance, 0.6, depth="quick", jobs=jobs)) for jobs in (1, 2))
        for name, frame in one.items():
            assert frame.equals(two[name]), name


class TestStandings:
    def test_twins_are_interchangeable(self) -> None:
        found = ranked(tiny_instance(["alder", "birch"], picks={2027: 1}), depth="full")
        told = by_county(found)
        assert {standing.share for standing in told.values()} == {0.5}
        assert {standing.joining for standing in told.values()} == {"interchangeable"}
        assert {standing.timing for standing in told.values()} == {"certain"}
        for worth in found.worths.values():
            assert worth.left_out == Span(pytest.approx(0), pytest.approx(0), pytest.approx(0))

    def test_county_that_must_be_first_is_certain(self) -> None:
        found = ranked(with_policy(assessed_instance(), min_plants=1), depth="full")
        told = by_county(found)
        birch = told["birch"]
        assert (birch.joining, birch.timing, birch.usual, birch.spread) == ("certain", "certain", 2027, 0)
        assert (birch.position, birch.order) == (1.0, 1.0)
        # Without birch: 30 + 130 + 400 = 560. Alder first: 30 + 230 + 200 = 460.
        assert found.worths["birch"].left_out.found == pytest.approx(200)
        assert found.worths["birch"].left_out.least == pytest.approx(200)
        assert found.worths["birch"].first == Span(pytest.approx(0), pytest.approx(0), pytest.approx(0))
        assert found.worths["alder"].first == Span(pytest.approx(100), pytest.approx(100), pytest.approx(100))

    def test_searches_near_the_best_find_what_it_costs_at_most(self) -> None:
        found = ranked(with_policy(assessed_instance(), min_plants=1), depth="quick")
        assert found.worths["birch"].left_out == Span(pytest.approx(200), 0.0, pytest.approx(200))
        assert found.worths["alder"].first == Span(pytest.approx(100), 0.0, pytest.approx(100))

    def test_classes_agree_with_every_near_optimal_plan(self) -> None:
        instance = with_policy(assessed_instance(), min_plants=1)
        within = 0.3  # up to 468: birch first or second, alone first with nobody second too
        near = [joins for joins, cost in every_plan() if cost <= 360 * (1 + within)]
        told = by_county(ranked(instance, within, plans=len(near) + 5))
        for county, standing in told.items():
            years = [joins[county] for joins in near if county in joins]
            assert standing.share == pytest.approx(len(years) / len(near))
            assert (standing.earliest, standing.latest) == (min(years), max(years))
            assert (standing.joining == "certain") == (len(years) == len(near))

    def test_position_and_firmness_of_order(self) -> None:
        # Plans: birch then alder; birch then cedar. Places: birch 1; the second 2, the one that stays out 3.
        told = by_county(ranked(with_policy(assessed_instance(), min_plants=1)))
        assert {county: told[county].position for county in told} == {"birch": 1.0, "alder": 2.5, "cedar": 2.5}
        # Alder comes after birch in both plans, before cedar in one.
        assert told["alder"].order == pytest.approx(0.75)

    def test_what_is_built(self) -> None:
        frame = frames(ranked(with_policy(assessed_instance(), min_plants=1)))["built"]
        assert list(frame["county"]) == ["alder", "birch", "cedar"]
        assert set(frame["scale"]) == {"county"}
        assert set(frame["share"]) == {1.0}
        assert set(frame["certainty"]) == {"certain"}


class TestForcedToJoin:
    def test_by_the_rules_alone(self) -> None:
        base = assessed_instance()
        assert must_join(base) == frozenset()
        assert must_join(with_policy(base, join_all=True)) == {"alder", "birch", "cedar"}
        assert must_join(replace(base, decided={"birch": 2027})) == {"birch"}
        exact = with_policy(replace(base, picks={2027: 2, 2028: 2}), picks_exact=True)
        assert must_join(exact) == {"alder", "birch", "cedar"}

    def test_first_chance(self) -> None:
        base = assessed_instance(picks={2027: 0, 2028: 1})
        assert first_chance(base, "alder") == 2028
        assert first_chance(replace(base, decided={"alder": 2028}), "alder") is None

    def test_leaving_out_may_save_where_rules_force_it(self) -> None:
        # Both must join, which costs 30 each though a mill saves nothing: without alder it is 30 less.
        places = ["alder", "birch"]
        idle = tiny_instance(places, demand={(place, "food", 2027): 0.0 for place in places})
        forced = with_policy(idle, join_all=True, min_plants=1)
        found = ranked(forced, depth="full").worths["alder"]
        assert found.must_join
        assert found.left_out == Span(pytest.approx(-30), pytest.approx(-30), pytest.approx(-30))

    @pytest.mark.parametrize("ask", [a_least_in_the_north, as_many_as_may_in_2027])
    def test_barring_one_that_the_best_plan_does_without_may_save(self, ask: Callable[[Instance], Instance]) -> None:
        # Cedar's mill is too dear, yet while cedar is left another must wait for 2028 and import for 100 till then.
        three = tiny_instance(["alder", "birch", "cedar"], years=2)
        dear = replace(three, options={**three.options, ("cedar", "mill"): option(investment=1000.0)})
        instance = ask(with_policy(dear, min_plants=1))
        found = ranked(instance, depth="full")
        assert "cedar" not in found.joins[0]
        saved = pytest.approx(-100)
        assert found.worths["cedar"].left_out == Span(saved, saved, saved)
        # A search near the best plan finds what is saved at the least; nothing says how much more it may be.
        assert ranked(instance, depth="quick").worths["cedar"].left_out == Span(saved, None, saved)

    def test_barring_one_that_may_not_join_changes_nothing(self) -> None:
        two = tiny_instance(["alder", "birch"])
        counties = {**two.counties, "birch": replace(two.counties["birch"], eligible_from=None)}
        found = ranked(a_least_in_the_north(replace(two, counties=counties)), depth="full").worths["birch"]
        assert found.left_out == Span(pytest.approx(0), pytest.approx(0), pytest.approx(0))

    def test_proven_by_a_free_search(self) -> None:
        # Whoever joins builds, and only birch may build in the one year in which somebody must join.
        base = tiny_instance(["alder", "birch"], picks={2027: 1}, goods=["food"])
        options = {place: mill for place, mill in base.options.items() if place[0] == "birch"}
        forced = with_policy(replace(base, options=options), picks_exact=True, min_plants=1)
        worths = ranked(forced, depth="full").worths
        assert worths["birch"].must_join
        assert worths["birch"].left_out == Span(None, 0.0, None)
        assert not worths["alder"].must_join


class TestEstimates:
    """What bounds by choice say, on the instance whose every plan is known."""

    @pytest.fixture
    def found(self) -> Ranking:
        instance = with_policy(assessed_instance(), min_plants=1)
        with RunPool() as pool:
            return rank(
                instance,
                EXACTLY,
                pool,
                Sampling(0.0, 3, 0),
                depth="swap",
                estimate=partial(choice_bounds, instance, EXACTLY),
                swap=partial(swap_values, instance, EXACTLY),
            )

    def test_every_county_is_told_of_without_searches(self, found: Ranking) -> None:
        assert list(found.worths) == ["alder", "birch", "cedar"]
        birch = found.worths["birch"]
        # Without birch 560 instead of 360, of which the bound, within 1e-7 of 360, proves a part.
        assert birch.left_out.found == pytest.approx(200)
        assert birch.left_out_estimate is not None
        assert 0 < birch.left_out_estimate <= 200 + 1e-5
        assert birch.left_out.least == pytest.approx(birch.left_out_estimate, abs=0.01)
        assert birch.first_estimate == pytest.approx(0, abs=1e-5)
        alder = found.worths["alder"]
        assert alder.first_estimate is not None
        assert 0 < alder.first_estimate <= 100 + 1e-5

    def test_swaps_show_what_a_choice_costs_at_most(self, found: Ranking) -> None:
        # One of alder and cedar is second and changes places with birch, for 100. So does the other, or takes birch's
        # place, and birch stays out, for 200.
        firsts = sorted(found.worths[county].first.found or 0.0 for county in ("alder", "cedar"))
        assert firsts[0] == pytest.approx(100)
        assert firsts[1] in (pytest.approx(100), pytest.approx(200))

    def test_certain_by_proof(self, found: Ranking) -> None:
        told = by_county(found)
        assert (told["birch"].proven, told["birch"].within_reach) == (True, 1)
        assert (told["alder"].proven, told["alder"].within_reach) == (False, 1)
        table = frames(found)["counties"].set_index("county")
        assert table["basis"].to_dict() == {"alder": "plans", "birch": "proven", "cedar": "plans"}

    def test_table_of_every_choice(self, found: Ranking) -> None:
        told = {(row["county"], row["choice"]): row for _, row in frames(found)["choices"].iterrows()}
        assert len(told) == 9
        assert told["birch", 2027]["verdict"] == "in the best plan"
        assert told["birch", 2028]["verdict"] == "proven to cost more"
        assert told["birch", "not at all"]["most"] == pytest.approx(200, abs=0.01)
        seconds = {told[county, 2028]["verdict"] for county in ("alder", "cedar")}
        assert seconds == {"in the best plan", "nearly as good"}
        by_year = {row["county"]: row for _, row in frames(found)["cost_by_year"].iterrows()}
        assert by_year["birch"]["cheapest"] == 2027
        assert by_year["birch"]["2028"] == told["birch", 2028]["estimate"]

    def test_large_problem_is_only_estimated(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(optimizer.rank, "is_large", lambda instance: True)
        instance = with_policy(assessed_instance(), min_plants=1)
        with RunPool() as pool:
            found = rank(
                instance, EXACTLY, pool, Sampling(0.0, 1, 0), estimate=partial(choice_bounds, instance, EXACTLY)
            )
        birch = found.worths["birch"].left_out
        assert (birch.found, birch.most) == (None, None)
        assert birch.least == pytest.approx(found.worths["birch"].left_out_estimate, abs=0.01)

    def test_not_asked_for(self) -> None:
        found = ranked(with_policy(assessed_instance(), min_plants=1))
        assert found.bounds is None
        assert frames(found)["choices"].empty
        assert set(frames(found)["counties"]["basis"]) == {"plans"}
