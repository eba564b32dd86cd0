"""What must hold across the sheets of one variant, beyond what each row says by itself."""

import math
from collections.abc import Iterator, Mapping

from inputs.budget_checks import check_budgets
from inputs.case import Case
from inputs.design_checks import check_designs
from inputs.intermediate_checks import check_intermediates
from inputs.key_checks import unknown_code
from inputs.lanes import check_coordinates
from inputs.located import LocatedRow, rows_of
from inputs.options import build_options
from inputs.problems import Note, Problem, expected
from inputs.scale_rule import NotDerivable
from inputs.sheets import Decided, Demand, Province, Resource, Row, Site, Utilisation
from models.records import BuildOption

Finding = Problem | Note

LONGEST_PLAN = 100

ON_COVERAGE = ("greatest coverage", "greatest least coverage", "greatest even coverage")
"""Objectives that look at coverage, from `objective_from` on."""

ROUNDING = 1e-9
"""How far three times a third, as people type it, may be from one."""


def check_case(case: Case) -> tuple[list[Problem], list[Note]]:
    """Everything that keeps a variant from becoming an instance, and remarks on it. Only usable rows are looked at."""
    findings = [
        *_years(case),
        *_variant(case),
        *_shares_and_picks(case),
        *_first_years(case),
        *_scales(case),
        *check_designs(case),
        *check_intermediates(case),
        *check_budgets(case),
        *_decided(case),
        *_rows_outside(case),
        *_options(case),
    ]
    problems = [finding for finding in findings if isinstance(finding, Problem)]
    return problems, [finding for finding in findings if isinstance(finding, Note)]


def sensible_years(case: Case) -> bool:
    """Whether the plan years are known and in order, so that other years can be compared with them."""
    return case.years_known and 0 <= case.settings.last_year - case.settings.first_year < LONGEST_PLAN


def _years(case: Case) -> Iterator[Finding]:
    if not case.years_known or sensible_years(case):
        return
    first, last = case.settings.first_year, case.settings.last_year
    allowed = f"from {first} (first_year) to {first + LONGEST_PLAN - 1}"
    yield expected(case.setting_cell("last_year"), "last_year", allowed, str(last), "Enter the last plan year.")


def _variant(case: Case) -> Iterator[Finding]:
    row = case.variant_row
    if row is None:
        return
    for code in case.named_scales or ():
        if case.scales_read is not None and code not in case.scales_read:
            yield unknown_code("scales", code, row.cell("scales"), "Scales", set(case.scales_read))
    if case.named_scales == ():
        remedy = "Name scales, separated by commas, or leave the cell blank for all."
        yield expected(row.cell("scales"), "scales", "codes of Scales", "none", remedy)


def _shares_and_picks(case: Case) -> Iterator[Finding]:
    settings = case.settings
    if settings.least_central_share > settings.most_central_share:
        cell = case.setting_cell("least_central_share")
        allowed = f"at most most_central_share, {settings.most_central_share:g}"
        found = f"{settings.least_central_share:g}"
        yield expected(cell, "least_central_share", allowed, found, "Lower it, or raise most_central_share.")
    in_use = {row.record.province for row in case.counties.values()}
    for row in rows_of(case.tables, Province):
        record = row.record
        if record.most_picks is not None and record.least_picks > record.most_picks:
            allowed = f"at most most_picks, {record.most_picks}"
            found = str(record.least_picks)
            yield expected(row.cell("least_picks"), "least_picks", allowed, found, "Lower it, or raise most_picks.")
        if record.province not in in_use:
            yield Note(row.cell("province"), f"the province {record.province} has no county")
        if record.support_cost > 0 and record.support_uplift == 0:
            message = f"support_uplift of {record.province} is 0, so no support base can be founded at this cost"
            yield Note(row.cell("support_cost"), message)


def _first_years(case: Case) -> Iterator[Finding]:
    """A rule that begins after the plan is remarked on; one that begins before it holds from the first year on."""
    settings = case.settings
    in_use = {
        "coverage_floor_from": settings.coverage_floor > 0,
        "objective_from": settings.objective in ON_COVERAGE or settings.uncovered_cap is not None,
        "disparity_limit_from": settings.disparity_limit is not None,
        "gini_cap_from": settings.gini_cap < 1,
    }
    for name, used in in_use.items():
        year = getattr(settings, name)
        if used and sensible_years(case) and year is not None and year > settings.last_year:
            message = f"{name}, {year}, is after the last plan year, {settings.last_year}, so it never begins"
            yield Note(case.setting_cell(name), message)


