"""Given choices on an instance whose costs are worked out by hand."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest

import optimizer.assess.conflicts
from inputs.given_plan import GivenPlan
from models.instance import Instance
from models.plan import Status
from models.records import PackageItem
from optimizer.assess import assess, regret_of
from optimizer.forced_choices import choice_bounds
from optimizer.runs import RunPool
from optimizer.swaps import swap_values
from reports.assessment import Assessment, Depth, Span, frames, sentence
from tests.models.small_instance import with_policy
from tests.models.tiny_instance import option, tiny_instance
from tests.optimizer.assessed_instance import assessed_instance
from tests.optimizer.solving import EXACTLY

NONE = Span()
INSTANCE = with_policy(assessed_instance(), min_plants=1)


def judged(
    instance: Instance,
    years: Mapping[str, int],
    plants: Mapping[tuple[str, str, int], int] | None = None,
    depth: Depth = "quick",
) -> Assessment:
    with RunPool() as pool:
        return assess(instance, GivenPlan("a test", years, plants or {}), EXACTLY, pool, depth)


def short_of_labour(*places: str) -> Instance:
    """Alder and birch, one of which may join each year and then must build; there is no labour for that in `places`."""
    two = with_policy(tiny_instance(["alder", "birch"], years=2, picks={2027: 1, 2028: 1}), min_plants=1)
    return replace(
        two,
        counties={code: replace(county, local_labour=0.0) for code, county in two.counties.items()},
        central_labour=dict.fromkeys(two.years, 10.0),
        options={**two.options, **{(place, "mill"): option(construction_labour=50.0) for place in places}},
    )


def exactly(amount: float) -> Span:
    return Span(pytest.approx(amount, abs=1e-6), pytest.approx(amount, abs=1e-6), pytest.approx(amount, abs=1e-6))


class TestRegret:
    def test_is_the_difference_worked_out_by_hand(self) -> None:
        # Alder before birch: 30 + 230 + 200 = 460 instead of 360.
        found = judged(assessed_instance(), {"alder": 2027, "birch": 2028})
        assert found.regret == exactly(100)
        assert (found.value, found.bound) == (pytest.approx(360), pytest.approx(360))
        assert (found.broken, found.dropped) == ((), ())

    def test_is_nothing_for_a_part_of_the_best_plan(self) -> None:
        found = judged(assessed_instance(), {"birch": 2027})
        assert found.regret == exactly(0)

    def test_of_no_pick_where_one_is_worth_it(self) -> None:
        # Birch in 2028 leaves 2027 to alder or cedar.
        assert judged(assessed_instance(), {"birch": 2028}).regret == exactly(100)

    def test_plan_with_the_choices_improves_the_best_that_is_known(self) -> None:
        # A search that found 120 and proved 80, and one with the choices that found 100 and proved 90.
        best = judged(assessed_instance(), {}, depth="none").best
        assert best is not None
        free = replace(best, objective=120.0, bound=80.0)
        given = replace(best, objective=100.0, bound=90.0)
        assert regret_of(free, given) == Span(0.0, 0.0, 20.0)
        # With 100 to 90 for the free problem and 130 to 105 with the choices they cost from 5 to 40.
        free, given = replace(best, objective=100.0, bound=90.0), replace(best, objective=130.0, bound=105.0)
        assert regret_of(free, given) == Span(30.0, 5.0, 40.0)

    def test_unknown_bounds_leave_it_open(self) -> None:
        best = judged(assessed_instance(), {}, depth="none").best
        assert best is not None
        blank = replace(best, objective=100.0, bound=None)
        assert regret_of(blank, replace(blank, objective=110.0)) == Span(10.0, 0.0, None)
        assert regret_of(blank, None) == NONE


class TestOneByOne:
    @pytest.mark.parametrize("depth", ["quick", "full"])
    def test_cost_of_each_choice_alone(self, depth: Depth) -> None:
        # Alder first costs 100 alone, for birch then comes second; so does birch second, with another first.
        found = judged(assessed_instance(), {"alder": 2027, "birch": 2028}, depth=depth)
        alone = {choice.county: choice.alone for choice in found.choices}
        assert {county: span.found for county, span in alone.items()} == pytest.approx({"alder": 100, "birch": 100})
        assert {county: span.most for county, span in alone.items()} == pytest.approx({"alder": 100, "birch": 100})
        least = 100 if depth == "full" else 0  # searches near known plans prove nothing
        assert [span.least for span in alone.values()] == pytest.approx([least, least])

    @pytest.mark.parametrize("depth", ["quick", "full"])
    def test_saving_of_each_choice_among_the_others(self, depth: Depth) -> None:
        # Giving up alder lets cedar go first, giving up birch leaves it second to alder: nothing is saved.
        found = judged(assessed_instance(), {"alder": 2027, "birch": 2028}, depth=depth)
        assert [choice.saving.found for choice in found.choices] == pytest.approx([0, 0])

    @pytest.mark.parametrize("depth", ["quick", "full"])
    def test_saving_where_there_is_one(self, depth: Depth) -> None:
        # Alder first and nothing else given: without it birch is first.
        (choice,) = judged(assessed_instance(), {"alder": 2027}, depth=depth).choices
        assert choice.saving == exactly(100)

    @pytest.mark.parametrize("depth", ["quick", "full"])
    def test_years_together(self, depth: Depth) -> None:
        found = judged(assessed_instance(), {"alder": 2027, "cedar": 2028}, depth=depth)
        # Alder and cedar: 30 + 130 + 400 = 560. Without alder birch is first: 360. Without cedar birch is second: 460.
        assert found.regret == exactly(200)
        first, second = found.years
        assert (first.year, first.choices, first.same) == (2027, 1, 0)
        assert first.saving == exactly(200)
        assert second.saving.found == pytest.approx(100)
        assert second.saving.most == pytest.approx(100 if depth == "full" else 200)
        assert second.alone == exactly(0)

    def test_choice_of_the_best_plan_needs_no_search(self) -> None:
        (choice,) = judged(assessed_instance(), {"birch": 2027}).choices
        assert (choice.alone, choice.saving) == (exactly(0), exactly(0))

    def test_not_asked_for(self) -> None:
        found = judged(assessed_instance(), {"alder": 2027}, depth="none")
        assert (found.choices, found.years) == ((), ())

    def test_in_words(self) -> None:
        found = judged(assessed_instance(), {"birch": 2028})
        (choice,) = found.choices
        assert sentence(found, choice) == "birch in 2028 instead of 2027: +27.78 %"

    def test_only_some_counties(self) -> None:
        with RunPool() as pool:
            given = GivenPlan("a test", {"alder": 2027, "birch": 2028})
            found = assess(assessed_instance(), given, EXACTLY, pool, "quick", ["birch"])
        alder, birch = found.choices
        assert alder.alone == NONE
        assert birch.alone.found == pytest.approx(100)
        assert [year.alone.found for year in found.years] == pytest.approx([100, 100])


class TestEstimates:
    def judged(self, years: Mapping[str, int], depth: Depth) -> Assessment:
        with RunPool() as pool:
            return assess(
                INSTANCE,
                GivenPlan("a test", years),
                EXACTLY,
                pool,
                depth,
                estimate=partial(choice_bounds, INSTANCE, EXACTLY),
                swap=partial(swap_values, INSTANCE, EXACTLY),
            )

    def test_are_proven_where_the_gap_is_closed_and_add_up(self) -> None:
        found = self.judged({"alder": 2027, "birch": 2028}, "estimate")
        estimates = [choice.estimate for choice in found.choices]
        assert all(estimate is not None and 0 < estimate <= 100 + 1e-5 for estimate in estimates)
        assert found.estimate == pytest.approx(sum(estimate or 0.0 for estimate in estimates))
        assert [year.estimate for year in found.years] == estimates
        for choice in found.choices:
            assert choice.alone.found is None
            assert choice.alone.least == pytest.approx(choice.estimate, abs=0.01)
            assert choice.alone.most == pytest.approx(100)  # the plan with both choices makes each
            assert "by estimate, at least" in sentence(found, choice)

    def test_of_a_choice_of_the_best_plan_is_no_cost(self) -> None:
        (choice,) = self.judged({"birch": 2027}, "estimate").choices
        assert choice.alone == exactly(0)

    def test_swaps_find_what_a_choice_costs(self) -> None:
        found = self.judged({"alder": 2027, "birch": 2028}, "swap")
        assert [choice.alone.found for choice in found.choices] == pytest.approx([100, 100])

    def test_searches_come_with_them(self) -> None:
        found = self.judged({"alder": 2027}, "quick")
        (choice,) = found.choices
        assert choice.alone.found == pytest.approx(100)
        assert choice.alone.least == pytest.approx(choice.estimate, abs=0.01)

    def test_not_asked_for(self) -> None:
        found = self.judged({"alder": 2027}, "none")
        assert (found.estimate, found.choices) == (None, ())


class TestBrokenRules:
    def words(self, instance: Instance, years: Mapping[str, int], **plants: int) -> list[tuple[str, str]]:
        found = judged(instance, years, {("alder", code, 2027): count for code, count in plants.items()}, "none")
        return [(broken.rule, broken.words) for broken in found.broken]

    def test_too_many_picks(self) -> None:
        words = self.words(assessed_instance(), {"alder": 2027, "birch": 2027})
        assert words == [("picks_per_year", "2 counties are given for 2027, at most 1 may join")]

    def test_barred_and_too_early(self) -> None:
        base = assessed_instance()
        counties = {
            **base.counties,
            "alder": replace(base.counties["alder"], eligible_from=None),
            "birch": replace(base.counties["birch"], eligible_from=2028),
        }
        words = self.words(replace(base, counties=counties), {"alder": 2028, "birch": 2027})
        assert words == [
            ("eligible_from", "alder is given for 2028, but it is barred and may not join at all"),
            ("eligible_from", "birch is given for 2027, but may join from 2028 on"),
        ]

    def test_province_limits(self) -> None:
        base = assessed_instance(picks={2027: 3, 2028: 3})
        most = replace(base, provinces={"north": replace(base.provinces["north"], most_picks=1)})
        assert self.words(most, {"alder": 2027, "birch": 2027}) == [
            ("province_picks", "2 counties of North are given for 2027, at most 1 may join")
        ]
        north = replace(base.provinces["north"], least_picks=2)
        least = replace(base, provinces={"north": north}, picks={2027: 1, 2028: 2})
        words = "1 county of North is given for 2027 and 0 places are left, at least 2 must join"
        assert ("province_picks", words) in self.words(least, {"alder": 2027, "birch": 2028})

    def test_decided_otherwise(self) -> None:
        words = self.words(assessed_instance(decided={"birch": 2027}), {"birch": 2028})
        assert ("decided", "birch is given for 2028, but the workbook has decided 2027") in words

    def test_plants_that_cannot_be(self) -> None:
        base = assessed_instance()
        assert self.words(base, {"alder": 2028}, mill=1) == [
            ("starts_where_selected", "alder is to start mill in 2027, but joins in 2028 and may build in 2028")
        ]
        assert self.words(base, {"alder": 2027}, mill=2) == [
            ("sites", "alder is to build 2 of mill, at most 1 may stand there")
        ]
        assert self.words(with_policy(base, min_plants=1), {"alder": 2027}, mill=0) == [
            ("package", "alder is to build 0 plants, at least 1 must be built")
        ]


class TestLeftOut:
    def test_as_few_as_the_rules_on_choosing_ask(self) -> None:
        found = judged(assessed_instance(), {"alder": 2027, "birch": 2027, "cedar": 2028})
        assert found.dropped == (("birch", 2027),)  # of two that could go, the one named later
        assert found.least_dropped == 1
        assert found.kept == (("alder", 2027), ("cedar", 2028))
        assert found.given is not None
        assert found.given.objective == pytest.approx(560)

    def test_where_means_do_not_suffice(self) -> None:
        # Each joining county gets a clinic for 50, and the centre has 100 in 2027: two of three can join.
        clinic = PackageItem("clinic", "Clinic", 2027, 50.0, 0.0, {})
        three = tiny_instance(["alder", "birch", "cedar"], items={"clinic": clinic}, central_funds={2027: 100.0})
        poor = replace(
            three, counties={code: replace(county, local_funds=0.0) for code, county in three.counties.items()}
        )
        found = judged(poor, {"alder": 2027, "birch": 2027, "cedar": 2027})
        assert found.broken == ()
        assert found.dropped == (("cedar", 2027),)
        assert found.least_dropped == 1
        assert found.given is not None
        assert found.given.status is Status.SOLVED

    def test_in_a_large_problem_years_go_and_choices_come_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # A clinic for 50 in each county, and 80 a year: of 2027 one must go, the choice of 2028 stands.
        monkeypatch.setattr(optimizer.assess.conflicts, "is_large", lambda instance: True)
        clinic = PackageItem("clinic", "Clinic", 2027, 50.0, 0.0, {})
        base = assessed_instance(picks={2027: 2, 2028: 2}, items={"clinic": clinic}, central_funds={2027: 80, 2028: 80})
        poor = replace(
            base, counties={code: replace(county, local_funds=0.0) for code, county in base.counties.items()}
        )
        found = judged(poor, {"alder": 2027, "birch": 2027, "cedar": 2028}, depth="none")
        assert found.dropped == (("birch", 2027),)
        assert found.kept == (("alder", 2027), ("cedar", 2028))

    @pytest.mark.parametrize("large", [False, True])
    def test_one_that_means_rule_out_leaves_its_place_to_another(
        self, monkeypatch: pytest.MonkeyPatch, large: bool
    ) -> None:
        # One place for two: the rules on choosing keep alder, named first, which labour does not let build.
        monkeypatch.setattr(optimizer.assess.conflicts, "is_large", lambda instance: large)
        found = judged(short_of_labour("alder"), {"alder": 2027, "birch": 2027}, depth="none")
        assert found.kept == (("birch", 2027),)
        assert found.dropped == (("alder", 2027),)
        assert found.least_dropped == 1
        assert found.given is not None
        assert found.given.objective == pytest.approx(230)  # the mill, and alder's imports in both years

    @pytest.mark.parametrize(("large", "least"), [(False, 2), (True, 1)])
    def test_no_more_is_told_to_be_proven_than_is(
        self, monkeypatch: pytest.MonkeyPatch, large: bool, least: int
    ) -> None:
        # One place for two, and labour for neither. In a large problem only the first is proven.
        monkeypatch.setattr(optimizer.assess.conflicts, "is_large", lambda instance: large)
        found = judged(short_of_labour("alder", "birch"), {"alder": 2027, "birch": 2027}, depth="none")
        assert (found.kept, found.least_dropped) == ((), least)

    def test_plants_where_means_do_not_suffice(self) -> None:
        # 40 for two mills of 30: the plants of one county can stand, though both counties may join.
        two = tiny_instance(["alder", "birch"], central_funds={2027: 40.0})
        poor = replace(two, counties={code: replace(county, local_funds=0.0) for code, county in two.counties.items()})
        mills = {("alder", "mill", 2027): 1, ("birch", "mill", 2027): 1}
        found = judged(poor, {"alder": 2027, "birch": 2027}, mills)
        assert found.dropped == ()
        assert found.plants_dropped == ("birch",)


class TestPlants:
    def test_are_held_as_given(self) -> None:
        # No mill in birch: 400 for its imports instead of 30.
        found = judged(assessed_instance(), {"birch": 2027}, {("birch", "mill", 2027): 0})
        # Birch takes the place of 2027 all the same, and alder or cedar comes in 2028: 400 + 130 + 200.
        assert found.given is not None
        assert found.given.objective == pytest.approx(730)
        assert found.regret == exactly(370)

    def test_left_aside_where_they_are_left_out(self) -> None:
        found = judged(assessed_instance(), {"birch": 2027}, {("birch", "mill", 2028): 1})
        assert [broken.rule for broken in found.broken] == ["starts_where_selected"]
        assert found.plants_dropped == ("birch",)
        assert found.regret == exactly(0)


def test_same_whatever_the_number_of_workers() -> None:
    given = GivenPlan("a test", {"alder": 2027, "birch": 2028})
    made = []
    for jobs in (1, 2):
        with RunPool(jobs=jobs) as pool:
            made.append(frames(assess(assessed_instance(), given, EXACTLY, pool, "quick")))
    assert made[0].keys() == made[1].keys()
    for name, frame in made[0].items():
        assert frame.equals(made[1][name]), name


def test_interrupted_before_anything_is_known() -> None:
    with RunPool(should_stop=lambda: True) as pool:
        found = assess(assessed_instance(), GivenPlan("a test", {"alder": 2027}), EXACTLY, pool)
    assert (found.best, found.given, found.regret) == (None, None, NONE)
    assert frames(found)["by_county"].empty


def test_infeasible_problem_is_told_as_such() -> None:
    base = with_policy(assessed_instance(central_funds={2027: 0.0, 2028: 0.0}), min_plants=1, picks_exact=True)
    poor = replace(base, counties={code: replace(county, local_funds=0.0) for code, county in base.counties.items()})
    found = judged(poor, {"alder": 2027})
    assert found.best is not None
    assert found.best.status is Status.INFEASIBLE
    assert found.value is None
