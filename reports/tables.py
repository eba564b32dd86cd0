"""Every table of the report, by part, in the order in which it is read."""

from collections.abc import Mapping

from pandas import DataFrame

from models.instance import Instance
from models.plan import Result
from reports.allocation import allocation
from reports.budgets import county_budgets, gains, national_remittances
from reports.choices import picks, picks_by_province, plants
from reports.columns import Table
from reports.costs import costs, costs_by_province
from reports.dispersion import dispersion, dispersion_by_province
from reports.equity import equity, lorenz, lorenz_by_county
from reports.funding import central_budget, who_pays
from reports.labour import labour
from reports.limits import every_limit, limits, limits_by_rule
from reports.package_items import package_items
from reports.production import production
from reports.quota import quotas
from reports.raw_materials import comparative_advantage, inputs, local_inputs, local_inputs_by_county
from reports.self_sufficiency import self_sufficiency, self_sufficiency_by_year
from reports.summary import provenance, summary
from reports.supply import coverage, own_use, shipments, supply
from reports.transport import transport
from reports.utilisation import existing_industry, support, utilisation

PARTS: Mapping[str, tuple[Table, ...]] = {
    "overview": (summary,),
    "choices": (picks, picks_by_province, plants, support, package_items, allocation),
    "production": (production, utilisation, existing_industry, labour, quotas),
    "raw materials": (inputs, local_inputs, local_inputs_by_county, comparative_advantage),
    "supply": (supply, coverage, self_sufficiency, self_sufficiency_by_year, own_use, shipments, transport),
    "equity and dispersion": (equity, lorenz, lorenz_by_county, dispersion, dispersion_by_province),
    "money": (
        costs,
        costs_by_province,
        who_pays,
        central_budget,
        national_remittances,
        county_budgets,
        gains,
    ),
    "limits": (limits, limits_by_rule, every_limit),
    "origin": (provenance,),
}

TABLES: tuple[Table, ...] = tuple(table for tables in PARTS.values() for table in tables)


def part_of(table: Table) -> str:
    """The part of the report that a table belongs to."""
    return next(part for part, tables in PARTS.items() if table in tables)


def frames(instance: Instance, result: Result) -> Mapping[str, DataFrame]:
    """Every table by name: without a plan only those that need none, and none of what the problem does not have."""
    told = (table for table in TABLES if table.concerns(instance) and (result.plan is not None or not table.needs_plan))
    return {table.name: table(instance, result) for table in told}
