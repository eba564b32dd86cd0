"""Measurements as Markdown tables and a picture."""

import math
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.building import HANDING, PREPARING
from benchmarks.course import GAPS, gap, seconds_to
from benchmarks.measured import Measured
from benchmarks.mechanism_table import write

OURS = "countyplan"
BEGIN, END = "<!-- solvers: begin -->", "<!-- solvers: end -->"
PICTURE = "gap_over_time.svg"

IN_TIME = 0.95
"""Part of its time limit after which a run that did not get to the gap counts as ended by it, and not by itself."""


def put_between(text: str, table: str, begin: str = BEGIN, end: str = END) -> str:
    """A page with the table between two marks. Raises `ValueError` where they are not there."""
    before, found, rest = text.partition(begin)
    _, closing, after = rest.partition(end)
    if not (found and closing):
        raise ValueError(f"the page has no {begin} with {end} after it")
    return f"{before}{begin}\n\n{table}\n{end}{after}"


def page_with(page: Path, measured: Sequence[Measured]) -> None:
    """Write the tables into a page, between its marks. Raises `ValueError` where it has none."""
    write(page, put_between(page.read_text(encoding="utf-8"), report(measured)))


def report(measured: Sequence[Measured]) -> str:
    """All tables of the measurements."""
    solves = [one for one in measured if one.task.kind == "solve"]
    builds = [one for one in measured if one.task.kind == "build"]
    parts = [origin(measured)] if measured else ["Nothing measured yet.\n"]
    if solves:
        parts += [shorter(solves), times_table(solves), f"![The gap over time](pictures/{PICTURE})\n"]
    if builds:
        parts.append(building_table(builds))
    return "\n".join(parts)


def origin(measured: Sequence[Measured]) -> str:
    """With what was measured, and when."""
    used = measured[-1].versions
    days = sorted({one.day for one in measured})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    loads = sorted(one.load for one in measured)
    names = ", ".join(f"{name} {version}" for name, version in used.items() if name != "countyplan")
    programs = len({one.program for one in measured})
    mixed = "" if programs == 1 else f" Rows are of {programs} versions of the program."
    return (
        f"Measured {when}; {names}. Load of the machine before each run (processes that wanted a core): "
        f"{loads[0]:g} to {loads[-1]:g}.{mixed}\n"
    )


def times_table(solves: Sequence[Measured]) -> str:
    """Seconds to each gap, by instance and contender."""
    heads = ["instance", "contender", "asked %", *(f"to {100 * asked:g} %" for asked in GAPS)]
    lines = [_line([*heads, "ended s", "gap %", "building s", "processor s", "peak MB"])]
    lines.append(_line(["---", "---", *["--:"] * (len(heads) + 3)]))
    for one in _ordered(solves):
        cells = [one.task.instance, one.task.contender, f"{100 * one.task.gap:g}"]
        if one.failure:
            lines.append(_line([*cells, one.failure, *[""] * (len(GAPS) + 4)]))
            continue
        reached = [seconds_to(one.moments, asked) for asked in GAPS]
        cells += [_reached(seconds, asked, one) for seconds, asked in zip(reached, GAPS, strict=True)]
        last = one.moments[-1] if one.moments else [0.0, None, None]
        ended = gap(last[1], last[2])
        cells.append(f"{one.seconds:,.0f}" if one.seconds is not None else "")
        cells.append(f"{100 * ended:.2f}" if ended is not None else "no plan" if last[1] is None else "no bound")
        cells.append("" if one.build_seconds is None else f"{one.build_seconds:,.1f}")
        cells.append("" if one.processor_seconds is None else f"{one.processor_seconds:,.0f}")
        cells.append("" if one.peak_mb is None else f"{one.peak_mb:,.0f}")
        lines.append(_line(cells))
    return "\n".join(lines) + "\n"


def _reached(seconds: float | None, asked: float, one: Measured) -> str:
    if seconds is not None:
        return f"{seconds:,.1f}" if seconds < 10 else f"{seconds:,.0f}"
    return f"> {one.seconds:,.0f}" if asked >= one.task.gap and one.seconds is not None else ""


