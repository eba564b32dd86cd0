"""The verifier's clauses on labour and materials."""

from collections import defaultdict
from collections.abc import Iterator

from models.verifier.comparison import Violation
from models.verifier.facts import Facts


def workers(facts: Facts) -> Iterator[Violation]:
    """The staff of a county's running plants comes out of its pool of workers."""
    staff: dict[tuple[str, int], float] = defaultdict(float)
    for (county, design, year), plants in facts.running.items():
        staff[county, year] += facts.instance.options[county, design].workers * plants
    for (county, year), persons in staff.items():
        pool = facts.instance.counties[county].workers
        yield from facts.at_most("workers", (county, year), "staff of running plants", persons, pool, "persons")


def stipends(facts: Facts) -> Iterator[Violation]:
    """Stipends, a share of what a county's plants sell beyond their quota, are at least a part of what their workers
    would make elsewhere."""
    instance, policy = facts.instance, facts.instance.policy
    if policy.least_stipend <= 0:
        return
    paid: dict[tuple[str, int], float] = defaultdict(float)
    sold: dict[tuple[str, int], float] = defaultdict(float)
    least: dict[tuple[str, int], float] = defaultdict(float)
    for (county, code, year), plants in facts.running.items():
        price, place = instance.goods[instance.designs[code].good].market_price, (county, code, year)
        output = facts.plan.produce.get(place, 0.0)
        sold[county, year] += price * output
        paid[county, year] += policy.stipend_share * price * (output - facts.quota.get(place, 0.0))
        product = instance.counties[county].market_product * instance.options[county, code].workers * plants
        least[county, year] += policy.least_stipend * product
    for index, due in least.items():
        yield from facts.at_least("stipends", index, "stipends", paid[index], due, instance.currency, sold[index])


def construction_labour(facts: Facts) -> Iterator[Violation]:
    """Labour for what is under construction is central or, up to what the county has, its own."""
    central, local = facts.plan.central_labour, facts.plan.local_labour
    for index in {**facts.labour_needed, **central, **local}:
        own, other = local.get(index, 0.0), central.get(index, 0.0)
        needed, has = facts.labour_needed.get(index, 0.0), facts.instance.counties[index[0]].local_labour
        what, unit = "construction labour, central and local,", "person-years"
        yield from facts.equal("construction_labour", index, what, own + other, needed, unit)
        yield from facts.at_most("construction_labour", index, "local labour", own, has, unit)


def central_labour_pool(facts: Facts) -> Iterator[Violation]:
    """The counties share the year's central labour."""
    for year, used in facts.by_year(facts.plan.central_labour).items():
        pool = facts.instance.central_labour[year]
        yield from facts.at_most("central_labour_pool", (year,), "central labour used", used, pool, "person-years")


def construction_materials(facts: Facts) -> Iterator[Violation]:
    """Materials for what is under construction are central or, up to what the county has, its own."""
    central, local = facts.plan.central_material, facts.plan.local_material
    for index in {**facts.material_needed, **central, **local}:
        county, material, _ = index
        own, other = local.get(index, 0.0), central.get(index, 0.0)
        needed = facts.material_needed.get(index, 0.0)
        has = facts.instance.local_material.get((county, material), 0.0)
        what = f"{material}, central and local,"
        yield from facts.equal("construction_materials", index, what, own + other, needed, "t")
        yield from facts.at_most("construction_materials", index, f"local {material}", own, has, "t")


def central_material_pool(facts: Facts) -> Iterator[Violation]:
    """The counties share the year's central tonnes of each material."""
    used: dict[tuple[str, int], float] = defaultdict(float)
    for (_, material, year), tonnes in facts.plan.central_material.items():
        used[material, year] += tonnes
    for index, tonnes in used.items():
        pool = facts.instance.central_material[index]
        yield from facts.at_most("central_material_pool", index, f"central {index[0]} used", tonnes, pool, "t")
