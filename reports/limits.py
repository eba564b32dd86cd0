"""Tables of what limits the plan: every inequality of the model with what it leaves unused."""

import math
from collections.abc import Iterator, Mapping, Sequence

from models.instance import Instance
from models.measures.dispersion import new_capacity
from models.measures.raw_materials import material_value
from models.measures.shares import share
from models.plan import Limit, Result
from reports.columns import (
    AMOUNT,
    ANY_YEAR,
    COUNTIES,
    MONEY,
    MONEY_YEAR,
    NUMBER,
    PERSON_YEARS,
    PERSONS,
    PLANTS,
    SHARE,
    TEXT,
    TONNES,
    TONNES_YEAR,
    YES_NO,
    Column,
    Row,
    Unit,
    plan_of,
    table,
)

TOLERANCE = 1e-6
"""Slack below this share of what is allowed counts as none."""

FOREIGN_CURRENCY = Unit("foreign currency", "#,##0")

UNITS: Mapping[str, Unit] = {
    "picks_per_year": COUNTIES,
    "province_picks": COUNTIES,
    "modernisations_per_year": PLANTS,
    "central_budget": MONEY,
    "national_remittance": MONEY,
    "central_labour_pool": PERSON_YEARS,
    "central_material_pool": TONNES,
    "import_budget": FOREIGN_CURRENCY,
    "workers": PERSONS,
    "donation_limit": MONEY,
    "local_input_share": MONEY_YEAR,
    "disparity_limit": TONNES_YEAR,
    "dispersion_cap": TONNES_YEAR,
    "gini_cap": SHARE,
    "uncovered_cap": PERSON_YEARS,
    "cost_cap": MONEY,
    "stipends": MONEY_YEAR,
    "capacity": TONNES_YEAR,
    "support_uplift": TONNES_YEAR,
    "quota_first": TONNES_YEAR,
    "existing_capacity": TONNES_YEAR,
    "shipped_from_output": TONNES_YEAR,
    "demand": TONNES_YEAR,
    "coverage_floor": TONNES_YEAR,
    "inputs": TONNES_YEAR,
    "construction_labour": PERSON_YEARS,
    "construction_materials": TONNES,
    "investment_funded": MONEY,
    "remittance_due": MONEY,
    "remit_first": MONEY,
    "priority_fund_balance": MONEY,
}
"""Units of a rule's rows; rules that count several things, or nothing, have none."""

SCARCE = (
    "picks_per_year",
    "province_picks",
    "modernisations_per_year",
    "central_budget",
    "national_remittance",
    "central_labour_pool",
    "central_material_pool",
    "import_budget",
    "workers",
    "donation_limit",
    "local_input_share",
    "disparity_limit",
    "dispersion_cap",
    "gini_cap",
    "uncovered_cap",
    "cost_cap",
)
"""Rules told row by row, in this order."""

WHERE_BINDING = ("workers", "donation_limit", "local_input_share", "disparity_limit", "dispersion_cap", "gini_cap")
"""Those of them with a row for each county, province or good: told only where they bind."""

RELATIVE = ("donation_limit", "disparity_limit")
"""Those whose rows may compare two things that both change: one that allows nothing and uses nothing says nothing."""

OF_PROVINCES = ("province_picks", "disparity_limit", "dispersion_cap", "support_uplift")
OF_GOODS = ("disparity_limit", "dispersion_cap")
"""Rules whose rows have codes of provinces, or of goods, among their parts."""

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
    """What limits the plan: choices per year, central money, labour and materials, foreign currency, what counties must
    remit; and, where they bind, workers, donors and limits of policy. What binds comes first; more of that, or
    less of what is asked for, could make a better plan.
    """
    plan = plan_of(result)
    built = frozenset(place for place, tonnes in new_capacity(instance, plan).items() if tonnes > TOLERANCE)
    using = frozenset(
        place
        for place, value in material_value(instance, plan).items()
        if value.local + value.bought + value.made > TOLERANCE
    )
    told = [limit for limit in result.limits if limit.rule in SCARCE and _worth_telling(instance, limit, built, using)]
    told.sort(key=lambda limit: (not binds(limit), SCARCE.index(limit.rule)))
    for limit in told:
        yield _limit_row(instance, limit)


def _worth_telling(
    instance: Instance, limit: Limit, built: frozenset[tuple[str, str]], using: frozenset[tuple[str, int]]
) -> bool:
    """Whether a row of a scarce means says something: it binds, or its rule is told in any case.

    `built` has the provinces and goods with new capacity, `using` the counties and years that use raw materials:
    where there is none, a limit on shares of it holds by itself.
    """
    if limit.rule not in WHERE_BINDING:
        return True
    if not binds(limit) or (limit.rule == "gini_cap" and len(limit.index) > 1):
        return False  # rows of counties only say which are the least and the best covered
    if limit.rule == "local_input_share":
        *area, year = limit.index
        return any((county, year) in using for county in _counties(instance, area))
    if limit.rule == "dispersion_cap":
        return limit.index in built
    return limit.rule not in RELATIVE or max(abs(limit.used), abs(limit.allowed)) > TOLERANCE


def _counties(instance: Instance, area: Sequence[str | int]) -> Sequence[str | int]:
    """Counties of the area of a row of `local_input_share`, which is as its scope says."""
    scope = instance.policy.local_input_scope
    if scope == "nation":
        return tuple(instance.counties)
    return area if scope == "county" else instance.counties_of[str(area[0])]


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
    if rule in OF_PROVINCES and code in instance.provinces:
        return instance.provinces[code].name
    if rule in OF_GOODS and code in instance.goods:
        return instance.goods[code].name
    if rule == "central_material_pool" and code in instance.materials:
        return instance.materials[code].name
    if rule == "local_input_share" and instance.policy.local_input_scope == "province" and code in instance.provinces:
        return instance.provinces[code].name
    if code in instance.counties:
        return instance.counties[code].name
    return code
