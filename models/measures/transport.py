"""How far goods travel."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.shares import share
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class Haulage:
    """Goods moved in a year: tonnes that stay in their county and that leave it, tonne-kilometres, and money.

    `tonne_km` is what leaves its county, `tonne_km_within` what is distributed in it where that lane has a length.
    """

    kept: float = 0.0
    sent: float = 0.0
    tonne_km: float = 0.0
    tonne_km_within: float = 0.0
    cost: float = 0.0

    def __add__(self, other: "Haulage") -> "Haulage":
        """Both together."""
        return Haulage(
            self.kept + other.kept,
            self.sent + other.sent,
            self.tonne_km + other.tonne_km,
            self.tonne_km_within + other.tonne_km_within,
            self.cost + other.cost,
        )

    @property
    def mean_haul(self) -> float | None:
        """Kilometres that a tonne of all domestic supply travels on average, what stays at home included:
        tonne-kilometres / tonnes."""
        return share(self.tonne_km + self.tonne_km_within, self.kept + self.sent)

    @property
    def mean_haul_sent(self) -> float | None:
        """Kilometres that a tonne travels on average which leaves its county: tonne-kilometres / tonnes sent."""
        return share(self.tonne_km, self.sent)


def haulage(instance: Instance, plan: Plan) -> Mapping[tuple[str, int], Haulage]:
    """Goods moved, by good and year.

    Formula: tonne-km = sum(c, j, distance[c,j,g] * ship[c,j,g,t]), cost = sum(c, j, cost[c,j,g] * ship[c,j,g,t]).
    Output of new and existing plants of a county is pooled before it is sent, so hauls are not by size of plant.
    Imports are not counted: they arrive at a delivered price.
    """
    found: dict[tuple[str, int], Haulage] = defaultdict(Haulage)
    for (origin, destination, good, year), tonnes in plan.ship.items():
        lane = instance.lanes[origin, destination, good]
        moved, cost = tonnes * lane.distance, tonnes * lane.cost
        if origin == destination:
            found[good, year] += Haulage(kept=tonnes, tonne_km_within=moved, cost=cost)
        else:
            found[good, year] += Haulage(sent=tonnes, tonne_km=moved, cost=cost)
    return found
