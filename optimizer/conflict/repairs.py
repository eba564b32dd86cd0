"""From what gave way to changes of cells: the new value of each, rounded so that it surely suffices."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inputs.origins import Address, Origins, setting, value_text
from inputs.workbook import Workbook
from models.instance import Instance
from models.plan import Plan
from optimizer.conflict.contradiction import penalty, rounded
from optimizer.conflict.problem import ConflictProblem, Given
from optimizer.conflict.scales import usual_investment

SWITCHED_OFF: Mapping[str, str] = {
    "join_rule": "at most once",
    "picks_rule": "at most",
    "one_per_good": "no",
    "existing_output": "as planned",
}
"""Settings that are words, and the word that loosens them."""

DOWN = {"least_picks", "min_plants", "coverage_floor", "remittances"}
"""Figures that are loosened by lowering them by what gave way; others are raised."""

OF_COUNTIES = ("Counties", "CountyMaterials", "CountyInputs")
"""Sheets in which the same change of another county is no other way out."""

FEW = 3
"""Changes up to which a repair is short."""

RARE = 0.05
"""Relative change added before weights are turned round, so that small changes are taken back first."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one figure. `new` None: the row is deleted."""

    address: Address
    old: object
    new: object

    @property
    def override(self) -> str | None:
        """The change as an argument of `--set`; None where it cannot be one."""
        return None if self.new is None else f"{self.address}={value_text(self.new)}"


def repaired(
    workbook: Workbook, variant: str, overrides: Sequence[str], changes: Iterable[Change]
) -> tuple[Instance, tuple[str, ...]]:
    """The instance with the changes made, and the overrides that make it.

    Raises `InvalidWorkbook` where a new value is not allowed.
    """
    made = tuple(changes)
    given = (*overrides, *(change.override for change in made if change.override is not None))
    return without_rows(workbook, made).instance(variant, given), given


def without_rows(workbook: Workbook, changes: Iterable[Change]) -> Workbook:
    """The workbook without the rows that changes delete."""
    for change in changes:
        if change.override is None:
            workbook = workbook.without_row(change.address.sheet, change.address.key)
    return workbook


def changes_of(instance: Instance, origins: Origins, given: Given, arriving: float) -> tuple[Change, ...]:
    """The changes of cells that let through the plan that was found; `arriving` is the share of central funds that
    arrives."""
    found = []
    for limit, amount in given.changes.items():
        old = origins.of(limit).value
        if limit == setting("coverage_floor_from"):
            new: object = 1 + max(int(index[2]) for index in given.rows[limit])
        else:
            new = _new_value(instance, limit, old, amount, given.plan, arriving)
        found.append(Change(limit, old, new))
    return tuple(found)


def alternatives(problem: ConflictProblem, *, whole: bool, wanted: int) -> Iterator[Given]:
    """Up to `wanted` cheap changes, none of which holds another: after the cheapest, those that do without what it
    changed, or without a part of it; counties' figures of a kind count as one. Raises `OutOfTime`."""
    kinds: dict[tuple[str, str], list[Address]] = {}
    for limit in problem.limits:
        kinds.setdefault((limit.sheet, limit.column), []).append(limit)

    def alike(limit: Address) -> Sequence[Address]:
        return kinds[limit.sheet, limit.column] if limit.sheet in OF_COUNTIES else (limit,)

    told: list[frozenset[Address]] = []
    waiting: list[tuple[Address, ...]] = [()]
    tried: set[frozenset[Address]] = set()
    while waiting and len(told) < wanted:
        kept = waiting.pop(0)
        if frozenset(kept) in tried:
            continue
        tried.add(frozenset(kept))
        given = _short(problem, kept, whole)
        if given is None:
            continue
        used = frozenset(given.changes)
        if used and not any(used >= other for other in told):
            told.append(used)
            yield given
        waiting.append((*kept, *(other for limit in given.changes for other in alike(limit))))
        if len(used) > 1:
            waiting += [(*kept, *alike(limit)) for limit in sorted(used)[:FEW]]


