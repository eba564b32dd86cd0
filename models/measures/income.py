"""What plants earn, and what counties gain from plants in them and from plants elsewhere."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.quota import deliveries
from models.measures.raw_materials import material_value
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class Income:
    """What plants of the plan in a county earn in a year, and what existing ones no longer earn; money, undiscounted.

    `sales` are of quota and excess output, less stipends; `costs` the fixed and variable ones; `materials` raw
    materials, intermediate products at market price.
    """

    sales: float = 0.0
    costs: float = 0.0
    materials: float = 0.0
    existing_lost: float = 0.0

    @property
    def plants(self) -> float:
        """Net income of new plants: sales - costs - materials."""
        return self.sales - self.costs - self.materials

    @property
    def net(self) -> float:
        """Net income less what existing plants no longer earn: `net_income` of the rule `local_revenue`."""
        return self.plants - self.existing_lost


@dataclass(frozen=True, slots=True)
class Gain:
    """What a county has of plants in all plan years: money from those in it, goods from those elsewhere.

    `plants` is plant-years (plants running, added over years). `net_income` is what new plants there earn, `kept` the
    county's share of it. Tonnes are summed over years and goods, values at market price; nothing is discounted.
    """

    county: str
    plants: float
    net_income: float
    kept: float
    received: float
    received_value: float
    sent: float
    sent_value: float


def plant_income(instance: Instance, plan: Plan) -> Mapping[tuple[str, int], Income]:
    """What plants earn, by county and year.

    Formula: sales = sum(d of g, state_price[g] * quota[c,d,t] * running[c,d,t]
            + (1 - stipend_share) * market_price[g] * (produce[c,d,t] - quota[c,d,t] * running[c,d,t]));
        costs = sum(d, variable_cost[c,d] * produce[c,d,t] + fixed_cost[c,d] * running[c,d,t]);
        materials = local + bought + made of `models.measures.raw_materials.material_value`;
        existing_lost = sum(g, (market_price[g] - variable_cost[c,g])
            * (existing_usual[c,g,t] - produce_existing[c,g,t])).
    """
    sales: dict[tuple[str, int], float] = defaultdict(float)
    costs: dict[tuple[str, int], float] = defaultdict(float)
    lost: dict[tuple[str, int], float] = defaultdict(float)
    for (county, code, year), delivery in deliveries(instance, plan).items():
        sales[county, year] += delivery.state_revenue + delivery.market_revenue - delivery.stipends
        option, made = instance.options[county, code], plan.produce.get((county, code, year), 0.0)
        costs[county, year] += option.variable_cost * made + option.fixed_cost * delivery.running
    for (county, good, year), usual in instance.existing_usual.items():
        gain = instance.goods[good].market_price - instance.existing[county, good].variable_cost
        lost[county, year] += gain * (usual - plan.produce_existing.get((county, good, year), 0.0))
    return {
        place: Income(sales[place], costs[place], value.local + value.bought + value.made, lost[place])
        for place, value in material_value(instance, plan).items()
    }


def gains(instance: Instance, plan: Plan) -> tuple[Gain, ...]:
    """Who gains: each county's income from plants in it beside the goods that reach it from other counties.

    A plant enriches the county that hosts it, wherever its goods go; counties that it supplies have the goods only.

    Formula: net_income = sum(t, `Income.plants`), kept = plant_income_share * net_income;
        received = sum(c other than j, g, t, ship[c,j,g,t]), its value times market_price[g]; sent likewise.
    """
    received: dict[str, float] = defaultdict(float)
    sent: dict[str, float] = defaultdict(float)
    received_value: dict[str, float] = defaultdict(float)
    sent_value: dict[str, float] = defaultdict(float)
    for (origin, destination, good, _), tonnes in plan.ship.items():
        if origin != destination:
            value = instance.goods[good].market_price * tonnes
            received[destination] += tonnes
            received_value[destination] += value
            sent[origin] += tonnes
            sent_value[origin] += value
    plants: dict[str, float] = defaultdict(float)
    for (county, _, _), delivery in deliveries(instance, plan).items():
        plants[county] += delivery.running
    income: dict[str, float] = defaultdict(float)
    for (county, _), earned in plant_income(instance, plan).items():
        income[county] += earned.plants
    return tuple(
        Gain(
            county=county,
            plants=plants[county],
            net_income=income[county],
            kept=instance.policy.plant_income_share * income[county],
            received=received[county],
            received_value=received_value[county],
            sent=sent[county],
            sent_value=sent_value[county],
        )
        for county in instance.counties
    )
