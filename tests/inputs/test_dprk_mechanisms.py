"""The shipped case uses what the program can do: budgets, a chain of products, support bases, variants."""

import pytest

from inputs.cases.dprk_20x10.plain import assumed
from inputs.reader import read_workbook
from inputs.shipped import shipped_workbook
from inputs.workbook import Workbook
from models.instance import Instance
from models.records import NO_LIMIT


@pytest.fixture(scope="module")
def shipped() -> Workbook:
    return read_workbook(shipped_workbook())


@pytest.fixture(scope="module")
def hybrid(shipped: Workbook) -> Instance:
    return shipped.instance("hybrid")


def owed(instance: Instance, county: str) -> float:
    """What a county owes in the first year, before any plant."""
    purse = instance.purses[county, instance.first_year]
    return max(purse.quota, purse.rate * purse.base_revenue)


def test_every_county_has_a_budget_every_year(hybrid: Instance) -> None:
    assert set(hybrid.purses) == {(county, year) for county in hybrid.counties for year in hybrid.years}


def test_counties_take_in_their_part_of_the_nation(hybrid: Instance) -> None:
    """1400 USD a head, a fifth of it state revenue, 26.3 % of that local, three fifths of that the counties'."""
    people = sum(county.population for county in hybrid.counties.values())
    revenue = sum(hybrid.purses[county, 2024].base_revenue for county in hybrid.counties)
    assert revenue == pytest.approx(1.4 * people * 0.2 * 0.263 * 0.6, rel=1e-3)


def test_quotas_bind_in_some_counties_and_the_rate_in_others(hybrid: Instance) -> None:
    purses = [hybrid.purses[county, 2024] for county in hybrid.counties]
    by_quota = sum(purse.quota > purse.rate * purse.base_revenue for purse in purses)
    assert 0.2 * len(purses) < by_quota < 0.3 * len(purses)


def test_some_counties_need_subsidies_and_a_few_cannot_remit(hybrid: Instance) -> None:
    purses = {county: hybrid.purses[county, 2024] for county in hybrid.counties}
    short = [county for county, purse in purses.items() if owed(hybrid, county) > purse.base_revenue]
    missing = {
        county: purse.essential - purse.base_revenue + min(owed(hybrid, county), purse.base_revenue)
        for county, purse in purses.items()
    }
    subsidised = [amount for amount in missing.values() if amount > 0]
    assert 5 <= len(short) <= 12
    assert 20 <= len(subsidised) <= 30
    assert 3000 < sum(subsidised) < 9000


def test_counties_can_invest_about_what_they_may(hybrid: Instance) -> None:
    most = sum(county.local_funds for county in hybrid.counties.values())
    spare = {
        county: hybrid.purses[county, 2024].base_revenue - owed(hybrid, county) - hybrid.purses[county, 2024].essential
        for county in hybrid.counties
    }
    within = sum(min(max(0.0, left), hybrid.counties[county].local_funds) for county, left in spare.items())
    assert 0.75 * most < within < most


@pytest.mark.parametrize("variant", ["county", "provincial", "hybrid", "announced", "partial-funds", "smaller"])
def test_few_counties_leave_open_whether_quota_or_rate_binds(shipped: Workbook, variant: str) -> None:
    """Each such county-year is a whole-number decision."""
    instance = shipped.instance(variant)
    least_most = instance.revenue_range
    open_counties = {
        county
        for (county, year), purse in instance.purses.items()
        if purse.rate * least_most[county, year][0] < purse.quota < purse.rate * least_most[county, year][1]
    }
    assert len(open_counties) <= 10


def test_the_national_target_can_be_kept_before_any_plant(hybrid: Instance) -> None:
    for year, target in hybrid.national_remittance.items():
        purses = [hybrid.purses[county, year] for county in hybrid.counties]
        paid = sum(min(purse.base_revenue, max(purse.quota, purse.rate * purse.base_revenue)) for purse in purses)
        assert 0.9 * paid < target < 0.97 * paid


def test_donors_are_in_the_towns(hybrid: Instance) -> None:
    gifts = {code: county.donations / county.population for code, county in hybrid.counties.items()}
    assert gifts["pyongyang"] > 2 * gifts["anak"] > 0


