"""Goods that serve as raw materials of other goods: whether there is an order in which they can be made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inputs import scale_rule
from inputs.case import Case
from inputs.located import LocatedRow, rows_of
from inputs.problems import Note, Problem
from inputs.sheets import Input


@dataclass(frozen=True, slots=True)
class Use:
    """A design that takes a good as a raw material; the one that says so, where others take their inputs from it."""

    good: str
    design: str
    input: LocatedRow[Input]


def check_intermediates(case: Case) -> Iterator[Problem | Note]:
    """Goods that are needed to make themselves, and goods that nobody will make because buying is free."""
    uses = _uses(case)
    order = list(case.goods)
    for good in order:
        circle = _circle(good, uses)
        # Told once, at the circle's first good.
        if circle and good == min((use.good for use in circle), key=order.index):
            yield _made_of_itself(good, circle)
    for row in rows_of(case.tables, Input):
        code, made = row.record.input, row.record.good
        if made is not None and row.record.bought_price == 0:
            message = f"{code} can be bought for nothing, which no plant that makes the good {made} can match"
            yield Note(row.cell("bought_price"), message)


def _uses(case: Case) -> Mapping[str, list[Use]]:
    """What each good is made of, among the goods; one use of each."""
    rows = {row.record.input: row for row in rows_of(case.tables, Input)}
    found: dict[str, dict[str, Use]] = {good: {} for good in case.goods}
    for code, design in case.designs.items():
        says = next((step for step in scale_rule.references(case, code) if case.design_inputs.get(step)), code)
        for entry in scale_rule.inputs(case, code):
            row = rows.get(entry)
            taken = row.record.good if row is not None else None
            if row is not None and taken is not None and taken in case.goods:
                found[design.record.good].setdefault(taken, Use(taken, says, row))
    return {good: list(of.values()) for good, of in found.items()}


def _circle(good: str, uses: Mapping[str, list[Use]]) -> list[Use]:
    """The shortest way from a good, through what it is made of, back to it; empty when there is none."""
    ways: list[list[Use]] = [[use] for use in uses[good]]
    seen = set()
    for way in ways:  # grows while it is gone through
        end = way[-1].good
        if end == good:
            return way
        if end not in seen:
            seen.add(end)
            ways += [[*way, use] for use in uses[end]]
    return []


def _made_of_itself(good: str, circle: list[Use]) -> Problem:
    makers = [good, *(use.good for use in circle)]
    steps = [
        f"{maker} takes {use.good} ({use.input.record.input} of {use.design})"
        for maker, use in zip(makers, circle, strict=False)
    ]
    remedy = "Leave good blank for one of these raw materials, or take it out of the design."
    message = f"the good {good} is needed to make itself: {', '.join(steps)}"
    last = circle[-1]
    return Problem(last.input.cell("good"), last.good, "goods made of others only", remedy, message)
