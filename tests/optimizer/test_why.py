"""Why a county is picked when it is: what other choices cost, on instances worked out by hand."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inputs.reader import read_workbook
from models.instance import Instance
from models.plan import Result, Status
from models.records import Province
from models.verifier import verify
from optimizer.alternatives_held import joining_years
from optimizer.county_names import UnknownCounty, county_of
from optimizer.options import InvalidOption
from optimizer.runs import RunPool
from optimizer.solve import solve
from optimizer.solvers import Answer, HighsProblem
from optimizer.why.figures import every_figure, figure_of, find_figures
from optimizer.why.obstacles import addresses_only, last_chance, obstacles, with_choice
from optimizer.why.searches import explain_choice, looked_at
from reports.assessment import Depth, Span
from reports.why import Forced, Why
from reports.why.changes import moves, plants, term_changes
from reports.why.sentences import figure_sentence, sentences, state
from tests.models.random_instance import random_instance
from tests.models.small_instance import small_instance, with_policy
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.assessed_instance import assessed_instance
from tests.optimizer.solving import EXACTLY
from tests.optimizer.why_case import write_two_mills

DEPTHS: tuple[Depth, ...] = ("swap", "full")


def solved(instance: Instance) -> Result:
    result = solve(instance, EXACTLY)
    assert result.plan is not None
    return result


def why(instance: Instance, county: str, depth: Depth = "full", known: Result | None = None, **more: object) -> Why:
    with RunPool() as pool:
        known = solved(instance) if known is None else known
        return explain_choice(instance, county, known, EXACTLY, pool, depth=depth, **more)  # type: ignore[arg-type]


def by_year(found: Why) -> dict[int | None, Forced]:
    return {choice.year: choice for choice in found.forced}


def near(span: Span, found: float, least: float, most: float) -> bool:
    told = (span.found, span.least, span.most)
    return all(
        one is not None and one == pytest.approx(other, abs=1e-6)
        for one, other in zip(told, (found, least, most), strict=True)
    )


class TestWhatChoicesCost:
    """The best plan of the assessed instance is birch in 2027, then alder or cedar: 360."""

    def test_county_that_joins_first(self) -> None:
        # Second after another it costs 460, left out 560.
        found = why(assessed_instance(), "birch")
        choices = by_year(found)
        assert found.joined == 2027
        assert choices.keys() == {2028, None}
        assert near(choices[2028].cost, 100, 100, 100)
        assert near(choices[None].cost, 200, 200, 200)

    def test_county_that_can_be_exchanged_at_no_cost(self) -> None:
        instance = assessed_instance()
        known = solved(instance)
        assert known.plan is not None
        left_out = next(code for code in ("alder", "cedar") if code not in joining_years(known.plan))
        choices = by_year(why(instance, left_out, known=known))
        assert choices.keys() == {2027, 2028, None} - {None}
        assert near(choices[2027].cost, 100, 100, 100)
        assert near(choices[2028].cost, 0, 0, 0)

    @pytest.mark.parametrize("depth", DEPTHS)
    def test_county_of_twice_the_cost_is_not_picked(self, depth: Depth, tmp_path: Path) -> None:
        instance = read_workbook(write_two_mills(tmp_path)).instance()
        found = why(instance, "cedar", depth)
        assert found.joined is None
        first = by_year(found)[2027]
        assert first.cost.found == pytest.approx(30)
        assert first.cost.most == pytest.approx(30)
        moved = {change.term: change for change in term_changes(found, first)}
        assert moved["investment"].change == pytest.approx(30)
        assert moved["investment"].here == pytest.approx(60)
        assert moved["imports"].change == pytest.approx(0)
        assert moved["imports"].here == pytest.approx(-100)
        assert [(move.county, move.before, move.after) for move in moves(found, first)] == [("alder", 2027, None)]
        assert plants(found, first) == [("mill", 2027, 0, 1)]

    def test_years_asked_for_come_besides_the_usual_ones(self) -> None:
        instance = tiny_instance(("alder", "birch"), years=6, picks=dict.fromkeys(range(2027, 2033), 1))
        assert looked_at(instance, "alder", 2029, [2031]) == {
            2027: ["first year"],
            2028: ["a year earlier"],
            2030: ["a year later"],
            2031: ["asked for"],
            2032: ["last year"],
            None: ["not at all"],
        }

    def test_better_plan_found_on_the_way_is_said(self) -> None:
        # Known is the plan with cedar first and birch second, of 460: 100 worse than the best, which has birch first.
        instance = assessed_instance()
        worse = solved(replace(instance, decided={"cedar": 2027, "birch": 2028}))
        known = replace(worse, status=Status.STOPPED, bound=300.0, gap=160 / 460)
        found = why(instance, "birch", known=known, origin="the plan known")
        assert found.value == pytest.approx(360)
        first, never = by_year(found)[2027], by_year(found)[None]
        assert near(first.cost, 0, 0, 60)
        assert found.compared(first) is first.result
        assert found.compared(never) is first.result
        assert never.cost.found is not None
        assert never.cost.least is not None
        assert never.cost.found == pytest.approx(never.cost.least)
        assert list(sentences(found))[1] == (
            "A plan was found on the way that is better than the plan known, by 100 won discounted to 2027: "
            "differences and what is proven are against that plan."
        )

    @pytest.mark.parametrize("depth", DEPTHS)
    @pytest.mark.parametrize("county", ["alder", "birch", "cedar"])
    def test_difference_is_in_the_range_whatever_plan_is_asked_of(self, depth: Depth, county: str) -> None:
        instance = assessed_instance()
        worse = solved(replace(instance, decided={"cedar": 2027, "birch": 2028}))
        found = why(instance, county, depth, replace(worse, status=Status.STOPPED, bound=300.0, gap=160 / 460))
        with_plans = [choice.cost for choice in found.forced if choice.cost.found is not None]
        assert with_plans
        for cost in with_plans:
            assert cost.found is not None
            assert cost.least is not None
            assert cost.most is not None
            assert cost.least - 1e-4 <= cost.found <= cost.most + 1e-4


class TestSwap:
    """Bounds by choice, and the county exchanging years with one other."""

    @pytest.mark.parametrize("county", ["alder", "birch", "cedar"])
    def test_range_has_the_true_cost_in_it(self, county: str) -> None:
        instance = assessed_instance()
        known = solved(instance)
        swapped, full = (by_year(why(instance, county, depth, known)) for depth in DEPTHS)
        assert swapped.keys() == full.keys()
        for year, choice in swapped.items():
            true = full[year].cost.found
            assert true is not None
            assert choice.cost.least is not None
            assert choice.cost.most is not None
            assert choice.cost.least - 1e-6 <= true <= choice.cost.most + 1e-6

    @pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 6, 8, 9])  # those between them have no plan
    def test_range_has_the_true_cost_in_it_whatever_the_problem_has(self, seed: int) -> None:
        instance = random_instance(seed)
        known = solve(instance, EXACTLY)
        county = next(iter(instance.counties))
        swapped, full = (why(instance, county, depth, known, asked=instance.years) for depth in DEPTHS)
        for year, choice in by_year(swapped).items():
            true = by_year(full)[year]
            if choice.result is None or true.cost.found is None:
                assert choice.plan is None
                continue
            assert (choice.restricts, choice.lifted) == (true.restricts, true.lifted)
            assert choice.cost.least is not None or not choice.restricts
            assert choice.cost.least is None or choice.cost.least - 1e-4 <= true.cost.found
            if choice.plan is not None:
                assert verify(with_choice(instance, county, year), choice.plan, 1e-5) == ()
                assert choice.cost.most is not None
                assert true.cost.found <= choice.cost.most + 1e-4

    def test_every_year_is_answered(self) -> None:
        instance = tiny_instance(("alder", "birch", "cedar"), years=3, picks=dict.fromkeys(range(2027, 2030), 1))
        found = why(instance, "birch", "swap")
        assert {found.joined, *by_year(found)} == {2027, 2028, 2029, None}
        for choice in found.forced:
            assert choice.plan is not None
            assert choice.cost.least is not None
            assert choice.cost.most is not None

    @pytest.mark.parametrize("depth", DEPTHS)
    def test_left_out_where_all_must_join_somebody_takes_the_place_and_a_pick_less_is_due(self, depth: Depth) -> None:
        # With three exact picks all join: birch in 2027, the others in 2028, 30 + 2 x 130 = 290. Without birch two
        # picks are due: one of the others moves up, 30 + 130 + 400 = 560.
        instance = with_policy(assessed_instance(), picks_exact=True, min_plants=1)
        found = why(replace(instance, picks={2027: 1, 2028: 2}), "birch", depth)
        never = by_year(found)[None]
        assert never.lifted
        assert not never.restricts
        assert never.cost.found == pytest.approx(270)
        assert never.cost.most == pytest.approx(270)
        assert never.cost.least is not None
        assert never.cost.least <= 270 + 1e-6
        assert {move.county for move in moves(found, never)} <= {"alder", "cedar"}
        assert len(moves(found, never)) == 1

    @pytest.mark.parametrize("depth", DEPTHS)
    def test_left_out_where_all_must_join(self, depth: Depth) -> None:
        instance = with_policy(assessed_instance(), join_all=True, min_plants=1)
        never = by_year(why(replace(instance, picks={2027: 1, 2028: 2}), "cedar", depth))[None]
        assert never.lifted
        assert never.cost.found == pytest.approx(70)

    @pytest.mark.parametrize("depth", DEPTHS)
    def test_later_than_decided_where_others_are_decided_too(self, depth: Depth) -> None:
        instance = replace(assessed_instance(), decided={"alder": 2027, "birch": 2028})
        found = why(instance, "alder", depth)
        # Cedar is free to take the place: 30 + 200 + 230 = 460 as now; in 2028 no place is left.
        assert by_year(found)[2028].result is None
        assert [obstacle.rule for obstacle in by_year(found)[2028].obstacles] == ["decided", "picks_per_year"]
        assert by_year(found)[None].cost.found == pytest.approx(0)

    @pytest.mark.parametrize("depth", DEPTHS)
    def test_earlier_than_it_may(self, depth: Depth) -> None:
        instance = assessed_instance()
        late = replace(instance.counties["birch"], eligible_from=2028)
        # Alder or cedar first and birch second is 460; birch first would be 360.
        found = why(replace(instance, counties={**instance.counties, "birch": late}), "birch", depth)
        assert found.joined == 2028
        assert by_year(found)[2027].lifted
        cost = by_year(found)[2027].cost
        assert (cost.found, cost.least, cost.most) == pytest.approx((-100, -100, -100), abs=1e-3)

    def test_choice_that_its_own_plants_do_not_allow_cannot_be(self) -> None:
        instance = with_policy(assessed_instance(), min_plants=1)
        nowhere = {place: option for place, option in instance.options.items() if place[0] != "alder"}
        found = why(replace(instance, options=nowhere), "alder", "swap")
        assert math.isinf(found.at_prices[2027])
        assert found.at_prices[None] == 0
        assert by_year(found)[2027].result is not None
        assert state(found, by_year(found)[2027]) == "no plan can"
        assert by_year(found)[2027].obstacles

    def test_searches_that_end_early_are_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def early(self: HighsProblem, *arguments: Any, **options: Any) -> Answer:
            found = solve_fully(self, *arguments, **options)
            return found if found.objective is None else replace(found, bound=found.objective - off)

        solve_fully = HighsProblem.solve
        known = replace(solved(assessed_instance()), bound=300.0)
        monkeypatch.setattr(HighsProblem, "solve", early)
        monkeypatch.setattr("optimizer.why.exchanges.choice_bounds", lambda *_, **__: None)
        off = 7.0
        found = why(assessed_instance(), "birch", "swap", known=known)
        assert by_year(found)[2028].loose == pytest.approx(7 + 7)
        assert "Searches for plans beside the known one ended early" in " ".join(sentences(found))
        assert "Nothing is proven of single choices" in found.remarks[0]
        off = 100.0  # of the plan with the years as they are more is known: it costs at least 300, and was found at 360
        assert by_year(why(assessed_instance(), "birch", "swap", known=known))[2028].loose == pytest.approx(60 + 100)

    def test_time_that_runs_out_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("optimizer.why.exchanges.PARTNERS", 0)
        found = why(assessed_instance(), "birch", "swap")
        assert len(found.remarks) == 1
        assert found.remarks[0].endswith("no time was left, for joining in 2028, leaving it out.")
        second = by_year(found)[2028]
        assert second.cost.found is None
        assert second.cost.least is not None

    def test_another_objective_than_cost_tells_no_cost_terms(self) -> None:
        instance = with_policy(assessed_instance(), objective="greatest coverage")
        found = why(instance, "birch", "swap", known=solve(instance, EXACTLY))
        second = by_year(found)[2028]
        assert second.plan is not None
        assert second.cost.found is not None
        assert term_changes(found, second) == []

    def test_bounds_are_kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = why(assessed_instance(), "birch", "swap", folder=tmp_path)
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".choices.npz")]
        monkeypatch.setattr("optimizer.decomposition.blocks.Blocks.least", None)
        again = why(assessed_instance(), "alder", "swap", folder=tmp_path)
        assert again.at_prices != first.at_prices

    def test_prices_tell_what_draws_a_county_to_a_year(self) -> None:
        prices = why(assessed_instance(), "birch", "swap").at_prices
        assert prices[2027] == 0
        assert 0 < prices[2028] < prices[None]

    def test_choice_that_no_plan_near_has_is_named(self) -> None:
        # In the small instance the rules leave one order of joining alone.
        found = why(small_instance(decided={}), "alder", "swap")
        assert by_year(found)[2027].plan is None
        assert "joining in 2027" in found.remarks[0]

    def test_interruption_leaves_choices_blank(self) -> None:
        found = why(assessed_instance(), "birch", "swap", should_stop=lambda: True)
        assert found.interrupted
        assert all(choice.plan is None for choice in found.forced)
        assert found.remarks == ("It was interrupted before anything was found.",)


class TestRulesAgainst:
    def told(self, instance: Instance, county: str, year: int | None) -> list[tuple[str, tuple[str, ...]]]:
        return [(found.rule, found.places) for found in obstacles(instance, county, year, addresses_only)]

    def test_decided_otherwise(self) -> None:
        instance = assessed_instance(decided={"birch": 2028})
        assert self.told(instance, "birch", 2027) == [("decided", ("Decided.birch.year",))]
        assert self.told(instance, "birch", None) == [("decided", ("Decided.birch.year",))]
        assert self.told(instance, "birch", 2028) == []

    def test_place_is_taken_by_decided_counties(self) -> None:
        instance = assessed_instance(decided={"birch": 2028})
        assert self.told(instance, "alder", 2028) == [
            ("picks_per_year", ("Resources.picks.2028", "Decided.birch.year"))
        ]
        assert self.told(instance, "alder", 2027) == []

    def test_province_has_its_most(self) -> None:
        province = {"north": Province("north", "North", "north", least_picks=0, most_picks=1)}
        instance = tiny_instance(("alder", "birch"), years=2, provinces=province, decided={"birch": 2028})
        assert self.told(instance, "alder", 2028) == [
            ("province_picks", ("Provinces.north.most_picks", "Decided.birch.year"))
        ]

    def test_too_early_or_barred(self) -> None:
        instance = assessed_instance()
        late, barred = (
            replace(
                instance,
                counties={**instance.counties, "alder": replace(instance.counties["alder"], eligible_from=first)},
            )
            for first in (2028, None)
        )
        assert self.told(late, "alder", 2027) == [("eligible_from", ("Counties.alder.eligible_from",))]
        assert self.told(barred, "alder", 2027) == [("eligible_from", ("Counties.alder.eligible",))]

    def test_every_place_must_be_taken(self) -> None:
        policy = replace(tiny_instance().policy, picks_exact=True)
        instance = tiny_instance(("alder", "birch"), years=3, policy=policy, picks=dict.fromkeys((2027, 2028, 2029), 1))
        assert last_chance(instance) == 2028
        assert [rule for rule, _ in self.told(instance, "alder", None)] == ["picks_per_year"]
        assert [rule for rule, _ in self.told(instance, "alder", 2029)] == ["picks_per_year"]
        assert looked_at(instance, "alder", 2027, ()) == {2028: ["a year later", "last year"], None: ["not at all"]}

    def test_what_was_decided_of_the_county_is_set_aside_to_tell_its_cost(self) -> None:
        # Birch second costs 460, as decided; first 360.
        found = by_year(why(assessed_instance(decided={"birch": 2028}), "birch"))[2027]
        assert found.lifted
        assert not found.restricts
        assert near(found.cost, -100, -100, -100)

    def test_choice_that_no_plan_can_make(self) -> None:
        choice = by_year(why(small_instance(decided={}), "birch"))[2028]
        assert choice.result is not None
        assert choice.result.status is Status.INFEASIBLE
        assert choice.obstacles
        assert choice.cost == Span()


class TestNames:
    @pytest.mark.parametrize("given", ["cedar", "CEDAR", " cedar hills ", "향나무", "Cedar  Hills"])
    def test_code_name_and_local_name_however_written(self, given: str, tmp_path: Path) -> None:
        assert county_of(read_workbook(write_two_mills(tmp_path)).instance(), given) == "cedar"

    @pytest.mark.parametrize("given", ["ceder", "Cedar Hils"])
    def test_unknown_one_gets_the_nearest(self, given: str, tmp_path: Path) -> None:
        with pytest.raises(UnknownCounty, match="cedar"):
            county_of(read_workbook(write_two_mills(tmp_path)).instance(), given)

    def test_nothing_near(self) -> None:
        with pytest.raises(UnknownCounty, match="the sheet Counties"):
            county_of(tiny_instance(), "xyzzy")

    def test_two_of_a_name(self) -> None:
        base = tiny_instance(("alder", "birch"))
        alike = {code: replace(place, name="Mill") for code, place in base.counties.items()}
        with pytest.raises(UnknownCounty, match=r"alder \(North\), birch \(North\)"):
            county_of(replace(base, counties=alike), "mill")


class TestFigures:
    """What a figure of cedar would have to be for it to join: formulas in `why_case`."""

    def search(self, folder: Path, *names: str, county: str = "cedar", **span: float) -> list[str]:
        workbook = read_workbook(write_two_mills(folder))
        figures = [figure_of(workbook, county, name, "all", (), **span) for name in names]
        with RunPool() as pool:
            studies = find_figures(workbook, county, 2027, figures, "all", (), EXACTLY, pool)
        for study, name in zip(studies, names, strict=True):
            assert study.parameter == f"Counties.{county}.{name}"
        found = why(workbook.instance(), county)
        self.crossings = [[one.estimate for one in study.comparisons[0].crossings] for study in studies]
        self.above = [[one.cheaper_above for one in study.comparisons[0].crossings] for study in studies]
        return [figure_sentence(replace(found, target=2027), study) for study in studies]

    def test_break_even_is_that_of_the_formula(self, tmp_path: Path) -> None:
        told = self.search(tmp_path, "site_cost_index", "population")
        assert self.crossings == [[pytest.approx(1, rel=0.011)], [pytest.approx(1300, rel=0.011)]]
        assert self.above == [[1], [0]]  # joining, the first of the two, is the cheaper one below and above
        assert told[0].startswith("It would join in 2027 below about 1")
        assert told[1].startswith("It would join in 2027 above about 1")

    def test_no_value_does_it(self, tmp_path: Path) -> None:
        assert self.search(tmp_path, "local_funds") == [
            "No value from 12.5 to 200 makes it join in 2027, now 50: proven."
        ]

    def test_range_that_is_given(self, tmp_path: Path) -> None:
        told = self.search(tmp_path, "population", start=100, end=900)
        assert told[0].startswith("No value from 100 to 900 makes it join in 2027, now 1000")

    def test_every_figure_that_enters_the_problem(self, tmp_path: Path) -> None:
        figures = every_figure(read_workbook(write_two_mills(tmp_path)), "cedar", "all", ())
        assert [figure.address.column for figure in figures] == [
            "population",
            "workers",
            "local_funds",
            "site_cost_index",
        ]

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("name", "a column of Counties"),
            ("altitude", "a column of Counties"),
            ("Counties.alder.population", "a row of cedar"),
            ("local_labour", "needs --from and --to"),
            ("revenue", "is blank"),
        ],
    )
    def test_what_is_no_figure_of_it(self, name: str, said: str, tmp_path: Path) -> None:
        with pytest.raises(InvalidOption, match=said):
            figure_of(read_workbook(write_two_mills(tmp_path)), "cedar", name, "all", ())
