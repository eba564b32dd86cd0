"""Formulas in tables and the summary: each belongs to something that is there."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl

from models.costs import COSTS
from reports.background import Background
from reports.excel import write_excel
from reports.excel.links import LINKS
from reports.excel.plan_costs import TERMS
from reports.excel.summary_links import summary_links
from reports.summary import facts
from reports.tables import TABLES
from tests.models.measures.programme import programme, programme_plan
from tests.reports.programme_result import programme_result
from tests.reports.recalculation import formula_cells
from tests.reports.test_excel_checks import sheets_of


def test_every_link_is_of_a_table() -> None:
    assert LINKS.keys() <= {table.name for table in TABLES if table.own_sheet}


def test_every_cost_term_has_its_formula() -> None:
    assert list(TERMS) == [cost.__name__ for cost in COSTS]


def test_formulas_of_the_summary_are_of_its_figures_and_equal_them() -> None:
    sheets, _ = sheets_of(programme(), programme_plan())
    figures = {fact.figure: fact.value for fact in facts(programme(), programme_result())}
    links = summary_links(sheets)
    others = {"Central money", "People not covered"}
    assert links.keys() - others <= figures.keys()
    wrong = {
        name: (figures[name], link.value)
        for name, link in links.items()
        if name in figures and "/" not in link.text and abs(float(figures[name] or 0) - link.value) > 1e-6
    }
    assert not wrong


def test_linked_tables_have_formulas_with_values(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_excel(path, programme(), programme_result(), Background("a.xlsx", ""))
    cells = list(formula_cells(path))
    linked = {table.title for table in TABLES if table.name in LINKS}
    assert {sheet for sheet, *_ in cells} >= linked
    assert all(value is not None or '""' in formula for _, _, formula, value in cells)
    budget = openpyxl.load_workbook(path)["Central budget"]
    assert str(budget["G2"].value).startswith("='Plan nation'!")


def test_charts_are_there(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_excel(path, programme(), programme_result(), Background("a.xlsx", ""))
    with ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 7
    assert all("<c:title>" in chart and chart.count("<c:title>") >= 3 for chart in charts)
