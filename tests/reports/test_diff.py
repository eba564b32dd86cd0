"""Tables of A beside B, from problems and plans that are made by hand."""

from dataclasses import fields, replace
from typing import Any

import pytest

from models.instance import Instance
from models.plan import Plan
from reports.background import Background
from reports.diff import ChangedValue, Diff, Side, text_of
from reports.diff.findings import facts
from reports.diff.inputs import told
from reports.diff.problems import problem_differences, said_differences
from reports.diff.tables import OF_DECISIONS, diff_sheets
from tests.models.measures.programme import programme, programme_plan
from tests.reports.comparing import result_of
from tests.reports.rows import row_of

HERE = Background(workbook="plan.xlsx", sha256="ab")


def side(letter: str, instance: Instance, plan: Plan | None = None, **background: Any) -> Side:
    result = None if plan is None else result_of(instance, plan)
    return Side(letter, f"plan {letter}", instance, replace(HERE, **background), result)


def diff_of(one: Side, other: Side) -> Diff:
    values, rows, reordered = problem_differences(one.instance, other.instance)
    return Diff(one, other, values, rows, reordered, by_cell=False)


def later(plan: Plan, county: str, years: int) -> Plan:
    """The plan in which a county joins so many years later, with nothing else changed: only for tables."""
    moved = {(code, year + years if code == county else year): value for (code, year), value in plan.select.items()}
    return replace(plan, select=moved)


class TestProblems:
    def test_equal_ones_have_no_difference(self) -> None:
        assert problem_differences(programme(), programme()) == ((), (), ())

    @pytest.mark.parametrize("name", [entry.name for entry in fields(Instance) if entry.name != "variant"])
    def test_every_part_is_compared(self, name: str) -> None:
        """A row taken out of a table, or another single figure, is told under the name of its field."""
        one = programme()
        value: Any = getattr(one, name)
        if hasattr(value, "items"):
            if not value:
                other = replace(one, **{name: {"new": 1.0}})
            else:
                other = replace(one, **{name: dict(list(value.items())[1:])})
            _, (row, *more), _ = problem_differences(one, other)
            assert (row.sheet, more) == (name, [])
            assert row.only_in == ("A" if value else "B")
            return
        changes: dict[str, Any] = {
            "title": "other",
            "currency": "other",
            "years": one.years[1:],
            "policy": replace(one.policy, min_plants=one.policy.min_plants + 7),
        }
        other = replace(one, **{name: changes.get(name, 17)})
        (found,), _, _ = problem_differences(one, other)
        assert found.column == ("min_plants" if name == "policy" else name)

    def test_a_figure_inside_a_record_and_the_order(self) -> None:
        one = programme()
        code, design = next((code, design) for code, design in one.designs.items() if design.inputs)
        entry = next(iter(design.inputs))
        designs = {**one.designs, code: replace(design, inputs={**design.inputs, entry: 99.0})}
        other = replace(one, designs=designs, counties=dict(reversed(one.counties.items())))
        (found,), rows, reordered = problem_differences(one, other)
        assert (found.sheet, found.key, found.column, found.after) == ("designs", code, f"inputs.{entry}", 99.0)
        assert (rows, reordered) == ((), ("counties",))

    def test_assumptions_and_sources(self) -> None:
        one = replace(HERE, assumptions=[("Goods", "food", "guessed")], sources=[("s", "Title", "")])
        other = replace(HERE, assumptions=[("Goods", "food", "counted"), ("Goods", "cloth", "")])
        found = list(said_differences(one, other))
        assert [(value.sheet, value.key, value.before, value.after) for value in found] == [
            ("Goods", "food", "guessed", "counted"),
            ("Goods", "cloth", None, "assumed, without a note"),
            ("Sources", "s", "Title", None),
        ]
        assert {value.concerns for value in found} == {"words"}


