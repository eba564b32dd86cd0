"""What A beside B comes to, in a few lines: how much differs, what moved most, and why equal inputs differ in plans."""

from collections import Counter
from collections.abc import Iterator
from math import inf

from models.measures.supply import ALL_GOODS, domestic_supply, national_coverage
from reports.assessment_book import Fact
from reports.comparison.proofs import difference, money, sentence
from reports.diff import Diff, Side, is_number, text_of
from reports.diff.beside import both, money_unit, same_money
from reports.diff.decisions import (
    EARLIER,
    LATER,
    ONLY_A,
    ONLY_B,
    SAME,
    moved,
    plants_started,
    years_joined,
)
from reports.diff.inputs import WHAT
from reports.diff.results import costs_by_term
from reports.summary import status_sentence

MOST_TERMS = 3
"""Cost terms, and counties, that are named among those that moved."""

UNIT = "unit"
"""The column of Settings in which a workbook states units for people."""

SOLVED_BY = ("gap", "time_limit", "threads", "seed", "solver")
"""Options that decide which of several good plans is found."""


def facts(diff: Diff) -> Iterator[Fact]:
    """The first page of the report: a figure's name, its value, unit and remark."""
    for side in diff.sides:
        yield side.letter, side.label, "", _about(side)
    yield from _inputs(diff)
    yield from (("Note", words, "", "") for words in notes(diff))
    if diff.solved:
        for side in diff.sides:
            yield f"Outcome of {side.letter}", outcome(side), "", ""
        yield from _decisions(diff)


def finding_lines(diff: Diff) -> Iterator[tuple[str, str]]:
    """The same for the command line: pairs of a heading and a line."""
    for name, value, unit, remark in facts(diff):
        shown = f"{value:,}" if isinstance(value, int) else str(value)
        told = f"{shown} {unit}".strip()
        yield name, f"{told}; {remark}" if remark else told


def same_inputs(diff: Diff) -> bool:
    """Whether no input differs, not even one that no plan depends on."""
    return not diff.values and not diff.rows


def notes(diff: Diff) -> Iterator[str]:
    """What a reader must know to read the differences right."""
    if diff.same_file and same_inputs(diff) and diff.a.background.variant == diff.b.background.variant:
        yield "A and B are made from files with the same content."
    if any(value.column == "currency" or value.key == "currency" for value in diff.values):
        one, other = (text_of(side.instance.currency) or "none" for side in diff.sides)
        if one != other:
            yield (
                f"The currency differs: {one} in A, {other} in B. Every sum of money is in its own; "
                "nothing converts one into the other."
            )
    units = [value for value in diff.values if diff.by_cell and value.column == UNIT]
    if units:
        told = ", ".join(f"{value.key} ({value.before} in A, {value.after} in B)" for value in units)
        yield f"Another unit stands beside {told}. The program does not read it: see that the values are in its own."
    if diff.reordered:
        yield (
            f"Common rows stand in another order in {', '.join(diff.reordered)}. They say the same; the order can "
            "decide between equally good plans."
        )
    if diff.solved:
        yield from why_plans_differ(diff)
    elif any(side.result is not None for side in diff.sides):
        lacking = ", ".join(side.letter for side in diff.sides if side.result is None)
        yield f"{lacking} was not solved, so that only inputs are compared; --solve solves it."


def why_plans_differ(diff: Diff) -> Iterator[str]:
    """What besides inputs can move decisions: of equal problems all that can, of others the gap."""
    if not diff.same_problem:
        if any(side.result is not None and side.result.gap != 0 for side in diff.sides):
            yield (
                "Within a gap there are many plans, so that decisions can differ for no other reason than the search; "
                "a smaller --gap leaves fewer of them."
            )
        return
    yield "The inputs are equal: A and B are the same problem, figure by figure (the same hash)."
    plans = both(diff)
    if plans is None:
        return
    if all(dict(one) == dict(other) for (_, one), (_, other) in zip(*(plan.items() for _, plan in plans), strict=True)):
        yield "The plans are equal as well."
        return
    reasons = list(_unlike_searches(diff))
    gaps = [side.result.gap for side in diff.sides if side.result is not None]
    if any(gap is None or gap > 0 for gap in gaps):
        told = " and ".join("an unknown gap" if gap is None else f"a gap of {gap:.2%}" for gap in gaps)
        reasons.append(f"not both searches went on to the very best plan ({told}), and a gap leaves many plans")
    yield (
        "The plans differ all the same: "
        + "; ".join(reasons or ["both are proven best, so there are several equally good plans"])
        + "."
    )


def _unlike_searches(diff: Diff) -> Iterator[str]:
    """Options and versions with which A and B were solved and that are not the same."""
    one, other = (side.background for side in diff.sides)
    for name in SOLVED_BY:
        before, after = one.options.get(name), other.options.get(name)
        if before != after:
            yield f"{name.replace('_', ' ')} {before or 'not known'} in A and {after or 'not known'} in B"
    for name in dict.fromkeys((*one.versions, *other.versions)):
        before, after = one.versions.get(name), other.versions.get(name)
        if before != after:
            yield f"version of {name} {before or 'none'} in A and {after or 'none'} in B"


