"""What is scarce: the figures of a workbook that limit what a plan may use, or say what it must pay, and the rows of
the problem that each of them moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inputs.origins import Address, Origins
from models.instance import Instance
from models.records import NO_LIMIT
from models.variables import Index, lp_name
from reports.prices_data import (
    CENTRAL_FUNDS,
    CENTRAL_LABOUR,
    DONATIONS,
    IMPORT_CURRENCY,
    MATERIAL,
    MODERNISATIONS,
    MOST_PICKS,
    PICKS,
    REMITTANCE_QUOTA,
    REMITTANCES,
    Kind,
)


@dataclass(frozen=True)
class Scarce:
    """A figure that a plan would rather have otherwise.

    `name` is how it is asked for: `central_funds/2028`, `cement/2026`, `picks/2028`, `most_picks/north`. `key` is the
    code of its material, province or county, `year` None where it stands for every year. `amount` is the figure as the
    problem has it, and `factor` what one unit of the workbook's figure is there: less than 1 of funds that arrive only
    in part. `rows` has the rows whose limit moves, and by how much when `amount` grows by one; none where a
    row's limit alone does not say what the figure does. `index` is that of its row among `Result.limits`.
    """

    name: str
    kind: Kind
    key: str
    year: int | None
    amount: float
    address: Address
    rows: Mapping[str, float]
    index: Index = ()
    factor: float = 1.0

    @property
    def rule(self) -> str:
        """The rule of the rows that it moves, blank where none are said."""
        return next(iter(self.rows), "").split(".")[0]


def scarce_of(instance: Instance, origins: Origins | None = None) -> tuple[Scarce, ...]:
    """Every figure of an instance that can be scarce, in the order of a report: what the centre gives by year, then
    what provinces and counties may or must. With `origins` the prices are of a unit of the workbook's own figures."""
    found = tuple(_found(instance))
    if origins is None:
        return found
    return tuple(replace(scarce, factor=_factor(scarce, origins.of(scarce.address).value)) for scarce in found)


def with_more(instance: Instance, scarce: Scarce, by: float) -> Instance:
    """The instance with the figure greater by so much, in the problem's own unit; never below 0."""
    amount, year, key = max(0.0, scarce.amount + by), scarce.year, scarce.key
    if scarce.kind is MATERIAL:
        assert year is not None
        return replace(instance, central_material={**instance.central_material, (key, year): amount})
    if scarce.kind is MOST_PICKS:
        province = replace(instance.provinces[key], most_picks=amount)
        return replace(instance, provinces={**instance.provinces, key: province})
    if scarce.kind is DONATIONS:
        county = replace(instance.counties[key], donations=amount)
        return replace(instance, counties={**instance.counties, key: county})
    if scarce.kind is REMITTANCE_QUOTA:
        return with_quotas(instance, {key: amount / scarce.amount})
    changes: dict[str, Any] = {FIELDS[scarce.kind]: {**getattr(instance, FIELDS[scarce.kind]), year: amount}}
    return replace(instance, **changes)


def with_quotas(instance: Instance, growth: Mapping[str, float]) -> Instance:
    """The instance with the quotas of some counties multiplied, in every year."""
    owing = {
        (county, year): replace(purse, quota=purse.quota * growth.get(county, 1.0))
        for (county, year), purse in instance.purses.items()
    }
    return replace(instance, purses=owing)


FIELDS: Mapping[Kind, str] = {
    CENTRAL_FUNDS: "central_funds",
    CENTRAL_LABOUR: "central_labour",
    IMPORT_CURRENCY: "import_currency",
    PICKS: "picks",
    MODERNISATIONS: "modernisations",
    REMITTANCES: "national_remittance",
}
"""Figures by year, and the field of an instance that has them."""

ROWS: Mapping[Kind, str] = {
    CENTRAL_FUNDS: "central_budget",
    CENTRAL_LABOUR: "central_labour_pool",
    IMPORT_CURRENCY: "import_budget",
    MODERNISATIONS: "modernisations_per_year",
    REMITTANCES: "national_remittance",
}
"""Those of them that are the limit of one row, with its rule; in the problem their figures stand nowhere else."""


def _found(instance: Instance) -> Iterator[Scarce]:
    for kind in (CENTRAL_FUNDS, CENTRAL_LABOUR):
        yield from _by_year(instance, kind)
    for (material, year), amount in instance.central_material.items():
        if amount < NO_LIMIT:
            rows = {lp_name("central_material_pool", (material, year)): 1.0}
            place = Address("Resources", material, str(year))
            yield Scarce(f"{material}/{year}", MATERIAL, material, year, amount, place, rows, (material, year))
    for kind in (IMPORT_CURRENCY, REMITTANCES, MODERNISATIONS, PICKS):
        yield from _by_year(instance, kind)
    for province in instance.provinces.values():
        if province.most_picks < len(instance.counties_of[province.code]):
            place = Address("Provinces", province.code, "most_picks")
            name = f"most_picks/{province.code}"
            yield Scarce(name, MOST_PICKS, province.code, None, province.most_picks, place, {})
    for county in instance.counties.values():
        if 0 < county.donations < NO_LIMIT:
            rows = {lp_name("donation_limit", (county.code, year)): 1.0 for year in instance.years}
            place = Address("Counties", county.code, "donations")
            yield Scarce(f"donations/{county.code}", DONATIONS, county.code, None, county.donations, place, rows)
    for code in dict.fromkeys(county for county, _ in instance.purses):
        first = instance.purses.get((code, instance.first_year))
        if first is not None and first.quota > 0:
            place = Address("Counties", code, "remittance_quota")
            yield Scarce(f"remittance_quota/{code}", REMITTANCE_QUOTA, code, None, first.quota, place, {})


def _by_year(instance: Instance, kind: Kind) -> Iterator[Scarce]:
    amounts: Mapping[int, float] = getattr(instance, FIELDS[kind])
    for year, amount in amounts.items():
        if amount < NO_LIMIT:
            rows = {lp_name(ROWS[kind], (year,)): 1.0} if kind in ROWS else {}
            place = Address("Resources", kind.name, str(year))
            yield Scarce(f"{kind.name}/{year}", kind, "", year, amount, place, rows, (year,))


def _factor(scarce: Scarce, value: object) -> float:
    """What one unit of the workbook's figure is in the problem; 1 where either is nothing."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 and scarce.amount > 0:
        return scarce.amount / value
    return 1.0
