"""Every rule of the planning problem: one function a rule, under the one name it has everywhere.

A rule is a pure function of (instance, variables) that yields pairs of an index and a constraint.
Its docstring gives the intent and the relation, in the names of `Instance` and `Variables`.
"""

from collections.abc import Callable, Iterator

from models.instance import Instance
from models.rules.building import modernise_existing, package, running_plants, sites, starts_where_selected
from models.rules.choosing import decided, eligible_from, joined_by, picks_per_year, province_picks, selected_once
from models.rules.means import (
    central_labour_pool,
    central_material_pool,
    construction_labour,
    construction_materials,
    workers,
)
from models.rules.money import central_budget, import_budget, investment_funded
from models.rules.policy import coverage_floor
from models.rules.supplying import capacity, demand, existing_capacity, inputs, lanes, shipped_from_output
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
    # producing and supplying
    capacity,
    existing_capacity,
    shipped_from_output,
    demand,
    lanes,
    inputs,
    # labour and materials
    workers,
    construction_labour,
    central_labour_pool,
    construction_materials,
    central_material_pool,
    # money
    investment_funded,
    central_budget,
    import_budget,
    # policy limits
    coverage_floor,
)
