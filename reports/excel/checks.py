"""Sheet `Checks` of the Excel report: every rule again, with formulas, and a tick or a cross.

`CHECKS` has a function for each rule, under the rule's name, which puts what the rule leaves beside the plan.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reports.excel.cells import DARK, FIGURE, LINE_HEIGHT, LINK, Book, line_count
from reports.excel.check import Part
from reports.excel.checks_budgets import (
    cost_cap,
    coverage_floor,
    disparity_limit,
    dispersion_cap,
    gini_cap,
    local_revenue,
    national_remittance,
    priority_fund_balance,
    remit_first,
    remittance_due,
    uncovered_cap,
)
from reports.excel.checks_choices import (
    decided,
    eligible_from,
    joined_by,
    modernisations_per_year,
    modernise_existing,
    package,
    picks_per_year,
    province_picks,
    running_plants,
    selected_once,
    sites,
    starts_where_selected,
)
from reports.excel.checks_means import (
    central_budget,
    central_labour_pool,
    central_material_pool,
    construction_labour,
    construction_materials,
    donation_limit,
    import_budget,
    investment_funded,
    stipends,
    workers,
)
from reports.excel.checks_supply import (
    capacity,
    demand,
    existing_capacity,
    inputs,
    lanes,
    local_input_share,
    quota_first,
    shipped_from_output,
    support_uplift,
)
from reports.excel.formula import TOLERANCE, TOLERANCE_NAME
from reports.excel.grid import AMOUNT, COUNT, PINK, RED, Block, Line
from reports.excel.plan import PlanSheets

Check = Callable[[PlanSheets], Iterator[Part]]

CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        selected_once,
        joined_by,
        picks_per_year,
        province_picks,
        decided,
        eligible_from,
        running_plants,
        starts_where_selected,
        package,
        sites,
        modernise_existing,
        modernisations_per_year,
        capacity,
        support_uplift,
        existing_capacity,
        quota_first,
        shipped_from_output,
        demand,
        lanes,
        inputs,
        local_input_share,
        workers,
        stipends,
        construction_labour,
        central_labour_pool,
        construction_materials,
        central_material_pool,
        investment_funded,
        donation_limit,
        central_budget,
        import_budget,
        local_revenue,
        remittance_due,
        remit_first,
        priority_fund_balance,
        national_remittance,
        coverage_floor,
        disparity_limit,
        dispersion_cap,
        gini_cap,
        uncovered_cap,
        cost_cap,
    )
}
"""For each rule how it is checked."""

WITHOUT_CHECK: Mapping[str, str] = {}
"""Rules that formulas cannot check sensibly, and why."""

IDLE: Mapping[str, str] = {
    "lanes": "each county has one lane for a good, so that capacity, demand and what is sent say the same",
}
"""What is said of a rule without limits, where it is not that the workbook sets none."""

TITLE = "Checks"
MEANING = (
    "Every rule, recomputed by formulas from the plan: how many limits it has, what the tightest leaves, and whether "
    "all are kept. Change a number of the plan, and a rule that it breaks turns red."
)
KEPT, BROKEN = "✓ kept", "✗ broken"
ALL_KEPT, SOME_BROKEN = "✓ Every rule is kept.", " ✗ checks are broken: see the red rows."
HEADINGS = (
    ("is it kept?", 12),
    ("rule", 25),
    ("what it asks", 52),
    ("limits", 10),
    ("broken", 10),
    ("least left", 14),
    ("unit", 17),
    ("tightest for", 42),
    ("year", 8),
    ("where it is worked out", 22),
)
FIRST = 5
"""Row of the first check."""
GREEN, GREEN_GROUND = "#1E6B34", "#E2F0D9"


def write_checks(book: Book, sheet: Any, sheets: PlanSheets) -> str:
    """Write the sheet, with what the checks need on the sheets of the plan. What it says of them all."""
    parts = [(rule, part) for rule, check in CHECKS.items() for part in check(sheets)]
    used = [(rule, part) for rule, part in parts if part.area is not None and part.area.count > 0]
    idle = [rule for rule in CHECKS if rule not in {name for name, _ in used}]
    broken = _broken(sheets, used)
    verdict = f"{broken}{SOME_BROKEN}" if broken else ALL_KEPT
    _write_head(book, sheet, len(used) + len(sheets.decisions), verdict)
    row = FIRST
    for rule, part in used:
        _write_part(book, sheet, row, rule, part)
        row += 1
    row = _write_values(book, sheet, row, sheets)
    _mark(book, sheet, row)
    row += 1
    style = book.format(font_color="#595959", text_wrap=True, italic=True)
    unused = ((rule, IDLE.get(rule, "this workbook sets no such limit")) for rule in idle if rule not in WITHOUT_CHECK)
    for rule, why in (*unused, *WITHOUT_CHECK.items()):
        sheet.write_string(row, 0, "not checked", style)
        sheet.write_string(row, 1, rule, style)
        sheet.write_string(row, 2, why, style)
        row += 1
    return verdict


def _broken(sheets: PlanSheets, used: list[tuple[str, Part]]) -> int:
    found = sum(part.area.broken > 0 for _, part in used if part.area is not None)
    return found + sum(_wrong(name, block) > 0 for name, block in sheets.decisions)


def _write_head(book: Book, sheet: Any, count: int, found: str) -> None:
    title = book.format(bold=True, font_size=18, font_color=DARK, valign="vcenter")
    sheet.write_string(0, 0, "Checks: is every rule kept?", title)
    sheet.set_row(0, 28)
    last = FIRST + count
    verdict = book.format(bold=True, font_size=13, align="left")
    cells = f"A{FIRST + 1}:A{last}"
    text = f'IF(COUNTIF({cells},"{BROKEN}")=0,"{ALL_KEPT}",COUNTIF({cells},"{BROKEN}")&"{SOME_BROKEN}")'
    sheet.write_formula(1, 0, f"={text}", verdict, found)
    note = book.format(font_color="#595959")
    sheet.write_string(
        2,
        0,
        "Blue numbers on the sheets Plan ... may be changed; everything else follows by formulas. What is left below 0 "
        "breaks a rule. A difference below the tolerance on the sheet Plan data counts as none.",
        note,
    )
    for column, (heading, width) in enumerate(HEADINGS):
        style = book.format(bold=True, text_wrap=True, bg_color=DARK, font_color="white", border=1)
        sheet.write_string(FIRST - 1, column, heading, style)
        sheet.set_column(column, column, width)
    sheet.set_row(FIRST - 1, LINE_HEIGHT + 3)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(FIRST - 1)
    sheet.hide_gridlines(2)


def _write_part(book: Book, sheet: Any, row: int, rule: str, part: Part) -> None:
    area = part.area
    if area is None:
        return
    number = row + 1
    known = area.cells.known()
    lowest = min(known)
    where = _tightest(part, lowest)
    verdict = KEPT if area.broken == 0 else BROKEN
    text = book.format(text_wrap=True)
    sheet.write_formula(row, 0, f'=IF(E{number}=0,"{KEPT}","{BROKEN}")', book.format(bold=True), verdict)
    sheet.write_string(row, 1, rule, text)
    sheet.write_string(row, 2, part.asks, text)
    sheet.set_row(row, LINE_HEIGHT * max(1, line_count(part.asks, HEADINGS[2][1])))
    sheet.write_formula(row, 3, f"=COUNT({area.cells.text})", book.format(num_format=COUNT, **FIGURE), area.count)
    count = f'=COUNTIF({area.cells.text},"<0")'
    sheet.write_formula(row, 4, count, book.format(num_format="0", **FIGURE), area.broken)
    amount = book.format(num_format=AMOUNT, **FIGURE)
    sheet.write_formula(row, 5, f"=MIN({area.least.text})", amount, lowest)
    sheet.write_string(row, 6, part.unit, book.format(align="left", indent=1))
    found = f"INDEX({area.places},MATCH(F{number},{area.least.text},0))"
    if part.exact:
        found = f'IF(E{number}=0,"",{found})'
    sheet.write_formula(row, 7, f"={found}", text, where[0])
    if area.years is not None:
        line = f"INDEX({area.cells.text},MATCH(F{number},{area.least.text},0),0)"
        when = f"INDEX({area.years},MATCH(F{number},{line},0))"
        if part.exact:
            when = f'IF(E{number}=0,"",{when})'
        sheet.write_formula(row, 8, f"={when}", book.format(num_format="0", align="left"), where[1])
    linked = book.format(font_color=LINK, underline=1)
    sheet.write_url(row, 9, f"internal:'{area.sheet}'!{area.first_cell}", linked, string=area.sheet)


def _tightest(part: Part, lowest: float) -> tuple[str, int | str]:
    """The first row with the least, and the first year in it."""
    area = part.area
    if area is None or (part.exact and area.broken == 0):
        return "", ""
    values = area.cells.values
    row = next(place for place, value in enumerate(area.least.values) if value == lowest)
    line = values[row * area.width : (row + 1) * area.width]
    year = next((year for year, value in zip(area.year_names, line, strict=False) if value == lowest), "")
    return area.place_names[row], year


WHOLE = ("start", "support")
"""Variables that count things; that joining is 0 or 1 is a check of its own."""


def _write_values(book: Book, sheet: Any, row: int, sheets: PlanSheets) -> int:
    """That no value of the plan is below 0, and that what counts things is whole."""
    for name, block in sheets.decisions:
        whole = block.whole() if isinstance(block, Block) else block.across()
        title = block.grid.title if isinstance(block, Block) else block.title
        number = row + 1
        asks = "at least 0, in whole numbers" if name in WHOLE else "at least 0"
        below = f'COUNTIF({whole.text},"<"&-{TOLERANCE_NAME})'
        if name in WHOLE:
            below += f"+SUMPRODUCT(--(ABS({whole.text}-ROUND({whole.text},0))>{TOLERANCE_NAME}))"
        wrong = _wrong(name, block)
        text = book.format(text_wrap=True)
        verdict = f'=IF(E{number}=0,"{KEPT}","{BROKEN}")'
        sheet.write_formula(row, 0, verdict, book.format(bold=True), BROKEN if wrong else KEPT)
        sheet.write_string(row, 1, f"values of {name}", text)
        sheet.write_string(row, 2, asks, text)
        figure = book.format(num_format=COUNT, **FIGURE)
        size = f"=ROWS({whole.text})*COLUMNS({whole.text})"
        sheet.write_formula(row, 3, size, figure, len(whole.values))
        sheet.write_formula(row, 4, f"={below}", book.format(num_format="0", **FIGURE), wrong)
        amount = book.format(num_format=AMOUNT, **FIGURE)
        sheet.write_formula(row, 5, f"=MIN(0,{whole.text})", amount, min(0.0, *whole.known(), 0.0))
        sheet.write_url(row, 9, f"internal:'{title}'!A1", book.format(font_color=LINK, underline=1), string=title)
        row += 1
    return row


def _wrong(name: str, block: Block | Line) -> int:
    """How many values of a variable no plan may have."""
    values = (block.whole() if isinstance(block, Block) else block.across()).known()
    wrong = sum(value < -TOLERANCE for value in values)
    if name in WHOLE:
        wrong += sum(abs(value - round(value)) > TOLERANCE for value in values)
    return wrong


def _mark(book: Book, sheet: Any, last: int) -> None:
    red = book.workbook.add_format({"bg_color": PINK, "font_color": RED})
    green = book.workbook.add_format({"bg_color": GREEN_GROUND, "font_color": GREEN})
    rows = {"type": "formula", "criteria": f'=$A{FIRST + 1}="{BROKEN}"', "format": red}
    sheet.conditional_format(FIRST, 0, last - 1, len(HEADINGS) - 1, rows)
    kept = {"type": "cell", "criteria": "==", "value": f'"{KEPT}"', "format": green}
    sheet.conditional_format(FIRST, 0, last - 1, 0, kept)
    sheet.conditional_format(1, 0, 1, 0, {"type": "text", "criteria": "begins with", "value": "✓", "format": green})
    sheet.conditional_format(1, 0, 1, 0, {"type": "text", "criteria": "not containing", "value": "✓", "format": red})
