"""A run in a few words and figures, for those who see no report yet."""

from collections import Counter
from collections.abc import Iterator, Sequence

from inputs.origins import Address, Origins
from models.instance import Instance
from models.plan import Plan, Result, Status
from optimizer.conflict.arithmetic import contradictions
from optimizer.conflict.contradiction import untold
from optimizer.conflict.words import places
from reports.choices import joining, starting
from reports.columns import Unit
from reports.plurals import counted
from reports.summary import AIMS, status_sentence

SHOWN = 4
"""Contradictions that are shown at the end of a run."""


def size(instance: Instance) -> str:
    """How large a problem is."""
    sizes = (
        (len(instance.counties), "county", "counties"),
        (len(instance.years), "year", "years"),
        (len(instance.goods), "good", "goods"),
        (len(instance.designs), "design", "designs"),
        (len(instance.options), "place for a plant", "places for plants"),
        (len(instance.lanes), "lane", "lanes"),
    )
    return ", ".join(counted(*size) for size in sizes)


def summary_lines(instance: Instance, result: Result) -> Iterator[tuple[str, str]]:
    """Pairs of a figure's name and its value: what the run came to and, with a plan, what was chosen."""
    aim, cost = AIMS[instance.policy.objective], AIMS["least cost"]
    yield "Status", status_sentence(result, instance.policy.objective)
    if result.plan is not None and result.objective is not None:
        yield aim.figure, measure_text(result.objective, aim.unit, instance)
        if aim is not cost:
            spent = sum(charge.amount for charge in result.charges)
            yield cost.figure, f"{money_text(spent)} {cost.unit.name(instance)}"
    if result.plan is not None or result.bound is not None:
        yield "Proven bound", "none" if result.bound is None else measure_text(result.bound, aim.unit, instance)
    if result.plan is not None:
        yield "Gap", gap_text(result.gap)
    yield "Time of solving", f"{result.seconds:,.1f} s, {result.solver}"
    if result.plan is None:
        return
    yield from _chosen(instance, result.plan)
    yield "Verified", "an independent check found every rule kept and recomputed the cost"


def money_text(amount: float) -> str:
    """A sum of money: whole units, and four digits of a small sum."""
    return f"{amount:,.0f}" if abs(amount) >= 1000 else f"{amount:.4g}"


def measure_text(amount: float, unit: Unit, instance: Instance) -> str:
    """An amount in its unit; a share in per cent."""
    return figure_text(amount, unit) if _is_share(unit) else f"{money_text(amount)} {unit.name(instance)}"


def figure_text(amount: float, unit: Unit) -> str:
    """An amount without its unit; a share in per cent."""
    return f"{100 * amount:.4g} %" if _is_share(unit) else money_text(amount)


def _is_share(unit: Unit) -> bool:
    return unit.number_format is not None and unit.number_format.endswith("%")


def gap_text(gap: float | None) -> str:
    """A gap in per cent; a small one never shows as none at all."""
    if gap is None:
        return "not known"
    if gap == 0:
        return "0 %"
    return "below 0.01 %" if gap < 0.0001 else f"{gap:.2%}".replace("%", " %")


def _chosen(instance: Instance, plan: Plan) -> Iterator[tuple[str, str]]:
    picks = Counter(year for _, year in joining(instance, plan))
    yield "Counties joining", "  ".join(f"{year}: {picks[year]}" for year in instance.years)
    plants: Counter[str] = Counter()
    for _, design, _, count in starting(instance, plan):
        plants[instance.designs[design].scale] += round(count)
    for scale in instance.scales.values():
        yield f"Plants, {scale.name}", f"{plants[scale.code]:,}"


def where_to_look(instance: Instance, result: Result, origins: Origins | None = None) -> Iterator[str]:
    """For a run without a plan: what arithmetic shows to be impossible, and what to do next.

    With `origins` the figures are named by their cells, without by their addresses as for `--set`.
    """
    if result.status is Status.NO_PLAN:
        yield "Allow more time with --time-limit, or a larger gap with --gap."
    elif result.status is Status.UNBOUNDED:
        yield "Look for costs below zero in the workbook."
    elif result.status is Status.INFEASIBLE:
        found = list(untold(contradictions(instance)))
        for contradiction in found[:SHOWN]:
            yield contradiction.told(lambda addresses: _places(origins, addresses))
        if len(found) > SHOWN:
            yield f"And {len(found) - SHOWN} more."
        yield "The command explain tells which cells cannot hold together, and what would mend it."


def _places(origins: Origins | None, addresses: Sequence[Address]) -> str:
    return ", ".join(str(address) for address in addresses[:SHOWN]) if origins is None else places(origins, addresses)
