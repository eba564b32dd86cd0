"""The report's own checks: a formula for each rule, which finds every plan that breaks it."""

from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from models.instance import Instance
from models.plan import Plan, Result, Status
from models.rules import RULES
from models.verifier import verify
from reports.background import Background
from reports.excel import excel_content
from reports.excel.book import OPTIONS
from reports.excel.cells import Book
from reports.excel.checks import ALL_KEPT, CHECKS, TITLE, WITHOUT_CHECK, write_checks
from reports.excel.plan import PlanSheets, plan_sheets, sheet_titles
from tests.models.breaches import BREACHES, OBEYING, Breach, Obeying
from tests.models.evaluation import optimal_plan
from tests.models.random_full_instance import random_full_instance
from tests.models.tiny_instance import a_plan, tiny_instance

NO_CELL = {
    "joined_by: after the plan",
    "sites: not here",
    "lanes: no such lane",
    "support_uplift: where it does not help",
    "remit_first: no budget is planned",
    "domain: year beyond the plan",
    "domain: unknown county",
    "domain: index too short",
    "domain: index no tuple",
    "domain: unknown province",
}
"""Breaches with a value for which the report has no cell, so that no reader can make them."""

OTHER_NAME = {"domain: not importable": "demand", "domain: must be met": "demand"}
"""Breaches that the report tells under another rule than the verifier."""


def sheets_of(instance: Instance, plan: Plan, file: Path | None = None) -> tuple[PlanSheets, str]:
    """The sheets of a plan with its checks, and what the checks say; written to a file where one is given."""
    book = Book(Workbook(file or BytesIO(), OPTIONS), "test")
    checks = book.add_sheet(TITLE)
    sheets = plan_sheets(book, instance, plan, {title: book.add_sheet(title) for title in sheet_titles(instance)})
    verdict = write_checks(book, checks, sheets)
    if file is not None:
        book.workbook.close()
    return sheets, verdict


def broken(sheets: PlanSheets) -> set[str]:
    """Rules that a plan breaks by the values beside the formulas."""
    return {
        rule for rule, check in CHECKS.items() for part in check(sheets) if part.area is not None and part.area.broken
    }


def test_every_rule_is_checked_or_says_why_not() -> None:
    assert [rule.__name__ for rule in RULES] == [*CHECKS, *WITHOUT_CHECK]


def test_a_reason_is_given_where_there_is_no_check() -> None:
    assert all(why.strip() for why in WITHOUT_CHECK.values())


@pytest.mark.parametrize("obeying", OBEYING, ids=str)
def test_plan_that_just_obeys_is_kept(obeying: Obeying) -> None:
    _, verdict = sheets_of(obeying.instance, obeying.plan)
    assert verdict == ALL_KEPT


@pytest.mark.parametrize("breach", [breach for breach in BREACHES if str(breach) not in NO_CELL], ids=str)
def test_breach_is_found_and_nothing_else(breach: Breach) -> None:
    sheets, verdict = sheets_of(breach.instance, breach.plan)
    expected = {breach.rule, breach.also} - {"", "domain"}
    expected |= {OTHER_NAME[str(breach)]} if str(breach) in OTHER_NAME else set()
    assert broken(sheets) == expected
    assert verdict != ALL_KEPT


def test_what_has_no_cell_is_a_breach() -> None:
    assert {str(breach) for breach in BREACHES} >= NO_CELL | OTHER_NAME.keys()
    assert all(verify(breach.instance, breach.plan) for breach in BREACHES if str(breach) in NO_CELL)


@pytest.mark.parametrize("seed", range(4))
def test_optimal_plans_of_random_problems_are_kept(seed: int) -> None:
    instance = random_full_instance(seed)
    _, plan = optimal_plan(instance)
    if plan is None:
        pytest.skip("no plan keeps every rule")
    assert sheets_of(instance, plan)[1] == ALL_KEPT


@pytest.mark.parametrize("instance", [tiny_instance(), random_full_instance(1)], ids=["tiny", "random"])
def test_a_plan_of_nothing_can_be_written(instance: Instance) -> None:
    result = Result(Status.STOPPED, a_plan(), 0.0, None, None, 0.1, "HiGHS", (), ())
    assert excel_content(instance, result, Background("a.xlsx", ""), county_sheets=True)
