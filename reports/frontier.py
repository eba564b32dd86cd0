"""Tables of a frontier: tidy, one row a point, columns declared with unit and meaning."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import floor, inf, log10

from pandas import DataFrame

from models.measures.dispersion import dispersion
from models.measures.equity import equity
from models.plan import Plan
from models.verifier import OBJECTIVE_CLAUSES
from reports.choices import joining, starting
from reports.columns import (
    COUNTIES,
    DISCOUNTED,
    INDEX,
    NUMBER,
    PERSON_YEARS,
    PLANTS,
    SHARE,
    TEXT,
    YES_NO,
    Column,
    Row,
    Unit,
    as_declared,
    frame_of,
    meaning_of,
)
from reports.comparison.proofs import rounded
from reports.facts import FINE_SHARE, SECONDS
from reports.frontier_points import SAME, Frontier, FrontierPoint

DISTANCE = Unit("0 to 1", "0.000")
PRICE_FORMAT = "#,##0.######"

FIGURES = 4
"""Digits of a small amount in words."""


@dataclass(frozen=True)
class FrontierTable:
    """A named table of a frontier: a function that yields a mapping a row, with its declared columns."""

    name: str
    title: str
    meaning: str
    columns: Callable[[Frontier], tuple[Column, ...]]
    rows: Callable[[Frontier], Iterable[Row]]

    def __call__(self, found: Frontier) -> DataFrame:
        """The table of a frontier; columns as declared."""
        columns = self.columns(found)
        return frame_of(columns, as_declared(self.name, columns, self.rows(found)))


def _table(
    title: str, columns: Callable[[Frontier], tuple[Column, ...]]
) -> Callable[[Callable[[Frontier], Iterable[Row]]], FrontierTable]:
    def declare(rows: Callable[[Frontier], Iterable[Row]]) -> FrontierTable:
        return FrontierTable(rows.__name__, title, meaning_of(rows), columns, rows)

    return declare


def _point_columns(found: Frontier) -> tuple[Column, ...]:
    aim = found.aim
    as_little = (
        f"with {outward(found.error, down=False)} less of the measure"
        if found.error > 0
        else "with as little of the measure"
    )
    no_plan = f"no plan {as_little}" if found.held_uncovered == inf else f"no {among(found)}, {as_little},"
    return (
        Column("point", NUMBER, "number of the point, the cheapest first"),
        Column("measure", aim.unit, aim.meaning, aim.figure),
        Column("cost", DISCOUNTED, "cost of the plan"),
        Column("cost_at_least", DISCOUNTED, f"proven: {no_plan} costs less", "at least"),
        Column("gap", FINE_SHARE, "most that such a plan could cost less, as a share of the cost; blank: not known"),
        Column("distance", DISTANCE, "distance from the straight line between the ends, both scaled", "off the line"),
        Column("knee", YES_NO, "yes: the point furthest off that line, towards cheap and good"),
    )


def _step_columns(found: Frontier) -> tuple[Column, ...]:
    unit = Unit(f"{{currency}} for a {found.aim.step_name}", PRICE_FORMAT)
    return (
        Column("from_point", NUMBER, "number of the point that the step leads from", "from"),
        Column("to_point", NUMBER, "number of the point that it leads to", "to"),
        Column("gained", found.aim.unit, "by how much the measure is lower there", "gained"),
        Column("cost", DISCOUNTED, "by how much the plan there costs more", "costs more"),
        Column("price", unit, "cost more over gained"),
        Column("price_at_least", unit, "the same of least costs, as far as proven: at least", "at least"),
        Column("price_at_most", unit, "the same of least costs, as far as proven: at most", "at most"),
    )


def _plan_columns(found: Frontier) -> tuple[Column, ...]:
    year = found.instance.last_year
    since = max(found.instance.first_year, found.instance.policy.objective_from)
    lacking = f"people times the part of their demand not met from home, from {since} on"
    return (
        Column("point", NUMBER, "number of the point; blank: dominated by one"),
        Column("name", TEXT, "name of the run that found the plan", "run"),
        Column("cap", found.aim.unit, "what the measure was held to; blank: not held"),
        Column("measure", found.aim.unit, found.aim.meaning, found.aim.figure),
        Column("cost", DISCOUNTED, "cost of the plan"),
        Column("coverage", SHARE, f"domestic supply as a share of demand, mean of goods, in {year}"),
        Column("gini", INDEX, f"Gini coefficient of coverage over people in {year}", "Gini"),
        Column("uncovered", PERSON_YEARS, lacking, "not covered"),
        Column("largest_share", SHARE, "largest share of a province in the new capacity for a good", "largest share"),
        Column("central_money", DISCOUNTED, "what the centre pays, discounted", "central money"),
        Column("counties", COUNTIES, "counties that join"),
        Column("plants", PLANTS, "plants started"),
        Column("status", TEXT, "what the run came to"),
        Column("seconds", SECONDS, "time of solving"),
    )


@_table("Frontier", _point_columns)
def points(found: Frontier) -> Iterator[Row]:
    """Plans of which none is at least as good as another both in cost and in the measure, cheapest first."""
    knee = found.knee
    for number, (point, distance) in enumerate(zip(found.points, found.distances, strict=True), start=1):
        yield {
            "point": number,
            "measure": point.measure,
            "cost": point.cost,
            "cost_at_least": point.cost_bound,
            "gap": point.gap,
            "distance": distance,
            "knee": point is knee,
        }


@_table("Steps", _step_columns)
def steps(found: Frontier) -> Iterator[Row]:
    """What each step from a point to the next costs, for each unit of what it gains. The range is that of least costs
    at both points, as far as the bounds prove it; between the plans found the price is exact.
    """
    scale = found.aim.step
    for number, price in enumerate(found.prices, start=1):
        before, after = found.points[number - 1], found.points[number]
        yield {
            "from_point": number,
            "to_point": number + 1,
            "gained": before.measure - after.measure,
            "cost": after.cost - before.cost,
            "price": price.value * scale,
            "price_at_least": price.least * scale,
            "price_at_most": price.most * scale,
        }


@_table("Plans", _plan_columns)
def plans(found: Frontier) -> Iterator[Row]:
    """Every plan that was found, what else it comes to, and which point of the frontier it is, if any."""
    for number, point in enumerate(found.points, start=1):
        yield _plan_row(found, number, point)
    for point in found.dominated:
        yield _plan_row(found, None, point)


def _plan_row(found: Frontier, number: int | None, point: FrontierPoint) -> Row:
    instance, plan = found.instance, _plan(point)
    even = equity(instance, plan)[-1]
    shares = [one.largest_share for one in dispersion(instance, plan) if one.largest_share is not None]
    return {
        "point": number,
        "name": point.name,
        "cap": point.cap,
        "measure": point.measure,
        "cost": point.cost,
        "coverage": even.coverage,
        "gini": even.gini,
        "uncovered": OBJECTIVE_CLAUSES["greatest coverage"](instance, plan),
        "largest_share": max(shares, default=None),
        "central_money": OBJECTIVE_CLAUSES["least central funds"](instance, plan),
        "counties": len(list(joining(instance, plan))),
        "plants": sum(count for _, _, _, count in starting(instance, plan)),
        "status": point.result.status.value,
        "seconds": point.result.seconds,
    }


def _plan(point: FrontierPoint) -> Plan:
    if point.result.plan is None:
        raise ValueError(f"the point {point.name} has no plan")
    return point.result.plan


FRONTIER_TABLES: tuple[FrontierTable, ...] = (points, steps, plans)


def frontier_frames(found: Frontier) -> Mapping[str, DataFrame]:
    """Every table of a frontier by name."""
    return {table.name: table(found) for table in FRONTIER_TABLES}


def finding_lines(found: Frontier) -> Iterator[tuple[str, str]]:
    """Pairs of a heading and a sentence: what was set against cost, the ends, the steps, the knee, and how it is
    meant."""
    aim, instance = found.aim, found.instance
    currency = instance.currency or "money"
    unit = "%" if _in_percent(found) else aim.unit.name(instance)
    yield "Against cost", f"{aim.figure} ({unit}): {aim.meaning}; cost in {DISCOUNTED.name(instance)}"
    first, last = found.points[0], found.points[-1]
    yield "Cheapest", f"{_measure(found, first.measure)} for {first.cost:,.0f} {currency}{_proven(first)}"
    if len(found.points) > 1:
        yield "Furthest", f"{_measure(found, last.measure)} for {last.cost:,.0f} {currency}{_proven(last)}"
    elif found.interrupted or found.failed:
        yield "Frontier", "a single point so far: only the cheapest plan is known, and not all was searched"
    else:
        yield "Frontier", f"a single point: no {among(found)} was found that has less of it, whatever it costs"
    if found.least_measure is not None and found.least_measure > 0:
        yield "Proven end", f"No {among(found)} comes below {_least_measure(found, found.least_measure)}."
    scale = aim.step
    for number, price in enumerate(found.prices, start=1):
        most = "without a bound" if price.most == inf else outward(price.most * scale, down=False)
        told = {_amount(figure * scale) for figure in (price.value, price.least, price.most)}
        least = outward(price.least * scale, down=True)
        costs = "proven" if len(told) == 1 else f"least costs: between {least} and {most}"
        text = f"{_amount(price.value * scale)} {currency} for a {aim.step_name} ({costs})"
        yield f"Step {number} to {number + 1}", text
    knee = found.knee
    if knee is not None:
        number = found.points.index(knee) + 1
        yield "Knee", f"point {number}: {_measure(found, knee.measure)} for {knee.cost:,.0f} {currency}"
    elif len(found.points) > 1:
        yield "Knee", "none: no point lies below the straight line between the ends"
    for remark in found.remarks:
        yield "How it is meant", remark
    for run in found.failed:
        yield "Without a plan", run
    if found.interrupted:
        yield "Interrupted", "Not all was solved; the same command goes on from what was."


def among(found: Frontier) -> str:
    """Of which plans it is proven that none is better: of all, or of those that cover as many."""
    return "plan" if found.held_uncovered == inf else "plan that leaves no more people uncovered"


def least_cost(point: FrontierPoint) -> str | None:
    """What a plan as good is proven to cost at least, in words; None where nothing is proven. A bound that only the
    solver's tolerance tells from the cost is told as the cost."""
    if point.cost_bound is None:
        return None
    same = abs(point.cost - point.cost_bound) <= SAME * max(1.0, abs(point.cost))
    return outward(point.cost if same else point.cost_bound, down=True)


