"""The cheaper variant of a good over two parameters at once: freight along each row, a scale exponent a row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.plan import Plan
from optimizer.breakeven.outcome import crossings_of, standing
from optimizer.breakeven.search import INTERRUPTED, Duel, Searching, Terms, duel
from optimizer.breakeven.side import MAP, InstanceAt
from reports.breakeven_findings import MapBoundary, MapCell


@dataclass
class Map:
    """A good's map: `instance_of` makes the problem of a variant and an exponent at a freight rate; the range of
    `terms` is that of the freight rates.

    Along freight a few solves decide a whole row where costs are concave in it; the plans of a row are where the
    solves of the next begin.
    """

    good: str
    variants: tuple[str, str]
    instance_of: Callable[[str, float], InstanceAt]
    exponents: Sequence[float]
    freights: Sequence[float]
    terms: Terms
    rows: dict[float, Duel] = field(default_factory=dict)

    @property
    def interrupted(self) -> bool:
        """Whether rows are missing or unfinished."""
        return any(row.ended == INTERRUPTED for row in self.rows.values())

    def search(self) -> Searching:
        """Ask for the solves of row after row."""
        hints: tuple[Mapping[float, Plan], Mapping[float, Plan]] = ({}, {})
        one, other = self.variants
        for exponent in self.exponents:
            row = duel(
                f"{MAP}-{exponent!r}/{self.good}",
                self.variants,
                (self.instance_of(one, exponent), self.instance_of(other, exponent)),
                self.terms,
                grid=self.freights,
                hints=hints,
            )
            self.rows[exponent] = row
            yield from row.search()
            if self.interrupted:
                return
            hints = (row.sides[0].plans(), row.sides[1].plans())

    def cells(self) -> Iterator[MapCell]:
        """Every cell of the rows that were solved."""
        for exponent, row in self.rows.items():
            if row.both_solved():
                for freight in self.freights:
                    yield MapCell(self.good, exponent, standing(row, freight))

    def boundaries(self) -> Iterator[MapBoundary]:
        """Where the cheaper variant changes along each row."""
        for exponent, row in self.rows.items():
            for found in crossings_of(row) if row.both_solved() else ():
                yield MapBoundary(
                    self.good,
                    exponent,
                    found.estimate,
                    found.proven_low,
                    found.proven_high,
                    found.cheaper_below,
                    found.cheaper_above,
                )
