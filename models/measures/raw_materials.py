"""Whose raw materials plants use, and how well plants and raw materials match."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.dispersion import plants_started
from models.measures.shares import mean, share
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class MaterialValue:
    """Money a year in raw materials: the county's own, bought elsewhere, and intermediate products at market price."""

    local: float = 0.0
    bought: float = 0.0
    made: float = 0.0

    def __add__(self, other: "MaterialValue") -> "MaterialValue":
        """Both together."""
        return MaterialValue(self.local + other.local, self.bought + other.bought, self.made + other.made)

    @property
    def local_share(self) -> float | None:
        """The counties' own as a share of all: local / (local + bought + made), as in the rule `local_input_share`."""
        return share(self.local, self.local + self.bought + self.made)


@dataclass(frozen=True, slots=True)
class Suitability:
    """How far a county's own raw materials would feed a plant of a good, and how many plants it got.

    `own_share` (0 to 1, by value) is of the cheapest new plant that may be built there, `design`, at its usable
    capacity of the last year, alone in the county; None where such a plant needs no raw material or can sell nothing.
    """

    county: str
    good: str
    design: str
    own_share: float | None
    plants: float


def material_value(instance: Instance, plan: Plan) -> Mapping[tuple[str, int], MaterialValue]:
    """Money in raw materials, by county and year, nothing left out.

    Formula: local = sum(w, local_price[w] * local_input[c,w,t]), bought = sum(w, bought_price[w] *
        bought_input[c,w,t]), made = sum(w made of g, market_price[g] * made_input[c,w,t]).
    """
    found: dict[tuple[str, int], MaterialValue] = defaultdict(MaterialValue)
    for (county, entry, year), tonnes in plan.local_input.items():
        found[county, year] += MaterialValue(local=instance.inputs[entry].local_price * tonnes)
    for (county, entry, year), tonnes in plan.bought_input.items():
        found[county, year] += MaterialValue(bought=instance.inputs[entry].bought_price * tonnes)
    for (county, entry, year), tonnes in plan.made_input.items():
        good = instance.inputs[entry].good
        if good is not None:
            found[county, year] += MaterialValue(made=instance.goods[good].market_price * tonnes)
    return {(county, year): found[county, year] for county in instance.counties for year in instance.years}


def suitability(instance: Instance, plan: Plan) -> tuple[Suitability, ...]:
    """How far each county's own raw materials would feed the cheapest plant of each good that may be built there.

    Formula: with need[w] = tonnes[d,w] * usable_capacity[c,d,last year] and own[w] = min(input_supply[c,w], need[w]),
        own_share = sum(w, local_price[w] * own[w])
            / sum(w, local_price[w] * own[w] + bought_price[w] * (need[w] - own[w])).
    The design is the new one of least investment. Other plants that draw on the same raw materials are not counted.
    """
    built = plants_started(instance, plan)
    found = []
    for (county, good), codes in instance.designs_of.items():
        new = [code for code in codes if not instance.designs[code].modernisation]
        if new:
            cheapest = min(new, key=lambda code: instance.options[county, code].investment)
            own = _own_share(instance, county, cheapest)
            found.append(Suitability(county, good, cheapest, own, built.get((county, good), 0.0)))
    return tuple(found)


def mean_suitability(places: Iterable[Suitability]) -> tuple[float | None, float | None]:
    """Mean own share of raw materials where plants of the good are built, and where none are: a plan that puts plants
    where their raw materials are has the first well above the second."""
    known = tuple(places)
    return mean(place.own_share for place in known if place.plants), mean(
        place.own_share for place in known if not place.plants
    )


def _own_share(instance: Instance, county: str, code: str) -> float | None:
    output = instance.usable_capacity[county, code, instance.last_year]
    local = bought = 0.0
    for entry, tonnes in instance.designs[code].inputs.items():
        need = tonnes * output
        own = min(instance.input_supply.get((county, entry), 0.0), need)
        local += instance.inputs[entry].local_price * own
        bought += instance.inputs[entry].bought_price * (need - own)
    return share(local, local + bought)
