"""The README and the list of columns inside a saved result: every file, column and unit, in words."""

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from models.instance import Instance
from models.plan import Plan
from reports.saved_result.meanings import ENTRIES, FILES, PARTS, VALUES, Meaning
from reports.saved_result.tables import VALUE

WIDTH = 100
"""Characters in a line of the README."""

INTRODUCTION = """{title}
{underline}

A saved result of the program countyplan: variant {variant}, years {first} to {last}, money in {currency}. It holds one
problem, the plan that was found for it, and where both come from. The program reads it again with

    countyplan verify FILE     check every rule and cost of the plan again
    countyplan report FILE     write the Excel report again
    countyplan export FILE     write the main results in one long table

and nothing else is needed to read it: it is a zip file of tables and texts.

How to read it
--------------

Tables are CSV files in UTF-8: commas between cells, a point before decimals, column names in the first line. `true`
and `false` are yes and no, `inf` is a number without limit, a blank cell is nothing. Numbers have every digit that the
program calculated with. Zeros are left out of the plan: what has no line is 0. Lines stand in the order in which the
program had them, which can decide between equally good plans. columns.csv lists what this text lists.

In Python, with pandas, where FILE is the name of this file:

    import zipfile
    import pandas

    with zipfile.ZipFile(FILE) as result:
        plants = pandas.read_csv(result.open("plan/start.csv"))
        counties = pandas.read_csv(result.open("instance/counties.csv"), keep_default_na=False)
    named = plants.merge(counties[["county", "name", "province"]], on="county")
    print(named.groupby(["province", "year"])["value"].sum())

In Excel: unpack the zip file, then Data > From Text/CSV.

manifest.json has the format's name and version and the sha256 of every other file. The program refuses a file in which
one of them is not as it was saved. A changed plan is no result of the program; copy the tables to change them.
"""


@dataclass(frozen=True)
class Described:
    """A column of a table or an entry of a JSON file, with its unit and meaning in the words of the problem."""

    file: str
    column: str
    unit: str
    meaning: str


def columns_csv(instance: Instance, members: Mapping[str, str]) -> str:
    """Every column and entry of the members, as a table of its own."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["file", "column", "unit", "meaning"])
    for name in members:
        writer.writerows(
            [entry.file, entry.column, entry.unit, entry.meaning] for entry in described(instance, members, name)
        )
    return text.getvalue()


def readme(instance: Instance, members: Mapping[str, str]) -> str:
    """The README of these members."""
    title = instance.title or "Untitled plan"
    introduction = INTRODUCTION.format(
        title=title,
        underline="=" * len(title),
        variant=instance.variant,
        first=instance.first_year,
        last=instance.last_year,
        currency=_currency(instance),
    )
    parts = [introduction, "Files\n-----\n"]
    for name in members:
        lines = [name, *_indented(FILES.get(name, ""), 4)]
        for entry in described(instance, members, name):
            unit = f" ({entry.unit})" if entry.unit else ""
            lines += _indented(f"{entry.column}{unit}: {entry.meaning}".rstrip(": "), 8)
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def described(instance: Instance, members: Mapping[str, str], name: str) -> Iterator[Described]:
    """What the columns of a table, or the entries of a JSON file, mean."""
    for column in _columns(members[name], name):
        unit, meaning = _meaning(name, column)
        unit = re.sub(r"\bmoney\b", lambda _: _currency(instance), unit)
        yield Described(name, column, unit, meaning)


def _columns(text: str, name: str) -> list[str]:
    if name.endswith(".json"):
        entries = json.loads(text).items()
        return [
            f"{entry}.{inner}" if inner else entry for entry, value in entries for inner in _inside(name, entry, value)
        ]
    return next(csv.reader(io.StringIO(text, newline="")))


def _inside(name: str, entry: str, value: object) -> list[str]:
    """Names of the parts of an entry that is a record of its own; one blank where it is none."""
    told_whole = entry in ENTRIES.get(name, {})
    return list(value) if isinstance(value, dict) and value and not told_whole else [""]


def _meaning(name: str, column: str) -> Meaning:
    variables = {f"plan/{entry.name}.csv": entry.metadata["unit"] for entry in fields(Plan)}
    if column == VALUE and name in variables:
        return variables[name], "amount"
    if column == VALUE and name in VALUES:
        return VALUES[name]
    return ENTRIES.get(name, {}).get(column) or PARTS.get(column, ("", ""))


def _currency(instance: Instance) -> str:
    return instance.currency or "money"


def _indented(text: str, spaces: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * spaces, subsequent_indent=" " * (spaces + 4), break_on_hyphens=False
    )
