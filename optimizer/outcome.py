"""A run in a few words and figures, for those who see no report yet."""

from collections import Counter
from collections.abc import Iterator

from models.instance import NO_LIMIT, Instance
from models.plan import Plan, Result, Status
from reports.choices import joining, starting
from reports.summary import AIMS, status_sentence


def size(instance: Instance) -> str:
    """How large a problem is."""
    counted = (
        (len(instance.counties), "county", "counties"),
        (len(instance.years), "year", "years"),
        (len(instance.goods), "good", "goods"),
        (len(instance.designs), "design", "designs"),
        (len(instance.options), "place for a plant", "places for plants"),
        (len(instance.lanes), "lane", "lanes"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counted)


def summary_lines(instance: Instance, result: Result) -> Iterator[tuple[str, str]]:
    """Pairs of a figure's name and its value: what the run came to and, with a plan, what was chosen."""
    aim, cost = AIMS[instance.policy.objective], AIMS["least cost"]
    unit = aim.unit.name(instance)
    yield "Status", status_sentence(result, instance.policy.objective)
    if result.plan is not None and result.objective is not None:
        yield aim.figure, f"{money_text(result.objective)} {unit}"
        if aim is not cost:
            spent = sum(charge.amount for charge in result.charges)
            yield cost.figure, f"{money_text(spent)} {cost.unit.name(instance)}"
    if result.plan is not None or result.bound is not None:
        yield "Proven bound", f"{money_text(result.bound)} {unit}" if result.bound is not None else "none"
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


def where_to_look(instance: Instance, result: Result) -> Iterator[str]:
    """For a run without a plan: where in the workbook what forced or forbade it can be loosened."""
    if result.status is Status.NO_PLAN:
        yield "Allow more time with --time-limit, or a larger gap with --gap."
    elif result.status is Status.UNBOUNDED:
        yield "Look for costs below zero in the workbook."
    elif result.status is Status.INFEASIBLE:
        yield from _obligations(instance)
        yield from _scarcities(instance)
        yield "Loosen one at a time with --set, for example --set Settings.min_plants.value=0, until a plan is found."


def _obligations(instance: Instance) -> Iterator[str]:
    """What the rules demand, whatever it costs."""
    policy = instance.policy
    needed = [
        code for code, good in instance.goods.items() if good.shortage_penalty is None and good.import_price is None
    ]
    if needed:
        yield f"Demand must be met at home (Goods, no import_price and no shortage_penalty): {', '.join(needed)}"
    due = {year: count for year, count in instance.picks_due.items() if count}
    if due:
        counts = ", ".join(f"{year}: {count}" for year, count in due.items())
        yield f"Counties must join (Settings, picks_rule = exactly; Resources, picks): {counts}"
    if policy.join_all:
        yield "Every county must join (Settings, join_rule = exactly once)"
    least = [province.code for province in instance.provinces.values() if province.least_picks > 0]
    if least:
        yield f"Provinces must have counties joining every year (Provinces, least_picks): {', '.join(least)}"
    if instance.decided:
        yield f"Choices already made stand (Variants, use_decided = yes; Decided): {len(instance.decided):,}"
    if policy.min_plants:
        yield f"A joining county must receive plants (Settings, min_plants): {policy.min_plants}"
    if policy.one_per_good:
        yield "A joining county must receive a plant of each good (Settings, one_per_good = yes)"
    if instance.items:
        yield f"A joining county must receive package items (PackageItems): {', '.join(instance.items)}"


def _scarcities(instance: Instance) -> Iterator[str]:
    """What is limited and may be too little for what the rules demand."""
    policy = instance.policy
    limited = [
        name
        for name, amounts in (
            ("central_funds", instance.central_funds.values()),
            ("central_labour", instance.central_labour.values()),
            ("import_currency", instance.import_currency.values()),
        )
        if any(amount < NO_LIMIT for amount in amounts)
    ]
    limited += dict.fromkeys(code for (code, _), amount in instance.central_material.items() if amount < NO_LIMIT)
    if limited:
        yield f"Means are limited (Resources): {', '.join(limited)}"
    most = [province.code for province in instance.provinces.values() if province.most_picks < NO_LIMIT]
    if most:
        yield f"Provinces may have only so many counties joining (Provinces, most_picks): {', '.join(most)}"
    if policy.most_central_share < 1:
        share = f"{policy.most_central_share:g}"
        yield f"The centre pays only a part (Settings, most_central_share; Counties, local_funds): {share}"
    if any(county.workers < NO_LIMIT for county in instance.counties.values()):
        yield "Plants draw their staff from the county (Counties, workers; Designs, workers)"
