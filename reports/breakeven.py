"""Tables of a search for break-even: tidy, one row an observation, columns declared with unit and meaning."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from pandas import DataFrame

from reports.breakeven_findings import Comparison, Range, Standing, Study, sentence
from reports.columns import DISCOUNTED, NUMBER, TEXT, YES_NO, Column, Row, Unit, as_declared, frame_of, meaning_of

VALUE = Unit(number_format="General")
SECONDS = Unit("s", "#,##0.0")
GAP = Unit("share", "0.000%")


@dataclass(frozen=True)
class StudyTable:
    """A named table of a study: a function that yields a mapping a row, with its declared columns."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Study], Iterable[Row]]

    def __call__(self, study: Study) -> DataFrame:
        """The table of a study; columns as declared."""
        return frame_of(self.columns, as_declared(self.name, self.columns, self.rows(study)))


def _table(title: str, *columns: Column) -> Callable[[Callable[[Study], Iterable[Row]]], StudyTable]:
    def declare(rows: Callable[[Study], Iterable[Row]]) -> StudyTable:
        return StudyTable(rows.__name__, title, meaning_of(rows), columns, rows)

    return declare


WHERE = (
    Column("extent", TEXT, "nation, or a good or province planned alone"),
    Column("code", TEXT, "code of the good or province; blank for the nation"),
    Column("name", TEXT, "name of the good or province"),
)
GOOD = (
    Column("good", TEXT, "code of the good, planned alone", "good code"),
    Column("good_name", TEXT, "name of the good", "good"),
)
VALUE_COLUMN = Column("value", VALUE, "value of the parameter")
CHEAPER = Column("cheaper", TEXT, "code of the variant that is cheaper by the best plans; blank: neither")
PROVEN = Column("proven", YES_NO, "whether the proven bound of the dearer lies above the cheaper one's plan")
COST_COLUMNS = (
    Column("first_lower", DISCOUNTED, "what the first variant is proven to cost at least; no limit: no plan can be"),
    Column("first_upper", DISCOUNTED, "what the best known plan of the first variant costs"),
    Column("second_lower", DISCOUNTED, "what the second variant is proven to cost at least; no limit: no plan can be"),
    Column("second_upper", DISCOUNTED, "what the best known plan of the second variant costs"),
    Column("difference", DISCOUNTED, "second variant's plan less the first one's: above 0 the first is cheaper"),
    Column("difference_least", DISCOUNTED, "least that the difference can be by what is proven"),
    Column("difference_most", DISCOUNTED, "most that the difference can be by what is proven"),
)


@_table(
    "Break-even",
    *WHERE,
    Column("first", TEXT, "code of the first variant", "first variant"),
    Column("second", TEXT, "code of the second variant", "second variant"),
    Column("first_shape", TEXT, "shape of the first variant's cost curve: constant, concave, rising, falling or free"),
    Column("second_shape", TEXT, "shape of the second variant's cost curve"),
    Column("crossings", NUMBER, "how often the cheaper variant changes in the range"),
    Column("break_even", VALUE, "first value at which the best plans cost the same; blank: none in the range"),
    Column("cheaper_at_start", TEXT, "variant that is cheaper at the start of the range, by the best plans"),
    Column("cheaper_at_end", TEXT, "variant that is cheaper at its end"),
    Column("decided", YES_NO, "whether crossings are proven on both sides, or their absence in the whole range"),
    Column("solves", NUMBER, "problems solved"),
    Column("largest_gap", GAP, "largest gap of the last solves"),
    Column("seconds", SECONDS, "time of solving, all solves together", "time"),
    Column("finding", TEXT, "what was found, in words"),
)
def breakeven(study: Study) -> Iterator[Row]:
    """At which value of the parameter one variant overtakes the other on cost: one row for the nation and for each
    good and province."""
    for comparison in study.comparisons:
        told = [_variant(study, one.cheaper) for one in comparison.stretches]
        yield {
            **_where(comparison),
            "first": study.variants[0],
            "second": study.variants[1],
            "first_shape": comparison.shapes[0],
            "second_shape": comparison.shapes[1],
            "crossings": len(comparison.crossings),
            "break_even": comparison.crossings[0].estimate if comparison.crossings else None,
            "cheaper_at_start": told[0] if told else "",
            "cheaper_at_end": told[-1] if told else "",
            "decided": comparison.decided,
            "solves": comparison.solves,
            "largest_gap": comparison.gap,
            "seconds": comparison.seconds,
            "finding": sentence(study, comparison),
        }