def outcome(side: Side) -> str:
    """What the search for one of the two came to, in words."""
    if side.result is None:
        return "not solved"
    return status_sentence(side.result, side.instance.policy.objective)


def _about(side: Side) -> str:
    origin = side.background
    parts = [f"set {override}" for override in origin.overrides]
    parts += [f"sha256 {origin.sha256[:12]}"] if origin.sha256 else []
    return ", ".join(parts)


def _inputs(diff: Diff) -> Iterator[Fact]:
    if same_inputs(diff):
        yield "Inputs", "no input differs", "", ""
        return
    bearing = Counter(value.concerns for value in diff.values)
    remarks = [f"{bearing[concerns]:,} on {what}" for concerns, what in WHAT.items() if bearing[concerns]]
    yield "Values that differ", len(diff.values), "", f"bearing: {', '.join(remarks)}" if remarks else ""
    alone = Counter(row.only_in for row in diff.rows)
    for side in diff.sides:
        if diff.rows:
            yield f"Rows only in {side.letter}", alone[side.letter], "", _sheets_alone(diff, side)


def _sheets_alone(diff: Diff, side: Side) -> str:
    counts = Counter(row.sheet for row in diff.rows if row.only_in == side.letter)
    return ", ".join(f"{sheet} {count:,}" for sheet, count in counts.items())


def _decisions(diff: Diff) -> Iterator[Fact]:
    plans = both(diff)
    comparison = diff.comparison
    if comparison is not None:
        one, other = comparison.variants
        yield "What is proven", sentence(difference(other, one), comparison), "", ""
    if plans is None:
        return
    yield _joining_fact(diff)
    yield from _plant_facts(diff)
    yield from _cost_facts(diff)
    covered = [
        national_coverage(side.instance, domestic_supply(side.instance, plan)).get((ALL_GOODS, side.instance.last_year))
        for side, plan in plans
    ]
    if all(is_number(part) for part in covered):
        told = ", ".join(
            f"{part:.1%} in {side.letter} in {side.instance.last_year}"
            for part, side in zip(covered, diff.sides, strict=True)
        )
        yield "Demand met at home", told, "", ""


def _joining_fact(diff: Diff) -> Fact:
    known = years_joined(diff)
    years = Counter(moved(*pair) for pair in known.values())
    parts = [f"{years[what]:,} {what}" for what in (ONLY_A, ONLY_B, EARLIER, LATER) if years[what]]
    remarks = [f"{years[SAME]:,} in the same year"]

    def rank(county: str) -> tuple[float, float]:
        """Those that only one has come first, then the larger shift; the more people the sooner."""
        before, after = known[county]
        shift = inf if before is None or after is None else abs(after - before)
        instance = diff.b.instance if county in diff.b.instance.counties else diff.a.instance
        return -shift, -instance.counties[county].population

    changed = sorted((county for county, (before, after) in known.items() if before != after), key=rank)
    if changed:
        told = ", ".join(_move(diff, county, *known[county]) for county in changed[:MOST_TERMS])
        remarks.append(f"moved most: {told}")
    return "Counties that join", ", ".join(parts) or "the same in the same years", "", "; ".join(remarks)


def _move(diff: Diff, county: str, before: int | None, after: int | None) -> str:
    instance = diff.b.instance if county in diff.b.instance.counties else diff.a.instance
    return f"{instance.counties[county].name} {before or 'not at all'} -> {after or 'not at all'}"


def _plant_facts(diff: Diff) -> Iterator[Fact]:
    known = plants_started(diff)
    same = sum(min(pair) for pair in known.values())
    totals = [sum(pair[place] for pair in known.values()) for place in (0, 1)]
    yield (
        "Plants",
        f"{totals[0]:,.0f} in A, {totals[1]:,.0f} in B",
        "",
        f"{same:,.0f} of the same design in the same county and year",
    )


def _cost_facts(diff: Diff) -> Iterator[Fact]:
    known = costs_by_term(diff)
    totals = [sum(pair[place] for pair in known.values()) for place in (0, 1)]
    if not same_money(diff):
        yield "Cost of the plan found", f"{totals[0]:,.0f} in A, {totals[1]:,.0f} in B", f"({money_unit(diff)})", ""
        return
    changes = {term: after - before for term, (before, after) in known.items()}
    ranked = sorted((term for term in changes if changes[term]), key=lambda term: -abs(changes[term]))[:MOST_TERMS]
    most = ", ".join(f"{term.replace('_', ' ')} {_signed(changes[term])}" for term in ranked)
    told = f"{money(totals[0])} in A, {money(totals[1])} in B"
    yield "Cost of the plan found", told, f"({money_unit(diff)})", f"moved most: {most}" if most else ""


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else '-'}{money(abs(amount))}"
