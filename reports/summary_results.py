"""Key figures of what the plan achieves: what people get, how evenly, from where, and what becomes of counties."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.dispersion import dispersion
from models.measures.equity import equity
from models.measures.labour import labour_drawn
from models.measures.plants import existing_output
from models.measures.purses import remittances
from models.measures.raw_materials import MaterialValue, material_value, mean_suitability, suitability
from models.measures.self_sufficiency import SelfSupply, self_supply
from models.measures.shares import share
from models.measures.supply import domestic_supply
from models.measures.transport import Haulage, haulage
from models.plan import Plan
from reports.columns import COUNTIES, INDEX, KILOMETRES, MONEY, PERSONS, SHARE, TONNES_YEAR, Unit
from reports.facts import Fact, percent
from reports.mechanisms import has_budgets, has_existing, has_raw_materials, has_workers

COUNTY_YEARS = Unit("counties times years", "#,##0")


def result_facts(instance: Instance, plan: Plan) -> Iterator[Fact]:
    """What people get, how evenly, from where; what becomes of industry, labour and counties' budgets."""
    yield from _covered(instance, plan)
    yield from _evenly(instance, plan)
    yield from _spread(instance, plan)
    yield from _origin(instance, plan)
    if has_raw_materials(instance):
        yield from _raw_materials(instance, plan)
    yield from _industry(instance, plan)
    if has_budgets(instance):
        yield from _counties_and_centre(instance, plan)


def _covered(instance: Instance, plan: Plan) -> Iterator[Fact]:
    year = instance.last_year
    supplied = domestic_supply(instance, plan)
    for code, good in instance.goods.items():
        demand = sum(instance.demand[county, code, year] for county in instance.counties)
        if demand == 0:  # used by plants alone
            continue
        places = [(county, code, year) for county in instance.counties]
        domestic = sum(supplied.get(place, 0.0) for place in places)
        imports = sum(plan.imports.get(place, 0.0) for place in places)
        shortage = sum(plan.shortage.get(place, 0.0) for place in places)
        remark = f"of {demand:,.0f} t/yr: domestic {domestic:,.0f}, imports {imports:,.0f}, not met {shortage:,.0f}"
        covered = share(domestic, demand)
        yield Fact(f"What people get in {year}", f"{good.name}: demand met at home", covered, SHARE, remark)


def _evenly(instance: Instance, plan: Plan) -> Iterator[Fact]:
    """All goods together in the last year, which are last among the measures."""
    section, found = f"How evenly people are served in {instance.last_year}", equity(instance, plan)[-1]
    remark = "of coverage over people, mean of goods; 0: all alike, towards 1: a few have all. See Equity, Lorenz"
    yield Fact(section, "Gini coefficient", found.gini, INDEX, remark)
    if found.least_county is not None:
        where = instance.counties[found.least_county]
        names = f"{where.name}, {instance.provinces[where.province].name}"
        more = f"; {found.least_counties:,} counties have no more" if found.least_counties > 1 else ""
        yield Fact(section, "Least covered county", found.least_county_coverage, SHARE, f"{names}{more}")
    if found.least_province is not None and found.greatest_province is not None:
        worst, best = (instance.provinces[code].name for code in (found.least_province, found.greatest_province))
        remark = f"{worst}; best covered: {best} with {percent(found.greatest_province_coverage)}"
        yield Fact(section, "Least covered province", found.least_province_coverage, SHARE, remark)


