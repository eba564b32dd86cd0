"""Every table of the report, in the order in which it is read."""

from collections.abc import Mapping

from pandas import DataFrame

from models.instance import Instance
from models.plan import Result
from reports.allocation import allocation
from reports.choices import picks, picks_by_province, plants
from reports.columns import Table
from reports.costs import costs, costs_by_province
from reports.limits import every_limit, limits, limits_by_rule
from reports.production import inputs, production
from reports.summary import provenance, summary
from reports.supply import coverage, own_use, shipments, supply

TABLES: tuple[Table, ...] = (
    summary,
    picks,
    picks_by_province,
    plants,
    allocation,
    production,
    shipments,
    own_use,
    supply,
    coverage,
    inputs,
    costs,
    costs_by_province,
    limits,
    limits_by_rule,
    every_limit,
    provenance,
)


def frames(instance: Instance, result: Result) -> Mapping[str, DataFrame]:
    """Every table by name; without a plan only those that need none."""
    told = (table for table in TABLES if result.plan is not None or not table.needs_plan)
    return {table.name: table(instance, result) for table in told}
