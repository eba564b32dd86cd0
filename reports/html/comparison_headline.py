"""A comparison in a few sentences and figures, for a reader who looks at nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.plan import Status
from reports.charts.picture import listed
from reports.columns import SHARE
from reports.comparison import Comparison
from reports.comparison.changes import PARTS, source_totals
from reports.comparison.likeness import left_out
from reports.comparison.proofs import all_differences, sentence, signed_outward
from reports.comparison.sentences import ranking, summary_sentences
from reports.comparison.without_plan import without_plan
from reports.excel.cells import own_format, shown
from reports.html.headline import Tile, amount, gap_text
from reports.summary import AIMS

COMMONEST = 4
"""Changes of source that are named for each variant."""


@dataclass(frozen=True)
class About:
    """What is to be said of a variant against the base."""

    variant: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Proven:
    """What is proven about the difference of two variants, as texts in `unit`; `words` say the same."""

    variant: str
    against: str
    found: str
    least: str
    most: str
    unit: str
    verdict: str
    words: str


@dataclass(frozen=True)
class Change:
    """A change of the main source of a good: variant, good, from, to, counties, change of cost, and what moved most."""

    variant: str
    good: str
    before: str
    after: str
    counties: str
    change: str
    moved: str


def compared_words(comparison: Comparison) -> str:
    """What was compared."""
    names = [
        one.variant if one.name in ("", one.variant) else f"{one.variant} ({one.name})"
        for one in (comparison.base, *comparison.others)
    ]
    count = len(names)
    if count == 1:
        return f"Only {names[0]} was solved, so that there is nothing to compare it with."
    return f"{count} variants were solved and compared: {listed(names)}. {comparison.base_code} is the base."


def verdict(comparison: Comparison) -> list[str]:
    """Which variant is the best, which are not compared and why, what stands in another's place, and which variants
    have no plan."""
    told = comparison.tables[summary_sentences.name]
    return [str(word) for word in told.loc[told["about"] == "", "words"]]


def badge(comparison: Comparison) -> tuple[str, str]:
    """Kind and words of the mark beside the title: what is proven."""
    if all(one.plan is None for one in comparison.variants):
        return "bad", "No plans"
    compared = [found for found in all_differences(comparison) if not found.unlike]
    best = next(ranking(comparison), "")
    if best.endswith(": proven."):
        part = any(left_out(comparison))
        return "good", "It is proven which is best of those compared" if part else "It is proven which is best"
    return "fair", "Not all is proven" if compared else "Side by side, without proof"


def tiles(comparison: Comparison) -> Iterator[Tile]:
    """The objective of each variant, with its proven bound, and whether it can be compared with the base's."""
    apart = {one.variant for one, _ in left_out(comparison)}
    for one in (comparison.base, *comparison.others):
        aim = AIMS[one.instance.policy.objective]
        unit = aim.unit.name(one.instance)
        result = one.result
        if result.objective is None:
            bound = "" if result.bound is None else f"proven: at least {amount(result.bound, aim.unit.number_format)}"
            yield Tile(one.variant, without_plan(one), bound)
            continue
        proven = "no bound was proven"
        if result.bound is not None and result.gap is not None:
            bound = amount(result.bound, aim.unit.number_format)
            proven = f"proven: at least {bound} (gap {gap_text(result.gap)})"
        proven += f"; not compared with {comparison.base_code}" if one.variant in apart else ""
        unit = "" if unit == "share" else f"{unit}; "
        yield Tile(
            f"{one.variant}: {aim.figure.lower()}", amount(result.objective, aim.unit.number_format), unit + proven
        )


def proven_rows(comparison: Comparison) -> list[Proven]:
    """What is proven of each pair of variants, least and greatest; pairs that cannot be compared say why."""
    rows = []
    for found in all_differences(comparison):
        one, other = comparison.by_code[found.variant], comparison.by_code[found.against]
        lacking = [side.variant for side in (one, other) if side.result.status is Status.INFEASIBLE]
        if lacking:
            said = f"no plan: infeasible ({listed(lacking)})"
        elif found.unlike:
            said = "cannot be compared"
        elif found.least == found.most == 0:
            said = "equally good: proven"
        elif found.proven:
            better = found.variant if found.most is not None and found.most < 0 else found.against
            said = f"{better} is better: proven"
        else:
            said = "not proven at this gap"
        unit = AIMS[one.instance.policy.objective].unit.name(one.instance)
        times = 100.0 if unit == SHARE.label else 1.0
        value, least, most = (None if part is None else times * part for part in (found.found, found.least, found.most))
        rows.append(
            Proven(
                found.variant,
                found.against,
                "" if value is None else f"{'+' if value > 0 else ''}{shown(value, own_format(value))}",
                "" if least is None else signed_outward(least, down=True),
                "" if most is None else signed_outward(most, down=False),
                "" if found.unlike or lacking else "percentage points" if unit == SHARE.label else unit,
                said,
                sentence(found, comparison),
            )
        )
    return rows


def about_variants(comparison: Comparison) -> list[About]:
    """What is to be said of each variant, the base first where there is something to say of it."""
    told = comparison.tables[summary_sentences.name]
    found = []
    for one in (comparison.base, *comparison.others):
        words = tuple(str(word) for word in told.loc[told["about"] == one.variant, "words"])
        if words:
            found.append(About(one.variant, one.name if one.name != one.variant else "", words))
    return found


def common_changes(comparison: Comparison) -> Iterator[Change]:
    """The commonest changes of source of each variant, and the part of the cost that moved most with each."""
    count: dict[str, int] = {}
    for row in source_totals.rows(comparison):
        variant = str(row["variant"])
        count[variant] = count.get(variant, 0) + 1
        if count[variant] > COMMONEST:
            continue
        moved = {part: _number(row[part]) for part in PARTS}
        largest = max(moved, key=lambda part: abs(moved[part]))
        known = row["change"] is not None
        yield Change(
            variant,
            str(row["good_name"]),
            str(row["source_before"]),
            str(row["source"]),
            f"{_number(row['counties']):,.0f}",
            f"{_number(row['change']):+,.0f}" if known else "not compared",
            f"{largest} {moved[largest]:+,.0f}" if moved[largest] else "nothing" if known else "not compared",
        )


def common_unit(comparison: Comparison) -> str:
    """The unit of the changes of cost."""
    instance = comparison.base.instance
    return f"{instance.currency or 'money'} discounted to {instance.first_year}"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
