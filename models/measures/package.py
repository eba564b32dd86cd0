"""What package items take of the means of construction, and the plants that the same means would have built."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.funding import central_use
from models.measures.shares import NEGLIGIBLE, share
from models.plan import Plan
from models.records import PackageItem


@dataclass(frozen=True, slots=True)
class MeanPlant:
    """What an average new plant of the plan takes to build: money, person-years, tonnes of each material."""

    plants: float
    money: float
    labour: float
    materials: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PackageUse:
    """What a package item takes in a year: money, person-years and tonnes of each material, whoever gives them.

    The shares are of what the centre has that year; None where that is unlimited, and above 1 where counties give too.
    `plants` is how many average new plants the same means would have built, counted in `scarcest`: of the means that
    the item takes, the one of which the plan uses the greatest share of what the centre has that year.
    """

    item: str
    year: int
    counties: int
    money: float
    labour: float
    materials: Mapping[str, float]
    money_share: float | None
    labour_share: float | None
    material_shares: Mapping[str, float | None]
    scarcest: str
    plants: float | None


def mean_plant(instance: Instance, plan: Plan) -> MeanPlant | None:
    """The average of all new plants that the plan starts, modernisations left out; None where it starts none."""
    plants = money = labour = 0.0
    materials = dict.fromkeys(instance.materials, 0.0)
    for (county, code, _), count in plan.start.items():
        if count > NEGLIGIBLE and not instance.designs[code].modernisation:
            option = instance.options[county, code]
            plants += count
            money += count * option.investment
            labour += count * option.construction_labour
            for material, tonnes in option.materials.items():
                materials[material] += count * tonnes
    if not plants:
        return None
    each = {material: tonnes / plants for material, tonnes in materials.items()}
    return MeanPlant(plants, money / plants, labour / plants, each)


def package_use(instance: Instance, plan: Plan) -> tuple[PackageUse, ...]:
    """What each package item takes in each year in which counties receive it.

    Formula: money = sum(c joining in t, site_cost_index[c]) * investment[item]; labour = counties *
        construction_labour[item]; materials = counties * materials[item,m];
        plants = (what the item takes of the scarcest means) / (what an average new plant takes of it).
    """
    use, average = central_use(instance, plan), mean_plant(instance, plan)
    joining: dict[int, list[str]] = {year: [] for year in instance.years}
    for (county, year), value in plan.select.items():
        if value > 0.5:
            joining[year].append(county)
    return tuple(
        _package_use(instance, item, year, joining[year], use, average)
        for item in instance.items.values()
        for year in instance.years
        if item.from_year <= year and joining[year]
    )


def _package_use(
    instance: Instance,
    item: PackageItem,
    year: int,
    counties: list[str],
    use: Mapping[tuple[str, int], tuple[float, float]],
    average: MeanPlant | None,
) -> PackageUse:
    taken = {
        "money": item.investment * sum(instance.counties[county].site_cost_index for county in counties),
        "labour": item.construction_labour * len(counties),
        **{f"material:{code}": item.materials.get(code, 0.0) * len(counties) for code in instance.materials},
    }
    shares = {means: share(amount, use[means, year][1]) for means, amount in taken.items()}
    scarcest = _scarcest(taken, {means: use[means, year] for means in taken}, _needs(average))
    plants = None if scarcest is None else share(taken[scarcest], _needs(average)[scarcest])
    return PackageUse(
        item=item.code,
        year=year,
        counties=len(counties),
        money=taken["money"],
        labour=taken["labour"],
        materials={code: taken[f"material:{code}"] for code in instance.materials},
        money_share=shares["money"],
        labour_share=shares["labour"],
        material_shares={code: shares[f"material:{code}"] for code in instance.materials},
        scarcest=scarcest or "",
        plants=plants,
    )


def _needs(average: MeanPlant | None) -> Mapping[str, float]:
    """What an average plant takes, under the names of `central_use`."""
    if average is None:
        return {}
    materials = {f"material:{code}": tonnes for code, tonnes in average.materials.items()}
    return {"money": average.money, "labour": average.labour, **materials}


def _scarcest(
    taken: Mapping[str, float], use: Mapping[str, tuple[float, float]], needs: Mapping[str, float]
) -> str | None:
    """Of the means that both the item and a plant take, the one most fully used; the fewer plants where as full.

    Means without limit count as unused.
    """
    both = [means for means, amount in taken.items() if amount > NEGLIGIBLE and needs.get(means, 0.0) > NEGLIGIBLE]
    if not both:
        return None

    def order(means: str) -> tuple[float, float]:
        used, most = use[means]
        full = share(used, most)
        if full is None:
            full = 0.0 if most == math.inf else 1.0
        return (-round(full, 9), taken[means] / needs[means])

    return min(both, key=order)