def shorter(solves: Sequence[Measured]) -> str:
    """How many times shorter ours is to the asked gap: the median over instances that both solved or tried."""
    lines = []
    for contender, found in ratios_of(solves).items():
        values = [value for value, _ in found]
        middle, ended = statistics.median(values), sum(value == math.inf for value in values)
        instances = f"{len(values)} instance{'s' if len(values) > 1 else ''}"
        if middle == math.inf:
            line = f"- {contender} never gets to the asked gap (median of {instances})"
        else:
            at_least = "at least " if any(open_ended for _, open_ended in found) else ""
            line = f"- {contender} takes {at_least}{middle:.1f} times as long as {OURS} to the asked gap"
            line += f" (median of {instances})"
        told = [f"{value:.2f}{' or more' if open_ended else ''}" for value, open_ended in found if value < math.inf]
        if told:
            line += f": {', '.join(told)} times; where it did not get there, the time it was given counts"
        if ended:
            line += f"; in {ended} it ended by itself before its time, without getting there"
        lines.append(f"{line}.")
    return "\n".join(lines) + "\n" if lines else ""


def ratios_of(solves: Iterable[Measured]) -> dict[str, list[tuple[float, bool]]]:
    """For each other contender, its seconds to the asked gap relative to ours, by instance; True where it never got
    there: the time it was given then stands for them, or infinity where it ended by itself before that, as HiGHS does
    where it calls an instance infeasible. Instances on which ours did not get there are left out."""
    by_task: dict[tuple[str, float, int], dict[str, Measured]] = {}
    for one in solves:
        key = (one.task.instance, one.task.gap, one.task.threads)
        if not one.failure:
            by_task.setdefault(key, {})[one.task.contender] = one
    ratios: dict[str, list[tuple[float, bool]]] = {}
    for (_, asked, _), found in by_task.items():
        mine = seconds_to(found[OURS].moments, asked) if OURS in found else None
        for contender, one in found.items():
            if contender == OURS or not mine or one.seconds is None:
                continue
            theirs = seconds_to(one.moments, asked)
            given = one.seconds if one.seconds >= IN_TIME * one.task.time_limit else math.inf
            ratios.setdefault(contender, []).append(((given if theirs is None else theirs) / mine, theirs is None))
    return ratios


def building_table(builds: Sequence[Measured]) -> str:
    """Seconds of processor time to build the core of the model, by instance and builder."""
    heads = ["instance", "builder", "columns", "rows", "arrays s", "model s", "to HiGHS s", "peak MB"]
    lines = [_line(heads), _line(["---", "---", *["--:"] * 6])]
    for one in _ordered(builds):
        if one.failure:
            lines.append(_line([one.task.instance, one.task.contender, one.failure, *[""] * 5]))
            continue
        parts = [one.stages.get(name) for name in (PREPARING, "model", HANDING)]
        cells = [one.task.instance, one.task.contender, f"{one.columns:,}", f"{one.rows:,}"]
        cells += ["" if seconds is None else f"{seconds:.1f}" for seconds in parts]
        lines.append(_line([*cells, f"{one.peak_mb:,.0f}"]))
    return "\n".join(lines) + "\n"


def _ordered(measured: Iterable[Measured]) -> list[Measured]:
    """By instance as measured first, ours before others."""
    measured = list(measured)
    first = {name: place for place, name in enumerate(dict.fromkeys(one.task.instance for one in measured))}
    return sorted(measured, key=lambda one: (first[one.task.instance], one.task.contender != OURS))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def pictured(folder: Path, measured: Sequence[Measured]) -> Path | None:
    """Draw the gap over time of all solves into a folder; None where there is nothing to draw."""
    from benchmarks.solver_picture import gap_over_time
    from reports.charts.drawing import for_file

    picture = gap_over_time(measured)
    if picture is None:
        return None
    path = folder / PICTURE
    write(path, for_file(picture))
    return path