def outward(value: float, *, down: bool) -> str:
    """A proven amount rounded down or up, so that what is said stays proven: whole units, or four digits."""
    if value == 0:
        return "0"
    sign, smaller = ("", down) if value > 0 else ("-", not down)
    digits = max(FIGURES, floor(log10(abs(value))) + 1)
    text = rounded(abs(value), down=smaller, digits=digits)
    return f"{sign}{text.rstrip('0').rstrip('.') if '.' in text else text}"


def _proven(point: FrontierPoint) -> str:
    least = least_cost(point)
    return "" if least is None else f", proven to cost at least {least}"


def _in_percent(found: Frontier) -> bool:
    return (found.aim.unit.number_format or "").endswith("%")


def _measure(found: Frontier, value: float) -> str:
    """An amount of what is set against cost, with its unit; a share in per cent."""
    return f"{100 * value:.3g} %" if _in_percent(found) else f"{_amount(value)} {counted_in(found)}".strip()


def _least_measure(found: Frontier, value: float) -> str:
    """What is proven to be the least of it, with its unit; rounded down."""
    if _in_percent(found):
        return f"{outward(100 * value, down=True)} %"
    return f"{outward(value, down=True)} {counted_in(found)}".strip()


def counted_in(found: Frontier) -> str:
    """The unit of what is set against cost, as it stands behind an amount; blank where the amount tells it."""
    if found.aim.unit == DISCOUNTED:
        return found.instance.currency or "money"
    return found.aim.unit.name(found.instance) if found.aim.unit == PERSON_YEARS else ""


def _amount(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
