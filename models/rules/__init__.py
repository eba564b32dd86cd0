"""Every rule of the planning problem: one function a rule, under the one name it has everywhere.

A rule is a pure function of (instance, variables) that yields pairs of an index and a constraint.
Its docstring gives the intent and the relation, in the names of `Instance` and `Variables`.
"""

from collections.abc import Callable, Iterator

from models.instance import Instance
from models.rules.building import (
    modernisations_per_year,
    modernise_existing,
    package,
    running_plants,
    sites,
    starts_where_selected,
)
from models.rules.choosing import decided, eligible_from, joined_by, picks_per_year, province_picks, selected_once
from models.rules.means import (
    central_labour_pool,
    central_material_pool,
    construction_labour,
    construction_materials,
    stipends,
    workers,
)
from models.rules.money import central_budget, donation_limit, import_budget, investment_funded
from models.rules.policy import (
    cost_cap,
    coverage_floor,
    disparity_limit,
    dispersion_cap,
    gini_cap,
    uncovered_cap,
)
from models.rules.purse import (
    local_revenue,
    national_remittance,
    priority_fund_balance,
    remit_first,
    remittance_due,
)
from models.rules.supplying import (
    capacity,
    demand,
    existing_capacity,
    inputs,
    lanes,
    local_input_share,
    quota_first,
    shipped_from_output,
    support_uplift,
)
from models.variables import Expression, Index, Variables

Rule = Callable[[Instance, Variables], Iterator[tuple[Index, Expression]]]

RULES: tuple[Rule, ...] = (
    # choosing
    selected_once,
    joined_by,
    picks_per_year,
    province_picks,
    decided,
    eligible_from,
    # building
    running_plants,
    starts_where_selected,
    package,
    sites,
    modernise_existing,
    modernisations_per_year,
    # producing and supplying
    capacity,
    support_uplift,
    existing_capacity,
    quota_first,
    shipped_from_output,
    demand,
    lanes,
    inputs,
    local_input_share,
    # labour and materials
    workers,
    stipends,
    construction_labour,
    central_labour_pool,
    construction_materials,
    central_material_pool,
    # money
    investment_funded,
    donation_limit,
    central_budget,
    import_budget,
    # counties' budgets
    local_revenue,
    remittance_due,
    remit_first,
    priority_fund_balance,
    national_remittance,
    # policy limits
    coverage_floor,
    disparity_limit,
    dispersion_cap,
    gini_cap,
    uncovered_cap,
    cost_cap,
)
