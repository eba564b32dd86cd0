"""Prices of limits, against arithmetic by hand, against problems built anew, and against solving anew."""

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

import optimizer.prices
from models.instance import Instance
from models.plan import Plan
from models.problem import build_problem
from models.records import Good
from optimizer.command_line import app
from optimizer.no_plan import NoPlan
from optimizer.options import InvalidOption
from optimizer.prices import kept_objective, linear_prices, looked_at, prices
from optimizer.prices.choosing import step_of
from optimizer.prices.problem import PricedProblem, whole_values
from optimizer.prices.scarce import Scarce, scarce_of, with_more
from optimizer.run import carry_out, prepare
from optimizer.runs import KNOWN, RunPool
from optimizer.solve import solve
from optimizer.solvers import End, HighsProblem
from reports.prices_data import Price, Prices, Sides
from tests.models.budgeted_instance import budgeted_instance
from tests.models.random_full_instance import random_full_instance
from tests.models.small_instance import with_policy
from tests.models.tiny_instance import option, tiny_instance
from tests.optimizer.commands import run
from tests.optimizer.runs import write_small
from tests.optimizer.solving import EXACTLY

CLOSE = 1e-3
"""Relative difference between a price and the difference quotient beside it."""


def priced(instance: Instance, *resolve: str, step: float = 0.01) -> Mapping[str, Price]:
    with RunPool() as pool:
        found = prices(instance, EXACTLY, pool, resolve=resolve, step=step)
    return {price.limit: price for price in found.prices}


def importing(currency: float) -> Instance:
    """A county without a plant that wants 10 t, imports at 10 a tonne and one of foreign currency, or does without at
    a penalty of 40."""
    good = Good("food", "food", "food", import_price=10, import_currency=1, shortage_penalty=40)
    return replace(tiny_instance(options={}, import_currency={2027: currency}), goods={"food": good})


def close(more: float, less: float) -> Any:
    """Equal to prices that differ from these by no more than the solver's tolerance."""
    return Sides(pytest.approx(more), pytest.approx(less))  # type: ignore[arg-type]


def county_with(instance: Instance, **changes: Any) -> Instance:
    return replace(instance, counties={"alder": replace(instance.counties["alder"], **changes)})


