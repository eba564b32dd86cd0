"""The run in words and key figures, for a reader who looks at nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.instance import Instance
from models.plan import Plan, Result, Status
from reports.choices import joining, starting
from reports.columns import (
    COUNTIES,
    DISCOUNTED,
    MONEY,
    PERSON_YEARS,
    PERSONS,
    PLANTS,
    SHARE,
    TEXT,
    TONNES,
    VARIOUS,
    Column,
    Row,
    Unit,
    share,
    table,
)
from reports.supply import arrivals

PROVEN = 1e-6
"""A gap below this is a proof that no plan is cheaper."""

FINE_SHARE = Unit("share", "0.00%")
SECONDS = Unit("s", "#,##0.0")
YEARS = Unit("years", "#,##0")


@dataclass(frozen=True, slots=True)
class Fact:
    """A key figure: in which part of the summary, what, how much, and a remark."""

    section: str
    figure: str
    value: float | str | None
    unit: Unit
    detail: str = ""


def status_sentence(result: Result) -> str:
    """What the run came to, in words; never better than what is proven."""
    if result.plan is None:
        return _WITHOUT_PLAN[result.status]
    if result.gap is None:
        most = "How much cheaper another plan could be is not known, since no bound was proven."
    elif result.gap <= PROVEN:
        most = "It is proven that no plan costs less."
    else:
        most = f"Another plan could save at most {_percent(result.gap)} of its cost."
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
        yield from _chosen(instance, result.plan)
        yield from _plants(instance, result.plan)
        yield from _means(instance, result.plan)
        yield from _covered(instance, result.plan)
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
        "status": result.status.value,
        "solver": result.solver,
        "solving time": f"{result.seconds:.1f} s",
        **result.provenance,
    }
    for what, value in told.items():
        yield {"what": what, "value": value}


def _outcome(instance: Instance, result: Result) -> Iterator[Fact]:
    section = "What the run came to"
    yield Fact(section, "Status", result.status.value, TEXT, status_sentence(result))
    if result.plan is not None:
        terms = "sum of the cost terms on the sheet Costs by year"
        yield Fact(section, "Cost of the plan", result.objective, DISCOUNTED, terms)
    bound = result.bound if result.bound is not None else "none proven"
    yield Fact(section, "Proven bound", bound, DISCOUNTED, "proven: no plan can cost less than this")
    if result.plan is not None:
        gap = result.gap if result.gap is not None else "not known"
        yield Fact(section, "Gap", gap, FINE_SHARE, "(cost - bound) / cost: the most that another plan could save")
    yield Fact(section, "Time of solving", result.seconds, SECONDS, result.solver)


def _chosen(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section = "Which counties"
    chosen = joining(instance, plan)
    decided = sum(county in instance.decided for county, _ in chosen)
    remark = f"of {len(instance.counties):,}; {decided:,} of them decided beforehand"
    yield Fact(section, "Counties joining", len(chosen), COUNTIES, remark)
    people = sum(instance.counties[county].population for county, _ in chosen)
    everyone = sum(county.population for county in instance.counties.values())
    part = share(people, everyone)
    remark = f"{part:.1%} of the population" if part is not None else ""
    yield Fact(section, "People in them", people, PERSONS, remark)
    for year in instance.years:
        names = [instance.counties[county].name for county, when in chosen if when == year]
        yield Fact(section, f"Joining in {year}", len(names), COUNTIES, ", ".join(names))


def _plants(instance: Instance, plan: Plan) -> Iterator[Fact]:
    started = starting(instance, plan)
    for scale in instance.scales.values():
        counts: dict[str, float] = {}
        modernised = 0.0
        for _, code, _, count in started:
            design = instance.designs[code]
            if design.scale == scale.code:
                counts[design.good] = counts.get(design.good, 0.0) + count
                modernised += count if design.modernisation else 0.0
        goods = ", ".join(f"{instance.goods[good].name} {count:,g}" for good, count in counts.items())
        remark = f"{goods}; {modernised:,g} of them modernisations" if modernised else goods
        yield Fact("Which plants", f"Plants of scale: {scale.name}", sum(counts.values()), PLANTS, remark)


def _means(instance: Instance, plan: Plan) -> Iterator[Fact]:
    section = "With whose means (all plan years)"
    funds = (sum(plan.central_funds.values()), sum(plan.local_funds.values()))
    yield from _pair(section, ("Central funds", "Local funds"), funds, MONEY)
    labour = (sum(plan.central_labour.values()), sum(plan.local_labour.values()))
    yield from _pair(section, ("Central labour", "Local labour"), labour, PERSON_YEARS)
    for code, material in instance.materials.items():
        central = sum(tonnes for (_, sent, _), tonnes in plan.central_material.items() if sent == code)
        local = sum(tonnes for (_, given, _), tonnes in plan.local_material.items() if given == code)
        figures = (f"Central {material.name}", f"Local {material.name}")
        yield from _pair(section, figures, (central, local), TONNES)


def _pair(section: str, figures: tuple[str, str], values: tuple[float, float], unit: Unit) -> Iterator[Fact]:
    for figure, value in zip(figures, values, strict=True):
        part = share(value, sum(values))
        yield Fact(section, figure, value, unit, f"{part:.1%} of the two" if part is not None else "")


def _covered(instance: Instance, plan: Plan) -> Iterator[Fact]:
    year = instance.last_year
    own, others = arrivals(plan)
    for code, good in instance.goods.items():
        demand = sum(instance.demand[county, code, year] for county in instance.counties)
        places = [(county, code, year) for county in instance.counties]
        domestic = sum(own.get(place, 0.0) + others.get(place, 0.0) for place in places)
        imports = sum(plan.imports.get(place, 0.0) for place in places)
        shortage = sum(plan.shortage.get(place, 0.0) for place in places)
        remark = f"of {demand:,.0f} t/yr: domestic {domestic:,.0f}, imports {imports:,.0f}, not met {shortage:,.0f}"
        covered = share(domestic, demand)
        yield Fact(f"What people get in {year}", f"{good.name}: demand met at home", covered, SHARE, remark)


def _assumed(instance: Instance) -> Iterator[Fact]:
    section = "What was assumed"
    yield Fact(section, "Discount rate", instance.discount_rate, SHARE, f"money is discounted to {instance.first_year}")
    remark = f"after {instance.last_year}, in which plants go on running as in that year"
    yield Fact(section, "Years of the tail", instance.tail_years, YEARS, remark)
    yield Fact(section, "Choices made beforehand", len(instance.decided), COUNTIES, "those whose year was fixed")


def _percent(value: float) -> str:
    return f"{value:.2%}" if value >= 0.0001 else "0.01%"
