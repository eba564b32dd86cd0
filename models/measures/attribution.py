"""What supplying each county with each good costs, wherever the plants stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.costs import COSTS, Rate, running_plants
from models.instance import Instance
from models.measures.shares import NEGLIGIBLE
from models.plan import Plan

ARRIVING = ("transport", "imports", "shortage")
"""Cost terms that are counted where goods are used; all others are counted where they are caused."""


@dataclass(frozen=True, slots=True)
class GoodCharge:
    """Discounted money of one cost term in a county, for a good; `good` is blank where it is for none in particular,
    such as package items, subsidies and support bases."""

    term: str
    county: str
    good: str
    amount: float


@dataclass(frozen=True, slots=True)
class SupplyCost:
    """Discounted money that supplying a county with a good costs in the whole plan.

    `construction` is what building the plants cost from which the goods come, `running` their operation, labour and raw
    materials and that of existing plants: each county's part by the tonnes that it receives. `transport`, `imports` and
    `shortage` are those of the county itself.
    """

    construction: float = 0.0
    running: float = 0.0
    transport: float = 0.0
    imports: float = 0.0
    shortage: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return self.construction + self.running + self.transport + self.imports + self.shortage

    def parts(self) -> Mapping[str, float]:
        """The parts by name, as in the fields."""
        return {
            "construction": self.construction,
            "running": self.running,
            "transport": self.transport,
            "imports": self.imports,
            "shortage": self.shortage,
        }


def charges_by_good(instance: Instance, plan: Plan) -> tuple[GoodCharge, ...]:
    """Every charge of a plan by term, county and good; they add up to the cost of the plan.

    Plants' costs are exact, as each plant makes one good. What a county spends on a raw material in a year is spread
    over its goods by what their plants take of it in that year: tonnes[d,w] * produce[c,d,t].
    """
    values: dict[str, Mapping[Any, float]] = {**dict(plan.items()), "running": running_plants(instance, plan)}
    takers = _takers(instance, plan)
    totals: dict[tuple[str, str, str], float] = defaultdict(float)
    for cost in COSTS:
        for rate in cost(instance):
            value = values[rate.variable].get(rate.index, 0.0)
            if value:
                for good, part in _goods_of(instance, rate, takers):
                    totals[cost.__name__, rate.county, good] += rate.amount * value * part
    return tuple(GoodCharge(*key, amount) for key, amount in totals.items() if amount)


def supply_costs(
    instance: Instance, plan: Plan, charges: Iterable[GoodCharge] | None = None
) -> Mapping[tuple[str, str], SupplyCost]:
    """What supplying each county with each good costs, by (county, good); nothing left out that belongs to a good.

    `charges` are what `charges_by_good` gives, where that is known already.

    Formula: the discounted cost of all plants of a good in a county c, new and existing, is spread over the counties j
    that it supplies by sum(t, running_weight[t] * ship[c,j,g,t]), and stays in c where it ships nothing. Transport,
    imports and shortage are counted where goods are used. A good that plants use as an intermediate product is counted
    where they use it, and not passed on to what they make.
    """
    made: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for charge in charges_by_good(instance, plan) if charges is None else charges:
        if charge.good and charge.term in ARRIVING:
            found[charge.county, charge.good][charge.term] += charge.amount
        elif charge.good:
            made[charge.county, charge.good][charge.term != "investment"] += charge.amount
    sent: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (origin, destination, good, year), tonnes in plan.ship.items():
        sent[origin, good][destination] += instance.running_weight[year] * tonnes
    for (origin, good), (construction, running) in made.items():
        ends = sent.get((origin, good), {})
        total = sum(ends.values())
        parts = {end: tonnes / total for end, tonnes in ends.items()} if total > NEGLIGIBLE else {origin: 1.0}
        for end, part in parts.items():
            found[end, good]["construction"] += part * construction
            found[end, good]["running"] += part * running
    return {place: SupplyCost(**parts) for place, parts in found.items()}


def _takers(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], Mapping[str, float]]:
    """Parts of each raw material that go into each good, by county, input and year."""
    taken: dict[tuple[str, str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (county, code, year), produced in plan.produce.items():
        design = instance.designs[code]
        for entry, tonnes in design.inputs.items():
            if tonnes * produced > 0:
                taken[county, entry, year][design.good] += tonnes * produced
    return {
        place: {good: tonnes / sum(goods.values()) for good, tonnes in goods.items()} for place, goods in taken.items()
    }


def _goods_of(
    instance: Instance, rate: Rate, takers: Mapping[tuple[str, str, int], Mapping[str, float]]
) -> Iterator[tuple[str, float]]:
    """(good, part) of what a rate is for; the good is blank where it is for none in particular."""
    index: tuple[Any, ...] = rate.index
    if rate.variable in ("start", "running", "produce"):
        yield instance.designs[index[1]].good, 1.0
    elif rate.variable == "ship":
        yield index[2], 1.0
    elif rate.variable in ("produce_existing", "imports", "shortage"):
        yield index[1], 1.0
    elif rate.variable in ("local_input", "bought_input"):
        yield from takers.get((index[0], index[1], index[2]), {"": 1.0}).items()
    else:
        yield "", 1.0