class TestByHand:
    def test_import_currency(self) -> None:
        """With 6 of foreign currency 4 t are short: one more imports a tonne at 10 rather than 40."""
        assert priced(importing(6.0))["import_currency/2027"].kept == close(30, 30)

    def test_one_more_and_one_less_differ_at_a_kink(self) -> None:
        """With just enough one more saves nothing, one less costs 30."""
        assert priced(importing(10.0))["import_currency/2027"].kept == close(0, 30)

    def test_nothing_where_something_is_left(self) -> None:
        assert priced(importing(12.0))["import_currency/2027"].kept == Sides(0.0, 0.0)

    def test_no_plan_with_one_less(self) -> None:
        """Where imports must meet demand, as many as there is currency for, one less leaves no plan."""
        instance = importing(10.0)
        must = replace(instance.goods["food"], shortage_penalty=None)
        kept = priced(replace(instance, goods={"food": must}))["import_currency/2027"].kept
        assert kept == close(0, math.inf)

    def test_central_funds_spare_the_premium_of_donors_in_years_of_the_reserve(self) -> None:
        """A plant of 30 in 2028, of which the centre has 4 from 2027 and 16 more: donors give the other 10 at a premium
        of a quarter. One more in either year saves a quarter, for the first year's is carried over."""
        instance = tiny_instance(years=2, central_funds={2027: 4.0, 2028: 16.0}, built={("alder", "mill", 2028): 1.0})
        instance = county_with(instance, local_funds=0.0, donations=100.0, eligible_from=2028)
        found = priced(with_policy(instance, donor_premium=0.25, reserve_carried=True))
        assert found["central_funds/2027"].kept == close(0.25, 0.25)
        assert found["central_funds/2028"].kept == close(0.25, 0.25)
        assert found["donations/alder"].kept == Sides(0.0, 0.0)

    def test_labour_and_materials_of_plants_in_parts(self) -> None:
        """A plant of 30 saves imports of 100 and takes 10 person-years and 20 t of steel. With 5 person-years none is
        built; half of one could be, so that a person-year is worth 7."""
        instance = tiny_instance(
            options={("alder", "mill"): option(construction_labour=10.0, materials={"steel": 20.0})},
            central_labour={2027: 5.0},
            central_material={("steel", 2027): 15.0},
        )
        instance = with_policy(county_with(instance, local_labour=0.0), join_all=True)
        found = priced(instance, "central_labour/2027", step=1.0)
        labour, steel = found["central_labour/2027"], found["steel/2027"]
        assert labour.kept == Sides(0.0, 0.0)
        assert labour.parts == close(7, 7)
        assert steel.parts == Sides(0.0, 0.0)
        # Twice the labour builds none either, for the steel is short by then: 0, which is proven.
        assert labour.resolved is not None
        assert labour.resolved.step == 5
        assert labour.resolved.saving.least == pytest.approx(0)
        assert labour.resolved.saving.most == pytest.approx(0)

    def test_material_of_plants_in_parts(self) -> None:
        """With labour enough, 15 t of the 20 that a plant takes: a tonne is worth 70 / 20, and 5 t more build it."""
        instance = tiny_instance(
            options={("alder", "mill"): option(materials={"steel": 20.0})}, central_material={("steel", 2027): 15.0}
        )
        steel = priced(with_policy(instance, join_all=True), "steel", step=0.33)["steel/2027"]
        assert (steel.kept, steel.parts) == (Sides(0.0, 0.0), close(3.5, 3.5))
        assert steel.resolved is not None
        assert steel.resolved.step == 5
        assert steel.resolved.saving.least == pytest.approx(70)

    def test_one_more_pick_only_by_solving_anew(self) -> None:
        """Each county's plant saves 100 - 30; one of two may join."""
        found = priced(tiny_instance(("alder", "birch"), picks={2027: 1.0}), "picks/2027")["picks/2027"]
        assert (found.kept, found.parts) == (None, None)
        assert found.resolved is not None
        assert found.resolved.kept_saving is None
        assert found.resolved.step == 1
        saving = found.resolved.saving
        assert (saving.found, saving.least, saving.most) == pytest.approx((70, 70, 70))

    def test_modernisations_are_whole_choices(self) -> None:
        found = priced(tiny_instance(modernisations={2027: 1.0}), "modernisations")["modernisations/2027"]
        assert (found.kept, found.parts) == (None, Sides(0.0, 0.0))
        assert found.resolved is not None
        assert found.resolved.kept_saving is None

    def test_exact_pick_may_cost(self) -> None:
        """A joining county must build its plant of 30, which in birch saves nothing."""
        instance = tiny_instance(("alder", "birch"), picks={2027: 1.0})
        instance = replace(instance, demand={**instance.demand, ("birch", "food", 2027): 0.0})
        found = priced(with_policy(instance, picks_exact=True, min_plants=1), "picks/2027")["picks/2027"]
        assert found.resolved is not None
        assert found.resolved.saving.found == pytest.approx(-30)
        assert found.resolved.saving.least == pytest.approx(-30)
        assert found.resolved.saving.most == pytest.approx(-30)

    def test_most_picks_of_a_province(self) -> None:
        instance = tiny_instance(("alder", "birch"))
        held = replace(instance, provinces={"north": replace(instance.provinces["north"], most_picks=1.0)})
        found = priced(held, "most_picks/north")["most_picks/north"]
        assert found.resolved is not None
        assert found.resolved.saving.found == pytest.approx(70)

    def test_price_in_the_workbooks_unit(self, tmp_path: Path) -> None:
        """Of funds of which half arrives, one more in the workbook is worth half of one that arrives."""
        path = write_small(tmp_path)
        overrides = ("Settings.funds_arriving.value=0.5",)
        with RunPool() as pool:
            run = prepare(path, overrides=overrides)
            found = prices(
                run.instance, EXACTLY, pool, origins=run.workbook.origins("both", overrides), resolve=("central_funds",)
            )
        price = next(price for price in found.prices if price.limit == "central_funds/2027")
        assert run.instance.central_funds[2027] == 2000
        assert (price.amount, price.place) == (4000, "Resources!C4")
        assert scarce_of(run.instance, run.workbook.origins("both", overrides))[0].factor == pytest.approx(0.5)

    def test_with_another_objective_the_cost_is_priced_and_the_objective_kept(self) -> None:
        """The centre's money is made least, which nothing of needs; currency is worth what it is with least cost."""
        found = priced(with_policy(importing(6.0), objective="least central funds"))
        assert found["import_currency/2027"].kept == close(30, 30)