def _scales(case: Case) -> Iterator[Finding]:
    sites = {row.record.scale for row in rows_of(case.tables, Site)}
    by_variant = case.variant_row.record.lanes if case.variant_row else None
    for code, row in case.scales.items():
        if row.record.sites_only == "yes" and code not in sites:
            message = f"the scale {code} has no site in Sites, so none of its plants can be built"
            yield Note(row.cell("sites_only"), message)
        if row.record.sites_only == "no" and code in sites:
            cell = next(site.cell("scale") for site in rows_of(case.tables, Site) if site.record.scale == code)
            yield Note(cell, f"the scale {code} may stand anywhere (sites_only = no), so its sites are not used")
        if case.lane_rule(code) == "radius" and row.record.radius is None:
            remedy = "Enter the radius in km, or choose other lanes."
            where = f" (lanes of the variant {case.variant})" if by_variant == "radius" else ""
            message = f"radius of {code} is missing, as its lanes are 'radius'{where}"
            yield Problem(row.cell("radius"), "nothing", "a number at least 0", remedy, message)


def _decided(case: Case) -> Iterator[Finding]:
    rows = rows_of(case.tables, Decided)
    if rows and not case.use_decided and case.variant_row is None:
        message = "choices already made are not used; a variant with use_decided = yes would use them"
        yield Note(rows[0].cell("county"), message)
    for row in rows:
        code, year = row.record.county, row.record.year
        county = case.counties.get(code)
        if case.use_decided and sensible_years(case) and year not in case.years:
            yield _outside(case, row, "year")
        if county is None:
            continue
        if county.record.eligible == "no":
            message = f"{code} joined in {year}, yet {county.cell('eligible')} bars it"
            remedy = "Delete the row, or make the county eligible."
            yield Problem(row.cell("county"), code, "an eligible county", remedy, message)
        elif county.record.eligible_from is not None and year < county.record.eligible_from:
            allowed = f"{county.record.eligible_from} (eligible_from in {county.cell('eligible_from')}) or later"
            yield expected(row.cell("year"), f"year of {code}", allowed, str(year), "Correct one of the two.")


def _outside(case: Case, row: LocatedRow[Row], column: str) -> Problem:
    year = getattr(row.record, column)
    allowed = f"a plan year, {case.settings.first_year} to {case.settings.last_year}"
    return expected(row.cell(column), column, allowed, str(year), "Correct it, or delete the row.")


def _rows_outside(case: Case) -> Iterator[Finding]:
    """Means and demand of other years are remarked on once a year and sheet: a longer series may be kept on purpose."""
    if not sensible_years(case):
        return
    for sheet in (Demand, Resource, Utilisation):
        first: dict[int, LocatedRow[Row]] = {}
        for row in rows_of(case.tables, sheet):
            year = row.record.year  # type: ignore[attr-defined]  # all three have it
            if year not in case.years:
                first.setdefault(year, row)
        for year, row in sorted(first.items()):
            yield Note(
                row.cell("year"), f"{year} is not a plan year, and what is given for it is ignored", unknown=True
            )


def _options(case: Case) -> Iterator[Finding]:
    try:
        options = build_options(case)
    except NotDerivable:
        return  # told by the design checks
    yield from check_coordinates(case, options)
    if case.settings.dispersion_cap < 1:
        yield from _dispersion(case, options)
    if case.settings.objective == "least concentration":
        remedy = "Enter the capacity, or choose another objective."
        yield from _unlimited_capacity(case, options, "the objective least concentration", remedy)


def _dispersion(case: Case, options: Mapping[tuple[str, str], BuildOption]) -> Iterator[Finding]:
    cap = case.settings.dispersion_cap
    provinces: dict[str, set[str]] = {}
    for county, design in options:
        good = case.designs[design].record.good
        provinces.setdefault(good, set()).add(case.counties[county].record.province)
    remedy = "Enter the capacity, or set dispersion_cap to 1."
    yield from _unlimited_capacity(case, options, f"dispersion_cap, {cap:g},", remedy)
    barred = [good for good in case.goods if good in provinces and cap * len(provinces[good]) < 1 - ROUNDING]
    if barred:
        message = f"dispersion_cap, {cap:g}, asks for plants in more provinces than may have them, so none can be built"
        yield Note(case.setting_cell("dispersion_cap"), f"{message}: {', '.join(barred)}")


def _unlimited_capacity(
    case: Case, options: Mapping[tuple[str, str], BuildOption], needed_by: str, remedy: str
) -> Iterator[Finding]:
    """Designs without a capacity, where shares of capacity are compared."""
    unlimited = {design for (_, design), option in options.items() if option.capacity == math.inf}
    for code, row in case.designs.items():
        if code in unlimited:
            message = f"capacity of {code} is blank (unlimited), but {needed_by} needs it"
            yield Problem(row.cell("capacity"), "nothing", "a number above 0", remedy, message)
