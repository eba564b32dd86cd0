"""Numbers with their words: in the singular where there is one."""

from collections.abc import Mapping

SINGULAR: Mapping[str, str] = {
    "counties": "county",
    "limits": "limit",
    "person-years": "person-year",
    "plans": "plan",
    "plants": "plant",
    "provinces": "province",
}
"""Units that are counted, each with its singular; others, such as t or a currency, have but one form."""


def counted(count: float, one: str, many: str) -> str:
    """`1 county`, `2 counties`."""
    number = f"{int(count):,}" if float(count).is_integer() else f"{count:,g}"
    return f"{number} {one if count == 1 else many}"


def unit_for(amount: object, unit: str) -> str:
    """The name of a unit for so much of it: `person-year` for 1."""
    return SINGULAR.get(unit, unit) if amount == 1 else unit
