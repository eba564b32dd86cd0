"""Tables of counties' budgets, of what they remit, and of who gains."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.income import gains as gains_of
from models.measures.purses import budgets, remittances
from models.measures.shares import NEGLIGIBLE
from models.plan import Result
from reports.columns import (
    COUNTIES,
    MONEY,
    MONEY_YEAR,
    PLACE_COLUMNS,
    PLANT_YEARS,
    TEXT,
    TONNES,
    YEAR_COLUMN,
    Column,
    Row,
    county_order,
    place_row,
    plan_of,
    table,
)
from reports.mechanisms import has_budgets, has_market_prices


@table(
    "County budgets",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        Column("base_revenue", MONEY_YEAR, "revenue without the plan"),
        Column("net_income", MONEY_YEAR, "income of plants there, less what existing ones lose", "plants' income"),
        Column("income_share", MONEY_YEAR, "the county's part of it", "its share of that"),
        Column("revenue", MONEY_YEAR, "both together"),
        Column("quota", MONEY_YEAR, "least that it owes the centre"),
        Column("rate_due", MONEY_YEAR, "its rate times its revenue", "rate on revenue"),
        Column("due", MONEY_YEAR, "the greater of the two"),
        Column("decided_by", TEXT, "which of the two that is", "decided by"),
        Column("paid", MONEY_YEAR, "what it remits"),
        Column("shortfall", MONEY_YEAR, "what it owes and cannot pay", "not paid"),
        Column("subsidy", MONEY_YEAR, "what the centre gives it for its essential expenditure"),
        Column("draw", MONEY_YEAR, "what it takes from its priority fund", "from the fund"),
        Column("essential", MONEY_YEAR, "essential expenditure"),
        Column("local_funds", MONEY_YEAR, "what it pays for construction of the programme"),
        Column("surplus", MONEY_YEAR, "what is left for the fund, collective needs and rewards"),
        Column("fund", MONEY, "balance of its priority fund at the end of the year", "priority fund"),
    ),
    key_columns=3,
    concerns=has_budgets,
)
def county_budgets(instance: Instance, result: Result) -> Iterator[Row]:
    """What each county takes in, owes the centre, pays, needs back and keeps in each year. Remittance comes first:
    revenue - paid + subsidy + from the fund = essential + local funds + surplus.
    """
    order = county_order(instance)
    known = budgets(instance, plan_of(result))
    for budget in sorted(known, key=lambda budget: (budget.year, order[budget.county])):
        yield {
            "year": budget.year,
            **place_row(instance, budget.county),
            "base_revenue": budget.base_revenue,
            "net_income": budget.net_income,
            "income_share": budget.income_share,
            "revenue": budget.revenue,
            "quota": budget.quota,
            "rate_due": budget.rate_due,
            "due": budget.due,
            "decided_by": budget.decided_by,
            "paid": budget.paid,
            "shortfall": budget.shortfall,
            "subsidy": budget.subsidy,
            "draw": budget.draw,
            "essential": budget.essential,
            "local_funds": budget.local_funds,
            "surplus": budget.surplus,
            "fund": budget.fund,
        }


@table(
    "Remittances",
    (
        YEAR_COLUMN,
        Column("counties", COUNTIES, "counties whose budget is planned"),
        Column("revenue", MONEY_YEAR, "what they take in"),
        Column("due", MONEY_YEAR, "what they owe the centre"),
        Column("paid", MONEY_YEAR, "what they remit"),
        Column("target", MONEY_YEAR, "least that all together must remit; blank: none is set"),
        Column("shortfall", MONEY_YEAR, "what they owe and cannot pay", "not paid"),
        Column("unable", COUNTIES, "counties that cannot pay in full", "unable to pay in full"),
        Column("subsidies", MONEY_YEAR, "what the centre gives for essential expenditure"),
        Column("subsidised", COUNTIES, "counties that need a subsidy", "subsidised"),
        Column("net", MONEY_YEAR, "remitted less subsidies", "net for the centre"),
        Column("surplus", MONEY_YEAR, "what is left to the counties after all expenditure"),
        Column("funds", MONEY, "what their priority funds hold at the end of the year", "priority funds"),
        Column("recycled", MONEY, "part of it that adds to next year's central funds", "recycled next year"),
    ),
    concerns=has_budgets,
)
def national_remittances(instance: Instance, result: Result) -> Iterator[Row]:
    """What all counties together owe, pay and need back in each year, and how many cannot pay in full."""
    for found in remittances(instance, plan_of(result)):
        yield {
            "year": found.year,
            "counties": found.counties,
            "revenue": found.revenue,
            "due": found.due,
            "paid": found.paid,
            "target": found.target,
            "shortfall": found.shortfall,
            "unable": found.unable,
            "subsidies": found.subsidies,
            "subsidised": found.subsidised,
            "net": found.net,
            "surplus": found.surplus,
            "funds": found.funds,
            "recycled": found.recycled,
        }


@table(
    "Who gains",
    (
        *PLACE_COLUMNS,
        Column("plants", PLANT_YEARS, "plants of the plan running there, added over the years", "plants there"),
        Column("net_income", MONEY, "what they earn after costs, stipends and raw materials", "income of plants there"),
        Column("kept", MONEY, "part of it that is the county's revenue", "of it the county's"),
        Column("sent", TONNES, "goods that go from there to other counties", "goods sent"),
        Column("sent_value", MONEY, "their value at market price", "value sent"),
        Column("received", TONNES, "goods that come from other counties", "goods received"),
        Column("received_value", MONEY, "their value at market price", "value received"),
    ),
    key_columns=2,
    concerns=has_market_prices,
)
def gains(instance: Instance, result: Result) -> Iterator[Row]:
    """Who gains in all plan years together, not discounted: the income of plants that a county hosts beside the goods
    that it has from plants elsewhere. A plant enriches its host, not the counties it supplies.
    """
    order = county_order(instance)
    for found in sorted(gains_of(instance, plan_of(result)), key=lambda gain: order[gain.county]):
        if max(found.plants, found.sent, found.received) > NEGLIGIBLE:
            yield {
                **place_row(instance, found.county),
                "plants": found.plants,
                "net_income": found.net_income,
                "kept": found.kept,
                "sent": found.sent,
                "sent_value": found.sent_value,
                "received": found.received,
                "received_value": found.received_value,
            }
