"""Key figures of what was chosen: counties, plants, and whose means build them."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.package import package_use
from models.measures.plants import support_bases
from models.measures.shares import share
from models.plan import Plan
from reports.choices import joining, starting
from reports.columns import COUNTIES, MONEY, PERSON_YEARS, PERSONS, PLANTS, PROVINCES, TONNES, Unit
from reports.facts import Fact
from reports.mechanisms import has_donors, has_items, has_support

FEW = 10
"""Below this, parts of a plant are told."""


def choice_facts(instance: Instance, plan: Plan) -> Iterator[Fact]:
    """Which counties, which plants, with whose means."""
    yield from _chosen(instance, plan)
    yield from _plants(instance, plan)
    yield from _means(instance, plan)


def _chosen(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section = "Which counties"
    chosen = joining(instance, plan)
    decided = sum(county in instance.decided for county, _ in chosen)
    remark = f"of {len(instance.counties):,}; {decided:,} of them decided beforehand"
    yield Fact(section, "Counties joining", len(chosen), COUNTIES, remark)
    people = sum(instance.counties[county].population for county, _ in chosen)
    everyone = sum(county.population for county in instance.counties.values())
    part = share(people, everyone)
    remark = f"{part:.1%} of the population" if part is not None else ""
    yield Fact(section, "People in them", people, PERSONS, remark)
    for year in instance.years:
        names = [instance.counties[county].name for county, when in chosen if when == year]
        yield Fact(section, f"Joining in {year}", len(names), COUNTIES, ", ".join(names))


def _plants(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section, started = "Which plants", starting(instance, plan)
    for scale in instance.scales.values():
        counts: dict[str, float] = {}
        modernised = 0.0
        for _, code, _, count in started:
            design = instance.designs[code]
            if design.scale == scale.code:
                counts[design.good] = counts.get(design.good, 0.0) + count
                modernised += count if design.modernisation else 0.0
        goods = ", ".join(f"{instance.goods[good].name} {count:,g}" for good, count in counts.items())
        remark = f"{goods}; {modernised:,g} of them modernisations" if modernised else goods
        yield Fact(section, f"Plants of scale: {scale.name}", sum(counts.values()), PLANTS, remark)
    if has_support(instance):
        bases = support_bases(instance, plan)
        names = ", ".join(f"{instance.provinces[base.province].name} {base.founded}" for base in bases)
        yield Fact(section, "Support bases", len(bases), PROVINCES, names)


def _means(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section = "With whose means (all plan years)"
    funds = {"Central funds": sum(plan.central_funds.values()), "Local funds": sum(plan.local_funds.values())}
    if has_donors(instance):
        funds["Donations"] = sum(plan.donations.values())
    yield from _parts(section, funds, MONEY)
    labour = {"Central labour": sum(plan.central_labour.values()), "Local labour": sum(plan.local_labour.values())}
    yield from _parts(section, labour, PERSON_YEARS)
    for code, material in instance.materials.items():
        central = sum(tonnes for (_, sent, _), tonnes in plan.central_material.items() if sent == code)
        local = sum(tonnes for (_, given, _), tonnes in plan.local_material.items() if given == code)
        yield from _parts(section, {f"Central {material.name}": central, f"Local {material.name}": local}, TONNES)
    if has_items(instance):
        uses = package_use(instance, plan)
        money, forgone = sum(use.money for use in uses), sum(use.plants or 0.0 for use in uses)
        count = f"{forgone:,.0f}" if forgone >= FEW else f"{forgone:.1f}"
        remark = f"their means would have built {count} average new plants of the plan" if forgone else ""
        yield Fact(section, "Cost of package items", money, MONEY, remark)


def _parts(section: str, figures: dict[str, float], unit: Unit) -> Iterator[Fact]:
    """Amounts with the part that each is of all of them."""
    whole = "the two" if len(figures) == 2 else "all"
    for figure, value in figures.items():
        part = share(value, sum(figures.values()))
        yield Fact(section, figure, value, unit, f"{part:.1%} of {whole}" if part is not None else "")
