"""Look-up of rows in a table, for tests."""

from typing import Any

from pandas import DataFrame


def row_of(table: DataFrame, **where: object) -> dict[str, Any]:
    """The one row of a table with these values."""
    records = [dict(zip(table.columns, values, strict=True)) for values in table.itertuples(index=False, name=None)]
    found = [record for record in records if where.items() <= record.items()]
    assert len(found) == 1, f"{len(found)} rows with {where}"
    return found[0]


def figures(record: dict[str, Any], *names: str) -> list[Any]:
    return [record[name] for name in names]