@_table(
    "Crossings",
    *WHERE,
    Column("estimate", VALUE, "value at which the best plans cost the same"),
    Column("low", VALUE, "nearest solved value below at which plans differ as they do below"),
    Column("high", VALUE, "nearest solved value above at which plans differ as they do above"),
    Column("cheaper_below", TEXT, "code of the variant that is cheaper below"),
    Column("cheaper_above", TEXT, "code of the variant that is cheaper above"),
    Column("proven_from", VALUE, "from where to proven_low it is proven throughout that the one is cheaper"),
    Column("proven_low", VALUE, "up to where it is proven throughout that the one is cheaper; blank: it is not"),
    Column("proven_high", VALUE, "from where it is proven throughout that the other is cheaper; blank: it is not"),
    Column("proven_to", VALUE, "up to where, from proven_high, it is proven throughout that the other is cheaper"),
    Column("proven_at_low", VALUE, "where proven_low is blank: nearest solved value below at which it is proven"),
    Column("proven_at_high", VALUE, "where proven_high is blank: nearest solved value above at which it is proven"),
    Column("checked", YES_NO, "whether both variants were solved close by on both sides, and differ as said"),
)
def breakeven_crossings(study: Study) -> Iterator[Row]:
    """Each value at which the cheaper variant changes, its bracket of solved values, and the ranges on both sides over
    which it is proven throughout which is cheaper: of the first one from the start of the values looked at, of the last
    one to their end. Where a side has no such range, the solved value at which alone it is proven."""
    for comparison in study.comparisons:
        for crossing in comparison.crossings:
            yield {
                **_where(comparison),
                "estimate": crossing.estimate,
                "low": crossing.low,
                "high": crossing.high,
                "cheaper_below": study.variants[crossing.cheaper_below],
                "cheaper_above": study.variants[crossing.cheaper_above],
                "proven_from": crossing.proven_from,
                "proven_low": crossing.proven_low,
                "proven_high": crossing.proven_high,
                "proven_to": crossing.proven_to,
                "proven_at_low": crossing.proven_at_low,
                "proven_at_high": crossing.proven_at_high,
                "checked": crossing.checked,
            }


@_table(
    "Checks",
    *WHERE,
    Column("crossing", VALUE, "the crossing that is checked"),
    Column("side", TEXT, "below or above it"),
    VALUE_COLUMN,
    *COST_COLUMNS,
    CHEAPER,
    PROVEN,
)
def breakeven_checks(study: Study) -> Iterator[Row]:
    """Both variants solved on both sides of each crossing, off by the tolerance."""
    for comparison in study.comparisons:
        for crossing in comparison.crossings:
            for side, standing in (("below", crossing.below), ("above", crossing.above)):
                if standing is not None:
                    yield {
                        **_where(comparison),
                        "crossing": crossing.estimate,
                        "side": side,
                        **_costs(study, standing),
                    }


@_table(
    "Ranges",
    *WHERE,
    Column("from", VALUE, "first value"),
    Column("to", VALUE, "last value"),
    CHEAPER,
    Column("proof", TEXT, "proven throughout, proven at the values that were solved, or not proven at this gap"),
)
def breakeven_ranges(study: Study) -> Iterator[Row]:
    """The whole range of the parameter, cut where it changes which variant is cheaper or whether that is proven."""
    for comparison in study.comparisons:
        for stretch in comparison.stretches:
            yield {
                **_where(comparison),
                "from": stretch.start,
                "to": stretch.end,
                "cheaper": _variant(study, stretch.cheaper),
                "proof": stretch.proof,
            }


