"""A sheet for each county of the Excel report: its allocation letter, in words and a table that follows the plan."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE
from reports.columns import county_order
from reports.excel.cells import DARK, FIGURE, LINE_HEIGHT, LINK, PALE, Book, line_count
from reports.excel.formula import NOTHING, Term, added, total
from reports.excel.grid import AMOUNT, COLUMNS
from reports.excel.plan import PlanSheets

LETTER = "What the county gets, builds, gives, makes and remits, by year."
MOST_CHARACTERS = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
RESERVED = ("history",)
"""Titles that Excel keeps for itself."""
LABELS = 2
FIRST_WIDTH, YEAR_WIDTH = 44, 12

Figures = Mapping[int, Term]


def county_titles(instance: Instance, taken: Iterable[str]) -> dict[str, str]:
    """Title of each county's sheet: its name without what a title cannot have, and unlike any other title."""
    used = {title.casefold() for title in (*taken, *RESERVED)}
    found: dict[str, str] = {}
    for code in county_order(instance):
        name = FORBIDDEN.sub(" ", instance.counties[code].name).strip().strip("'").strip()
        base = name or FORBIDDEN.sub(" ", code).strip("' ") or "county"
        title, number = _cut(base, ""), 1
        while title.casefold() in used:
            number += 1
            title = _cut(base, f" {number}")
        used.add(title.casefold())
        found[code] = title
    return found


def _cut(base: str, tail: str) -> str:
    """The text with its tail, no longer than a title may be; what counts are units of UTF-16."""
    kept = base
    while len((kept + tail).encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        kept = kept[:-1]
    return kept.rstrip().rstrip("'") + tail


def write_county(book: Book, sheet: Any, sheets: PlanSheets, county: str) -> None:
    """Write a county's letter."""
    instance = sheets.instance
    place, years = instance.counties[county], instance.years
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, 1, 20)
    sheet.set_column(LABELS, LABELS + len(years), YEAR_WIDTH)
    local = f" ({place.local_name})" if place.local_name and place.local_name != place.name else ""
    title = f"{place.name}{local}, {instance.provinces[place.province].name}: allocation"
    sheet.write_string(0, 0, title, book.format(bold=True, font_size=18, font_color=DARK))
    sheet.set_row(0, 28)
    sheet.write_url(1, 0, "internal:'Contents'!A1", book.format(font_color=LINK, underline=1), string="Contents")
    width = FIRST_WIDTH + 20 + YEAR_WIDTH * (len(years) + 1)
    row = 3
    for sentence in _sentences(sheets, county):
        style = book.format(text_wrap=True, align="left")
        sheet.merge_range(row, 0, row, LABELS + len(years), "", style)
        sheet.write_string(row, 0, sentence, style)
        sheet.set_row(row, LINE_HEIGHT * line_count(sentence, width * 0.95))
        row += 1
    row += 1
    head = book.format(bold=True, bg_color=DARK, font_color="white", border=1)
    year_head = book.format(bold=True, bg_color=DARK, font_color="white", border=1, num_format="0", align="right")
    sheet.write_string(row, 0, "by year", head)
    sheet.write_string(row, 1, "unit", head)
    for number, year in enumerate(years):
        sheet.write_number(row, LABELS + number, year, year_head)
    sheet.write_string(row, LABELS + len(years), "all years", year_head)
    row += 1
    for section, lines in _table(sheets, county).items():
        if not lines:
            continue
        style = book.format(bold=True, bg_color=PALE, font_color=DARK, bottom=1)
        for column in range(LABELS + len(years) + 1):
            sheet.write_blank(row, column, None, style)
        sheet.write_string(row, 0, section, style)
        row += 1
        for words, unit, figures in lines:
            _write_line(book, sheet, row, (words, unit), figures, years)
            row += 1
    sheet.fit_to_pages(1, 1)


def _write_line(
    book: Book, sheet: Any, row: int, labels: tuple[str, str], figures: Figures, years: tuple[int, ...]
) -> None:
    for column, text in enumerate(labels):
        sheet.write_string(row, column, text, book.format(text_wrap=True, align="left"))
    shape = book.format(num_format=AMOUNT, **FIGURE)
    for number, year in enumerate(years):
        sheet.write_formula(row, LABELS + number, f"={figures[year].text}", shape, figures[year].value)
    first, last = COLUMNS[LABELS], COLUMNS[LABELS + len(years) - 1]
    whole = sum(figures[year].value for year in years)
    bold = book.format(num_format=AMOUNT, bold=True, **FIGURE)
    sheet.write_formula(row, LABELS + len(years), f"=SUM({first}{row + 1}:{last}{row + 1})", bold, whole)


Line = tuple[str, str, Figures]


def _table(sheets: PlanSheets, county: str) -> dict[str, list[Line]]:
    """Lines of the letter by section; what the county has nothing to do with is left out."""
    instance, building, money = sheets.instance, sheets.building, sheets.instance.currency or "money"
    years = instance.years

    def line(words: str, unit: str, figures: Figures) -> Line:
        return words, unit, figures

    def of(block: Any, key: Any) -> Figures:
        return {year: block.at(key, year) for year in years}

    gets = [
        line("central funds for construction", money, of(building.central, county)),
        line("central construction labour", "person-years", of(building.central_labour, county)),
    ]
    gives = [
        line("own funds for construction", money, of(building.local, county)),
        line("donations", money, of(building.donated, county)),
        line("own construction labour", "person-years", of(building.local_labour, county)),
    ]
    if sheets.materials is not None:
        for code, material in instance.materials.items():
            gets.append(line(f"{material.name} from the centre", "t", of(sheets.materials.central, (county, code))))
            gives.append(line(f"own {material.name}", "t", of(sheets.materials.local, (county, code))))
    builds = [
        line(instance.designs[code].name, "plants started", of(sheets.plants.start, (county, code)))
        for code in instance.designs_at[county]
    ]
    found = {
        "It gets": gets,
        "It gives to construction": gives,
        "It builds": builds,
        "It makes and supplies": list(_supplies(sheets, county)),
        "Its people get": list(_receives(sheets, county)),
        "It remits": list(_remits(sheets, county)),
    }
    return {section: [entry for entry in lines if _used(entry)] for section, lines in found.items()}


