"""Whether what is said about counties' budgets, prices and stipends can be meant: what is owed, what has no effect."""

from collections.abc import Iterator, Sequence

from inputs.case import Case
from inputs.columns import setting_columns
from inputs.located import rows_of
from inputs.prices import market_price, state_price
from inputs.problems import Note, Problem
from inputs.sheets import Resource

BUDGET_COLUMNS = ("essential", "remittance_quota", "remittance_rate", "priority_fund")
"""Columns of Counties that only a planned budget uses."""

BUDGET_SETTINGS = (
    "budget_growth", "plant_income_share", "remittance_rate", "extra_remittance", "recycled_share", "fund_share",
    "subsidy_penalty", "shortfall_penalty",
)  # fmt: skip
"""Settings that only a planned budget uses."""


def check_budgets(case: Case) -> Iterator[Problem | Note]:
    """Remittances that nobody can pay, figures and settings without effect, prices that look wrong."""
    if case.counties_usable:  # or else a budget may be in a row that has another problem
        yield from _remittances(case)
        yield from _settings_without_budgets(case)
    yield from _without_revenue(case)
    yield from _state_prices(case)
    yield from _priceless(case)
    yield from _stipends(case)


def _remittances(case: Case) -> Iterator[Problem]:
    """Told once, at the first year that asks for any."""
    if case.budgets:
        return
    for row in rows_of(case.tables, Resource):
        record = row.record
        if record.resource != "remittances" or record.amount == 0 or record.year not in case.years:
            continue
        switched_off = case.settings.county_budgets == "no"
        mend = "Set county_budgets to yes" if switched_off else "Give the counties that remit a revenue"
        why = " (county_budgets = no)" if switched_off else ""
        message = f"remittances of {record.amount:g} are asked for in {record.year}, but no county's budget is planned"
        allowed = "0, while no county's budget is planned"
        yield Problem(row.cell("amount"), f"{record.amount:g}", allowed, f"{mend}, or delete the row.", message + why)
        return


def _settings_without_budgets(case: Case) -> Iterator[Note]:
    # Who has switched budgets off knows it.
    if case.budgets or case.settings.county_budgets == "no":
        return
    defaults = {name: setting_columns()[name].default for name in BUDGET_SETTINGS}
    idle = [name for name, default in defaults.items() if getattr(case.settings, name) != default]
    if idle:
        message = f"no county has a revenue, so there are no budgets for which to use {', '.join(idle)}"
        yield Note(case.setting_cell(idle[0]), message)


def _without_revenue(case: Case) -> Iterator[Note]:
    if case.settings.county_budgets == "no":
        return
    blank = [row for row in case.counties.values() if row.record.revenue is None]
    for column in BUDGET_COLUMNS:
        given = [row for row in blank if getattr(row.record, column)]
        if given:
            counties = _some([row.record.county for row in given])
            message = f"{column} is not used where revenue is blank, as no budget is planned there: {counties}"
            yield Note(given[0].cell(column), message)


def _state_prices(case: Case) -> Iterator[Note]:
    for code, row in case.goods.items():
        state, market = state_price(row.record), market_price(row.record)
        if state > market:
            message = f"the state price of {code}, {state:g}, is above its market price, {market:g}"
            yield Note(row.cell("state_price"), message)


def _priceless(case: Case) -> Iterator[Note]:
    settings = case.settings
    if not (settings.least_stipend or (case.budgets and settings.plant_income_share)):
        return
    made = {row.record.good for row in case.designs.values()}
    blank = [
        row
        for code, row in case.goods.items()
        if code in made and row.record.market_price is None and row.record.import_price is None
    ]
    if blank:
        goods = ", ".join(row.record.good for row in blank)
        message = f"market_price is blank and there is no import price, so it is taken as 0: {goods}"
        yield Note(blank[0].cell("market_price"), message)


def _stipends(case: Case) -> Iterator[Note]:
    if case.settings.least_stipend and not case.settings.stipend_share:
        message = "stipend_share is 0, so no plant with workers can run where market_product is above 0"
        yield Note(case.setting_cell("least_stipend"), message)


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
