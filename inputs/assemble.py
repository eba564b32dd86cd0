"""The rows of one variant to an `Instance`: defaults, joins and units are settled here."""

import math

from inputs import scale_rule
from inputs.case import Case
from inputs.key_checks import YEARLY_MEANS
from inputs.lanes import lanes
from inputs.located import rows_of
from inputs.options import build_options
from inputs.prices import market_price, state_price
from inputs.sheets import (
    CountyInput,
    CountyMaterial,
    Decided,
    Demand,
    ExistingPlant,
    Input,
    Material,
    PackageItem,
    PackageMaterial,
    Province,
    Resource,
    Utilisation,
)
from models import records
from models.instance import Instance


def assemble(case: Case) -> Instance:
    """Build the instance of a case that has passed `check_case`.

    Demand is people x norm (kg) / 1000 x (1 + growth) ** (year - first year), in tonnes, unless Demand gives
    it; every county, good and year is there. Yearly means that are not given are unlimited, and of the central
    funds given only `funds_arriving` is there. What is given per material or input (what plants and items take,
    what counties have) is there only where it is above 0.
    """
    settings = case.settings
    years = tuple(case.years)
    materials = {
        row.record.material: records.Material(row.record.material, row.record.name)
        for row in rows_of(case.tables, Material)
    }
    inputs = {
        row.record.input: records.Input(
            row.record.input, row.record.name, row.record.local_price, row.record.bought_price, row.record.good
        )
        for row in rows_of(case.tables, Input)
    }  # fmt: skip
    options = build_options(case)
    means = _means(case)
    return Instance(
        title=settings.title,
        variant=case.variant,
        currency=settings.currency,
        years=years,
        tail_years=settings.tail_years,
        discount_rate=settings.discount_rate,
        policy=_policy(case),
        provinces=_provinces(case),
        counties=_counties(case),
        goods=_goods(case),
        scales={code: records.Scale(code, row.record.name) for code, row in case.scales.items()},
        designs=_designs(case),
        materials=materials,
        inputs=inputs,
        items=_items(case),
        options=options,
        demand=_demand(case),
        lanes=lanes(case, options),
        existing=_existing(case),
        input_supply=_input_supply(case),
        local_material=_local_material(case),
        decided=_decided(case),
        picks=means["picks"],
        central_funds={year: _arriving(case, funds) for year, funds in means["central_funds"].items()},
        central_labour=means["central_labour"],
        central_material={(code, year): means[code][year] for code in materials for year in years},
        import_currency=means["import_currency"],
        purses=_purses(case),
        national_remittance={year: money for year, money in means["remittances"].items() if money < math.inf},
        modernisations=means["modernisations"],
    )


def _policy(case: Case) -> records.Policy:
    settings = case.settings
    return records.Policy(
        picks_exact=settings.picks_rule == "exactly",
        join_all=settings.join_rule == "exactly once",
        build_window=settings.build_window,
        min_plants=settings.min_plants,
        one_per_good=settings.one_per_good == "yes",
        least_central_share=settings.least_central_share,
        most_central_share=settings.most_central_share,
        reserve_carried=settings.reserve_carried == "yes",
        coverage_floor=settings.coverage_floor,
        coverage_floor_from=settings.coverage_floor_from or 0,
        objective=settings.objective,
        objective_from=settings.objective_from or 0,
        existing_held=settings.existing_output == "held",
        modernise_anywhere=settings.modernise_anywhere == "yes",
        plant_income_share=settings.plant_income_share,
        stipend_share=settings.stipend_share,
        least_stipend=settings.least_stipend,
        recycled_share=settings.recycled_share,
        fund_share=settings.fund_share,
        extra_remittance=settings.extra_remittance == "yes",
        donor_premium=settings.donor_premium,
        most_donated_share=settings.most_donated_share,
        subsidy_penalty=settings.subsidy_penalty,
        shortfall_penalty=settings.shortfall_penalty,
        local_input_share=settings.local_input_share,
        local_input_scope=settings.local_input_scope,
        support_lead=settings.support_lead,
        disparity_limit=_unlimited(settings.disparity_limit),
        disparity_from=settings.disparity_limit_from or 0,
        dispersion_cap=settings.dispersion_cap,
        gini_cap=settings.gini_cap,
        gini_cap_from=settings.gini_cap_from or 0,
        uncovered_cap=_unlimited(settings.uncovered_cap),
        cost_cap=_unlimited(settings.cost_cap),
        coverage_weight=settings.coverage_weight,
    )


def _provinces(case: Case) -> dict[str, records.Province]:
    found = {}
    for row in rows_of(case.tables, Province):
        record = row.record
        found[record.province] = records.Province(
            code=record.province,
            name=record.name,
            local_name=record.local_name,
            least_picks=record.least_picks,
            most_picks=_unlimited(record.most_picks),
            support_uplift=record.support_uplift,
            support_cost=record.support_cost,
        )
    return found


def _counties(case: Case) -> dict[str, records.County]:
    found = {}
    for code, row in case.counties.items():
        record = row.record
        first = case.settings.first_year
        eligible_from = max(first, record.eligible_from or first) if record.eligible == "yes" else None
        found[code] = records.County(
            code=code,
            name=record.name,
            local_name=record.local_name,
            province=record.province,
            kind=record.kind,
            population=record.population,
            latitude=record.latitude,
            longitude=record.longitude,
            eligible_from=eligible_from,
            workers=_unlimited(record.workers),
            market_product=record.market_product,
            local_funds=_local_funds(case, code),
            local_labour=record.local_labour,
            site_cost_index=record.site_cost_index,
            donations=record.donations,
            priority_fund=record.priority_fund,
        )
    return found


