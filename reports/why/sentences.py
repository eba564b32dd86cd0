"""Why a county is picked when it is, in sentences that never say more than is proven."""

import math
from collections.abc import Iterator

from models.plan import Status
from reports.breakeven_findings import Comparison, Study
from reports.comparison.proofs import DUST, money, rounded, signed_outward
from reports.summary import AIMS
from reports.why import Forced, Why
from reports.why.changes import moved, moves, plants

NO_PLAN = "no plan can"
"""What is known of a choice that is proven to be impossible."""

SHOWN = 4
"""Counties that are named before the rest is counted."""


def headline(why: Why) -> str:
    """When the county joins in the plan."""
    instance, joined = why.instance, why.joined
    if joined is None:
        return f"{why.name} does not join in {why.origin}."
    place = {instance.last_year: ", the last year", instance.first_year: ", the first year"}.get(joined, "")
    decided = ", as the workbook has decided" if instance.decided.get(why.county) == joined else ""
    return f"In {why.origin}, {why.name} joins in {joined}{place}{decided}."


def sentences(why: Why) -> Iterator[str]:
    """The answer in a few sentences: when it joins, what other choices would cost, and why."""
    yield headline(why)
    if why.result.objective is not None and why.value < why.result.objective - DUST * abs(why.result.objective):
        gain = why.result.objective - why.value
        told = "what is proven is" if why.depth == "swap" else "differences and what is proven are"
        better = f"A plan was found on the way that is better than {why.origin}, by {money(gain)} {unit(why)}"
        yield f"{better}: {told} against that plan."
    able = [choice for choice in why.forced if choice.cost.found is not None]
    first = sorted(able, key=lambda choice: (choice.lifted, choice.cost.found or 0.0))[:1]
    first += [choice for choice in able if choice.year is not None and choice not in first][:1]
    for choice in first:
        yield choice_sentence(why, choice)
    if why.at_prices:
        yield prices_sentence(why)
    loose = max((choice.loose for choice in able), default=0.0)
    if loose > 0:
        off = "" if math.isinf(loose) else f" by up to {rounded(loose, down=False)} {unit(why)}"
        yield f"Searches for plans beside the known one ended early: the differences found may be off{off}."
    yield from why.remarks


def choice_sentence(why: Why, choice: Forced) -> str:
    """What a choice costs, as found and as proven, and what moves."""
    said = f"{choice_words(choice)} {_costs(why, choice)}."
    reasons = why_words(why, choice)
    return f"{said} {reasons}" if reasons else said


def _costs(why: Why, choice: Forced) -> str:
    """`would cost at least 90 and at most 110 won more: proven`."""
    found, least, most = choice.cost.found, choice.cost.least, choice.cost.most
    size = DUST * abs(why.value)
    if least is not None and least > size:
        if most is not None and most - least <= size:
            return f"would cost {money(least)} {unit(why)} more: proven"
        top = "" if most is None else f" and at most {rounded(most, down=False)}"
        return f"would cost at least {rounded(least, down=True)}{top} {unit(why)} more: proven"
    if found is None:
        return "would cost nobody knows what: no plan was found"
    if most is not None and abs(most) <= size and choice.restricts:
        return "would be just as good: proven"
    if most is not None and most < -size:
        exact = least is not None and most - least <= size
        amount = money(-most) if exact else f"at least {rounded(-most, down=True)}"
        return f"would cost {amount} {unit(why)} less: proven"
    low = "no proven limit" if least is None else signed_outward(least, down=True)
    high = "no proven limit" if most is None else signed_outward(most, down=False)
    same = "the same" if abs(found) <= size else f"{money(abs(found))} {unit(why)} {'more' if found > 0 else 'less'}"
    return f"costs {same} by the best plans found; proven is only that it lies between {low} and {high}"


def why_words(why: Why, choice: Forced) -> str:
    """Which cost terms move, in words."""
    found = moved(why, choice)
    if not found:
        return ""
    parts = [
        f"{change.term.replace('_', ' ')} {signed(change.change)} ({signed(change.here)} in {why.name} itself)"
        for change in found
    ]
    return f"What moves most: {', '.join(parts)}."


def prices_sentence(why: Why) -> str:
    """What the county's years cost at the prices of what counties share."""
    best = [year for year, cost in why.at_prices.items() if cost <= DUST * abs(why.value)]
    own = why.at_prices.get(why.joined)
    told = " or ".join(choice_year(year) for year in best)
    said = f"At the prices of what counties share, money and places included, its cheapest choice is {told}"
    if own is None or not math.isfinite(own) or why.joined in best:
        return f"{said}."
    return f"{said}; {choice_year(why.joined)} is {money(own)} {unit(why)} dearer."


