"""The smallest problem worth solving, for tests of one rule at a time.

Each county wants 10 t/yr of each good, which an import of 10 a tonne meets at 100 a year. A `mill` makes food, a `loom`
cloth, a `grinder` paste and a `drier` beans: 10 t/yr at once and for ever, for 30 and nothing more. Money keeps its
worth, nothing else has a cost or a limit, and no rule of policy is set. So a county with a year and a good costs 30,
and 100 where no plant may be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from models.instance import Instance
from models.plan import Plan
from models.records import NO_LIMIT, BuildOption, County, Design, Good, Input, Lane, Material, Policy, Province, Scale

DESIGN_OF = {"food": "mill", "cloth": "loom", "paste": "grinder", "beans": "drier"}
FREE = Policy(
    picks_exact=False,
    join_all=False,
    build_window=0,
    min_plants=0,
    one_per_good=False,
    least_central_share=0,
    most_central_share=1,
    reserve_carried=False,
)


def tiny_instance(
    counties: Iterable[str] = ("alder",), years: int = 1, goods: Iterable[str] = ("food",), **changes: Any
) -> Instance:
    """The tiny problem of some counties, all in the north, years from 2027 on, and goods; `changes` replace fields."""
    places, wares, span = tuple(counties), tuple(goods), tuple(range(2027, 2027 + years))
    parts: dict[str, Any] = {
        "title": "Tiny case",
        "variant": "county",
        "currency": "won",
        "years": span,
        "tail_years": 0,
        "discount_rate": 0.0,
        "policy": FREE,
        "provinces": {"north": Province("north", "North", "north", least_picks=0, most_picks=NO_LIMIT)},
        "counties": {code: _county(code) for code in places},
        "goods": {code: Good(code, code, code, 10, 1, None) for code in wares},
        "scales": {"county": Scale("county", "County")},
        "designs": {DESIGN_OF[good]: design(DESIGN_OF[good], good) for good in wares},
        "materials": {"steel": Material("steel", "Steel")},
        "inputs": {"grain": Input("grain", "Grain", local_price=1, bought_price=2)},
        "items": {},
        "options": {(code, DESIGN_OF[good]): option() for code in places for good in wares},
        "demand": {(code, good, year): 10.0 for code in places for good in wares for year in span},
        "lanes": {(code, code, good): Lane(0, 0) for code in places for good in wares},
        "existing": {},
        "input_supply": {},
        "local_material": {},
        "decided": {},
        "picks": dict.fromkeys(span, NO_LIMIT),
        "central_funds": dict.fromkeys(span, NO_LIMIT),
        "central_labour": dict.fromkeys(span, NO_LIMIT),
        "central_material": {("steel", year): NO_LIMIT for year in span},
        "import_currency": dict.fromkeys(span, NO_LIMIT),
    }
    return Instance(**{**parts, **changes})


def divided_instance(*counties: str, southern: str, **changes: Any) -> Instance:
    """The tiny problem of some counties, one of which is in the south; the east has none."""
    found = tiny_instance(counties, **changes)
    others = {
        code: Province(code, code.title(), code, least_picks=0, most_picks=NO_LIMIT) for code in ("south", "east")
    }
    places = {**found.counties, southern: replace(found.counties[southern], province="south")}
    return replace(found, provinces={**found.provinces, **others}, counties=places)


def design(code: str, good: str, **changes: Any) -> Design:
    """A design whose plants run at once, fully and for ever, and need no raw material."""
    parts: dict[str, Any] = {
        "scale": "county",
        "modernisation": False,
        "lead_years": 0,
        "lifetime_years": NO_LIMIT,
        "utilisation": 1.0,
        "inputs": {},
    }
    return Design(code=code, name=code, good=good, **{**parts, **changes})


def option(**changes: Any) -> BuildOption:
    """A plant of 10 t/yr for 30, and nothing besides."""
    parts: dict[str, Any] = {
        "capacity": 10.0,
        "investment": 30.0,
        "fixed_cost": 0.0,
        "variable_cost": 0.0,
        "construction_labour": 0.0,
        "workers": 0.0,
        "max_plants": 1,
        "materials": {},
    }
    return BuildOption(**{**parts, **changes})


def a_plan(**families: Mapping[Any, float]) -> Plan:
    """A plan of these values, and zeros for the rest: enough for a rule that looks at nothing else."""
    return Plan(**{entry.name: families.get(entry.name, {}) for entry in fields(Plan)})


def _county(code: str) -> County:
    return County(
        code=code,
        name=code,
        local_name=code,
        province="north",
        kind="county",
        population=1_000,
        latitude=None,
        longitude=None,
        eligible_from=2027,
        workers=NO_LIMIT,
        market_product=0.0,
        local_funds=NO_LIMIT,
        local_labour=NO_LIMIT,
        site_cost_index=1.0,
    )
