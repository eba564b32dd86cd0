"""Which figures of the workbook each row of the problem rests on, and how it gives way when they are changed.

A rule is either a limit, with its entry in `LIMITS`, or says what things are or how they work, and is in `FIXED`: no
figure of it can be loosened to make room for a plan.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from inputs.origins import Address, setting
from models.elastic import Give, Gives
from models.instance import Instance
from models.variables import Index

MEANS = "Resources"


def resource(name: str, year: int) -> Address:
    """The address of a yearly means."""
    return Address(MEANS, name, str(year))


def county(code: str, column: str) -> Address:
    """The address of a county's figure."""
    return Address("Counties", code, column)


def _selected_once(instance: Instance, index: Index) -> Iterator[Give]:
    place = instance.counties[str(index[0])]
    can = place.eligible_from is not None and place.eligible_from <= instance.last_year
    if instance.policy.join_all and can:
        yield Give(setting("join_rule"), index, 1, most=1, switched=True)


def _picks_per_year(instance: Instance, index: Index) -> Iterator[Give]:
    year, side = int(index[0]), index[1] if len(index) > 1 else "both"
    picks = resource("picks", year)
    if side != "least":
        yield Give(picks, ("more",), -1, whole=True)
    if side != "most":
        most = instance.picks[year]
        yield Give(picks, ("fewer",), 1, most=most, whole=True)
        if instance.policy.picks_exact:
            yield Give(setting("picks_rule"), index, 1, most=most, switched=True)


def _province_picks(instance: Instance, index: Index) -> Iterator[Give]:
    province, side = str(index[0]), index[2]
    if side == "most":
        yield Give(Address("Provinces", province, "most_picks"), (), -1, whole=True)
    else:
        least = instance.provinces[province].least_picks
        yield Give(Address("Provinces", province, "least_picks"), (), 1, most=least, whole=True)


def _decided(instance: Instance, index: Index) -> Iterator[Give]:
    if len(index) == 2:  # plants that are given are no figure of the workbook
        yield Give(Address("Decided", str(index[0]), "year"), (), 1, most=1, whole=True)


def _eligible_from(instance: Instance, index: Index) -> Iterator[Give]:
    code = str(index[0])
    column = "eligible" if instance.counties[code].eligible_from is None else "eligible_from"
    yield Give(county(code, column), (), -1, most=1, whole=True)


def _package(instance: Instance, index: Index) -> Iterator[Give]:
    if len(index) == 2:
        yield Give(setting("min_plants"), (), 1, most=instance.policy.min_plants, whole=True)
    else:
        yield Give(setting("one_per_good"), index, 1, most=1, switched=True)


