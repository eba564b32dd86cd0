"""Budgets of the counties: what each takes in, must spend and owes, and what donors there can give."""

from collections.abc import Mapping

from inputs.cases.dprk_20x10.places import density, people, relief
from inputs.cases.dprk_20x10.plain import Cells, assumed, read, rounded

TOWNS = ("city", "district")


def budgets() -> Mapping[str, Cells]:
    """Columns of the sheet Counties on money, by county, in thousand USD a year.

    revenue = nation * weight / sum of weights
    nation = gdp_per_head * people / 1000 * state_revenue_share * local_revenue_share * county_revenue_share
    weight = (revenue_urban * urban + revenue_rural * rural) * revenue_<relief>, * revenue_town in cities and districts
    essential = essential_base + (essential_urban * urban + essential_rural * rural) / 1000
    donations = donor_gift * market_traders * urban / sum of urban / 1000
    """
    facts = read("counties")
    weights = {county["county"]: _weight(county) for county in facts}
    everyone, townspeople = (sum(people(county)[part] for county in facts) for part in (0, 1))
    shares = assumed("state_revenue_share") * assumed("local_revenue_share") * assumed("county_revenue_share")
    nation = assumed("gdp_per_head") * everyone / 1000 * shares
    gifts = assumed("donor_gift") * assumed("market_traders") / 1000
    found = {}
    for county in facts:
        _, urban, rural = people(county)
        spent = assumed("essential_urban") * urban + assumed("essential_rural") * rural
        found[county["county"]] = {
            "revenue": rounded(nation * weights[county["county"]] / sum(weights.values()), 5),
            "essential": rounded(assumed("essential_base") + spent / 1000, 5),
            "remittance_quota": rounded(_quota(county), 5),
            "donations": rounded(gifts * urban / townspeople, 1),
            "priority_fund": 0.0,
        }
    return found


def kind_of_quota(county: Mapping[str, str]) -> str:
    """`town`, `forest` or `farm`: by which of three figures a county's quota was laid down."""
    if county["kind"] in TOWNS:
        return "town"
    people_per_km2 = density(county)
    return "forest" if people_per_km2 is not None and people_per_km2 < assumed("relief_forest") else "farm"


def _weight(county: Mapping[str, str]) -> float:
    _, urban, rural = people(county)
    weight = assumed("revenue_urban") * urban + assumed("revenue_rural") * rural
    industry = assumed("revenue_town") if county["kind"] in TOWNS else 1.0
    return weight * assumed(f"revenue_{relief(county)}") * industry


def _quota(county: Mapping[str, str]) -> float:
    """quota_town * urban / 1000, quota_farm * people / 1000, or quota_forest * area in forest counties."""
    everyone, urban, _ = people(county)
    kind = kind_of_quota(county)
    if kind == "forest":
        return assumed("quota_forest") * float(county["area_km2"])
    return assumed(f"quota_{kind}") * (urban if kind == "town" else everyone) / 1000
