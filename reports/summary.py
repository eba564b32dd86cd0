"""The run in words and key figures, for a reader who looks at nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.plan import Result, Status
from models.records import Objective
from reports.columns import COUNTIES, DISCOUNTED, PERSON_YEARS, SHARE, TEXT, VARIOUS, Column, Row, Unit, table
from reports.facts import FINE_SHARE, SECONDS, YEARS, Fact
from reports.mechanisms import not_used
from reports.summary_choices import choice_facts
from reports.summary_results import result_facts

PROVEN = 1e-6
"""A gap below this is a proof that no plan is better."""

SINCE = ("greatest coverage", "greatest least coverage", "greatest even coverage")
"""Objectives that look at the years from `objective_from` on."""


@dataclass(frozen=True, slots=True)
class Aim:
    """How to speak of an objective: its figure with unit, what is proven at no gap, and what a gap `{gap}` leaves."""

    figure: str
    unit: Unit
    meaning: str
    proven: str
    left: str
    unknown: str


AIMS: Mapping[Objective, Aim] = {
    "least cost": Aim(
        figure="Cost of the plan",
        unit=DISCOUNTED,
        meaning="sum of the cost terms on the sheet Costs by year",
        proven="It is proven that no plan costs less.",
        left="Another plan could save at most {gap} of its cost.",
        unknown="How much cheaper another plan could be is not known, since no bound was proven.",
    ),
    "greatest coverage": Aim(
        figure="People not covered",
        unit=PERSON_YEARS,
        meaning="people times the part of their demand, mean over goods, that domestic supply does not meet, all years",
        proven="It is proven that no plan covers more people.",
        left="Another plan could leave at most {gap} fewer people uncovered.",
        unknown="How many more people another plan could cover is not known, since no bound was proven.",
    ),
    "greatest least coverage": Aim(
        figure="Not covered in the worst place",
        unit=SHARE,
        meaning="greatest part of a county's demand for a good that domestic supply does not meet in a year",
        proven="It is proven that no plan covers the worst place better.",
        left="Another plan could make what the worst place lacks smaller by at most {gap} of it.",
        unknown="How much better another plan could cover the worst place is not known, since no bound was proven.",
    ),
    "greatest even coverage": Aim(
        figure="Not covered evenly",
        unit=FINE_SHARE,
        meaning="what the worse covered of two people, drawn at random, lacks on average: 1 - coverage x (1 - Gini), "
        "mean of years; lack of coverage counts by the setting coverage_weight",
        proven="It is proven that no plan covers people more evenly and more fully.",
        left="Another plan could make what is not covered evenly smaller by at most {gap} of it.",
        unknown="How much more evenly another plan could cover people is not known, since no bound was proven.",
    ),
    "least concentration": Aim(
        figure="Most new capacity in a province",
        unit=FINE_SHARE,
        meaning="greatest new capacity of one province for a good, relative to the nation's demand in the last year",
        proven="It is proven that no plan is less concentrated.",
        left="Another plan could have at most {gap} less in its leading province.",
        unknown="How much less concentrated another plan could be is not known, since no bound was proven.",
    ),
    "least central funds": Aim(
        figure="Central money",
        unit=DISCOUNTED,
        meaning="central funds for construction, subsidies and support bases",
        proven="It is proven that no plan takes less central money.",
        left="Another plan could save at most {gap} of the central money.",
        unknown="How much less central money another plan could take is not known, since no bound was proven.",
    ),
}


def status_sentence(result: Result, objective: Objective = "least cost") -> str:
    """What the run came to, in words; never better than what is proven."""
    if result.plan is None:
        return _WITHOUT_PLAN[result.status]
    aim = AIMS[objective]
    if result.gap is None:
        most = aim.unknown
    elif result.gap <= PROVEN:
        most = aim.proven
    else:
        most = aim.left.replace("{gap}", _percent(result.gap))
    if result.status is Status.SOLVED:
        return f"A plan was found within the precision asked for, and keeps every rule. {most}"
    cause = "was interrupted" if result.interrupted else "stopped early"
    return f"The search {cause} with a usable plan, which keeps every rule. {most}"


_WITHOUT_PLAN = {
    Status.SOLVED: "The solver reported a plan, but it did not pass the check of every rule, so none is shown.",
    Status.STOPPED: "The search stopped early and its plan did not pass the check of every rule, so none is shown.",
    Status.NO_PLAN: "The search stopped before it found a plan. It is not known whether one exists.",
    Status.INFEASIBLE: "No plan can satisfy every rule: together they ask for more than there is.",
    Status.UNBOUNDED: "The cost can fall without limit, so no plan is best; a figure in the workbook must be wrong.",
}


def facts(instance: Instance, result: Result) -> Iterator[Fact]:
    """The key figures, in the order in which a reader needs them."""
    yield from _outcome(instance, result)
    if result.plan is not None:
        yield from choice_facts(instance, result.plan)
        yield from result_facts(instance, result.plan)
    yield from _assumed(instance)


@table(
    "Summary",
    (
        Column("section", TEXT, "part of the summary"),
        Column("figure", TEXT, "what is told"),
        Column("value", VARIOUS, "a number in the stated unit, or words"),
        Column("unit", TEXT, "unit of the value"),
        Column("detail", TEXT, "remark"),
    ),
    key_columns=2,
    needs_plan=False,
)
def summary(instance: Instance, result: Result) -> Iterator[Row]:
    """What the run came to, what was chosen and with whose means, on one page."""
    for fact in facts(instance, result):
        yield {
            "section": fact.section,
            "figure": fact.figure,
            "value": fact.value,
            "unit": fact.unit.name(instance),
            "detail": fact.detail,
        }


@table(
    "Provenance",
    (Column("what", TEXT, "what is told"), Column("value", TEXT, "its value")),
    needs_plan=False,
)
def provenance(instance: Instance, result: Result) -> Iterator[Row]:
    """Where the figures come from: problem, run, program and input."""
    told = {
        "title": instance.title,
        "variant": instance.variant,
        "currency": instance.currency,
        "plan years": f"{instance.first_year}-{instance.last_year}",
        "objective": instance.policy.objective,
        "status": result.status.value,
        "solver": result.solver,
        "solving time": f"{result.seconds:.1f} s",
        **result.provenance,
    }
    for what, value in told.items():
        yield {"what": what, "value": value}


def _outcome(instance: Instance, result: Result) -> Iterator[Fact]:
    section, objective = "What the run came to", instance.policy.objective
    aim, cost = AIMS[objective], AIMS["least cost"]
    yield Fact(section, "Status", result.status.value, TEXT, status_sentence(result, objective))
    if aim is not cost:
        yield Fact(section, "Objective", None, TEXT, _objective_sentence(instance, result))
    if result.plan is not None:
        yield Fact(section, aim.figure, result.objective, aim.unit, aim.meaning)
    bound = result.bound if result.bound is not None else "none proven"
    what = "cost less than this" if aim is cost else "have a lower figure than this"
    yield Fact(section, "Proven bound", bound, aim.unit, f"proven: no plan can {what}")
    if result.plan is not None:
        gap = result.gap if result.gap is not None else "not known"
        words = "(cost - bound) / cost: the most that another plan could save"
        if aim is not cost:
            words = "(figure - bound) / figure: the most by which another plan could lower it"
        yield Fact(section, "Gap", gap, FINE_SHARE, words)
    if result.plan is not None and aim is not cost:
        total = sum(charge.amount for charge in result.charges)
        yield Fact(section, cost.figure, total, cost.unit, f"{cost.meaning}; it decides between plans equally good")
    yield Fact(section, "Time of solving", result.seconds, SECONDS, result.solver)


def _objective_sentence(instance: Instance, result: Result) -> str:
    policy = instance.policy
    since = ""
    if policy.objective in SINCE and policy.objective_from > instance.first_year:
        since = f", from {policy.objective_from} on"
    said = f"The plan was made for {policy.objective}{since}, and among plans equally good in it for least cost"
    return f"{said}; that search was interrupted." if result.interrupted else f"{said}."


def _assumed(instance: Instance) -> Iterator[Fact]:
    section = "What was assumed"
    yield Fact(section, "Discount rate", instance.discount_rate, SHARE, f"money is discounted to {instance.first_year}")
    remark = f"after {instance.last_year}, in which plants go on running as in that year"
    yield Fact(section, "Years of the tail", instance.tail_years, YEARS, remark)
    yield Fact(section, "Choices made beforehand", len(instance.decided), COUNTIES, "those whose year was fixed")
    left_off = ", ".join(not_used(instance))
    if left_off:
        yield Fact(section, "Not in use", None, TEXT, f"{left_off}: the workbook leaves them off")


def _percent(value: float) -> str:
    return f"{value:.2%}" if value >= 0.0001 else "0.01%"