def _local_funds(case: Case, county: str) -> float:
    """Most that a county gives: where its budget is planned, a blank leaves that to the budget."""
    given = case.counties[county].record.local_funds
    if given is not None:
        return given
    return math.inf if county in case.budgets else 0.0


def _purses(case: Case) -> dict[tuple[str, int], records.Purse]:
    """Budgets of the counties that have one planned: money grows with `budget_growth` from the first year on."""
    settings = case.settings
    found = {}
    for county, revenue in case.budgets.items():
        record = case.counties[county].record
        rate = settings.remittance_rate if record.remittance_rate is None else record.remittance_rate
        for year in case.years:
            grown = (1 + settings.budget_growth) ** (year - settings.first_year)
            found[county, year] = records.Purse(
                base_revenue=revenue * grown,
                essential=record.essential * grown,
                quota=record.remittance_quota * grown,
                rate=rate,
            )
    return found


def _goods(case: Case) -> dict[str, records.Good]:
    return {
        code: records.Good(
            code=code,
            name=row.record.name,
            local_name=row.record.local_name,
            import_price=row.record.import_price,
            import_currency=row.record.import_currency,
            shortage_penalty=row.record.shortage_penalty,
            state_price=state_price(row.record),
            market_price=market_price(row.record),
        )
        for code, row in case.goods.items()
    }


def _designs(case: Case) -> dict[str, records.Design]:
    yearly: dict[str, dict[int, float]] = {}
    for utilised in rows_of(case.tables, Utilisation):
        if utilised.record.year in case.years:
            yearly.setdefault(utilised.record.design, {})[utilised.record.year] = utilised.record.utilisation
    return {
        code: records.Design(
            code=code,
            name=row.record.name,
            good=row.record.good,
            scale=row.record.scale,
            modernisation=row.record.kind == "modernisation",
            lead_years=row.record.lead_years,
            lifetime_years=_unlimited(row.record.lifetime_years),
            utilisation=row.record.utilisation,
            inputs=scale_rule.inputs(case, code),
            quota=case.settings.quota if row.record.quota is None else row.record.quota,
            yearly_utilisation=yearly.get(code, {}),
        )
        for code, row in case.designs.items()
    }


def _items(case: Case) -> dict[str, records.PackageItem]:
    tonnes: dict[str, dict[str, float]] = {}
    for needed in rows_of(case.tables, PackageMaterial):
        if needed.record.tonnes > 0:
            tonnes.setdefault(needed.record.item, {})[needed.record.material] = needed.record.tonnes
    return {
        row.record.item: records.PackageItem(
            code=row.record.item,
            name=row.record.name,
            from_year=case.settings.first_year if row.record.from_year is None else row.record.from_year,
            investment=row.record.investment,
            construction_labour=row.record.construction_labour,
            materials=tonnes.get(row.record.item, {}),
        )
        for row in rows_of(case.tables, PackageItem)
    }


def _demand(case: Case) -> dict[tuple[str, str, int], float]:
    first = case.settings.first_year
    found = {
        (county, good, year): county_row.record.population * good_row.record.norm / 1000
        * (1 + good_row.record.growth) ** (year - first)
        for county, county_row in case.counties.items()
        for good, good_row in case.goods.items()
        for year in case.years
    }  # fmt: skip
    for row in rows_of(case.tables, Demand):
        key = (row.record.county, row.record.good, row.record.year)
        if key in found:
            found[key] = row.record.tonnes
    return found


def _existing(case: Case) -> dict[tuple[str, str], records.ExistingPlant]:
    found = {}
    for row in rows_of(case.tables, ExistingPlant):
        record = row.record
        lost = case.settings.crowded_out if record.crowded_out is None else record.crowded_out
        usable = record.capacity * record.utilisation
        found[record.county, record.good] = records.ExistingPlant(usable, record.variable_cost, lost)
    return found


def _input_supply(case: Case) -> dict[tuple[str, str], float]:
    rows = rows_of(case.tables, CountyInput)
    return {(row.record.county, row.record.input): row.record.tonnes for row in rows if row.record.tonnes > 0}


def _local_material(case: Case) -> dict[tuple[str, str], float]:
    rows = rows_of(case.tables, CountyMaterial)
    return {(row.record.county, row.record.material): row.record.tonnes for row in rows if row.record.tonnes > 0}


def _decided(case: Case) -> dict[str, int]:
    rows = rows_of(case.tables, Decided) if case.use_decided else ()
    return {row.record.county: row.record.year for row in rows}


def _means(case: Case) -> dict[str, dict[int, float]]:
    """Amounts by resource and plan year, unlimited where none is given."""
    resources = [*YEARLY_MEANS, *(row.record.material for row in rows_of(case.tables, Material))]
    found = {resource: dict.fromkeys(case.years, math.inf) for resource in resources}
    for row in rows_of(case.tables, Resource):
        if row.record.year in found[row.record.resource]:
            found[row.record.resource][row.record.year] = row.record.amount
    return found


def _arriving(case: Case, funds: float) -> float:
    """What arrives of central funds; funds without limit remain so, whatever share of them arrives."""
    return funds if funds == math.inf else funds * case.settings.funds_arriving


def _unlimited(value: float | None) -> float:
    return math.inf if value is None else value
