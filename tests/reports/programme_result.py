"""The result of a run on the example in which every mechanism is at work."""

from models.costs import charges_of
from models.plan import Limit, Result, Status
from tests.models.measures.programme import programme, programme_plan


def programme_result() -> Result:
    instance, plan = programme(), programme_plan()
    charges = charges_of(instance, plan)
    cost = sum(charge.amount for charge in charges)
    return Result(
        status=Status.SOLVED,
        plan=plan,
        objective=cost,
        bound=cost,
        gap=0.0,
        seconds=0.5,
        solver="HiGHS",
        charges=charges,
        limits=(
            Limit("national_remittance", (2031,), 120.0, 110.0, 10.0),
            Limit("modernisations_per_year", (2031,), 1.0, 1.0, 0.0),
            Limit("donation_limit", ("alder", 2030), 20.0, 20.0, 0.0),
            Limit("donation_limit", ("alder", 2031), 0.0, 20.0, 20.0),
            Limit("donation_limit", ("alder", 2031, "share"), 0.0, 0.0, 0.0),
            Limit("local_input_share", (2030,), 0.0, 0.0, 0.0),
            Limit("disparity_limit", ("north", "cloth", 2031, "least"), 0.0, 0.0, 0.0),
            Limit("disparity_limit", ("south", "cloth", 2031, "most"), 20.0, 20.0, 0.0),
            Limit("dispersion_cap", ("north", "suits"), 0.0, 0.0, 0.0),
            Limit("dispersion_cap", ("south", "cloth"), 0.0, 0.0, 0.0),
        ),
    )
