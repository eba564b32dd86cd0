"""What plants deliver to the state first, what they sell beyond it, and what of that their workers get."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.costs import running_plants
from models.instance import Instance
from models.measures.shares import share
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class Delivery:
    """A year of the plants of a design: tonnes of quota and of excess output, and money.

    `state_revenue` is what the quota earns, `market_revenue` what the rest earns before stipends. `workers` are
    persons who run the plants and `market_product` what they would produce elsewhere.
    """

    running: float = 0.0
    quota: float = 0.0
    excess: float = 0.0
    state_revenue: float = 0.0
    market_revenue: float = 0.0
    stipends: float = 0.0
    workers: float = 0.0
    market_product: float = 0.0

    def __add__(self, other: "Delivery") -> "Delivery":
        """Both together."""
        return Delivery(
            self.running + other.running,
            self.quota + other.quota,
            self.excess + other.excess,
            self.state_revenue + other.state_revenue,
            self.market_revenue + other.market_revenue,
            self.stipends + other.stipends,
            self.workers + other.workers,
            self.market_product + other.market_product,
        )

    @property
    def stipend_per_worker(self) -> float | None:
        """Money a worker gets beyond the wage: stipends / workers."""
        return share(self.stipends, self.workers)

    @property
    def market_product_per_worker(self) -> float | None:
        """Money a worker would produce elsewhere: market_product / workers."""
        return share(self.market_product, self.workers)

    @property
    def incentive(self) -> float | None:
        """Stipends relative to what the workers would produce elsewhere, as in the rule `stipends`; below its
        least, workers had rather stay in the market."""
        return share(self.stipends, self.market_product)


def deliveries(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], Delivery]:
    """Quota, excess output, revenue and stipends, by county, design and year with plants running.

    Formula: quota = quota[c,d,t] * running[c,d,t]; excess = produce[c,d,t] - quota;
        state_revenue = state_price[g] * quota; market_revenue = market_price[g] * excess;
        stipends = stipend_share * market_revenue; workers = workers[c,d] * running[c,d,t];
        market_product = market_product[c] * workers.
    """
    found: dict[tuple[str, str, int], Delivery] = {}
    for index, running in running_plants(instance, plan).items():
        county, code, _ = index
        good = instance.goods[instance.designs[code].good]
        quota = instance.quota[index] * running
        excess = max(0.0, plan.produce.get(index, 0.0) - quota)
        workers = instance.options[county, code].workers * running
        found[index] = Delivery(
            running=running,
            quota=quota,
            excess=excess,
            state_revenue=good.state_price * quota,
            market_revenue=good.market_price * excess,
            stipends=instance.policy.stipend_share * good.market_price * excess,
            workers=workers,
            market_product=instance.counties[county].market_product * workers,
        )
    return found


def least_incentive(delivered: Mapping[str, Delivery]) -> str | None:
    """Of counties with their deliveries, the first in which stipends are least beside the workers' market product;
    None where no workers are drawn from a market."""
    known = {county: found for county, delivery in delivered.items() if (found := delivery.incentive) is not None}
    return min(known, key=lambda county: known[county], default=None)
