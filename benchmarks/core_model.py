"""The part of the model that is also written for a peer: choosing, building, supplying, means and money.

`core_of` makes an instance to which these rules are all there is; `CORE` are the rules. Left out are counties' budgets
(`models/rules/purse.py`), support bases, stipends, the share of own raw materials, packages of plants, choices already
made and the limits of policy: 25 of the 42 rules are in, with nearly all columns.
"""

from dataclasses import replace

from models.instance import Instance
from models.records import NO_LIMIT
from models.rules import RULES, Rule

CORE_NAMES = (
    "selected_once", "joined_by", "picks_per_year", "province_picks", "eligible_from",
    "running_plants", "starts_where_selected", "sites", "modernise_existing",
    "capacity", "existing_capacity", "quota_first", "shipped_from_output", "demand", "lanes", "inputs",
    "workers", "construction_labour", "central_labour_pool", "construction_materials", "central_material_pool",
    "investment_funded", "donation_limit", "central_budget", "import_budget",
)  # fmt: skip
"""Names of the rules that the peer's model has too."""

CORE: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.__name__ in CORE_NAMES)
"""Those rules."""


def core_of(instance: Instance) -> Instance:
    """The instance with all that the other rules and the other columns are for turned off.

    Raises `ValueError` for what the peer's model is not written for: plants that wear out within the plan, picks that
    need not be a number, least picks of provinces, people's shortage of a good that plants use.
    """
    part = replace(
        instance,
        policy=replace(
            instance.policy, objective="least cost", objective_from=0, min_plants=0, one_per_good=False, join_all=False,
            modernise_anywhere=False, plant_income_share=0.0, least_stipend=0.0, recycled_share=0.0,
            local_input_share=0.0, coverage_floor=0.0, disparity_limit=NO_LIMIT, dispersion_cap=1.0, gini_cap=1.0,
            uncovered_cap=NO_LIMIT, cost_cap=NO_LIMIT,
        ),
        provinces={
            code: replace(province, support_uplift=0.0, support_cost=0.0)
            for code, province in instance.provinces.items()
        },
        purses={},
        national_remittance={},
        decided={},
        built={},
        modernisations=dict.fromkeys(instance.years, NO_LIMIT),
    )  # fmt: skip
    used = {entry.good for entry in part.inputs.values()} - {None}
    if (
        any(design.lifetime_years < len(part.years) for design in part.designs.values())
        or NO_LIMIT in part.picks.values()
        or any(province.least_picks > 0 for province in part.provinces.values())
        or any(good.shortage_penalty is not None for code, good in part.goods.items() if code in used)
    ):
        raise ValueError(f"{instance.title} has what the peer's model is not written for")
    return part
