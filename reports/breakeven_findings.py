"""What a search for break-even found, before it becomes tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, isclose
from typing import Literal

from models.instance import Instance

MOST_VALUES = 4
"""Values that are named one by one."""

ALIKE = 1e-8
"""Relative difference of two plans' costs that counts as none."""

SAME_COST = "Both cost the same"
NO_PLAN_CAN = "No plan of either can keep every rule"
NO_PLAN_KNOWN = "No plan of either is known"
NEITHER = "Neither is known to be cheaper"
"""Why no variant is cheaper over a range, as the beginning of a sentence."""

Extent = Literal["nation", "good", "province"]
Proof = Literal["proven", "proven at solved values", "not proven"]


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds on a least cost (discounted money): proven from below, by a plan from above. Both infinite: no plan."""

    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Both variants at one value: their costs, which is cheaper by the best plans (0, 1 or None), whether that is
    proven, and whether they were solved there rather than told from other values."""

    value: float
    costs: tuple[Range, Range]
    cheaper: int | None
    proven: bool
    solved: tuple[bool, bool]

    @property
    def with_plans(self) -> bool:
        """Whether a plan is known of both variants."""
        return max(cost.upper for cost in self.costs) < float("inf")

    @property
    def infeasible(self) -> tuple[bool, bool]:
        """Of each variant, whether it is proven that no plan can keep every rule."""
        one, other = self.costs
        return one.lower == float("inf"), other.lower == float("inf")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values from `start` to `end` over which the same variant is cheaper (0, 1, or None: the same, or no plan)."""

    start: float
    end: float
    cheaper: int | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Piece:
    """Values from `start` to `end` between which all that is known of both variants' costs runs along straight lines:
    their bounds at its ends. Bounds may jump from one piece to the next."""

    start: float
    end: float
    at_start: tuple[Range, Range]
    at_end: tuple[Range, Range]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the cheaper variant changes.

    `estimate`: where the best plans cost the same. `low` and `high`: nearest values at both sides at which both
    variants were compared by plans and differ in that. `proven_from` to `proven_low`, and `proven_high` to
    `proven_to`: values below and above at all of which it is proven which is cheaper. Those of the first crossing
    begin at the start of the range, those of the last one end at its end. None where there are no such values; then
    `proven_at_low` and `proven_at_high` are the nearest solved values at which alone it is proven, if any. `below` and
    `above`: both variants as solved at `estimate` times 1 less and 1 plus the tolerance, None where the search ended
    before.
    """

    estimate: float
    low: float
    high: float
    proven_from: float | None
    proven_low: float | None
    proven_high: float | None
    proven_to: float | None
    proven_at_low: float | None
    proven_at_high: float | None
    cheaper_below: int
    cheaper_above: int
    below: Standing | None
    above: Standing | None

    @property
    def checked(self) -> bool:
        """Whether plans solved on both sides differ in which variant is cheaper."""
        return (
            self.below is not None
            and self.above is not None
            and self.below.cheaper == self.cheaper_below
            and self.above.cheaper == self.cheaper_above
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two variants over a range of values, of the nation or of a part planned alone.

    `shapes`: what was found of each variant's least cost over the value: constant, concave, rising, falling or free;
    but where it is free, something is proven between solved values. `gap` is the largest gap of the last solves,
    `solves` the number of all, `seconds` their time. `ended`: why the search ended before all was decided, empty where
    it did not. `pieces`: what is known of both costs over the whole range, solved values and all between them.
    """

    extent: Extent
    code: str
    name: str
    shapes: tuple[str, str]
    standings: tuple[Standing, ...]
    stretches: tuple[Stretch, ...]
    crossings: tuple[Crossing, ...]
    solves: int
    seconds: float
    gap: float | None
    ended: str
    pieces: tuple[Piece, ...] = ()

    @property
    def with_plans(self) -> bool:
        """Whether any plan is known of both variants."""
        return any(standing.with_plans for standing in self.standings)

    @property
    def decided(self) -> bool:
        """Whether the search came to its end, and all is proven but between the checks of a crossing. Where curves are
        not concave, it is enough that it is proven at the values solved."""
        windows = [
            (crossing.below.value, crossing.above.value)
            for crossing in self.crossings
            if crossing.checked and crossing.below is not None and crossing.above is not None
        ]
        return (
            bool(self.stretches)
            and not self.ended
            and len(windows) == len(self.crossings)
            and all(
                any(low <= stretch.start and stretch.end <= high for low, high in windows)
                for stretch in self.stretches
                if stretch.proof == "not proven"
            )
        )


@dataclass(frozen=True, slots=True)
class MapCell:
    """A good at one exponent and one freight rate: both variants there."""

    good: str
    exponent: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class MapBoundary:
    """Where along freight the cheaper variant of a good changes at an exponent; see `Crossing`."""

    good: str
    exponent: float
    estimate: float
    proven_low: float | None
    proven_high: float | None
    cheaper_below: int
    cheaper_above: int


@dataclass(frozen=True)
class Study:
    """A search for break-even between two variants of a workbook.

    `parameter`: its name; `meaning` and `unit` of it; `now` its value in the workbook (None: it has no single one);
    `start` and `end` the range; `tolerance` relative. `instance` has names and units.
    """

    instance: Instance
    variants: tuple[str, str]
    names: tuple[str, str]
    parameter: str
    meaning: str
    unit: str
    now: float | None
    start: float
    end: float
    tolerance: float
    comparisons: tuple[Comparison, ...]
    cells: tuple[MapCell, ...] = ()
    boundaries: tuple[MapBoundary, ...] = ()
    remarks: Sequence[str] = ()
    interrupted: bool = False


def sentence(study: Study, comparison: Comparison) -> str:
    """What a comparison came to, in words."""
    return " ".join(_sentences(study, comparison))


def _sentences(study: Study, comparison: Comparison) -> Iterator[str]:
    told = [stretch for stretch in comparison.stretches if stretch.cheaper is not None]
    span = f"from {study.start:.6g} to {study.end:.6g}"
    if not comparison.standings:
        yield "Nothing was found out before the search ended."
    elif not comparison.with_plans:
        yield from _without_plans(study, comparison)
    elif not told:
        yield from _at_values(study, comparison, span)
    elif not comparison.crossings:
        yield _same_throughout(study, comparison, told[0].cheaper or 0, span)
    else:
        if len(comparison.crossings) > 1:
            yield f"The cheaper variant changes {len(comparison.crossings)} times."
        for crossing in comparison.crossings:
            yield _crossing_sentence(study, comparison, crossing)
        if not _by_values(comparison):
            yield from _neither_cheaper(comparison)
    if comparison.with_plans:
        yield from _partly_without_plans(study, comparison)
    if comparison.ended:
        yield f"The search ended early: {comparison.ended}."


def _at_values(study: Study, comparison: Comparison, span: str) -> Iterator[str]:
    """Of a comparison in which neither is cheaper over any stretch: both cost the same, or there are plans of both at
    some values alone."""
    compared = [standing for standing in comparison.standings if standing.with_plans]
    if len(compared) == len(comparison.standings):
        yield f"Both cost the same {span}: {_proof(comparison.stretches)}."
        return
    for place, name in enumerate(study.names):
        own = [standing for standing in compared if standing.cheaper == place]
        if own:
            proven = all(standing.proven for standing in own)
            yield f"Cheaper at {_values(own)}: {name}; {'proven' if proven else 'not proven at this gap'}."
    same = [standing for standing in compared if standing.cheaper is None]
    if same:
        yield f"Both cost the same at {_values(same)}."


def _partly_without_plans(study: Study, comparison: Comparison) -> Iterator[str]:
    """At which of the values solved one of the two has no plan, so that nothing can be compared there."""
    for place, name in enumerate(study.names):
        without = [standing for standing in comparison.standings if standing.infeasible[place]]
        if without:
            yield f"No plan of {name} can keep every rule at {_values(without)}."


def _without_plans(study: Study, comparison: Comparison) -> Iterator[str]:
    """Of a comparison in which no value has plans of both: which of the two has none, and where that is known."""
    for place, name in enumerate(study.names):
        never = [standing for standing in comparison.standings if standing.infeasible[place]]
        missed = [
            standing
            for standing in comparison.standings
            if standing.solved[place] and standing.costs[place].upper == inf and not standing.infeasible[place]
        ]
        if never and _nowhere(study, comparison, place):
            yield f"No plan of {name} can keep every rule."
        elif never:
            yield f"No plan of {name} can keep every rule at {_values(never)}."
            if missed:
                yield f"At {_values(missed)} none of it was found in the time."
        elif all(standing.costs[place].upper == inf for standing in comparison.standings):
            yield f"No plan of {name} was found in the time."
        elif missed:
            yield f"No plan of {name} was found in the time at {_values(missed)}."


def _nowhere(study: Study, comparison: Comparison, place: int) -> bool:
    """Whether what is proven at some values, that a variant has no plan, holds over the whole range: for a curve that
    rises, what is proven at its start; for one that falls, at its end; for a free one, nothing."""
    shape = comparison.shapes[place]
    first, last = comparison.standings[0], comparison.standings[-1]
    if shape in ("constant", "concave"):
        return any(standing.infeasible[place] for standing in comparison.standings)
    if shape == "rising":
        return first.value <= study.start and first.infeasible[place]
    return shape == "falling" and last.value >= study.end and last.infeasible[place]


def _same_throughout(study: Study, comparison: Comparison, cheaper: int, span: str) -> str:
    """Of a comparison without crossings; where curves are known at solved values only, those are counted."""
    name = study.names[cheaper]
    solved = [standing for standing in comparison.standings if all(standing.solved)]
    same = [standing for standing in solved if standing.cheaper is None and standing.costs[0].upper < inf]
    if not _by_values(comparison):
        neither = [stretch for stretch in comparison.stretches if stretch.cheaper is None]
        if neither:
            won_over = [stretch for stretch in comparison.stretches if stretch.cheaper == cheaper]
            spans = " and ".join(_span(start, end) for start, end in _joined(won_over))
            single = [
                standing
                for standing in same
                if not any(stretch.start <= standing.value <= stretch.end for stretch in neither)
            ]
            but = f", but for {_values(single)}, where both cost the same" if single else ""
            rest = " ".join(_neither_cheaper(comparison))
            return f"Cheaper {spans}{but}: {name}; {_proof(won_over)}. {rest}"
        but = f", but for {_values(same)}, where both cost the same" if same else ""
        return f"Cheaper throughout, {span}{but}: {name}; {_proof(comparison.stretches)}."
    won = [standing for standing in solved if standing.cheaper == cheaper]
    proven = sum(standing.proven for standing in solved)
    count = f"all {len(solved)}" if len(won) == len(solved) else f"{len(won)} of {len(solved)}"
    tie = f" Both cost the same at {_values(same)}." if same else ""
    told = "all of them" if proven == len(solved) else f"{proven} of the {len(solved)}"
    # some stretches may be proven where curves rise or fall
    never = "not" if all(stretch.proof != "proven" for stretch in comparison.stretches) else "not throughout"
    return f"Cheaper at {count} values solved, {span}: {name}.{tie} Proven at {told}, {never} between them."


def _by_values(comparison: Comparison) -> bool:
    """Whether it is known at solved values only, rather than over ranges, which is cheaper."""
    return "free" in comparison.shapes or any(
        stretch.proof == "proven at solved values" for stretch in comparison.stretches
    )


def _neither_cheaper(comparison: Comparison) -> Iterator[str]:
    """Over which ranges neither is cheaper, and why: both cost the same, or there is no plan of either."""
    parts = [part for stretch in comparison.stretches if stretch.cheaper is None for part in _told(comparison, stretch)]
    for words, alike in groupby(parts, lambda part: part[0]):
        stretches = [stretch for _, stretch in alike]
        spans = " and ".join(_span(start, end) for start, end in _joined(stretches))
        proof = f"; {_proof(stretches)}" if words == SAME_COST else ""
        yield f"{words} {spans}{proof}."


def _told(comparison: Comparison, stretch: Stretch) -> Iterator[tuple[str, Stretch]]:
    """A stretch over which neither is cheaper, in parts with what is known of each."""
    if not comparison.pieces:
        yield NEITHER, stretch
    # what only rounding puts on this side of an end of the stretch is no part of it
    least = 1e-6 * (stretch.end - stretch.start)
    for piece in comparison.pieces:
        start, end = max(piece.start, stretch.start), min(piece.end, stretch.end)
        if end - start > least:
            yield _why_neither(piece), Stretch(start, end, None, stretch.proof)


def _why_neither(piece: Piece) -> str:
    """Why neither is cheaper in a piece, or in a part of it: at each value both are the same, or both without plan."""
    one, other = piece.at_start
    if one.lower == other.lower == inf:
        return NO_PLAN_CAN
    if one.upper == other.upper == inf:
        return NO_PLAN_KNOWN
    same = all(isclose(first.upper, second.upper, rel_tol=ALIKE) for first, second in (piece.at_start, piece.at_end))
    return SAME_COST if same else NEITHER


def _joined(stretches: Sequence[Stretch]) -> list[tuple[float, float]]:
    """Ascending stretches as ranges, those that touch as one."""
    found: list[tuple[float, float]] = []
    for stretch in stretches:
        if found and found[-1][1] == stretch.start:
            found[-1] = (found[-1][0], stretch.end)
        else:
            found.append((stretch.start, stretch.end))
    return found


def _span(start: float, end: float) -> str:
    """A range in words; a value where both ends have the same figures."""
    low, high = f"{start:.6g}", f"{end:.6g}"
    return f"at {low}" if low == high else f"from {low} to {high}"


def _values(standings: Sequence[Standing]) -> str:
    """The values, or how many there are and how far they reach."""
    if len(standings) > MOST_VALUES:
        return f"{len(standings)} values from {standings[0].value:.6g} to {standings[-1].value:.6g}"
    return " and ".join(f"{standing.value:.6g}" for standing in standings)


def _proof(stretches: Sequence[Stretch]) -> str:
    proofs = {stretch.proof for stretch in stretches}
    if proofs == {"proven"}:
        return "proven"
    if "not proven" not in proofs:
        return "proven at the solved values, not between them"
    open_parts = [f"{part.start:.6g} to {part.end:.6g}" for part in stretches if part.proof == "not proven"]
    if len(open_parts) == len(stretches):
        return "by the best plans found, not proven at this gap"
    return f"by the best plans found; not proven at this gap from {' and from '.join(open_parts)}"


def _crossing_sentence(study: Study, comparison: Comparison, crossing: Crossing) -> str:
    below, above = study.names[crossing.cheaper_below], study.names[crossing.cheaper_above]
    unit = f" {study.unit}" if study.unit else ""
    checked = "Checked on both sides" if crossing.checked else "Not checked on both sides"
    return (
        f"Break-even at about {crossing.estimate:.6g}{unit}. Cheaper below: {below}; above: {above}. "
        f"{' '.join(_proven_parts(study, comparison, crossing))} {checked}."
    )


def _proven_parts(study: Study, comparison: Comparison, crossing: Crossing) -> Iterator[str]:
    """What is proven about a crossing: over ranges, and at single values."""
    below, above = study.names[crossing.cheaper_below], study.names[crossing.cheaper_above]
    ranges, values = [], []
    if crossing.proven_from is not None and crossing.proven_low is not None:
        begin = "" if crossing.proven_from == study.start else f"from {crossing.proven_from:.6g} "
        ranges.append(f"{below} {begin}up to {crossing.proven_low:.6g}")
    if crossing.proven_high is not None and crossing.proven_to is not None:
        finish = "" if crossing.proven_to == study.end else f" up to {crossing.proven_to:.6g}"
        ranges.append(f"{above} from {crossing.proven_high:.6g}{finish}")
    if crossing.proven_at_low is not None:
        values.append(f"at {crossing.proven_at_low:.6g} ({below})")
    if crossing.proven_at_high is not None:
        values.append(f"at {crossing.proven_at_high:.6g} ({above})")
    if ranges:
        yield f"Proven: {' and '.join(ranges)}."
    if values:
        # parts of the range further off may be proven where curves rise or fall
        never = "not" if all(one.proof != "proven" for one in comparison.stretches) else "not throughout"
        which = "the values solved on both sides" if len(values) == 2 else "a value solved on that side"
        where = "between or beyond them" if len(values) == 2 else "beyond it"
        yield f"Proven {' and '.join(values)}, {which}, and {never} {where}."
    if not ranges and not values:
        yield "Proven: neither at this gap."
