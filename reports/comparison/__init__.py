"""Several variants of a workbook side by side: what is compared, and the tables' common form.

A comparison table is a function that yields one mapping a row, under the decorator `comparison_table`; called with a
`Comparison` it gives a DataFrame with the declared columns. Columns are declared as for the tables of one plan.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pandas import DataFrame

from models.instance import Instance
from models.plan import Plan, Result
from reports.background import Background
from reports.columns import Column, Row, as_declared, frame_of, meaning_of


@dataclass(frozen=True)
class Compared:
    """A variant: its code and name, its problem and what was found for it.

    `plan_of` is the code of another variant whose plan keeps every rule of this one too and is better than what the
    search for this one found, and so stands in its place; blank where the plan is its own.
    """

    variant: str
    name: str
    instance: Instance
    result: Result
    plan_of: str = ""

    @property
    def plan(self) -> Plan | None:
        """Its plan, if it has one."""
        return self.result.plan


@dataclass(frozen=True, slots=True)
class InputDifference:
    """A value of the workbook that is not the same in all variants: its place as for `--set`, how many rows are changed
    alike, its text by variant, and the cells that say so."""

    sheet: str
    key: str
    column: str
    rows: int
    values: Mapping[str, str]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Variants side by side, and the one that the others are compared with."""

    base_code: str
    variants: tuple[Compared, ...]
    inputs: tuple[InputDifference, ...] = ()
    background: Background = field(default_factory=lambda: Background(workbook="", sha256=""))

    @cached_property
    def by_code(self) -> Mapping[str, Compared]:
        """The variants by code."""
        return {compared.variant: compared for compared in self.variants}

    @property
    def base(self) -> Compared:
        """The variant that the others are compared with."""
        return self.by_code[self.base_code]

    @cached_property
    def tables(self) -> Mapping[str, DataFrame]:
        """Every table of the comparison by name, in the order in which they are read."""
        from reports.comparison.tables import comparison_frames  # tables are declared on top of what is compared

        return comparison_frames(self)

    def costs_apart(self, compared: Compared) -> str:
        """Why amounts of money of a variant are not set against the base's; blank where they are."""
        from reports.comparison.likeness import costs_apart  # declared on top of what is compared

        return costs_apart(compared, self.base)

    @property
    def others(self) -> tuple[Compared, ...]:
        """All variants but the base."""
        return tuple(compared for compared in self.variants if compared.variant != self.base_code)


ComparisonRows = Callable[[Comparison], Iterable[Row]]
ComparisonColumns = Callable[[Comparison], tuple[Column, ...]]


@dataclass(frozen=True)
class ComparisonTable:
    """A named table of a comparison; the fields as those of `reports.columns.Table`."""

    name: str
    title: str
    meaning: str
    rows: ComparisonRows
    columns: ComparisonColumns
    key_columns: int
    own_sheet: bool

    def __call__(self, comparison: Comparison) -> DataFrame:
        """The table of a comparison; columns as declared."""
        columns = self.columns(comparison)
        return frame_of(columns, as_declared(self.name, columns, self.rows(comparison)))


def comparison_table(
    title: str, columns: tuple[Column, ...] | ComparisonColumns, *, key_columns: int = 1, own_sheet: bool = True
) -> Callable[[ComparisonRows], ComparisonTable]:
    """Make a table of a function yielding rows; its name and docstring become the table's name and meaning."""
    columns_of: ComparisonColumns = columns if callable(columns) else lambda comparison: columns

    def declare(rows: ComparisonRows) -> ComparisonTable:
        return ComparisonTable(
            name=rows.__name__,
            title=title,
            meaning=meaning_of(rows),
            rows=rows,
            columns=columns_of,
            key_columns=key_columns,
            own_sheet=own_sheet,
        )

    return declare


def variant_row(compared: Compared) -> dict[str, object]:
    """Values of `VARIANT_COLUMNS`."""
    return {"variant": compared.variant, "variant_name": compared.name}


def short_name(name: str, most: int = 40) -> str:
    """A name with so many characters at most, cut after a word where there is one."""
    if len(name) <= most:
        return name
    cut = name[: most - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[most // 2 :] else cut}…"