def _used(line: Line) -> bool:
    return any(abs(figure.value) > NEGLIGIBLE for figure in line[2].values())


def _supplies(sheets: PlanSheets, county: str) -> Iterator[Line]:
    goods, lanes, years = sheets.goods, sheets.lanes, sheets.instance.years
    for code, good in sheets.instance.goods.items():
        place, lane = (county, code), (county, county, code)
        yield f"{good.name}: made", "t/yr", {year: goods.made.at(place, year) for year in years}
        own = lane in lanes.grid.rows
        sent = {year: goods.sent.at(place, year) - (lanes.ship.at(lane, year) if own else NOTHING) for year in years}
        yield f"{good.name}: sent to other counties", "t/yr", sent
    raw = sheets.raw
    if raw is not None:
        for entry in (entry for where, entry in raw.grid.rows if where == county):
            name = sheets.instance.inputs[entry].name
            yield f"{name}: own raw material", "t/yr", {year: raw.local.at((county, entry), year) for year in years}


def _receives(sheets: PlanSheets, county: str) -> Iterator[Line]:
    goods, years = sheets.goods, sheets.instance.years
    for code, good in sheets.instance.goods.items():
        place = (county, code)
        yield f"{good.name}: needed", "t/yr", {year: goods.demand.at(place, year) for year in years}
        yield f"{good.name}: from home", "t/yr", {year: goods.domestic.at(place, year) for year in years}
        yield f"{good.name}: imports", "t/yr", {year: goods.imports.at(place, year) for year in years}
        yield f"{good.name}: not met", "t/yr", {year: goods.shortage.at(place, year) for year in years}


def _remits(sheets: PlanSheets, county: str) -> Iterator[Line]:
    budgets, years = sheets.budgets, sheets.instance.years
    if budgets is None or county not in budgets.grid.rows:
        return
    unit = f"{sheets.instance.currency or 'money'}/yr"
    for words, block in (
        ("revenue", budgets.revenue),
        ("owed to the centre", budgets.due),
        ("remitted", budgets.remittance),
        ("owed and not paid", budgets.shortfall),
        ("subsidy of the centre", budgets.subsidy),
        ("surplus", budgets.surplus),
    ):
        yield words, unit, {year: block.at(county, year) for year in years}


def _sentences(sheets: PlanSheets, county: str) -> Iterator[str]:
    """The letter in words, as solved."""
    instance, name = sheets.instance, sheets.instance.counties[county].name
    joins = [year for year in instance.years if sheets.joining.select.at(county, year).value > 0.5]
    if not joins:
        yield f"{name} does not join the programme in {instance.first_year}–{instance.last_year}."
    for year in joins:
        items = ", ".join(item.name for item in instance.due_items(year))
        with_items = f" With it come: {items}." if items else ""
        yield f"{name} joins the programme in {year}.{with_items}"
    begun = _begun(sheets, county)
    if begun:
        yield f"It builds {begun}."
    central = added(sheets.building.central.at(county, year) for year in instance.years).value
    own = total([sheets.building.local.across(county)]).value
    donated = total([sheets.building.donated.across(county)]).value
    if central + own + donated > NEGLIGIBLE:
        money = instance.currency or "money"
        given = f", and donors {donated:,.0f}" if donated > NEGLIGIBLE else ""
        yield f"For that the centre pays {central:,.0f} {money} in all, the county itself {own:,.0f}{given}."
    supplies = [
        f"{good.name} {sheets.goods.made.at((county, code), instance.last_year).value:,.0f} t"
        for code, good in instance.goods.items()
        if sheets.goods.made.at((county, code), instance.last_year).value > NEGLIGIBLE
    ]
    if supplies:
        yield f"In {instance.last_year} its plants, old and new, are to make: {', '.join(supplies)}."
    budgets = sheets.budgets
    if budgets is not None and county in budgets.grid.rows:
        paid = total([budgets.remittance.across(county)]).value
        helped = total([budgets.subsidy.across(county)]).value
        short = total([budgets.shortfall.across(county)]).value
        money = instance.currency or "money"
        more = f" It cannot pay {short:,.0f} of what it owes." if short > NEGLIGIBLE else ""
        aid = f" It receives subsidies of {helped:,.0f}." if helped > NEGLIGIBLE else ""
        span = f"{instance.first_year}–{instance.last_year}"
        yield f"It is to remit {paid:,.0f} {money} to the centre in {span}.{more}{aid}"
    yield "The sentences tell the plan as solved; the table below follows the sheets of the plan when they are changed."


def _begun(sheets: PlanSheets, county: str) -> str:
    parts = []
    for year in sheets.instance.years:
        started = [
            f"{count:g} x {sheets.instance.designs[code].name}"
            for code in sheets.instance.designs_at[county]
            if (count := round(sheets.plants.start.at((county, code), year).value)) > 0
        ]
        parts += [f"from {year}: {', '.join(started)}"] if started else []
    return "; ".join(parts)
