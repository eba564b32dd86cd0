"""What single figures of a county's own rows would have to be for it to join in a year: break-even of each."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from inputs.columns import SHEET_TYPES, columns_of
from inputs.origins import Address
from inputs.sheets import County
from inputs.workbook import Workbook
from models.instance import Instance
from models.parts import least_cost
from models.plan import Plan
from optimizer.breakeven.outcome import comparison_of
from optimizer.breakeven.search import INTERRUPTED, Duel, Terms, carry_on, duel
from optimizer.breakeven.shape import differences
from optimizer.breakeven.side import InstanceAt
from optimizer.options import InvalidOption, SolveOptions
from optimizer.runs import RunPool
from optimizer.why.obstacles import with_choice
from reports.breakeven_findings import Study

WIDER = 4.0
"""A figure is looked at from so many times less to so many times more, unless a range is given."""

TOLERANCE, COARSE, MOST_SOLVES, LEAST_GAP = 0.01, 4, 40, 0.0005
"""How break-even is looked for, as in `optimizer.breakeven`."""

OF_PLACES = ("latitude", "longitude", "eligible_from")
"""Columns that say where a county is, or whether it may join: looked at only when they are named."""

OTHER_SHEETS = {"ExistingPlants": ("capacity",), "CountyInputs": ("tonnes",), "CountyMaterials": ("tonnes",)}
"""Further sheets with rows of a county, and what is looked at in them."""


@dataclass(frozen=True)
class Figure:
    """A figure that is varied: its address, its value now (None: blank), its range, and what it means."""

    address: Address
    now: float | None
    start: float
    end: float
    meaning: str
    unit: str


def figure_of(
    workbook: Workbook,
    county: str,
    given: str,
    variant: str,
    overrides: Sequence[str],
    start: float | None = None,
    end: float | None = None,
) -> Figure:
    """The figure of that name: a column of Counties, or `Sheet.key.column` as for --set.

    Without a range it is looked at from a quarter of its value to four times that. Raises `InvalidOption` for a name
    that is no figure, and where no range suggests itself.
    """
    address = _address(county, given.strip())
    column = columns_of(SHEET_TYPES[address.sheet])[address.column]
    found = workbook.origins(variant, overrides).of(address).value
    now = float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None
    if now is None and (start is None or end is None):
        raise InvalidOption("what_if", f"what_if {given} needs --from and --to, since {address} is blank")
    base = now or 0.0
    if base == 0 and (start is None or end is None):
        raise InvalidOption("what_if", f"what_if {given} needs --from and --to, since {address} is 0")
    low, high = sorted((base / WIDER, base * WIDER)) if base else (0.0, 0.0)
    least = column.at_least if column.at_least is not None else -math.inf
    most = column.at_most if column.at_most is not None else math.inf
    low = max(low, least) if start is None else start
    high = min(high, most) if end is None else end
    if not low < high:
        raise InvalidOption("to", f"to should be above --from ({low:g}), found {high:g}")
    return Figure(address, now, float(low), float(high), column.meaning, column.unit)


def every_figure(workbook: Workbook, county: str, variant: str, overrides: Sequence[str]) -> Iterator[Figure]:
    """Figures of the county's rows that change its problem: numbers of Counties, and its existing plants, raw materials
    and construction materials. Blank ones and zeros are left out, as no range suggests itself for them."""
    names = [name for name, column in columns_of(County).items() if column.numeric and name not in OF_PLACES]
    addresses = [Address(County.sheet, county, name) for name in names]
    for sheet, columns in OTHER_SHEETS.items():
        own = [row for row in workbook.rows[sheet] if row.key[0] == county]
        addresses += [Address(sheet, "/".join(row.key), column) for row in own for column in columns]
    for address in addresses:
        try:
            figure = figure_of(workbook, county, str(address), variant, overrides)
        except InvalidOption:
            continue
        ends = [_instance(workbook, variant, overrides, figure, value) for value in (figure.start, figure.end)]
        if next(iter(differences(ends)), None) is not None:
            yield figure


def find_figures(
    workbook: Workbook,
    county: str,
    year: int,
    figures: Sequence[Figure],
    variant: str,
    overrides: Sequence[str],
    options: SolveOptions,
    pool: RunPool,
    plan: Plan | None = None,
) -> tuple[Study, ...]:
    """Where each figure makes it as good that the county joins in a year as that it does not by then.

    Both are planned for least cost; rules on the county alone that are against the year are set aside. `plan` is one to
    begin with.
    """
    duels: list[tuple[Figure, Duel]] = []
    for figure in figures:
        terms = Terms(figure.start, figure.end, TOLERANCE, options, min(LEAST_GAP, options.gap), COARSE, MOST_SOLVES)
        sides = _sides(workbook, county, year, figure, variant, overrides)
        hints: Mapping[float, Plan] = {} if plan is None else {figure.start if figure.now is None else figure.now: plan}
        found = duel(f"{county}-{figure.address}", (f"in-{year}", f"not-by-{year}"), sides, terms, hints=(hints, hints))
        duels.append((figure, found))
    carry_on([found.search() for _, found in duels], pool.solve)
    present = least_cost(workbook.instance(variant, overrides))
    return tuple(
        Study(
            instance=present,
            variants=(f"in-{year}", f"not-by-{year}"),
            names=(f"joining in {year}", f"not joining by {year}"),
            parameter=str(figure.address),
            meaning=figure.meaning,
            unit=figure.unit.replace("money", present.currency or "money"),
            now=figure.now,
            start=figure.start,
            end=figure.end,
            tolerance=TOLERANCE,
            comparisons=(comparison_of(found, "nation", "", present.counties[county].name),),
            interrupted=found.ended == INTERRUPTED,
        )
        for figure, found in duels
    )


def not_by(instance: Instance, county: str, year: int) -> Instance:
    """The problem in which a county may join only after a year, whatever was decided of it."""
    place = instance.counties[county]
    later = None if year == instance.last_year or place.eligible_from is None else max(place.eligible_from, year + 1)
    decided = {code: when for code, when in instance.decided.items() if code != county}
    counties = {**instance.counties, county: replace(place, eligible_from=later)}
    return replace(instance, counties=counties, decided=decided)


def _sides(
    workbook: Workbook, county: str, year: int, figure: Figure, variant: str, overrides: Sequence[str]
) -> tuple[InstanceAt, InstanceAt]:
    def at(made: Callable[[Instance], Instance]) -> InstanceAt:
        return lru_cache(maxsize=None)(
            lambda value: made(least_cost(_instance(workbook, variant, overrides, figure, value)))
        )

    return at(lambda instance: with_choice(instance, county, year)), at(lambda instance: not_by(instance, county, year))


def _instance(workbook: Workbook, variant: str, overrides: Sequence[str], figure: Figure, value: float) -> Instance:
    column = columns_of(SHEET_TYPES[figure.address.sheet])[figure.address.column]
    told = round(value) if column.kind == "whole" else value
    return workbook.instance(variant, [*overrides, f"{figure.address}={told!r}"])


def _address(county: str, given: str) -> Address:
    """The address that is meant. Raises `InvalidOption`."""
    sheet, _, rest = given.partition(".")
    key, _, column = rest.rpartition(".")
    if not rest:
        sheet, key, column = County.sheet, county, given
    known = columns_of(SHEET_TYPES[sheet]) if sheet in SHEET_TYPES else {}
    if column not in known or not known[column].numeric or known[column].key:
        able = [name for name, entry in columns_of(County).items() if entry.numeric]
        raise InvalidOption(
            "what_if",
            f"what_if should be Sheet.key.column or a column of Counties ({', '.join(able)}), found '{given}'",
        )
    if key.split("/")[0] != county:
        raise InvalidOption("what_if", f"what_if should name a row of {county}, found '{given}'")
    return Address(sheet, key, column)
