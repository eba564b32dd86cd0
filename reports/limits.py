"""Tables of what limits the plan: every inequality of the model with what it leaves unused."""

import math
from collections.abc import Iterator, Mapping

from models.instance import Instance
from models.plan import Limit, Result
from reports.columns import (
    AMOUNT,
    COUNTIES,
    MONEY,
    NUMBER,
    PERSON_YEARS,
    PERSONS,
    SHARE,
    TEXT,
    TONNES,
    TONNES_YEAR,
    YES_NO,
    Column,
    Row,
    Unit,
    share,
    table,
)

TOLERANCE = 1e-6
"""Slack below this share of what is allowed counts as none."""

ANY_YEAR = Unit(number_format="0", dtype="object")
FOREIGN_CURRENCY = Unit("foreign currency", "#,##0")

UNITS: Mapping[str, Unit] = {
    "picks_per_year": COUNTIES,
    "province_picks": COUNTIES,
    "central_budget": MONEY,
    "central_labour_pool": PERSON_YEARS,
    "central_material_pool": TONNES,
    "import_budget": FOREIGN_CURRENCY,
    "workers": PERSONS,
    "capacity": TONNES_YEAR,
    "existing_capacity": TONNES_YEAR,
    "shipped_from_output": TONNES_YEAR,
    "demand": TONNES_YEAR,
    "inputs": TONNES_YEAR,
    "construction_labour": PERSON_YEARS,
    "construction_materials": TONNES,
    "investment_funded": MONEY,
}

SCARCE = (
    "picks_per_year",
    "province_picks",
    "central_budget",
    "central_labour_pool",
    "central_material_pool",
    "import_budget",
    "workers",
)
"""Rules told row by row, in this order. Workers have a row for each county and year: told only where they bind."""

LIMIT_COLUMNS = (
    Column("rule", TEXT, "name of the rule, as in the manual"),
    Column("codes", TEXT, "codes that tell the rule's rows apart", "for (codes)"),
    Column("subject", TEXT, "the same in names", "for"),
    Column("year", ANY_YEAR, "plan year, where the rule has one"),
    Column("used", AMOUNT, "what the plan uses"),
    Column("allowed", AMOUNT, "what the rule allows"),
    Column("slack", AMOUNT, "what is left; 0 where the rule binds", "left"),
    Column("used_share", SHARE, "what the plan uses as a share of what is allowed", "use"),
    Column("binds", YES_NO, "yes: nothing is left, so that more of it could change the plan"),
    Column("unit", TEXT, "unit of used, allowed and left, where the rule has one"),
)


def binds(limit: Limit) -> bool:
    """Whether nothing is left of what the rule allows."""
    return math.isfinite(limit.allowed) and limit.slack <= TOLERANCE * max(1.0, abs(limit.allowed))


@table("Limits", LIMIT_COLUMNS, key_columns=3)
def limits(instance: Instance, result: Result) -> Iterator[Row]:
    """What limits the plan: choices per year, central money, labour and materials, foreign currency, and workers where
    they run out. What binds comes first; more of that could make a better plan.
    """
    told = [limit for limit in result.limits if limit.rule in SCARCE and (limit.rule != "workers" or binds(limit))]
    told.sort(key=lambda limit: (not binds(limit), SCARCE.index(limit.rule)))
    for limit in told:
        yield _limit_row(instance, limit)


@table("Every limit", LIMIT_COLUMNS, key_columns=3, own_sheet=False)
def every_limit(instance: Instance, result: Result) -> Iterator[Row]:
    """Every inequality of the model with what it leaves unused, binding ones first."""
    for limit in sorted(result.limits, key=lambda limit: not binds(limit)):
        yield _limit_row(instance, limit)


@table(
    "Limits by rule",
    (
        Column("rule", TEXT, "name of the rule, as in the manual"),
        Column("rows", NUMBER, "inequalities of the rule"),
        Column("binding", NUMBER, "those of which nothing is left"),
        Column("idle", NUMBER, "those of them that allow nothing and use nothing", "of them closed"),
        Column("least_slack", AMOUNT, "least that any of them leaves", "least left"),
        Column("unit", TEXT, "unit of what is left, where the rule has one"),
    ),
)
def limits_by_rule(instance: Instance, result: Result) -> Iterator[Row]:
    """How many inequalities each rule has, and how many bind. The scarce means are told one by one on the sheet
    Limits.
    """
    for rule in dict.fromkeys(limit.rule for limit in result.limits):
        rows = [limit for limit in result.limits if limit.rule == rule]
        binding = [limit for limit in rows if binds(limit)]
        yield {
            "rule": rule,
            "rows": len(rows),
            "binding": len(binding),
            "idle": sum(max(abs(limit.used), abs(limit.allowed)) <= TOLERANCE for limit in binding),
            "least_slack": min(limit.slack for limit in rows),
            "unit": UNITS[rule].name(instance) if rule in UNITS else "",
        }


def _limit_row(instance: Instance, limit: Limit) -> Row:
    return {
        "rule": limit.rule,
        "codes": " / ".join(str(part) for part in limit.index),
        "subject": " / ".join(_subject(instance, limit.rule, part) for part in limit.index),
        "year": next((part for part in limit.index if part in instance.years), None),
        "used": limit.used,
        "allowed": limit.allowed,
        "slack": limit.slack,
        "used_share": share(limit.used, limit.allowed),
        "binds": binds(limit),
        "unit": UNITS[limit.rule].name(instance) if limit.rule in UNITS else "",
    }


def _subject(instance: Instance, rule: str, part: str | int) -> str:
    """Name of a part of a limit's index; a part that is no code is told as it is."""
    code = str(part)
    if rule == "province_picks" and code in instance.provinces:
        return instance.provinces[code].name
    if rule == "central_material_pool" and code in instance.materials:
        return instance.materials[code].name
    if code in instance.counties:
        return instance.counties[code].name
    return code
