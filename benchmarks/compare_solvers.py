"""Ours, the plain way and a peer, side by side on the same machine.

    python -m benchmarks.compare_solvers [--instances national] [--contenders countyplan,HiGHS]
        [--gap 0.01] [--time-limit 600] [--threads 2] [--builders countyplan,"PuLP alone",linopy]
        [-o out/solvers.jsonl] [--into benchmarks/README.md]

Each contender solves each instance in a process of its own, one after another; then each builder builds it. Every
measurement is a line of the file as soon as it is there; the same command goes on after an interruption and measures
again what failed or what the program no longer agrees with. `--into` writes the tables between the marks of a page,
with the picture beside it. `--instances` takes names of `benchmarks/instances.py`, with commas.

`--times N` ends each other contender after N times the seconds that ours took to the asked gap, where that is less
than the time limit: enough to show that it takes more than N times as long.
"""

import argparse
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from benchmarks.apart import measure_apart
from benchmarks.building import BUILDERS, missing_builder
from benchmarks.contenders import CONTENDERS, missing
from benchmarks.course import seconds_to
from benchmarks.instances import names_of
from benchmarks.measured import Measured, Task, append, program, read
from benchmarks.solver_report import page_with, pictured, put_between

OUTPUT = Path("out/solvers.jsonl")
INTERRUPTED = 130
LEAST_LIMIT = 60.0
"""Seconds that a contender is given at least, however quick ours was."""

OURS = "countyplan"


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--instances", default="national")
    made.add_argument("--contenders", default=f"{OURS},HiGHS", help=f"of {', '.join(CONTENDERS)}; blank: none")
    made.add_argument("--builders", default="", help=f"of {', '.join(BUILDERS)}; blank: none")
    made.add_argument("--gap", type=float, default=0.01)
    made.add_argument("--time-limit", type=float, default=600.0, help="seconds, from when the instance is there")
    made.add_argument("--times", type=float, help="end others after so many times what ours took")
    made.add_argument("--threads", type=int, default=2)
    made.add_argument("--memory", type=float, help="most address space of a run, MB")
    made.add_argument("-o", "--output", type=Path, default=OUTPUT)
    made.add_argument("--into", type=Path, help="page to write the tables into, between its marks")
    made.add_argument("--keep", action="store_true", help="keep what another version of the program measured")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked and not there yet, and tell it. Returns the exit code."""
    made = parser()
    given = made.parse_args(arguments)
    try:
        names = names_of(given.instances)
        contenders = _known(given.contenders, CONTENDERS)
        builders = _known(given.builders, BUILDERS)
        if given.into is not None:
            put_between(given.into.read_text(encoding="utf-8"), "")
    except (ValueError, OSError) as wrong:
        made.error(str(wrong))
    for name in (*contenders, *builders):
        why = missing(name) if name in contenders else missing_builder(name)
        if why is not None:
            print(f"{name} is left out: {why}", file=sys.stderr)
    contenders = [name for name in contenders if missing(name) is None]
    builders = [name for name in builders if missing_builder(name) is None]
    failed = False
    try:
        for name in names:
            limit = given.time_limit
            for contender in sorted(contenders, key=lambda one: one != OURS):
                task = Task("solve", name, contender, given.gap, limit, given.threads)
                done = _measure(task, given)
                failed = failed or bool(done.failure)
                reached = seconds_to(done.moments, given.gap)
                if contender == OURS and given.times is not None and reached is not None:
                    limit = min(limit, max(LEAST_LIMIT, float(round(given.times * reached))))
            for builder in builders:
                done = _measure(Task("build", name, builder, 0.0, given.time_limit, 1), given)
                failed = failed or bool(done.failure)
    except KeyboardInterrupt:
        return INTERRUPTED
    if given.into is not None:
        measured = read(given.output)
        page_with(given.into, measured)
        pictured(given.into.parent / "pictures", measured)
    return 1 if failed else 0


def _known(asked: str, known: Collection[str]) -> list[str]:
    found = [name.strip() for name in asked.split(",") if name.strip()]
    for name in found:
        if name not in known:
            raise ValueError(f"there is no {name!r}; there are {', '.join(known)}")
    return found


def _measure(task: Task, given: argparse.Namespace) -> Measured:
    """What a task came to, measured now unless it is in the file already."""
    for known in read(given.output):
        same = known.task == task or (
            # a limit that follows from how long ours took is another one each time
            given.times is not None and _but_limit(known.task) == _but_limit(task) and known.task.contender != OURS
        )  # fmt: skip
        if same and not known.failure and (given.keep or known.program == program()):
            return known
    print(f"{task.instance}: {task.contender}, {task.kind} ...", file=sys.stderr, flush=True)
    done = measure_apart(task, given.memory)
    append(given.output, done)
    said = done.failure or f"{done.status}, {done.seconds:.0f} s, {done.peak_mb:,.0f} MB"
    print(f"    {said}", file=sys.stderr, flush=True)
    return done


def _but_limit(task: Task) -> tuple[object, ...]:
    return (task.kind, task.instance, task.contender, task.gap, task.threads)


if __name__ == "__main__":
    sys.exit(main())