class TestAgainstProblemsBuiltAnew:
    """With the figure changed in the instance, everything built and solved again, and the choices kept."""

    @pytest.mark.parametrize("seed", [1, 19, 47, 53, 70, 93, 97])
    def test_random_problems(self, seed: int) -> None:
        instance = random_full_instance(seed)
        result = solve(instance, EXACTLY)
        assert result.plan is not None
        kept = kept_objective(instance, result.plan)
        problem = PricedProblem(instance, result.plan, EXACTLY, lambda: False, kept)
        now = problem.keep_all()
        cost = sum(charge.amount for charge in result.charges)
        assert now == pytest.approx(cost, rel=1e-5, abs=1e-4)
        found: list[Sides] = []
        for scarce in scarce_of(instance):
            sides = None if scarce.kind.whole else problem.sides(scarce)
            if sides is not None:
                found.append(sides)
                step = max(8e-4, 8e-5 * scarce.amount)
                more = value_kept(with_more(instance, scarce, step), result.plan, instance, kept)
                assert same(sides.more, (value_kept(instance, result.plan, instance, kept) - more) / step), scarce.name
                if scarce.amount > step:
                    less = value_kept(with_more(instance, scarce, -step), result.plan, instance, kept)
                    now_again = value_kept(instance, result.plan, instance, kept)
                    assert same(sides.less, (less - now_again) / step), scarce.name
        problem.close()
        assert any(sides.more or sides.less for sides in found)

    @pytest.mark.parametrize("seed", [2, 19, 34, 53, 96])
    def test_random_problems_with_plants_in_parts(self, seed: int) -> None:
        instance = random_full_instance(seed)
        result = solve(instance, EXACTLY)
        assert result.plan is not None
        kept = kept_objective(instance, result.plan)
        problem = PricedProblem(instance, result.plan, EXACTLY, lambda: False, kept)
        now = problem.keep_joining()
        assert now is not None
        assert now == pytest.approx(value_in_parts(instance, result.plan, kept), rel=1e-7, abs=1e-6)
        found: list[Sides] = []
        for scarce in scarce_of(instance):
            sides = problem.sides(scarce)
            step = max(8e-4, 8e-5 * scarce.amount)
            if sides is not None:
                found.append(sides)
                more = value_in_parts(with_more(instance, scarce, step), result.plan, kept)
                assert same(sides.more, (now - more) / step), scarce.name
                if scarce.amount > step:
                    less = value_in_parts(with_more(instance, scarce, -step), result.plan, kept)
                    assert same(sides.less, (less - now) / step), scarce.name
        problem.close()
        assert any(sides.more or sides.less for sides in found)

    def test_quota_that_is_just_what_the_rate_takes_has_no_price(self) -> None:
        """Alder owes 10, and half of 20: with less its rate would count, which are other rows."""
        instance = random_full_instance(16)
        assert {purse.quota for (county, _), purse in instance.purses.items() if county == "alder"} == {10.0}
        result = solve(instance, EXACTLY)
        assert result.plan is not None
        found = {price.limit: price for price in linear_prices(instance, result, EXACTLY).prices}
        assert found["remittance_quota/alder"].kept is None

    def test_quota_of_a_county(self) -> None:
        """What a county remits less it need not get back as a subsidy, and what it cannot pay falls less short."""
        instance = budgeted_instance()
        result = solve(instance, EXACTLY)
        assert result.plan is not None
        problem = PricedProblem(instance, result.plan, EXACTLY, lambda: False)
        problem.keep_all()
        found = {}
        for scarce in scarce_of(instance):
            if scarce.name.startswith("remittance_quota/"):
                sides = problem.sides(scarce)
                assert sides is not None
                now = value_kept(instance, result.plan, instance, None)
                step = 0.01 * scarce.amount
                less = value_kept(with_more(instance, scarce, -step), result.plan, instance, None)
                assert sides.less == pytest.approx((less - now) / step, rel=1e-3, abs=1e-6)
                found[scarce.key] = sides.less
        problem.close()
        assert any(found.values())


