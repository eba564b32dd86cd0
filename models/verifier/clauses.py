"""The verifier's clause for each rule, under the rule's name: what the rule demands, judged on the plan alone.

A clause is a function of the facts of a plan that yields violations. Missing entries of a plan are zeros.
Some rules tie variables that a plan does not have; their clauses, such as `joined_by`, `running_plants` and
`local_revenue`, judge what must follow for the plan itself.
"""

import math
from collections.abc import Callable, Iterator, Mapping

from models.verifier.building import (
    modernisations_per_year,
    modernise_existing,
    package,
    running_plants,
    sites,
    starts_where_selected,
)
from models.verifier.choosing import decided, eligible_from, joined_by, picks_per_year, province_picks, selected_once
from models.verifier.comparison import DOMAIN, Violation
from models.verifier.facts import Facts, place_of, unknown
from models.verifier.means import (
    central_labour_pool,
    central_material_pool,
    construction_labour,
    construction_materials,
    stipends,
    workers,
)
from models.verifier.money import central_budget, donation_limit, import_budget, investment_funded
from models.verifier.policy import (
    cost_cap,
    coverage_floor,
    disparity_limit,
    dispersion_cap,
    gini_cap,
    uncovered_cap,
)
from models.verifier.purse import (
    local_revenue,
    national_remittance,
    priority_fund_balance,
    remit_first,
    remittance_due,
)
from models.verifier.supplying import (
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

Clause = Callable[[Facts], Iterator[Violation]]

ASIDE = frozenset({"select"})
"""Variables whose values and indices a clause of their own judges."""

WHOLE = {"start": "plants", "support": "support bases"}
"""Variables that count things, and what."""


def domain(facts: Facts) -> Iterator[Violation]:
    """Every index exists, every value is a number of at least 0, things are whole, and what may not be is not."""
    goods = facts.instance.goods
    for name, family in facts.given.items():
        if name in ASIDE:
            continue
        names = facts.given.__dataclass_fields__[name].metadata["index"]
        for index, value in family.items():
            wrongs = unknown(facts.instance, index, names)
            if not wrongs and name == "imports" and goods[index[1]].import_price is None:
                wrongs.append(f"{index[1]} cannot be imported")
            if not wrongs and name == "shortage" and goods[index[1]].shortage_penalty is None:
                wrongs.append(f"demand for {index[1]} must be met")
            if not math.isfinite(value):
                wrongs.append(f"{value} is no number")
            elif value < -facts.tolerance:
                wrongs.append(f"{value:.10g} is less than 0")
            elif name in WHOLE and abs(value - round(value)) > facts.tolerance:
                wrongs.append(f"{value:.10g} is no whole number of {WHOLE[name]}")
            for wrong in wrongs:
                yield Violation(DOMAIN, (name, *place_of(index)), wrong, abs(value))


RULE_CLAUSES: Mapping[str, Clause] = {
    clause.__name__: clause
    for clause in (
        selected_once,
        joined_by,
        picks_per_year,
        province_picks,
        decided,
        eligible_from,
        running_plants,
        starts_where_selected,
        package,
        sites,
        modernise_existing,
        modernisations_per_year,
        capacity,
        support_uplift,
        existing_capacity,
        quota_first,
        shipped_from_output,
        demand,
        lanes,
        inputs,
        local_input_share,
        workers,
        stipends,
        construction_labour,
        central_labour_pool,
        construction_materials,
        central_material_pool,
        investment_funded,
        donation_limit,
        central_budget,
        import_budget,
        local_revenue,
        remittance_due,
        remit_first,
        priority_fund_balance,
        national_remittance,
        coverage_floor,
        disparity_limit,
        dispersion_cap,
        gini_cap,
        uncovered_cap,
        cost_cap,
    )
}
