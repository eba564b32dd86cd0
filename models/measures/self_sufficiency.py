"""How far counties live on their own output."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.shares import share
from models.measures.supply import output, used_by_plants
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class SelfSupply:
    """What a place uses of a good in a year, what of that is its own, and what it makes; tonnes.

    `use` is the demand of its people and what its plants take of the good as an intermediate product.
    """

    use: float
    own: float
    output: float

    def __add__(self, other: "SelfSupply") -> "SelfSupply":
        """Both together: own supply counts by county, so what one sends to the other is not own."""
        return SelfSupply(self.use + other.use, self.own + other.own, self.output + other.output)

    @property
    def own_share(self) -> float | None:
        """Own output used at home as a share of use."""
        return share(self.own, self.use)

    @property
    def output_ratio(self) -> float | None:
        """Output relative to use; above 1 the place makes more than it needs."""
        return share(self.output, self.use)


def self_supply(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], SelfSupply]:
    """Use, own supply and output, by county, good and year.

    Formula: use = demand[c,g,t] + used_by_plants[c,g,t]; own = ship[c,c,g,t];
        output = sum(d of g, produce[c,d,t]) + produce_existing[c,g,t].
    """
    made, used = output(instance, plan), used_by_plants(instance, plan)
    return {
        (county, good, year): SelfSupply(
            use=demand + used.get((county, good, year), 0.0),
            own=plan.ship.get((county, county, good, year), 0.0),
            output=made.get((county, good, year), 0.0),
        )
        for (county, good, year), demand in instance.demand.items()
    }
