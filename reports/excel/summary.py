"""First sheet of the Excel report: the run on one page, for a reader who opens no other."""

from collections.abc import Mapping
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from models.instance import Instance
from models.plan import Result, Status
from reports.background import Background
from reports.columns import TEXT
from reports.excel.cells import DARK, FIGURE, LINE_HEIGHT, LINK, PALE, Book, line_count, write_formula, write_value
from reports.excel.checks import TITLE as CHECKS
from reports.excel.formula import Term
from reports.facts import Fact
from reports.summary import facts, status_sentence

WIDTHS = (46, 18, 32, 100)
"""Columns: figure, value, unit, remark."""
LAST = len(WIDTHS) - 1

GREEN, AMBER, RED = "#E2F0D9", "#FFF2CC", "#F8D7DA"


def assumption_sentence(background: Background) -> str:
    """How many figures of the workbook are assumed, and where they are listed."""
    count = len(background.assumptions)
    if not count:
        return "What was assumed: the workbook marks none of its figures as an assumption."
    figures = (
        "1 figure of the workbook is an assumption"
        if count == 1
        else f"{count:,} figures of the workbook are assumptions"
    )
    return f"What was assumed: {figures}. The sheet Assumptions lists each, with the reasoning behind it."


def write_summary(
    book: Book,
    sheet: Worksheet,
    instance: Instance,
    result: Result,
    background: Background,
    links: Mapping[str, Term] | None = None,
    verdict: str | None = None,
) -> None:
    """Write title, status in words, what was assumed, and the key figures by section.

    `links` has formulas of figures by their names, `verdict` is what the sheet of checks comes to.
    """
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    _write_title(book, sheet, instance)
    _write_status(book, sheet, instance, result)
    assumed = assumption_sentence(background)
    linked = book.format(font_color=LINK, underline=1, valign="vcenter", text_wrap=True)
    sheet.merge_range(3, 0, 3, LAST, "", linked)
    sheet.write_url(3, 0, "internal:'Assumptions'!A1", linked, string=assumed)
    sheet.set_row(3, 22)
    if verdict is not None:
        told = book.format(bold=True, font_color="#404040")
        sheet.write_formula(4, 0, f"='{CHECKS}'!$A$2", told, verdict)
        linked = book.format(font_color=LINK, underline=1)
        sheet.write_url(4, LAST, f"internal:'{CHECKS}'!A1", linked, string="by formulas, on the sheet Checks")
    row = 5 if verdict is None else 6
    for section, group in groupby(facts(instance, result), key=lambda fact: fact.section):
        _write_section(book, sheet, row, section)
        row += 1
        for fact in group:
            if fact.figure != "Status":
                _write_fact(book, sheet, row, instance, fact, (links or {}).get(fact.figure))
                row += 1
        row += 1


def _write_title(book: Book, sheet: Worksheet, instance: Instance) -> None:
    title = book.format(bold=True, font_size=22, font_color=DARK, text_wrap=True, valign="vcenter")
    sheet.merge_range(0, 0, 0, LAST, "", title)
    sheet.write_string(0, 0, instance.title or "Plan", title)
    sheet.set_row(0, 34 * line_count(instance.title, sum(WIDTHS) / 2))
    years = f"{instance.first_year}–{instance.last_year}"
    parts = [f"Variant: {instance.variant}", f"Plan years: {years}", f"Money in: {instance.currency or 'money'}"]
    sheet.write_string(1, 0, "   ·   ".join(parts), book.format(font_color="#595959"))


def _write_status(book: Book, sheet: Worksheet, instance: Instance, result: Result) -> None:
    colour = AMBER if result.plan is not None else RED
    if result.plan is not None and result.status is Status.SOLVED:
        colour = GREEN
    style = book.format(
        bold=True, font_size=13, bg_color=colour, text_wrap=True, valign="vcenter", border=1, align="left", indent=1
    )
    sentence = status_sentence(result, instance.policy.objective)
    sheet.merge_range(2, 0, 2, LAST, "", style)
    sheet.write_string(2, 0, sentence, style)
    sheet.set_row(2, 12 + 18 * line_count(sentence, sum(WIDTHS) * 0.8))


def _write_section(book: Book, sheet: Worksheet, row: int, section: str) -> None:
    style = book.format(bold=True, bg_color=PALE, font_color=DARK, bottom=1)
    sheet.write_string(row, 0, section, style)
    for place in range(1, LAST + 1):
        sheet.write_blank(row, place, None, style)


def _write_fact(
    book: Book, sheet: Worksheet, row: int, instance: Instance, fact: Fact, link: Term | None = None
) -> None:
    sheet.write_string(row, 0, fact.figure, book.format(align="left", indent=1, text_wrap=True))
    number_format = None if fact.unit.number_format == "#,##0" else fact.unit.number_format
    if link is not None and not isinstance(fact.value, str):
        write_formula(book, sheet, (row, 1), link.text, fact.value, number_format, bold=True)
    elif isinstance(fact.value, str):
        sheet.write_string(row, 1, fact.value, book.format(bold=True, **FIGURE))
    else:
        write_value(book, sheet, (row, 1), fact.value, number_format, bold=True)
    words = fact.unit is TEXT or isinstance(fact.value, str) or fact.unit.number_format in ("0.0%", "0.00%")
    if not words:
        sheet.write_string(row, 2, fact.unit.name(instance), book.format(align="left", indent=1, text_wrap=True))
    if fact.detail:
        sheet.write_string(row, 3, fact.detail, book.format(text_wrap=True, font_color="#404040"))
        lines = line_count(fact.detail, WIDTHS[LAST])
        if lines > 1:
            sheet.set_row(row, lines * LINE_HEIGHT)