def _short(problem: ConflictProblem, kept: Sequence[Address], whole: bool) -> Given | None:
    """The least change and, where it touches many figures, one of those nearly as cheap that touches fewer."""
    given = problem.least_change(kept, whole=whole)
    if given is None or len(given.changes) <= 1:
        return given
    weights = {
        limit: 1 / (RARE + (abs(given.changes[limit]) / problem.scale(limit) if limit in given.changes else 0.0))
        for limit in problem.limits
    }
    other = problem.least_change(kept, whole=whole, weights=weights)
    return other if other is not None and len(other.changes) < len(given.changes) else given


def _new_value(instance: Instance, limit: Address, old: object, amount: float, plan: Plan, arriving: float) -> object:
    if limit.sheet == "Settings" and limit.key in SWITCHED_OFF:
        return SWITCHED_OFF[limit.key]
    share = SHARES.get(limit.key if limit.sheet == "Settings" else limit.column)
    if share is not None:
        return share(instance, limit, plan)
    name = limit.key if limit.sheet in ("Settings", "Resources") else limit.column
    if limit.sheet == "Goods":
        return penalty(instance)
    if name == "year":
        return next((year for county, year in plan.select if county == limit.key), None)
    if name == "eligible":
        return "yes"
    if name == "eligible_from":
        return next((year for county, year in plan.select if county == limit.key), instance.first_year)
    before = float(old) if isinstance(old, int | float) else 0.0
    if name == "picks":
        return max(0, round(before + amount))
    if name in ("least_picks", "most_picks", "min_plants"):
        return max(0, round(before - amount if name in DOWN else before + amount))
    if name == "modernisations":
        return round(before + amount)
    if name in DOWN:
        return rounded(before - amount, -1)
    return rounded(before + (amount / arriving if name == "central_funds" and arriving > 0 else amount), 1)


def _central_shares(instance: Instance, plan: Plan) -> Iterator[float]:
    for key in {*plan.central_funds, *plan.local_funds, *plan.donations}:
        central = plan.central_funds.get(key, 0.0)
        paid = central + plan.local_funds.get(key, 0.0) + plan.donations.get(key, 0.0)
        if paid > 1e-6 * usual_investment(instance):
            yield central / paid


def _least_central_share(instance: Instance, limit: Address, plan: Plan) -> float:
    return _below(min(_central_shares(instance, plan), default=0.0))


def _most_central_share(instance: Instance, limit: Address, plan: Plan) -> float:
    return _above(max(_central_shares(instance, plan), default=1.0))


def _most_donated_share(instance: Instance, limit: Address, plan: Plan) -> float:
    shares = [
        given / (given + plan.central_funds.get(key, 0.0) + plan.local_funds.get(key, 0.0))
        for key, given in plan.donations.items()
        if given > 0
    ]
    return _above(max(shares, default=1.0))


def _dispersion_cap(instance: Instance, limit: Address, plan: Plan) -> float:
    built: dict[str, dict[str, float]] = {}
    for (county, design, _), plants in plan.start.items():
        family = built.setdefault(instance.designs[design].good, {})
        province = instance.counties[county].province
        family[province] = family.get(province, 0.0) + instance.options[county, design].capacity * round(plants)
    return _above(max((max(family.values()) / sum(family.values()) for family in built.values()), default=1.0))


def _everything(instance: Instance, limit: Address, plan: Plan) -> float:
    return 1.0


def _nothing(instance: Instance, limit: Address, plan: Plan) -> float:
    return 0.0


SHARES: Mapping[str, Callable[[Instance, Address, Plan], float]] = {
    "least_central_share": _least_central_share,
    "most_central_share": _most_central_share,
    "most_donated_share": _most_donated_share,
    "dispersion_cap": _dispersion_cap,
    "gini_cap": _everything,
    "local_input_share": _nothing,
    "least_stipend": _nothing,
    "quota": _nothing,
}
"""Shares of something that is planned too: their new value is what the plan that was found has, or none at all."""


def _below(share: float) -> float:
    return max(0.0, math.floor(share * 100 + 1e-6) / 100)


def _above(share: float) -> float:
    return min(1.0, math.ceil(share * 100 - 1e-6) / 100)
