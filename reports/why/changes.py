"""What is otherwise in a plan in which a county makes another choice: cost terms, years of joining, plants."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.measures.shares import whole
from models.plan import Result
from reports.choices import joining
from reports.columns import county_order
from reports.why import Forced, Why

DUST = 1e-6
"""Part of the whole cost below which a change of a term counts as none."""


@dataclass(frozen=True, slots=True)
class TermChange:
    """A cost term (discounted money) in the plan compared with and in the one with the choice, and how much of the
    change is counted in the county itself."""

    term: str
    before: float
    after: float
    here: float

    @property
    def change(self) -> float:
        """By how much it rises."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Move:
    """A county that joins in another year with the choice; None: not at all."""

    county: str
    before: int | None
    after: int | None


def term_changes(why: Why, choice: Forced) -> list[TermChange]:
    """Cost terms that either plan has, those that change most first; empty where the choice has no plan, or one of
    which it is not known what it costs at the least."""
    if choice.result is None or choice.plan is None or not choice.result.charges:
        return []
    old, new = _terms(why.compared(choice)), _terms(choice.result)
    here_old, here_new = _terms(why.compared(choice), why.county), _terms(choice.result, why.county)
    found = [
        TermChange(
            term,
            old.get(term, 0.0),
            new.get(term, 0.0),
            here_new.get(term, 0.0) - here_old.get(term, 0.0),
        )
        for term in dict.fromkeys((*old, *new))
    ]
    return sorted(found, key=lambda change: -abs(change.change))


def moved(why: Why, choice: Forced, most: int = 3) -> list[TermChange]:
    """The terms that change most, for few words."""
    changes = term_changes(why, choice)
    size = DUST * sum(abs(change.before) for change in changes)
    return [change for change in changes if abs(change.change) > size][:most]


def _terms(result: Result, county: str | None = None) -> Mapping[str, float]:
    found: dict[str, float] = defaultdict(float)
    for charge in result.charges:
        if county is None or charge.county == county:
            found[charge.term] += charge.amount
    return found


def moves(why: Why, choice: Forced) -> list[Move]:
    """Counties other than the one asked for that join in another year than in the plan compared with, in the order of
    the year that they leave."""
    known = why.compared(choice).plan
    if choice.plan is None or known is None:
        return []
    before, after = (dict(joining(why.instance, plan)) for plan in (known, choice.plan))
    order = county_order(why.instance)
    changed = [code for code in order if code != why.county and before.get(code) != after.get(code)]
    late = why.instance.last_year + 1
    return [
        Move(code, before.get(code), after.get(code))
        for code in sorted(changed, key=lambda code: (before.get(code) or late, order[code]))
    ]


def plants(why: Why, choice: Forced) -> list[tuple[str, int, float, float]]:
    """(design, year of start, plants in the plan compared with, plants with the choice) in the county itself."""
    known = why.compared(choice).plan
    if choice.plan is None or known is None:
        return []
    old, new = (
        {(design, year): whole(count) for (code, design, year), count in plan.start.items() if code == why.county}
        for plan in (known, choice.plan)
    )
    rank = {design: place for place, design in enumerate(why.instance.designs)}
    keys = sorted({key for key in (*old, *new) if old.get(key) or new.get(key)}, key=lambda key: (key[1], rank[key[0]]))
    return [(design, year, old.get((design, year), 0.0), new.get((design, year), 0.0)) for design, year in keys]