def value_kept(instance: Instance, plan: Plan, first: Instance, kept: float | None) -> float:
    """The least cost with all whole variables as a plan of the first instance has them; infinity where none is left."""
    before, variables = build_problem(first, kept=kept)  # PuLP 4 needs the problem as long as its variables
    whole = whole_values(first, variables, plan)
    assert before is not None
    problem, _ = build_problem(instance, tightenings=(), kept=kept)
    highs = HighsProblem(problem, EXACTLY)
    answer = highs.fix_and_solve({**dict.fromkeys(highs.names, 0.0), **whole})
    highs.close()
    if answer.end is End.INFEASIBLE:
        return math.inf
    assert answer.objective is not None
    return answer.objective


def value_in_parts(instance: Instance, plan: Plan, kept: float | None) -> float:
    """The least cost with counties joining and support bases as a plan has them, and plants in parts."""
    problem, variables = build_problem(instance, kept=kept)
    whole = whole_values(instance, variables, plan)
    families: tuple[Mapping[Any, Any], ...] = (variables.select, variables.joined, variables.support)
    held = {variable.name for family in families for variable in family.values()}
    highs = HighsProblem(problem, EXACTLY)
    highs.bound_columns({name: (value, value) for name, value in whole.items() if name in held})
    answer = highs.linear(lambda: False, anew=True)
    highs.close()
    if answer.end is End.INFEASIBLE:
        return math.inf
    assert answer.objective is not None
    return answer.objective


def same(price: float, quotient: float) -> bool:
    return price == quotient or abs(price - quotient) <= CLOSE * max(1.0, abs(quotient))


class TestAgainstSolvingAnew:
    @pytest.mark.parametrize("seed", [12, 19, 53, 93])
    def test_no_more_is_saved_with_choices_kept_than_is_proven_possible(self, seed: int) -> None:
        instance = with_policy(random_full_instance(seed), objective="least cost")
        for name, price in priced(instance, "all", step=0.2).items():
            resolved = price.resolved
            assert resolved is not None, name
            if resolved.kept_saving is not None and resolved.saving.most is not None:
                assert resolved.kept_saving <= resolved.saving.most + 1e-3, name
            if resolved.saving.least is not None and resolved.saving.most is not None:
                assert resolved.saving.least <= resolved.saving.most + 1e-6, name

    def test_import_currency_agrees(self) -> None:
        found = priced(importing(6.0), "import_currency/2027", step=0.5)["import_currency/2027"]
        assert found.resolved is not None
        assert found.resolved.step == 2
        assert found.resolved.kept_saving == pytest.approx(60)
        assert found.resolved.saving.least == pytest.approx(60)
        assert found.resolved.saving.most == pytest.approx(60)

    def test_largest_are_chosen(self) -> None:
        found = priced(importing(6.0), "largest")
        assert [name for name, price in found.items() if price.resolved is not None] == ["import_currency/2027"]

    def test_solves_are_kept(self, tmp_path: Path) -> None:
        told: list[str] = []
        for _ in range(2):
            with RunPool(tmp_path, progress=lambda name, progress: told.append(progress.stage)) as pool:
                prices(importing(6.0), EXACTLY, pool, resolve=("import_currency",))
        assert told.count(KNOWN) == 2

    def test_interrupted(self) -> None:
        """What was not reached stays blank; without a plan there is nothing to price."""
        instance = importing(6.0)
        known = solve(instance, EXACTLY)
        with RunPool(should_stop=lambda: True) as pool:
            found = prices(instance, EXACTLY, pool, result=known, resolve=("all",), should_stop=lambda: True)
            assert all(price.resolved is None for price in found.prices)
            with pytest.raises(NoPlan):
                prices(instance, EXACTLY, pool)

    def test_counties_of_a_large_problem_only_where_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(optimizer.prices, "is_large", lambda instance: True)
        instance, other = budgeted_instance(), "remittance_quota/alder"
        limits = scarce_of(instance)
        for counties, named, there in ((None, (), False), (None, (other,), True), (True, (), True), (False, (), False)):
            found = {limit.name for limit in looked_at(instance, limits, counties, named)}
            assert (other in found) == there
            assert "remittance_quota/birch" not in found or counties


