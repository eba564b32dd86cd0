"""What to say in place of a figure of a variant that has no plan."""

from models.plan import Status
from reports.comparison import Compared

WITHOUT_PLAN = {
    Status.INFEASIBLE: "no plan: infeasible",
    Status.UNBOUNDED: "no plan: the cost has no least",
    Status.NO_PLAN: "no plan: none was found in time",
}
"""By the status of the search."""

INTERRUPTED = "no plan: interrupted before one was found"


def without_plan(compared: Compared) -> str:
    """Why a variant has no plan, in a few words."""
    if compared.result.interrupted and compared.result.status is Status.NO_PLAN:
        return INTERRUPTED
    return WITHOUT_PLAN.get(compared.result.status, "no plan that passed the check")
