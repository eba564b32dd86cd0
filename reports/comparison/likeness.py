"""Whether figures of two variants measure the same: what people need in both, for how long, and in which money."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from models.instance import Instance
from models.records import County, Good
from reports.comparison import Compared, Comparison
from reports.summary import SINCE

LEAST_COST = "least cost"
IN_MONEY = (LEAST_COST, "least central funds")
"""Objectives that are amounts of money."""

NAMED = 3
"""Goods or counties that are named where only one of two variants has them."""

SAME = 1e-9
"""Difference of two amounts, relative to the greater, that comes of reckoning alone."""


def unlike(one: Compared, other: Compared) -> str:
    """Why the objectives of two variants cannot be compared; blank where they measure the same."""
    return "; ".join(_unlike(one, other))


def needs_apart(one: Compared, other: Compared) -> str:
    """Why plans of two variants do not meet the same needs; blank where years, goods, counties and demand agree."""
    return "; ".join(_needs_apart(one, other))


def costs_apart(one: Compared, other: Compared) -> str:
    """Why discounted costs of two variants do not measure the same, whatever their objectives; blank where they do."""
    return "; ".join(
        [*_needs_apart(one, other), *_money_apart(one.instance, other.instance), *_tails_apart(one, other)]
    )


def left_out(comparison: Comparison) -> Iterator[tuple[Compared, str]]:
    """Variants whose objective cannot be compared with the base's, each with the reason."""
    for compared in comparison.others:
        why = unlike(compared, comparison.base)
        if why:
            yield compared, why


def alike_base(comparison: Comparison) -> tuple[Compared, ...]:
    """The base, and the variants whose objective can be compared with its."""
    apart = {compared.variant for compared, _ in left_out(comparison)}
    return tuple(compared for compared in comparison.variants if compared.variant not in apart)


def _unlike(one: Compared, other: Compared) -> Iterator[str]:
    first, second = one.instance, other.instance
    aim = first.policy.objective
    if aim != second.policy.objective:
        yield f"the objectives differ: {aim}, and {second.policy.objective}"
        yield from _needs_apart(one, other)
        return
    yield from _needs_apart(one, other)
    if aim in IN_MONEY:
        yield from _money_apart(first, second)
    elif _people(first) != _people(second):
        yield "the numbers of people differ"
    if aim == LEAST_COST:
        yield from _tails_apart(one, other)
    if aim in SINCE and (
        max(first.policy.objective_from, first.first_year) != max(second.policy.objective_from, second.first_year)
        or first.policy.coverage_weight != second.policy.coverage_weight
    ):
        yield "the years or weights that the objective looks at differ"


def _needs_apart(one: Compared, other: Compared) -> Iterator[str]:
    first, second = one.instance, other.instance
    if first.years != second.years:
        yield f"the plan years differ: {_span(first)}, and {_span(second)}"
    if first.goods.keys() != second.goods.keys():
        yield f"the goods differ: {_only(one, other, _names(first.goods), _names(second.goods))}"
    if first.counties.keys() != second.counties.keys():
        yield f"the counties differ: {_only(one, other, _names(first.counties), _names(second.counties))}"
    places = _demanded_otherwise(first, second)
    if places:
        wanted, elsewhere = (f"{sum(side.demand.values()):,.0f}" for side in (first, second))
        yield (
            f"the demand differs: {wanted} t, and {elsewhere} t"
            if wanted != elsewhere
            else f"the demand differs in {places:,} places (a county, a good and a year)"
        )


def _demanded_otherwise(first: Instance, second: Instance) -> int:
    """Places, of those that both problems have, in which people need another amount."""
    if first.demand == second.demand:
        return 0
    counties = first.counties.keys() & second.counties.keys()
    goods = first.goods.keys() & second.goods.keys()
    years = set(first.years) & set(second.years)
    return sum(
        not math.isclose(first.demand.get(place, 0.0), second.demand.get(place, 0.0), rel_tol=SAME)
        for place in first.demand.keys() | second.demand.keys()
        if place[0] in counties and place[1] in goods and place[2] in years
    )


def _money_apart(first: Instance, second: Instance) -> Iterator[str]:
    if first.currency != second.currency:
        yield f"the currencies differ: {first.currency or 'none named'}, and {second.currency or 'none named'}"
    if first.discount_rate != second.discount_rate:
        yield f"the discount rates differ: {first.discount_rate:.4g}, and {second.discount_rate:.4g}"


def _tails_apart(one: Compared, other: Compared) -> Iterator[str]:
    first, second = one.instance.tail_years, other.instance.tail_years
    if first != second:
        yield f"the years of the tail differ: {first:g}, and {second:g}"


def _people(instance: Instance) -> Mapping[str, float]:
    return {code: county.population for code, county in instance.counties.items()}


def _names(parts: Mapping[str, Good] | Mapping[str, County]) -> Mapping[str, str]:
    return {code: part.name for code, part in parts.items()}


def _span(instance: Instance) -> str:
    first, last = instance.first_year, instance.last_year
    return str(first) if first == last else f"{first} to {last}"


def _only(one: Compared, other: Compared, first: Mapping[str, str], second: Mapping[str, str]) -> str:
    """What only one of two variants has, by name."""
    told = []
    for side, has, lacks in ((one, first, second), (other, second, first)):
        names = [name for code, name in has.items() if code not in lacks]
        if names:
            told.append(f"only {side.variant} has {_some(names)}")
    return ", and ".join(told)


def _some(names: Collection[str]) -> str:
    shown = list(names)[:NAMED]
    left = len(names) - len(shown)
    return in_words([*shown, f"{left:,} more"] if left else shown)


def in_words(names: Sequence[str]) -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and c`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
