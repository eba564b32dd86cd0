"""The run in a few sentences and figures, for a reader who looks at nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.instance import Instance
from models.measures.equity import equity
from models.plan import Plan, Result, Status
from reports.background import Background
from reports.charts.picture import listed, percent, scale_names
from reports.choices import joining, starting
from reports.excel.cells import own_format, shown
from reports.summary import AIMS, status_sentence


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure in large letters: what it is, the figure, and a remark."""

    label: str
    figure: str
    remark: str


def sentences(instance: Instance, result: Result, background: Background) -> Iterator[str]:
    """What was chosen, what it costs, how well that is proven, what people get, and what it rests on."""
    if result.plan is not None:
        yield _chosen(instance, result.plan)
        yield _built(instance, result.plan)
        yield _cost(instance, result)
        yield from _reached(instance, result.plan)
    else:
        yield status_sentence(result, instance.policy.objective)
        if result.status is Status.INFEASIBLE:
            yield "The command “countyplan explain” finds which figures of the workbook contradict each other."
        elif result.status is Status.NO_PLAN:
            yield "More time (--time-limit) or a larger gap (--gap) may give one."
    count = len(background.assumptions)
    if count and result.plan is not None:
        many = "figure of the workbook is an assumption" if count == 1 else "figures of the workbook are assumptions"
        yield f"{count:,} {many}: the plan says what follows from {'it' if count == 1 else 'them'}."


def tiles(instance: Instance, result: Result) -> Iterator[Tile]:
    """Key figures of a run with a plan."""
    plan = result.plan
    if plan is None or result.objective is None:
        return
    aim = AIMS[instance.policy.objective]
    unit = aim.unit.name(instance)
    yield Tile(aim.figure, amount(result.objective, aim.unit.number_format), "" if unit == "share" else unit)
    if result.gap is None:
        yield Tile("Proven within", "not known", "no bound was proven")
    else:
        remark = "no plan can be better" if result.gap <= 1e-6 else "the most by which another plan could be better"
        yield Tile("Proven within", gap_text(result.gap), remark)
    chosen = joining(instance, plan)
    yield Tile("Counties joining", f"{len(chosen):,}", f"of {len(instance.counties):,}")
    started = starting(instance, plan)
    yield Tile("Plants started", f"{sum(count for *_, count in started):,.0f}", _span(instance))
    last = equity(instance, plan)[-1]
    if last.coverage is not None:
        yield Tile("Demand met at home", percent(last.coverage), f"in {last.year}, mean of goods")
    if last.least_county_coverage is not None and last.least_county is not None:
        name = instance.counties[last.least_county].name
        yield Tile("Least covered county", percent(last.least_county_coverage), f"{name}, in {last.year}")


def gap_text(gap: float) -> str:
    """A gap in per cent; a small one never shows as none at all."""
    if gap <= 0:
        return "0\u00a0%"
    return "0.01\u00a0%" if gap < 0.0001 else f"{gap:.2%}".replace("%", "\u00a0%")


def amount(value: float, number_format: str | None) -> str:
    """A figure on its own: a share in per cent, an amount with decimals only where it is small."""
    if number_format is not None and number_format.endswith("%"):
        return f"{value:.2%}".replace("%", "\u00a0%")
    return shown(value, own_format(value))


def _span(instance: Instance) -> str:
    first, last = instance.first_year, instance.last_year
    return f"in {first}" if first == last else f"{first}–{last}"


def _chosen(instance: Instance, plan: Plan) -> str:
    chosen = joining(instance, plan)
    total = len(instance.counties)
    if not chosen:
        return (
            "The one county does not join the programme."
            if total == 1
            else f"No county of {total:,} joins the programme."
        )
    years = [year for _, year in chosen]
    when = f"in {min(years)}" if min(years) == max(years) else f"between {min(years)} and {max(years)}"
    most = max(years.count(year) for year in set(years))
    pace = f", {most:,} a year at most" if min(years) != max(years) else ""
    decided = sum(county in instance.decided for county, _ in chosen)
    fixed = f"; {decided:,} of these choices had been made beforehand" if decided else ""
    verb = "joins" if len(chosen) == 1 else "join"
    counties = f"{len(chosen):,} of {total:,} {'county' if total == 1 else 'counties'}"
    return f"{counties} {verb} the programme {when}{pace}{fixed}."


def _built(instance: Instance, plan: Plan) -> str:
    counts: dict[str, float] = {}
    for _, design, _, count in starting(instance, plan):
        scale = instance.designs[design].scale
        counts[scale] = counts.get(scale, 0.0) + count
    if not counts:
        return "No plant is built."
    names = scale_names(instance)
    parts = listed(f"{counts[code]:,.0f} of scale “{name}”" for code, name in names.items() if code in counts)
    return f"Plants whose construction starts: {parts}."


def _cost(instance: Instance, result: Result) -> str:
    aim = AIMS[instance.policy.objective]
    unit = aim.unit.name(instance)
    figure = amount(result.objective or 0.0, aim.unit.number_format)
    said = f"{aim.figure}: {figure}{'' if unit == 'share' else f' {unit}'}."
    bound = ""
    if result.bound is not None and result.gap is not None and result.gap > 1e-6:
        bound = f" It is proven that no plan can come below {amount(result.bound, aim.unit.number_format)}."
    return f"{said}{bound} {status_sentence(result, instance.policy.objective)}"


def _reached(instance: Instance, plan: Plan) -> Iterator[str]:
    measures = [found for found in equity(instance, plan) if found.good == ""]
    first, last = measures[0], measures[-1]
    if last.coverage is None:
        return
    before = ""
    if first.year != last.year and first.coverage is not None:
        before = f", after {percent(first.coverage)} in {first.year}"
    yield f"In {last.year} domestic output meets {percent(last.coverage)} of people's demand (mean of goods){before}."
