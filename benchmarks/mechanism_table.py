"""What solves of `mechanisms.py` came to: kept in a CSV file, compared with the first, shown in a Markdown table."""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- mechanisms: begin -->", "<!-- mechanisms: end -->"

DUST = 6
"""Decimals of a tenth of a percent beyond which a figure is the arithmetic's."""

HELD_DIGITS = 4
"""Decimals of a percent to which costs of the same choices are told: they are solved to a hundred times less."""

TEXTS = ("name", "key", "variant", "overrides", "day", "status")
"""Columns of the CSV file that are written as they are; the others are JSON, or blank for None."""


@dataclass(frozen=True)
class Solved:
    """What a solve came to, of which a row of the table is made. Figures of a plan are None where none was found.

    `key` tells whether anything has changed since. `joining` has the year of each county that joins, `plants` how many
    are started by scale, modernisations by themselves, and `choices` all that is chosen, as lists of an index and its
    value by family of variables. `same_choices` is the cost of the first row's choices under what this row changes, and
    `choices_back` that of this row's choices under the first row's; or in words why there is none. Money and import
    currency are sums over the plan years, not discounted but for `objective` and `bound`. `coverage` (share) and `gini`
    are of all goods in the last year.
    """

    name: str
    key: str
    variant: str
    overrides: str
    day: str
    status: str
    seconds: float
    objective: float | None
    bound: float | None
    gap: float | None
    joining: Mapping[str, int] | None = None
    plants: Mapping[str, int] | None = None
    central_funds: float | None = None
    import_currency: float | None = None
    coverage: float | None = None
    gini: float | None = None
    remitted: float | None = None
    short: float | None = None
    choices: Mapping[str, Sequence[Sequence[Any]]] | None = None
    same_choices: float | str | None = None
    choices_back: float | str | None = None


def cost_change(base: Solved, row: Solved) -> tuple[float, float, float] | None:
    """Change of the least cost as shares: least proven, between the plans found, greatest proven; None where unknown.

    The least cost of each lies between its bound and its plan's, and no cost is below 0.
    """
    if base.objective is None or base.bound is None or row.objective is None or row.bound is None or base.bound <= 0:
        return None
    return max(0.0, row.bound) / base.objective - 1, row.objective / base.objective - 1, row.objective / base.bound - 1


def shown_cost(base: Solved, row: Solved) -> str:
    """The change of cost; what is proven is rounded outwards."""
    change = cost_change(base, row)
    if change is None:
        return "not proven"
    least, found, greatest = change
    lowest = math.floor(round(1000 * least, DUST)) / 10
    highest = math.ceil(round(1000 * greatest, DUST)) / 10
    proven = f"(between {signed(lowest, 1)} and {signed(highest, 1)} %)"
    return f"not proven {proven}" if least <= 0 <= greatest else f"{signed(100 * found, 1)} % {proven}"


def _held(base: Solved, cost: float | str | None) -> str:
    """What choices come to elsewhere: the change from the first row's cost, or why there is none."""
    if cost is None or isinstance(cost, str) or base.objective is None:
        return "" if cost is None else str(cost)
    return f"{signed(100 * (cost / base.objective - 1), HELD_DIGITS)} %"


def signed(value: float, digits: int) -> str:
    """A number with its sign, 0 without."""
    text = f"{value:+,.{digits}f}"
    return text if text.strip("+-0.") else "0"


def amount(value: float | None, digits: int = 0) -> str:
    """A number, or that there is none."""
    return "none" if value is None else f"{value:,.{digits}f}"


def relative(before: float | None, after: float | None) -> str:
    """A change in percent, or the amount where there was nothing before."""
    if before is None or after is None or before == 0:
        return amount(after)
    return f"{signed(100 * (after / before - 1), 1)} %"


def difference(before: float | None, after: float | None, digits: int) -> str:
    """A change in the unit of the figures."""
    return "none" if before is None or after is None else signed(after - before, digits)


def more_plants(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """Plants by scale, more or fewer."""
    kinds = [*before, *(kind for kind in after if kind not in before)]
    return ", ".join(f"{kind} {signed(after.get(kind, 0) - before.get(kind, 0), 0)}" for kind in kinds) or "none"


def moved(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """Counties that join in another year, or in one of the two plans only."""
    return sum(before.get(county) != after.get(county) for county in before.keys() | after.keys())


def header(last_year: int) -> list[str]:
    """The head of the table."""
    columns = (
        "changed", "cost", "the same choices", "choices back", "counties in another year", "plants",
        "central funds spent", "import currency", f"coverage {last_year}, points", f"Gini {last_year}",
        "remitted / short", "gap", "seconds",
    )  # fmt: skip
    return [line(columns), line(["---"] * len(columns))]


def shown(words: str, base: Solved, row: Solved) -> str:
    """A line of the table: the base in full figures, others as changes from it."""
    gap = "none" if row.gap is None else f"{100 * row.gap:.2f} %"
    end = [gap, f"{row.seconds:,.0f}"]
    if row.joining is None or base.joining is None:
        return line([words, row.status, _held(base, row.same_choices), *[""] * 8, *end])
    before, after = (None if one.coverage is None else 100 * one.coverage for one in (base, row))
    plants = row.plants or {}
    if row.name == base.name:
        cells = [
            f"{amount(row.objective)}, at least {amount(row.bound)}",
            "",
            "",
            f"{len(row.joining)} join",
            ", ".join(f"{kind} {count:,}" for kind, count in plants.items()) or "none",
            amount(row.central_funds),
            amount(row.import_currency),
            amount(after, 1),
            amount(row.gini, 3),
        ]
    else:
        cells = [
            shown_cost(base, row),
            _held(base, row.same_choices),
            _held(base, row.choices_back),
            str(moved(base.joining, row.joining)),
            more_plants(base.plants or {}, plants),
            relative(base.central_funds, row.central_funds),
            relative(base.import_currency, row.import_currency),
            difference(before, after, 1),
            difference(base.gini, row.gini, 3),
        ]
    return line([words, *cells, f"{amount(row.remitted)} / {amount(row.short)}", *end])


def line(cells: Sequence[str]) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def put_between(text: str, table: str) -> str:
    """A page with the table between the two marks. Raises `ValueError` where they are not there."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page has no {BEGIN} with {END} after it")
    return f"{before}{BEGIN}\n\n{table}\n{END}{after}"


def write(path: Path, text: str) -> None:
    """Write a whole file or nothing of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)


def write_rows(path: Path, rows: Mapping[str, Solved]) -> None:
    """Write all that has been solved to a CSV file, whole or nothing of it."""
    names = [field.name for field in fields(Solved)]
    part = path.with_name(f"{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with part.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(names)
        table.writerows([_cell(name, getattr(row, name)) for name in names] for row in rows.values())
    part.replace(path)


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    return str(value) if name in TEXTS else json.dumps(value)


def read_rows(path: Path) -> dict[str, Solved]:
    """What an earlier run solved, by name; nothing where there is no such file, or one of other columns."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if table.fieldnames != [field.name for field in fields(Solved)]:
            return {}
        return {cells["name"]: Solved(**{name: _value(name, cells[name]) for name in cells}) for cells in table}


def _value(name: str, text: str) -> Any:
    if name in TEXTS:
        return text
    return json.loads(text) if text else None