@_table(
    "Curves",
    *WHERE,
    VALUE_COLUMN,
    *COST_COLUMNS,
    CHEAPER,
    PROVEN,
    Column("first_solved", YES_NO, "whether the first variant was solved at this value, rather than bounded by others"),
    Column("second_solved", YES_NO, "whether the second variant was solved at this value"),
)
def breakeven_curves(study: Study) -> Iterator[Row]:
    """Costs of both variants, with what is proven of them, at every value that was solved."""
    for comparison in study.comparisons:
        for standing in comparison.standings:
            yield {
                **_where(comparison),
                **_costs(study, standing),
                "first_solved": standing.solved[0],
                "second_solved": standing.solved[1],
            }


@_table(
    "Map",
    *GOOD,
    Column("exponent", VALUE, "scale exponent of investment"),
    Column("freight", VALUE, "cost of carrying a tonne one kilometre"),
    CHEAPER,
    PROVEN,
    *COST_COLUMNS,
)
def breakeven_map(study: Study) -> Iterator[Row]:
    """The cheaper variant of each good over freight and scale exponent."""
    for cell in study.cells:
        costs = _costs(study, cell.standing)
        yield {
            **_good(study, cell.good),
            "exponent": cell.exponent,
            "freight": costs.pop("value"),
            "cheaper": costs.pop("cheaper"),
            "proven": costs.pop("proven"),
            **costs,
        }


@_table(
    "Map boundaries",
    *GOOD,
    Column("exponent", VALUE, "scale exponent of investment"),
    Column("freight", VALUE, "freight rate at which the best plans cost the same"),
    Column("proven_low", VALUE, "end of the values below that are proven throughout, none left out; blank: none"),
    Column("proven_high", VALUE, "start of the values above that are proven throughout, none left out; blank: none"),
    Column("cheaper_below", TEXT, "code of the variant that is cheaper below"),
    Column("cheaper_above", TEXT, "code of the variant that is cheaper above"),
)
def breakeven_boundaries(study: Study) -> Iterator[Row]:
    """Where the cheaper variant of a good changes along freight, at each exponent of the map; between the values of
    its grid, where the curves through all solved values cross."""
    for boundary in study.boundaries:
        yield {
            **_good(study, boundary.good),
            "exponent": boundary.exponent,
            "freight": boundary.estimate,
            "proven_low": boundary.proven_low,
            "proven_high": boundary.proven_high,
            "cheaper_below": study.variants[boundary.cheaper_below],
            "cheaper_above": study.variants[boundary.cheaper_above],
        }


COMPARISON_TABLES = (breakeven, breakeven_crossings, breakeven_checks, breakeven_ranges, breakeven_curves)
MAP_TABLES = (breakeven_map, breakeven_boundaries)


def breakeven_tables(study: Study) -> tuple[StudyTable, ...]:
    """The tables that a study fills."""
    return (*(COMPARISON_TABLES if study.comparisons else ()), *(MAP_TABLES if study.cells else ()))


def breakeven_frames(study: Study) -> Mapping[str, DataFrame]:
    """Every table of a study by name."""
    return {table.name: table(study) for table in breakeven_tables(study)}


def _where(comparison: Comparison) -> dict[str, object]:
    return {"extent": comparison.extent, "code": comparison.code, "name": comparison.name}


def _good(study: Study, good: str) -> dict[str, object]:
    return {"good": good, "good_name": study.instance.goods[good].name}


def _variant(study: Study, place: int | None) -> str:
    return "" if place is None else study.variants[place]


def _costs(study: Study, standing: Standing) -> dict[str, object]:
    first, second = standing.costs
    return {
        "value": standing.value,
        "first_lower": _bound(first.lower),
        "first_upper": _plan(first),
        "second_lower": _bound(second.lower),
        "second_upper": _plan(second),
        "difference": _difference(second.upper, first.upper),
        "difference_least": _difference(second.lower, first.upper),
        "difference_most": _difference(second.upper, first.lower),
        "cheaper": _variant(study, standing.cheaper),
        "proven": standing.proven,
    }


def _bound(lower: float) -> float | None:
    return None if lower == -inf else lower


def _plan(cost: Range) -> float | None:
    return None if cost.upper == inf else cost.upper


def _difference(one: float, other: float) -> float | None:
    return one - other if abs(one) < inf and abs(other) < inf else None