def test_state_prices_lie_below_the_market_and_that_below_imports(hybrid: Instance) -> None:
    for good in hybrid.goods.values():
        assert good.import_price is not None
        assert 0 < good.state_price < good.market_price < good.import_price


def test_cloth_is_a_chain(hybrid: Instance) -> None:
    """Fibre is made into cloth and cloth into clothing; people use none, and mills stand in five towns."""
    assert hybrid.inputs["cloth"].good == "cloth"
    assert not any(tonnes for (_, good, _), tonnes in hybrid.demand.items() if good == "cloth")
    mills = {county for county, design in hybrid.options if hybrid.designs[design].good == "cloth"}
    assert mills == {"pyongyang", "sariwon", "hamhung", "sinuiju", "chongjin"}
    own_fibre = {county for county, entry in hybrid.input_supply if entry == "fibre"}
    assert own_fibre < mills


def test_cloth_is_worth_making_of_own_fibre_only(hybrid: Instance) -> None:
    """A tonne at the usual share, with running costs and a tenth of the investment a year, against bought cloth."""
    design, cloth, fibre = hybrid.designs["cloth-provincial"], hybrid.inputs["cloth"], hybrid.inputs["fibre"]

    def tonne(county: str, price: float) -> float:
        option = hybrid.options[county, design.code]
        staff = hybrid.counties[county].market_product * option.workers
        made = design.utilisation * option.capacity
        yearly = option.fixed_cost + staff + option.investment / 10
        return yearly / made + option.variable_cost + design.inputs["fibre"] * price

    assert tonne("hamhung", fibre.local_price) < cloth.bought_price < tonne("pyongyang", fibre.bought_price)


def test_power_improves_slowly(hybrid: Instance) -> None:
    for design in hybrid.designs.values():
        shares = [design.utilisation_in(year) for year in hybrid.years]
        assert shares == sorted(shares)
        assert design.utilisation_in(2028) == design.utilisation


def test_a_variant_may_replace_one_year_of_utilisation(shipped: Workbook) -> None:
    announced = shipped.instance("announced")
    assert {design.utilisation_in(2025) for design in announced.designs.values()} == {0.45}
    assert {design.utilisation_in(2026) for design in announced.designs.values()} == {0.64}


def test_support_bases_can_be_founded_everywhere_but_in_a_province_of_one_county(hybrid: Instance) -> None:
    without = {code for code, province in hybrid.provinces.items() if province.support_uplift == 0}
    assert without == {code for code, counties in hybrid.counties_of.items() if len(counties) == 1}
    assert all(province.support_cost > 0 for code, province in hybrid.provinces.items() if code not in without)


def test_existing_plants_are_held(shipped: Workbook) -> None:
    assert all(shipped.instance(variant).policy.existing_held for variant in shipped.variants)


def test_policy_limits_are_off(hybrid: Instance) -> None:
    policy = hybrid.policy
    assert policy.objective == "least cost"
    assert (policy.coverage_floor, policy.disparity_limit, policy.dispersion_cap) == (0, NO_LIMIT, 1)


def test_part_of_the_funds_arrives_in_one_variant(shipped: Workbook, hybrid: Instance) -> None:
    partial = shipped.instance("partial-funds")
    for year, promised in hybrid.central_funds.items():
        assert partial.central_funds[year] == pytest.approx(0.6 * promised)
    assert partial.options.keys() == hybrid.options.keys()


def test_the_smaller_plan(shipped: Workbook, hybrid: Instance) -> None:
    smaller = shipped.instance("smaller")
    assert set(smaller.picks.values()) == {4}
    assert sum(smaller.modernisations.values()) == 200
    assert smaller.policy.modernise_anywhere
    assert {design.good for design in smaller.designs.values() if design.modernisation} == {
        "foodstuffs", "condiments", "clothing", "necessities", "paper",
    }  # fmt: skip
    assert set(hybrid.modernisations.values()) == {NO_LIMIT}
    assert all(smaller.central_funds[year] < funds for year, funds in hybrid.central_funds.items())


def test_own_raw_materials_have_a_least_share_but_for_provincial_plants_alone(shipped: Workbook) -> None:
    shares = {variant: shipped.instance(variant).policy.local_input_share for variant in shipped.variants}
    assert shares.pop("provincial") == 0
    assert set(shares.values()) == {assumed("Settings.local_input_share.value")}
    assert min(shares.values()) > 0