def moves_words(why: Why, choice: Forced) -> str:
    """Which counties change places, in words."""
    found = moves(why, choice)
    names = [
        f"{why.instance.counties[move.county].name} ({choice_year(move.before)} to {choice_year(move.after)})"
        for move in found
    ]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def plants_words(why: Why, choice: Forced) -> str:
    """Which of its plants change, in words: those it then builds more or fewer of, whatever the year."""
    counts: dict[str, list[float]] = {}
    for design, _, before, after in plants(why, choice):
        entry = counts.setdefault(design, [0.0, 0.0])
        entry[0] += before
        entry[1] += after
    names = why.instance.designs
    changed = [f"{names[code].name} {old:g} to {new:g}" for code, (old, new) in counts.items() if old != new]
    return ", ".join(changed)


def state(why: Why, choice: Forced) -> str:
    """What is known of a choice in a word or two."""
    if choice.result is None:
        return "against the rules" if choice.obstacles else "not looked at"
    if choice.result.status is Status.INFEASIBLE:
        return NO_PLAN
    least, most = choice.cost.least, choice.cost.most
    size = DUST * abs(why.value)
    against = " (against the rules)" if choice.lifted else ""
    if least is not None and least > size:
        return f"dearer: proven{against}"
    if choice.plan is None:
        return "no plan found"
    if most is not None and most < -size:
        return f"cheaper: proven{against}"
    if most is not None and abs(most) <= size and (choice.restricts or (least is not None and least >= -size)):
        return f"as good: proven{against}"
    return f"not proven{against}"


def obstacle_words(choice: Forced) -> str:
    """Rules against a choice, with the places of their figures."""
    return "; ".join(
        f"{obstacle.words} ({', '.join([obstacle.rule, *obstacle.places[:SHOWN]])})" for obstacle in choice.obstacles
    )


def choice_words(choice: Forced) -> str:
    """A choice as the beginning of a sentence."""
    words = "leaving it out" if choice.year is None else f"joining in {choice.year}"
    return f"Were it allowed, {words}" if choice.lifted else words.capitalize()


def choice_year(year: int | None) -> str:
    """A year of joining, or never."""
    return "never" if year is None else str(year)


def figure_sentence(why: Why, study: Study) -> str:
    """What a figure of the county would have to be, in words."""
    comparison = study.comparisons[0]
    span = f"from {study.start:.6g} to {study.end:.6g}"
    goal = f"join in {why.target}"
    now = "" if study.now is None else f", now {study.now:.6g}"
    if not comparison.with_plans:
        return f"Nothing was found {span}{now}."
    if not comparison.crossings:
        told = [stretch.cheaper for stretch in comparison.stretches if stretch.cheaper is not None]
        if not told and not all(standing.with_plans for standing in comparison.standings):
            return f"Not at every value {span} a plan was found both ways, so that nothing can be told{now}."
        if not told:
            return f"It makes no difference to the cost {span} whether it is to {goal}{now}."
        sure = _surely(comparison)
        if told[0] == 1:
            return f"No value {span} makes it {goal}{now}: {sure}."
        return f"At every value {span} it is best to {goal}{now}: {sure}."
    parts = []
    for crossing in comparison.crossings:
        above = crossing.cheaper_above == 0
        proven = crossing.proven_high if above else crossing.proven_low
        alone = crossing.proven_at_high if above else crossing.proven_at_low
        side = "above" if above else "below"
        edge = "on" if above else "down"
        known = f"proven from {proven:.6g} {edge}" if proven is not None else "not proven"
        if proven is None and alone is not None:
            known = f"proven at {alone:.6g}"
        parts.append(f"{side} about {crossing.estimate:.6g} ({known})")
    return f"It would {goal} {' and '.join(parts)}{now}; looked at {span}."


def _surely(comparison: Comparison) -> str:
    proofs = {stretch.proof for stretch in comparison.stretches}
    if proofs == {"proven"}:
        return "proven"
    if "not proven" not in proofs:
        return "proven at the values solved, not between them"
    return "by the best plans found, not proven at this gap"


def signed(amount: float) -> str:
    """An amount with its sign."""
    return f"{'-' if amount < 0 else '+'}{money(abs(amount))}"


def unit(why: Why) -> str:
    """The unit of the objective."""
    return AIMS[why.instance.policy.objective].unit.name(why.instance)
