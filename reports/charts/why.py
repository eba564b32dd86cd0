"""The chart of a county: what each year of joining costs, or that it does not."""

from collections.abc import Mapping
from functools import partial

from reports.assessment import Span
from reports.charts.picture import Picture
from reports.charts.spans import ESTIMATED, FOUND, cost_row, draw_costs, kinds_of
from reports.summary import AIMS
from reports.why import Why
from reports.why.sentences import choice_year
from reports.why.tables import in_order

FEWEST = 2
"""Fewest choices that are drawn."""


def why_pictures(why: Why) -> Mapping[str, Picture]:
    """The charts of a county by name."""
    picture = cost_of_years(why)
    return {} if picture is None else {"years": picture}


def cost_of_years(why: Why) -> Picture | None:
    """What each choice costs that the plan does not make, by year; None where little is known."""
    told = [
        cost_row(choice_year(choice.year), span, price, "this choice")
        for choice in in_order(why)
        for span, price in ((choice.cost, None), (Span(), why.at_prices.get(choice.year)))
        if choice.asked
    ]
    rows = [row for row in told if row is not None]
    if len({row["name"] for row in rows}) < FEWEST:
        return None
    unit, kinds = AIMS[why.instance.policy.objective].unit.name(why.instance), kinds_of(rows)
    reading = []
    if FOUND in kinds:
        reading.append(
            "A dot is the best plan found in which the county joins in that year, less the plan compared with."
        )
    if any(row["least"] is not None for row in rows):
        reading.append("Bars reach over what is proven of it.")
    if ESTIMATED in kinds:
        reading.append(
            "An estimate is by how much it is dearer for the county alone than its best year, at prices for what "
            "counties share."
        )
    return Picture(
        title=f"What it costs if {why.name} joins in another year, or never ({unit})",
        reading=f"{' '.join(reading)} In the plan it is {choice_year(why.joined)}.",
        tables=("Choices",),
        draw=partial(draw_costs, rows, unit),
    )