def _modernisations_per_year(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(resource("modernisations", int(index[0])), (), -1, whole=True)


def _existing_capacity(instance: Instance, index: Index) -> Iterator[Give]:
    place = (str(index[0]), str(index[1]))
    held = instance.existing_usual[*place, int(index[2])] == instance.existing[place].capacity or index[3:] == ("held",)
    if instance.policy.existing_held and held:
        yield Give(setting("existing_output"), index, 1, most=instance.existing[place].capacity, switched=True)


def _quota_first(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(Address("Designs", str(index[1]), "quota"), index, 1)


def _demand(instance: Instance, index: Index) -> Iterator[Give]:
    good = instance.goods[str(index[1])]
    if good.shortage_penalty is None and index[3:] != ("shortage",):
        wanted = instance.demand[str(index[0]), good.code, int(index[2])]
        yield Give(Address("Goods", good.code, "shortage_penalty"), index, 1, most=wanted, switched=True)


def _inputs(instance: Instance, index: Index) -> Iterator[Give]:
    if index[3:] == ("local",):
        yield Give(Address("CountyInputs", f"{index[0]}/{index[1]}", "tonnes"), (), -1)


def _local_input_share(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(setting("local_input_share"), index, 1)


def _workers(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(county(str(index[0]), "workers"), (), -1)


def _stipends(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(setting("least_stipend"), index, 1)


def _construction_labour(instance: Instance, index: Index) -> Iterator[Give]:
    if index[2:] == ("local",):
        yield Give(county(str(index[0]), "local_labour"), (), -1)


def _central_labour_pool(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(resource("central_labour", int(index[0])), (), -1)


def _construction_materials(instance: Instance, index: Index) -> Iterator[Give]:
    if index[3:] == ("local",):
        yield Give(Address("CountyMaterials", f"{index[0]}/{index[1]}", "tonnes"), (), -1)


def _central_material_pool(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(resource(str(index[0]), int(index[1])), (), -1)


def _investment_funded(instance: Instance, index: Index) -> Iterator[Give]:
    if index[2:] == ("local",):
        yield Give(county(str(index[0]), "local_funds"), (), -1)
    elif index[2:] == ("least",):
        yield Give(setting("least_central_share"), index, 1)
    elif index[2:] == ("most",):
        yield Give(setting("most_central_share"), index, -1)


def _donation_limit(instance: Instance, index: Index) -> Iterator[Give]:
    if index[2:] == ("share",):
        yield Give(setting("most_donated_share"), index, -1)
    else:
        yield Give(county(str(index[0]), "donations"), (), -1)


def _central_budget(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(resource("central_funds", int(index[0])), (), -1)


def _import_budget(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(resource("import_currency", int(index[0])), (), -1)


def _national_remittance(instance: Instance, index: Index) -> Iterator[Give]:
    year = int(index[0])
    yield Give(resource("remittances", year), (), 1, most=instance.national_remittance[year])


def _coverage_floor(instance: Instance, index: Index) -> Iterator[Give]:
    wanted = instance.demand[str(index[0]), str(index[1]), int(index[2])]
    yield Give(setting("coverage_floor"), (), wanted, most=instance.policy.coverage_floor)
    if index[2] != instance.last_year:  # a floor from a later year on would be none
        yield Give(
            setting("coverage_floor_from"), index, 1, most=instance.policy.coverage_floor * wanted, switched=True
        )


def _disparity_limit(instance: Instance, index: Index) -> Iterator[Give]:
    if index[3] == "most":
        province, good, year = str(index[0]), str(index[1]), int(index[2])
        wanted = sum(instance.demand[place, good, year] for place in instance.counties_of[province])
        yield Give(setting("disparity_limit"), (), -wanted)


def _dispersion_cap(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(setting("dispersion_cap"), index, -1)


def _gini_cap(instance: Instance, index: Index) -> Iterator[Give]:
    if len(index) == 1:
        yield Give(setting("gini_cap"), index, -1)


def _uncovered_cap(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(setting("uncovered_cap"), (), -1)


def _cost_cap(instance: Instance, index: Index) -> Iterator[Give]:
    yield Give(setting("cost_cap"), (), -1)


def _local_means_while_building(instance: Instance, index: Index) -> Iterator[Give]:
    """The same limits as of the rules that it tightens."""
    place, means = str(index[0]), index[2]
    if means == "material":
        yield Give(Address("CountyMaterials", f"{place}/{index[3]}", "tonnes"), (), -1)
    else:
        columns = {"funds": "local_funds", "donations": "donations", "labour": "local_labour"}
        yield Give(county(place, columns[str(means)]), (), -1)


LIMITS: Mapping[str, Callable[[Instance, Index], Iterator[Give]]] = {
    "selected_once": _selected_once,
    "picks_per_year": _picks_per_year,
    "province_picks": _province_picks,
    "decided": _decided,
    "eligible_from": _eligible_from,
    "package": _package,
    "modernisations_per_year": _modernisations_per_year,
    "existing_capacity": _existing_capacity,
    "quota_first": _quota_first,
    "demand": _demand,
    "inputs": _inputs,
    "local_input_share": _local_input_share,
    "workers": _workers,
    "stipends": _stipends,
    "construction_labour": _construction_labour,
    "central_labour_pool": _central_labour_pool,
    "construction_materials": _construction_materials,
    "central_material_pool": _central_material_pool,
    "investment_funded": _investment_funded,
    "donation_limit": _donation_limit,
    "central_budget": _central_budget,
    "import_budget": _import_budget,
    "national_remittance": _national_remittance,
    "coverage_floor": _coverage_floor,
    "disparity_limit": _disparity_limit,
    "dispersion_cap": _dispersion_cap,
    "gini_cap": _gini_cap,
    "uncovered_cap": _uncovered_cap,
    "cost_cap": _cost_cap,
    "local_means_while_building": _local_means_while_building,
}
"""The rules that set limits, and how each of their rows gives way."""

FIXED: Mapping[str, str] = {
    "joined_by": "says what joining is",
    "running_plants": "says which plants run",
    "starts_where_selected": "plants belong to the programme",
    "sites": "how many plants may stand where; the fewest that a county needs is the limit that gives way",
    "modernise_existing": "a plant is modernised once",
    "capacity": "plants make no more than they can",
    "support_uplift": "says what a support base does",
    "shipped_from_output": "goods come from somewhere",
    "lanes": "goods travel along lanes",
    "local_revenue": "says what revenue is",
    "remittance_due": "what cannot be paid falls short, at a penalty",
    "remit_first": "says what becomes of revenue",
    "priority_fund_balance": "says what a fund holds",
}
"""The rules whose rows never give way, and why not."""


def gives_of(
    instance: Instance,
    effective: Callable[[Address], Address],
    can_give: Callable[[Address], bool] = lambda limit: True,
) -> Gives:
    """How the rows of an instance's rules give way: the limits are addresses of the workbook, those that are used
    (`Origins.effective`), of those for which `can_give` is true."""

    @cache
    def gives(rule: str, index: Index) -> tuple[Give, ...]:
        found = LIMITS[rule](instance, index) if rule in LIMITS else ()
        return tuple(replace(give, limit=effective(give.limit)) for give in found if can_give(give.limit))

    return gives
