"""The page of a search for break-even."""

from collections.abc import Iterator
from pathlib import Path

from reports.background import Background
from reports.breakeven import breakeven_tables
from reports.breakeven_excel import finding_lines
from reports.breakeven_findings import Comparison, Study, sentence
from reports.charts.breakeven import breakeven_pictures, value_text, variant_names
from reports.html.findings_page import Overview, Part, exact_listing, findings_page
from reports.html.headline import Tile
from reports.html.shell import Figure, figure_of, write_content

KIND = "breakeven"

MOST_TOLD = 4
"""Comparisons that are told in the overview; all are told under Findings in words."""
MOST_TILES = 6


def write_breakeven_page(path: Path, study: Study, background: Background) -> None:
    """Write the page; an existing file is replaced only by a finished one. Raises `OSError` when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_content(path, breakeven_page(study, background))


def breakeven_page(study: Study, background: Background) -> str:
    """The page as the content of a file."""
    instance = study.instance
    made = [exact_listing(instance, table, table.columns, table(study)) for table in breakeven_tables(study)]
    listings = [listing for listing in made if listing.rows]
    known = {listing.title: listing.name for listing in listings}
    drawn = {name: figure_of(name, picture, known) for name, picture in breakeven_pictures(study).items()}

    def of(kind: str) -> tuple[Figure, ...]:
        return tuple(figure for name, figure in drawn.items() if name.split("-")[0] == kind)

    one, other = variant_names(study)
    return findings_page(
        instance,
        background,
        Overview(_badge(study), list(_sentences(study)), list(_tiles(study))[:MOST_TILES]),
        [
            Part("answer", "Which variant is cheaper", figures=of("cheaper")),
            Part("map", "Freight and scale exponent together", figures=of("map")),
            Part("costs", "What both variants cost", figures=of("costs")),
        ],
        kind=KIND,
        asked="break-even",
        about=[f"{one} ({study.variants[0]}) and {other} ({study.variants[1]})", f"Varied: {study.parameter}"],
        lines=[line for line in finding_lines(study) if line[0] != "How it is meant"],
        listings=listings,
        remarks=study.remarks,
    )


def _badge(study: Study) -> tuple[str, str]:
    if study.interrupted:
        return "fair", "Interrupted"
    if study.comparisons and not any(one.with_plans for one in study.comparisons):
        return "bad", "No plan"
    open_ones = sum(not one.decided for one in study.comparisons)
    open_cells = sum(not cell.standing.proven for cell in study.cells)
    if not open_ones and not open_cells:
        return "good", "All is proven"
    return "fair", "Not all is proven at this gap"


def _sentences(study: Study) -> Iterator[str]:
    span = f"from {value_text(study.start)} to {value_text(study.end)}"
    unit = f" {study.unit}" if study.unit else ""
    now = "" if study.now is None else f"; in the workbook it is {value_text(study.now)}"
    yield f"What is varied: {study.meaning}, {span}{unit}{now}."
    if len(study.comparisons) <= MOST_TOLD:
        for one in study.comparisons:
            yield f"{one.name}: {sentence(study, one)}"
    else:
        turning = sum(bool(one.crossings) for one in study.comparisons)
        decided = sum(one.decided for one in study.comparisons)
        yield (
            f"Of {len(study.comparisons)} comparisons {turning} have a break-even in that range, and {decided} are "
            "decided: all is proven but between the checks of a crossing."
        )
    if study.cells:
        goods = len({cell.good for cell in study.cells})
        proven = sum(cell.standing.proven for cell in study.cells)
        yield (
            f"The map of freight and scale exponent has {len(study.cells)} cells of "
            f"{'one good' if goods == 1 else f'{goods} goods'}; in {proven} it is proven which variant is cheaper."
        )


def _tiles(study: Study) -> Iterator[Tile]:
    if study.now is not None:
        yield Tile(f"{study.parameter} in the workbook", value_text(study.now), study.unit)
    for one in study.comparisons:
        yield _tile(study, one)


def _tile(study: Study, comparison: Comparison) -> Tile:
    label = f"Break-even, {comparison.name}"
    if comparison.crossings:
        first, more = comparison.crossings[0], len(comparison.crossings) - 1
        others = f"; {more} more" if more else ""
        return Tile(label, value_text(first.estimate), f"{study.unit}{others}".strip("; "))
    told = {stretch.cheaper for stretch in comparison.stretches} - {None}
    place = next(iter(told)) if len(told) == 1 else None
    if place is None:
        return Tile(label, "none", "both cost the same" if comparison.with_plans else "no plan is known")
    return Tile(label, "none", f"cheaper throughout: {variant_names(study)[place]}")
