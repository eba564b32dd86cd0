"""How plants are used: utilisation, what support bases add, what becomes of existing industry."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.costs import running_plants
from models.instance import Instance
from models.measures.shares import NEGLIGIBLE, share, whole
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class Utilisation:
    """Plants running in a year: how many, their full capacity, what power and materials allow of it, and output (t/yr).

    Capacity may be unlimited.
    """

    running: float = 0.0
    capacity: float = 0.0
    allowed: float = 0.0
    output: float = 0.0

    def __add__(self, other: "Utilisation") -> "Utilisation":
        """Both together."""
        return Utilisation(
            self.running + other.running,
            self.capacity + other.capacity,
            self.allowed + other.allowed,
            self.output + other.output,
        )

    @property
    def used_share(self) -> float | None:
        """Output as a share of full capacity."""
        return share(self.output, self.capacity)

    @property
    def allowed_share(self) -> float | None:
        """What power and materials allow, as a share of full capacity."""
        return share(self.allowed, self.capacity)


@dataclass(frozen=True, slots=True)
class SupportBase:
    """A technical support base: where and when it is founded, from when it works, what it costs the centre (money),
    and the tonnes by good and year that plants of its province make beyond their plain usable capacity."""

    province: str
    founded: int
    works_from: int
    cost: float
    extra: Mapping[tuple[str, int], float]


@dataclass(frozen=True, slots=True)
class ExistingOutput:
    """Existing industry of a good in a county and year, t/yr.

    `usual` is what it makes when nothing is crowded out, `crowded_out` what of that is lost because the county has
    joined, `output` what it makes in the plan.
    """

    capacity: float
    usual: float
    crowded_out: float
    output: float

    @property
    def idle(self) -> float:
        """Output lost for other reasons: usual - crowded_out - output, where that is more than nothing."""
        return max(0.0, self.usual - self.crowded_out - self.output)


def supported(instance: Instance, plan: Plan) -> frozenset[tuple[str, int]]:
    """Provinces and years with a support base at work: founded `support_lead` years before, or earlier."""
    return frozenset(
        (province, year)
        for (province, founded), value in plan.support.items()
        for year in instance.years
        if value > 0.5 and founded + instance.policy.support_lead <= year
    )


def utilisation(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], Utilisation]:
    """Plants running and how they are used, by county, design and year; years with plants running.

    Formula: capacity = capacity[c,d] * running[c,d,t]; allowed = capacity * min(1, utilisation[d,t] + support_uplift[p]
        where a base of the county's province p is at work); output = produce[c,d,t].
    """
    bases = supported(instance, plan)
    found: dict[tuple[str, str, int], Utilisation] = {}
    for (county, code, year), plants in running_plants(instance, plan).items():
        running = whole(plants)
        if running > NEGLIGIBLE:
            province = instance.counties[county].province
            uplift = instance.provinces[province].support_uplift if (province, year) in bases else 0.0
            part = min(1.0, instance.designs[code].utilisation_in(year) + uplift)
            capacity = instance.options[county, code].capacity * running
            allowed = part * capacity if part else 0.0
            found[county, code, year] = Utilisation(
                running, capacity, allowed, plan.produce.get((county, code, year), 0.0)
            )
    return found


def support_bases(instance: Instance, plan: Plan) -> tuple[SupportBase, ...]:
    """Support bases founded, in order of year and province.

    Formula: extra = sum(c in p, d of g, max(0, produce[c,d,t] - usable_capacity[c,d,t] * running[c,d,t])).
    """
    extra: dict[str, dict[tuple[str, int], float]] = {province: defaultdict(float) for province in instance.provinces}
    running = running_plants(instance, plan)
    for index, tonnes in plan.produce.items():
        county, code, year = index
        beyond = tonnes - instance.usable_capacity[index] * running.get(index, 0.0)
        if beyond > NEGLIGIBLE:
            extra[instance.counties[county].province][instance.designs[code].good, year] += beyond
    founded = sorted((year, province) for (province, year), value in plan.support.items() if value > 0.5)
    return tuple(
        SupportBase(
            province=province,
            founded=year,
            works_from=year + instance.policy.support_lead,
            cost=instance.provinces[province].support_cost,
            extra=extra[province],
        )
        for year, province in founded
    )


def existing_output(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], ExistingOutput]:
    """What becomes of existing industry, by county, good and year.

    Formula: usual = min(capacity[c,g], demand[c,g,t]); crowded_out = usual * crowded_out[c,g] * joined[c,t];
        output = produce_existing[c,g,t].
    """
    joining = {county: year for (county, year), value in plan.select.items() if value > 0.5}
    found: dict[tuple[str, str, int], ExistingOutput] = {}
    for (county, good, year), usual in instance.existing_usual.items():
        plant = instance.existing[county, good]
        lost = usual * plant.crowded_out if joining.get(county, year + 1) <= year else 0.0
        made = plan.produce_existing.get((county, good, year), 0.0)
        found[county, good, year] = ExistingOutput(plant.capacity, usual, lost, made)
    return found


def modernised(instance: Instance, plan: Plan) -> Mapping[tuple[str, str], int]:
    """Year in which the modernisation of existing industry starts, by county and good; the first, if several do."""
    found: dict[tuple[str, str], int] = {}
    for (county, code, year), plants in plan.start.items():
        design = instance.designs[code]
        if design.modernisation and plants > 0.5:
            found[county, design.good] = min(year, found.get((county, design.good), year))
    return found
