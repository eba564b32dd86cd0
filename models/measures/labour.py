"""Whom plants draw from the markets."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.costs import running_plants
from models.instance import Instance
from models.measures.shares import share
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class LabourDrawn:
    """Persons who run plants in a year, what they would have produced elsewhere (money a year), and the pool (persons)
    that they come from, which may be unlimited."""

    workers: float
    product: float
    pool: float

    @property
    def pool_share(self) -> float | None:
        """Part of the pool that is drawn."""
        return share(self.workers, self.pool)


def labour_drawn(instance: Instance, plan: Plan) -> Mapping[tuple[str, int], LabourDrawn]:
    """Workers drawn from markets, by county and year with plants running.

    Formula: workers = sum(d, workers[c,d] * running[c,d,t]); product = market_product[c] * workers.
    """
    workers: dict[tuple[str, int], float] = defaultdict(float)
    for (county, code, year), running in running_plants(instance, plan).items():
        workers[county, year] += instance.options[county, code].workers * running
    return {
        (county, year): LabourDrawn(drawn, instance.counties[county].market_product * drawn, _pool(instance, county))
        for (county, year), drawn in workers.items()
    }


def _pool(instance: Instance, county: str) -> float:
    return instance.counties[county].workers