class TestWhatIsAsked:
    def test_another_solver_gives_no_prices(self) -> None:
        other = replace(EXACTLY, solver="CBC")
        result = solve(importing(6.0), EXACTLY)
        with pytest.raises(InvalidOption, match="solver should be HiGHS"):
            linear_prices(importing(6.0), result, other)

    @pytest.mark.parametrize("name", ["import_curency/2027", "import_currency/2040", "wheat"])
    def test_unknown_limit(self, name: str) -> None:
        with pytest.raises(InvalidOption, match="resolve should name limits"):
            priced(importing(6.0), name)

    @pytest.mark.parametrize(
        ("amount", "share", "step"),
        [(100.0, 0.01, 1.0), (148_000.0, 0.01, 1_000.0), (60.0, 0.05, 2.0), (0.0, 0.1, 1.0)],
    )
    def test_round_step(self, amount: float, share: float, step: float) -> None:
        limit = replace(funds(importing(6.0)), amount=amount)
        assert step_of(limit, share) == pytest.approx(step)


def funds(instance: Instance) -> Scarce:
    return scarce_of(replace(instance, central_funds={2027: 1.0}))[0]


class TestCommand:
    def run(self, *arguments: object) -> Result:
        return run("prices", *arguments)

    def test_of_a_workbook(self, tmp_path: Path) -> None:
        told = self.run(write_small(tmp_path), "--resolve", "picks/2027", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "1 more pick in 2027 (2 instead of 1)" in told.stdout
        rows = list(load_workbook(tmp_path / "out" / "small-both-prices.xlsx")["Prices"].iter_rows(values_only=True))
        assert {row[0]: row[6] for row in rows[1:]}["central_funds/2028"] == "Resources!C5"

    def test_of_a_saved_result(self, tmp_path: Path) -> None:
        saved = carry_out(prepare(write_small(tmp_path), folder=tmp_path / "solved")).saved
        told = self.run(saved, "--resolve", "none", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert (tmp_path / "out" / "small-both-prices.xlsx").exists()

    def test_beside_the_report_of_a_solve(self, tmp_path: Path) -> None:
        told = CliRunner().invoke(app, ["solve", str(write_small(tmp_path)), "--prices", "-o", str(tmp_path / "out")])
        assert told.exit_code == 0, told.output
        for ending in (".xlsx", ".html"):
            written = tmp_path / "out" / f"small-both-prices{ending}"
            assert written.exists()
            assert f"Prices: {written}" in told.stdout.replace("\n", "")

    def test_other_solver_than_prices_need(self, tmp_path: Path) -> None:
        words = ["solve", str(write_small(tmp_path)), "--prices", "--solver", "CBC", "-o", str(tmp_path / "out")]
        told = CliRunner().invoke(app, words)
        assert told.exit_code == 2
        assert "--solver should be HiGHS" in told.stderr
        assert not (tmp_path / "out").exists()

    def test_other_solver(self, tmp_path: Path) -> None:
        told = self.run(write_small(tmp_path), "--solver", "CBC", "-o", tmp_path / "out")
        assert told.exit_code == 2
        assert "--solver should be HiGHS" in told.stderr
        assert not (tmp_path / "out").exists()

    def test_variant_with_a_saved_result(self, tmp_path: Path) -> None:
        told = self.run(tmp_path / "some.result.zip", "--variant", "county")
        assert told.exit_code == 2

    def test_no_plan(self, tmp_path: Path) -> None:
        told = self.run(write_small(tmp_path), "--set", "Settings.cost_cap.value=1", "-o", tmp_path / "out")
        assert told.exit_code == 4
        assert "There is no plan to price." in told.stderr


def test_values_of_both_linear_problems() -> None:
    instance = importing(6.0)
    found: Prices = linear_prices(instance, solve(instance, EXACTLY), EXACTLY)
    assert found.kept_value == pytest.approx(60 + 160)
    assert found.parts_value == pytest.approx(220)