class TestDecisions:
    def test_joining_years_side_by_side(self) -> None:
        instance, plan = programme(), programme_plan()
        (county, year), *_ = [index for index, value in plan.select.items() if value > 0.5]
        found = diff_of(side("A", instance, plan), side("B", instance, later(plan, county, 1)))
        row = row_of(found.tables["joining"], county=county)
        assert (row["year_a"], row["year_b"], row["shift"], row["moved"]) == (year, year + 1, 1, "later")
        others = found.tables["joining"].query("county != @county")
        assert set(others["moved"]) <= {"same year"}
        _, joins, _, remark = next(fact for fact in facts(found) if fact[0] == "Counties that join")
        assert joins == "1 later"
        assert remark.endswith(f"moved most: {instance.counties[county].name} {year} -> {year + 1}")

    def test_every_table_of_decisions_tells_of_the_whole_programme(self) -> None:
        """The example has every mechanism, so that no table is empty when a plan is beside one that makes nothing."""
        instance, plan = programme(), programme_plan()
        nothing = replace(plan, start={}, support={}, select={}, produce={}, remittance={}, ship={})
        found = diff_of(side("A", instance, plan), side("B", instance, nothing))
        lacking = [sheet.title for sheet in OF_DECISIONS if sheet.name not in found.tables]
        assert lacking == []
        assert {row.moved for row in found.tables["support"].itertuples()} == {"only in A"}
        paid = found.tables["remittances"].query("figure == 'remitted'")
        assert sum(paid["a"]) == pytest.approx(sum(plan.remittance.values()))
        assert sum(paid["b"]) == 0
        assert sum(found.tables["county_remittances"]["a"]) == pytest.approx(sum(plan.remittance.values()))
        started = found.tables["plants"]
        assert sum(started["plants_a"]) == pytest.approx(sum(plan.start.values()))

    def test_money_of_another_currency_is_not_subtracted(self) -> None:
        instance, plan = programme(), programme_plan()
        other = replace(instance, currency="pounds")
        costs = diff_of(side("A", instance, plan), side("B", other, plan)).tables["costs"]
        assert costs["difference"].isna().all()
        assert "pounds" in costs["unit"].iloc[0]

    def test_without_results_there_are_only_inputs(self) -> None:
        found = diff_of(side("A", programme()), side("B", programme()))
        assert [sheet.name for sheet in diff_sheets(found)] == ["inputs_by_column", "inputs", "rows_in_one", "origin"]


class TestWords:
    def test_a_long_text_is_told_where_it_differs(self) -> None:
        begin = "the same words at the beginning of both of these notes, "
        value = ChangedValue("Settings", "gap", "note", f"{begin}then one", f"{begin}then another")
        assert told(value) == "gap: ...one -> ...another"

    def test_values_as_typed(self) -> None:
        assert [text_of(value) for value in (None, True, 3.0, 0.1, float("inf"), (2027, 2028), "x")] == [
            "", "yes", "3", "0.1", "no limit", "2027, 2028", "x",
        ]  # fmt: skip

    def test_changes_from_nought_and_in_words_have_no_share(self) -> None:
        assert ChangedValue("s", "k", "c", 0, 5).relative is None
        assert ChangedValue("s", "k", "c", 0, 5).change == 5
        assert ChangedValue("s", "k", "c", -2.0, 2.0).relative == 2.0
        assert ChangedValue("s", "k", "c", "no", "yes").change is None
        assert ChangedValue("s", "k", "c", float("inf"), 5).change is None

    def test_calendar_years_have_no_share(self) -> None:
        assert ChangedValue("Settings", "first_year", "value", 2027, 2030).relative is None
        assert told(ChangedValue("Counties", "alder", "eligible_from", 2027, 2030)) == "alder: 2027 -> 2030"
        assert ChangedValue("Settings", "lead_years", "value", 1, 2).relative == 1.0
        assert ChangedValue("Resources", "cement/2027", "amount", 2000, 2100).relative == 0.05