def _spread(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section = "How industry is spread"
    *goods, whole = dispersion(instance, plan)
    part = percent(share(whole.counties, len(instance.counties)))
    yield Fact(section, "Counties with new plants", whole.counties, COUNTIES, f"{part} of all counties")
    largest = max(goods, key=lambda good: good.largest_share or 0.0)
    if largest.largest_province is not None:
        where = instance.provinces[largest.largest_province].name
        remark = f"{where}, of the new capacity for {instance.goods[largest.good].name}"
        yield Fact(section, "Largest share of a province", largest.largest_share, SHARE, remark)
    if whole.worst_province is not None:
        where = instance.provinces[whole.worst_province].name
        remark = f"{where}; with its plants {percent(whole.coverage)}, mean of goods in {instance.last_year}"
        yield Fact(section, "Coverage left without the worst province", whole.coverage_left, SHARE, remark)


def _origin(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section, year = f"Where goods and raw materials come from in {instance.last_year}", instance.last_year
    known = self_supply(instance, plan)
    used = sum((found for (_, _, when), found in known.items() if when == year), SelfSupply(0.0, 0.0, 0.0))
    remark = "of all goods by weight; the rest comes from other counties or abroad, or is not met"
    yield Fact(section, "Made in the county that uses it", used.own_share, SHARE, remark)
    moved = sum((found for (_, when), found in haulage(instance, plan).items() if when == year), Haulage())
    sent = f"; {moved.mean_haul_sent:,.0f} km for what leaves its county" if moved.mean_haul_sent is not None else ""
    remark = f"of all domestic supply, {moved.tonne_km + moved.tonne_km_within:,.0f} t km/yr{sent}"
    yield Fact(section, "Mean haul of goods", moved.mean_haul, KILOMETRES, remark)


def _raw_materials(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section, year = f"Where goods and raw materials come from in {instance.last_year}", instance.last_year
    values = material_value(instance, plan)
    total = sum((value for (_, when), value in values.items() if when == year), MaterialValue())
    policy = instance.policy
    asked = ""
    if policy.local_input_share:
        place = "the nation" if policy.local_input_scope == "nation" else f"each {policy.local_input_scope}"
        asked = f"; {policy.local_input_share:.0%} asked for in {place}"
    yield Fact(section, "Raw materials of the county itself", total.local_share, SHARE, f"by value{asked}")
    where_built, elsewhere = mean_suitability(suitability(instance, plan))
    remark = f"what counties with plants could feed of a plant themselves; counties without: {percent(elsewhere)}"
    yield Fact(section, "Own raw materials where plants are", where_built, SHARE, remark)


def _industry(instance: Instance, plan: Plan) -> Iterator[Fact]:
    year = instance.last_year
    section = f"Labour and existing industry in {year}"
    if has_workers(instance):
        drawn = [found for (_, when), found in labour_drawn(instance, plan).items() if when == year]
        lost = sum(found.product for found in drawn)
        remark = f"product lost there: {lost:,.0f} {instance.currency or 'money'}/yr"
        yield Fact(section, "Workers drawn from markets", sum(found.workers for found in drawn), PERSONS, remark)
    if has_existing(instance):
        kept = [found for (_, _, when), found in existing_output(instance, plan).items() if when == year]
        before, crowded = sum(found.usual for found in kept), sum(found.crowded_out for found in kept)
        remark = f"{before:,.0f} t/yr without the plan; {crowded:,.0f} crowded out"
        yield Fact(section, "Output of existing industry", sum(found.output for found in kept), TONNES_YEAR, remark)


def _counties_and_centre(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section, known = "Counties and the centre (all plan years)", remittances(instance, plan)
    due, paid = sum(found.due for found in known), sum(found.paid for found in known)
    recycled = sum(found.recycled for found in known)
    part = percent(share(paid, due))
    remark = f"{part} of what counties owe; {recycled:,.0f} of it adds to central funds of later years"
    yield Fact(section, "Remitted to the centre", paid, MONEY, remark)
    unable = sum(found.unable for found in known)
    most = max(known, key=lambda found: found.unable)
    remark = f"most in {most.year}: {most.unable:,} of {most.counties:,} counties" if unable else ""
    yield Fact(section, "Counties unable to remit in full", unable, COUNTY_YEARS, remark)
    yield Fact(section, "Owed and not paid", sum(found.shortfall for found in known), MONEY)
    subsidised = sum(found.subsidised for found in known)
    remark = f"{subsidised:,} times; for essential expenditure that revenue left after remitting does not pay"
    yield Fact(section, "Subsidies of the centre", sum(found.subsidies for found in known), MONEY, remark)
