"""The page of a frontier."""

from collections.abc import Iterator
from math import isfinite
from pathlib import Path

from models.plan import Status
from reports.background import Background
from reports.charts.frontier import amount, frontier_pictures
from reports.charts.picture import money, percent
from reports.frontier import FRONTIER_TABLES, counted_in, finding_lines, outward
from reports.frontier_points import Frontier
from reports.html.findings_page import Overview, Part, exact_listing, findings_page
from reports.html.headline import Tile
from reports.html.shell import figure_of, write_content

KIND = "frontier"


def write_frontier_page(path: Path, found: Frontier, background: Background) -> None:
    """Write the page; an existing file is replaced only by a finished one. Raises `OSError` when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_content(path, frontier_page(found, background))


def frontier_page(found: Frontier, background: Background) -> str:
    """The page as the content of a file."""
    listings = {
        table.name: exact_listing(found.instance, table, table.columns(found), table(found))
        for table in FRONTIER_TABLES
    }
    known = {listing.title: listing.name for listing in listings.values()}
    drawn = {name: figure_of(name, picture, known) for name, picture in frontier_pictures(found).items()}

    def part(anchor: str, heading: str, figure: str, table: str) -> Part:
        return Part(anchor, heading, figures=(drawn[figure],), listings=(listings[table],))

    parts = [part("curve", "The frontier", "frontier", "points")] if "frontier" in drawn else []
    parts += [part("prices", "What each step costs", "steps", "steps")] if "steps" in drawn else []
    shown = {table.name for one in parts for table in one.listings}
    return findings_page(
        found.instance,
        background,
        Overview(_badge(found), list(_sentences(found)), list(_tiles(found))),
        parts,
        kind=KIND,
        asked="frontier",
        about=[f"{found.aim.figure} against cost", f"Variant: {found.instance.variant}"],
        lines=[line for line in finding_lines(found) if line[0] != "How it is meant"],
        listings=[listing for name, listing in listings.items() if name not in shown and listing.rows],
        remarks=found.remarks,
    )


def _badge(found: Frontier) -> tuple[str, str]:
    if found.interrupted:
        return "fair", "Interrupted"
    solved = all(point.result.status is Status.SOLVED for point in (*found.points, *found.dominated))
    if solved and not found.failed:
        return "good", "Every solve came within its gap"
    return "fair", "Some solves stopped early; their points are proven less far"


def _sentences(found: Frontier) -> Iterator[str]:
    aim, currency, form = found.aim, money(found.instance), found.aim.unit.number_format
    first, last = found.points[0], found.points[-1]
    unit, each = aim.unit.name(found.instance), f" {counted_in(found)}".rstrip()
    yield f"{aim.figure}{f' ({unit})' if unit else ''} is set against cost: {aim.meaning}."
    if len(found.points) == 1:
        yield f"There is a single point: {amount(first.measure, form)}{each} for {first.cost:,.0f} {currency}."
        return
    yield (
        f"{len(found.points)} plans, of which none is as good as another in both, lead from "
        f"{amount(first.measure, form)}{each} for {first.cost:,.0f} {currency} to {amount(last.measure, form)}{each} "
        f"for {last.cost:,.0f} {currency}."
    )
    prices = [price.value * aim.step for price in found.prices]
    if len(prices) > 1:
        yield (
            f"A {aim.step_name} costs from {amount(min(prices))} to {amount(max(prices))} {currency}, by the step."
        )  # fmt: skip
    knee = found.knee
    if knee is not None:
        yield (
            f"The knee is point {found.points.index(knee) + 1}: {amount(knee.measure, form)}{each} for "
            f"{knee.cost:,.0f} {currency}."
        )


def _tiles(found: Frontier) -> Iterator[Tile]:
    aim, form = found.aim, found.aim.unit.number_format
    first, last, knee = found.points[0], found.points[-1], found.knee
    unit = f"{money(found.instance)} for "
    name, each = aim.figure.lower(), f" {counted_in(found)}".rstrip()
    yield Tile("Cheapest plan", f"{first.cost:,.0f}", f"{unit}{name} {amount(first.measure, form)}{each}")
    if len(found.points) == 1:
        return
    yield Tile("Furthest plan", f"{last.cost:,.0f}", f"{unit}{name} {amount(last.measure, form)}{each}")
    if knee is not None:
        yield Tile("Knee", f"{knee.cost:,.0f}", f"{unit}{name} {amount(knee.measure, form)}{each}")
    dearest = max(found.prices, key=lambda price: price.value)
    cheapest = min(found.prices, key=lambda price: price.value)
    for label, price in (("Least price of a step", cheapest), ("Greatest price of a step", dearest)):
        most = outward(price.most * aim.step, down=False) if isfinite(price.most) else "no bound"
        remark = f"for a {aim.step_name}; least costs: {outward(price.least * aim.step, down=True)} to {most}"
        yield Tile(label, amount(price.value * aim.step), remark)
    gaps = [point.gap for point in found.points if point.gap is not None]
    if gaps:
        yield Tile("Largest gap of a point", percent(max(gaps)), "the most that a plan as good could cost less")
