"""Tables of what one more unit of each scarce thing would save: with choices kept, plants in parts, and solved anew."""

import math
from collections.abc import Iterator

from pandas import DataFrame

from models.instance import Instance
from reports.assessment_book import Fact, Sheet
from reports.columns import ANY_YEAR, DISCOUNTED, TEXT, VARIOUS, Column, Row, Unit
from reports.excel.cells import FINEST
from reports.price_words import sentence, verdict
from reports.prices_data import Price, Prices, loosened, tightened
from reports.summary import AIMS

PER_UNIT = Unit("{currency} discounted to {first_year}, per unit", FINEST)

HOW = {
    "With all choices kept": "the dual of the linear problem in which counties join and plants are built as in the "
    "plan: what more would save by other supply, imports or ways of paying. What only plants use has no price so.",
    "Plants in parts": "the dual of the linear problem in which counties join as in the plan and plants may be built "
    "in parts: what more would save if it could be turned into plants without remainder. An estimate, not a promise.",
    "Solved anew": "the whole problem again with the limit changed by the step. The saving is that between the plans "
    "found; the range is proven by the bounds of both solves, and as wide as their gaps.",
    "Unit and time": "a unit of the figure as the workbook has it; savings are discounted money, all years together.",
}
"""How the figures are meant."""


def frames(prices: Prices) -> dict[str, DataFrame]:
    """The tables by name: `figures` and `prices`."""
    figures = DataFrame(list(figures_of(prices)), columns=["figure", "value", "unit", "remark"], dtype=object)
    return {"figures": figures, **{sheet.name: sheet.frame(prices.instance, prices) for sheet in SHEETS}}


def figures_of(prices: Prices) -> Iterator[Fact]:
    """What was found, for the first page: the plan, its linear problems, and in words all prices that are not 0."""
    instance, result = prices.instance, prices.result
    aim, unit = AIMS["least cost"], DISCOUNTED.name(instance)
    cost = sum(charge.amount for charge in result.charges)
    yield aim.figure, cost, unit, "the plan whose limits are priced"
    if instance.policy.objective != "least cost":
        words = f"prices are of the cost, with the objective ({instance.policy.objective}) kept as good as it is"
        yield "Objective", instance.policy.objective, "", words
    yield "Proven bound", result.bound, AIMS[instance.policy.objective].unit.name(instance), "no plan can be better"
    yield "Cost with all choices kept", prices.kept_value, unit, f"linear problem of {prices.kept_seconds:,.1f} s"
    if prices.parts_value is not None:
        yield "Cost with plants in parts", prices.parts_value, unit, f"linear problem of {prices.parts_seconds:,.1f} s"
    for name, words in HOW.items():
        yield name, None, "", words
    told = telling(prices)
    for price in told:
        yield price.limit, None, "", sentence(prices, price)
    if not told:
        yield "Prices", None, "", "more of no limit would save anything"


def telling(prices: Prices) -> tuple[Price, ...]:
    """The prices that are not nothing by some figure, and all that were solved anew."""
    return tuple(
        price
        for price in prices.prices
        if price.resolved is not None
        or any(sides is not None and (sides.more or sides.less) for sides in (price.kept, price.parts))
    )


def _columns(instance: Instance) -> tuple[Column, ...]:
    return (
        Column("limit", TEXT, "name of the limit, as for --resolve"),
        Column("what", TEXT, "what it limits"),
        Column("subject", TEXT, "material, province or county", "for"),
        Column("year", ANY_YEAR, "plan year; blank: one figure for every year"),
        Column("amount", VARIOUS, "the figure in the problem", "limit is"),
        Column("unit", TEXT, "unit of the figure"),
        Column("place", TEXT, "where the workbook has it", "cells"),
        Column("used", VARIOUS, "what the plan uses; of central funds with what comes back or was carried over"),
        Column("left", VARIOUS, "what the plan leaves of it"),
        Column("kept", PER_UNIT, "one more unit saves, all choices kept; of what is asked, one less",
               "saved, choices kept"),
        Column("kept_less", PER_UNIT, "one less unit costs, all choices kept; of what is asked, one more",
               "cost of one less, choices kept"),
        Column("parts", PER_UNIT, "one more unit saves if plants could be built in parts", "saved, plants in parts"),
        Column("parts_less", PER_UNIT, "one less unit costs if plants could be built in parts",
               "cost of one less, plants in parts"),
        Column("step", VARIOUS, "by how much the limit was changed and all solved anew", "step of solving anew"),
        Column("kept_saving", DISCOUNTED, "what the step saves in all with choices kept", "step saves, choices kept"),
        Column("found", DISCOUNTED, "what the plan found with the step saves in all", "step saves, solved anew"),
        Column("least", DISCOUNTED, "proven: the step saves at least", "at least"),
        Column("most", DISCOUNTED, "proven: the step saves at most", "at most"),
        Column("verdict", TEXT, "whether the price with choices kept and the range proven agree", "agreement"),
        Column("words", TEXT, "the same in a sentence", "in words"),
    )  # fmt: skip


def _rows(prices: Prices) -> Iterator[Row]:
    for price in prices.prices:
        resolved = price.resolved
        saving = None if resolved is None else resolved.saving
        yield {
            "limit": price.limit,
            "what": price.kind.words,
            "subject": price.subject,
            "year": price.year,
            "amount": price.amount,
            "unit": price.currency or Unit(price.kind.unit).name(prices.instance),
            "place": price.place,
            "used": price.used,
            "left": price.left,
            "kept": None if price.kept is None else _finite(loosened(price, price.kept)),
            "kept_less": None if price.kept is None else _finite(tightened(price, price.kept)),
            "parts": None if price.parts is None else _finite(loosened(price, price.parts)),
            "parts_less": None if price.parts is None else _finite(tightened(price, price.parts)),
            "step": None if resolved is None else resolved.step,
            "kept_saving": None if resolved is None or resolved.kept_saving is None else _finite(resolved.kept_saving),
            "found": None if saving is None else saving.found,
            "least": None if saving is None else saving.least,
            "most": None if saving is None else saving.most,
            "verdict": verdict(prices, price),
            "words": sentence(prices, price),
        }


def _finite(number: float) -> float | None:
    """A figure for a table; where no plan is left it has none, and the sentence says so."""
    return number if math.isfinite(number) else None


SHEETS: tuple[Sheet[Prices], ...] = (
    Sheet(
        "prices",
        "Prices",
        "What one more unit of each limit would save, and what one less would cost: with all choices kept, with plants "
        "in parts, and solved anew. Blank prices: such a price has no meaning for the limit or, of one less, no plan "
        "is left.",
        _columns,
        _rows,
        1,
    ),
)
"""The tables of the report after its first page."""
