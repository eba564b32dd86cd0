"""Two workbooks, variants or saved results side by side: which inputs differ, and which decisions moved with them.

The first of the two is A, the second B, in every table and sentence.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pandas import DataFrame

from models.instance import Instance
from models.plan import Plan, Result
from reports.background import Background
from reports.comparison import Compared, Comparison
from reports.saved_result import instance_hash

A, B = "A", "B"

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
"""Between these a figure of a column of years is a calendar year."""

Concerns = Literal["plan", "solving", "words"]
"""What an input bears on: the plan, how it is searched for, or only what is read beside it."""


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """An input that A and B both have and that is not the same.

    `sheet`, `key` and `column` name it, of a workbook as for `--set`. None: nothing is given there. The cells are blank
    where it stands in none, as a default does.
    """

    sheet: str
    key: str
    column: str
    before: object
    after: object
    cell_before: str = ""
    cell_after: str = ""
    concerns: Concerns = "plan"

    @property
    def change(self) -> float | None:
        """B less A; None where one of them is no number or has no limit."""
        if not (is_number(self.before) and is_number(self.after)):
            return None
        return float(str(self.after)) - float(str(self.before))

    @property
    def relative(self) -> float | None:
        """The change relative to A; None where there is no change in numbers, A is 0, or both are calendar years."""
        change = self.change
        if change is None or not self.before or self._years:
            return None
        return change / abs(float(str(self.before)))

    @property
    def _years(self) -> bool:
        """Whether the two are calendar years, of which no share can be told."""
        name = self.key if self.column == "value" else self.column
        named = name == "year" or name.endswith(("_year", "_from"))
        return named and all(EARLIEST_YEAR <= float(str(value)) <= LATEST_YEAR for value in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class OnlyRow:
    """A row that only A or only B has (`only_in`): where it stands and what it says."""

    sheet: str
    key: str
    only_in: str
    cell: str
    content: str
    concerns: Concerns = "plan"


@dataclass(frozen=True)
class Side:
    """A or B: what was given, which problem it is and, if it was solved, what that came to.

    `label` names it for people. `result` is None where it was not solved.
    """

    letter: str
    label: str
    instance: Instance
    background: Background
    result: Result | None = None

    @property
    def plan(self) -> Plan | None:
        """Its plan, if it has one."""
        return None if self.result is None else self.result.plan

    @cached_property
    def hash(self) -> str:
        """The sha256 of everything that its problem says."""
        return instance_hash(self.instance)


class _TwoResults(Comparison):
    """Two results of which every difference is told, be it of inputs or of what came of them."""

    def costs_apart(self, compared: Compared) -> str:
        """Never: what differs in the inputs stands beside what it did to costs."""
        return ""


@dataclass(frozen=True)
class Diff:
    """A beside B. `by_cell`: the inputs are those of workbooks, cell by cell; otherwise those of the two problems, in
    the names of a saved result. `whole`: whole workbooks were compared, every variant of them.

    `reordered` has the sheets or parts whose common rows stand in another order.
    """

    a: Side
    b: Side
    values: Sequence[ChangedValue]
    rows: Sequence[OnlyRow]
    reordered: Sequence[str] = ()
    by_cell: bool = True
    whole: bool = False
    background: Background = field(default_factory=lambda: Background(workbook="", sha256=""))

    @property
    def sides(self) -> tuple[Side, Side]:
        """A and B."""
        return self.a, self.b

    @property
    def solved(self) -> bool:
        """Whether both were solved, whatever that came to."""
        return self.a.result is not None and self.b.result is not None

    @cached_property
    def same_problem(self) -> bool:
        """Whether A and B are the same problem, with the same figures in the same order."""
        return self.a.hash == self.b.hash

    @property
    def same_file(self) -> bool:
        """Whether both are of workbooks with the same content."""
        return bool(self.a.background.sha256) and self.a.background.sha256 == self.b.background.sha256

    @cached_property
    def comparison(self) -> Comparison | None:
        """Both results as a comparison against A; None where one of them was not solved."""
        if self.a.result is None or self.b.result is None:
            return None
        return _TwoResults(
            A,
            tuple(
                Compared(side.letter, side.label, side.instance, side.result)
                for side in self.sides
                if side.result is not None
            ),
            background=self.background,
        )

    @cached_property
    def tables(self) -> Mapping[str, DataFrame]:
        """Every table by name, in the order in which they are read."""
        from reports.diff.tables import diff_frames  # tables are declared on top of what is compared

        return diff_frames(self)


def is_number(value: object) -> bool:
    """Whether a value is a number with a limit."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def text_of(value: object) -> str:
    """An input as it is typed: digits without a needless point, yes or no, a blank where nothing is given."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if math.isinf(value):
            return "no limit"
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, tuple | list):
        return ", ".join(text_of(entry) for entry in value)
    return str(value)
