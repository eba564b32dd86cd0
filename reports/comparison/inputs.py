"""The table of what differs in the workbook between variants."""

from collections.abc import Iterator

from reports.columns import TEXT, Column, Row, Unit
from reports.comparison import Comparison, comparison_table


def _columns(comparison: Comparison) -> tuple[Column, ...]:
    return (
        Column("sheet", TEXT, "sheet of the workbook"),
        Column("key", TEXT, "key of the row, as for --set; blank in Variants, where each variant has its row"),
        Column("column", TEXT, "column of the value; of a sheet by year, its amounts"),
        Column("rows", Unit("rows", "#,##0"), "rows that are changed alike"),
        *(
            Column(
                f"in_{compared.variant}",
                TEXT,
                f"the value in {compared.variant}; blank: none, or the default",
                compared.variant,
            )
            for compared in comparison.variants
        ),
        Column("cells", TEXT, "cells that say so, beside the workbook's common ones"),
    )


@comparison_table("What differs", _columns, key_columns=3)
def input_differences(comparison: Comparison) -> Iterator[Row]:
    """Which values of the workbook are not the same in all variants: scales, lanes and choices that are fixed, and
    every value that a variant replaces, with the cells where it does.
    """
    for found in comparison.inputs:
        yield {
            "sheet": found.sheet,
            "key": found.key,
            "column": found.column,
            "rows": found.rows,
            **{f"in_{compared.variant}": found.values.get(compared.variant, "") for compared in comparison.variants},
            "cells": ", ".join(found.cells),
        }
