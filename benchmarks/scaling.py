"""How time and memory grow with the number of counties.

    python -m benchmarks.scaling [--counties 100,200,400,1000] [--per-province 33] [--gap 0.01] [--time-limit 600]
        [--threads 2] [-o out/scaling.jsonl] [--into benchmarks/README.md]

solves generated instances of these sizes one after another, each in a process of its own, and tells the seconds of
each stage, the gap and the peak memory. Lines already in the file are not measured again. At the end stands by which
power of the number of counties the time to the asked gap grows: 1 is linear.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.apart import measure_apart
from benchmarks.course import gap, seconds_to
from benchmarks.generator import Size, size_of
from benchmarks.measured import Measured, Task, append, program, read
from benchmarks.mechanism_table import write
from benchmarks.solver_report import put_between

BEGIN, END = "<!-- scaling: begin -->", "<!-- scaling: end -->"
PICTURE = "seconds_by_counties.svg"
INTERRUPTED = 130

GROUPS = (
    ("building", ("building the problem",)),
    ("relaxation", ("bounding the cost from below",)),
    ("joining years", ("choosing joining years",)),
    ("plants", ("planning plants",)),
    ("bounds of parts", ("bounding the cost by",)),
    ("improving", ("improving",)),
    ("whole search", ("solving",)),
    ("quantities", ("settling the quantities", "verifying the plan")),
)
"""Stages that the table tells together: a heading, and how their names begin."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve what is not there yet, and tell it. Returns the exit code."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--counties", default="100,200,400,1000")
    made.add_argument("--per-province", type=float, default=100 / 3, help="counties of a province, on average")
    made.add_argument("--years", type=int, default=10)
    made.add_argument("--goods", type=int, default=5)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--gap", type=float, default=0.01)
    made.add_argument("--time-limit", type=float, default=600.0)
    made.add_argument("--threads", type=int, default=2)
    made.add_argument("-o", "--output", type=Path, default=Path("out/scaling.jsonl"))
    made.add_argument("--into", type=Path, help="page to write the table into, between its marks")
    made.add_argument("--keep", action="store_true", help="keep what another version of the program measured")
    given = made.parse_args(arguments)
    try:
        sizes = [int(part) for part in given.counties.split(",")]
    except ValueError:
        made.error(f"--counties takes whole numbers with commas, found {given.counties}")
    try:
        if given.into is not None:
            put_between(given.into.read_text(encoding="utf-8"), "", BEGIN, END)
    except (ValueError, OSError) as wrong:
        made.error(str(wrong))
    measured = []
    try:
        for counties in sizes:
            provinces = max(1, round(counties / given.per_province))
            size = Size(counties, provinces, given.years, given.goods, seed=given.seed)
            task = Task("solve", size.name, "countyplan", given.gap, given.time_limit, given.threads)
            measured.append(_measured(task, given.output, given.keep))
    except KeyboardInterrupt:
        return INTERRUPTED
    table = report(measured)
    print(table)
    if given.into is not None:
        write(given.into, put_between(given.into.read_text(encoding="utf-8"), table, BEGIN, END))
        pictured(given.into.parent / "pictures", measured)
    return 1 if any(one.failure for one in measured) else 0


def _measured(task: Task, output: Path, keep: bool) -> Measured:
    for known in read(output):
        if known.task == task and not known.failure and (keep or known.program == program()):
            return known
    print(f"{task.instance} ...", file=sys.stderr, flush=True)
    done = measure_apart(task)
    append(output, done)
    return done


def report(measured: Sequence[Measured]) -> str:
    """The table, and by which power of the counties the time grows."""
    heads = ["counties", "provinces", "to the gap s", "gap %", *(name for name, _ in GROUPS), "all s", "peak MB"]
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join(["--:"] * len(heads)) + " |"]
    for one in measured:
        size = size_of(one.task.instance)
        cells = [f"{size.counties:,}", str(size.provinces)]
        if one.failure or one.seconds is None:
            lines.append("| " + " | ".join([*cells, one.failure, *[""] * (len(heads) - 3)]) + " |")
            continue
        reached, last = seconds_to(one.moments, one.task.gap), one.moments[-1] if one.moments else [0, None, None]
        found = gap(last[1], last[2])
        cells.append(f"> {one.seconds:,.0f}" if reached is None else f"{reached:,.0f}")
        cells.append("no plan" if found is None else f"{100 * found:.2f}")
        cells += [f"{grouped(one)[name]:,.0f}" for name, _ in GROUPS]
        cells += [f"{one.seconds:,.0f}", f"{one.peak_mb:,.0f}"]
        lines.append("| " + " | ".join(cells) + " |")
    power = growth([(size_of(one.task.instance).counties, seconds_to(one.moments, one.task.gap)) for one in measured])
    if power is not None:
        lines += ["", f"The time to the asked gap grows with the counties to the power {power:.2f} (1: linear)."]
    if any(one.stages for one in measured):
        lines += ["", f"![Seconds by number of counties](pictures/{PICTURE})"]
    return "\n".join(lines) + "\n"


def grouped(one: Measured) -> dict[str, float]:
    """Seconds of the groups of stages."""
    return {
        name: sum(seconds for stage, seconds in one.stages.items() if stage.startswith(begins))
        for name, begins in GROUPS
    }


def growth(points: Sequence[tuple[int, float | None]]) -> float | None:
    """The exponent of the power that fits seconds over counties best, least squares of logarithms; None of fewer than
    two sizes that got there."""
    found = [(math.log(counties), math.log(seconds)) for counties, seconds in points if seconds]
    if len({size for size, _ in found}) < 2:
        return None
    mean_x, mean_y = (sum(pair[axis] for pair in found) / len(found) for axis in (0, 1))
    return sum((x - mean_x) * (y - mean_y) for x, y in found) / sum((x - mean_x) ** 2 for x, _ in found)


def pictured(folder: Path, measured: Sequence[Measured]) -> Path | None:
    """Draw the seconds by counties into a folder; None where there is nothing to draw."""
    from benchmarks.solver_picture import seconds_by_counties
    from reports.charts.drawing import for_file

    rows = []
    for one in measured:
        counties = size_of(one.task.instance).counties
        if (reached := seconds_to(one.moments, one.task.gap)) is not None:
            rows.append((counties, "to the asked gap", reached))
        rows += [(counties, name, seconds) for name, seconds in grouped(one).items() if seconds >= 1]
    picture = seconds_by_counties(rows)
    if picture is None:
        return None
    path = folder / PICTURE
    write(path, for_file(picture))
    return path


if __name__ == "__main__":
    sys.exit(main())
