"""One measurement in a process of its own, so that memory and time are its own and a crash ends nothing else.

`measure_apart` starts `python -m benchmarks.apart TASK FILE`, which writes the measurement to the file.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measured import ROOT, Measured, Task, from_line, program, to_line

GRACE = 300.0
"""Seconds beyond its time limit after which a run is ended: solvers look at the clock when they see fit, and building
and verification come on top."""

MEGABYTE = 1024
"""Kilobytes of `resource`'s in one."""


def measure_apart(task: Task, memory_mb: float | None = None) -> Measured:
    """Run a task in a process of its own and wait for it; what goes wrong is told in the measurement's `failure`.

    `memory_mb` is the most address space that it may take, MB; None: no limit.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measured.json"
        command = [sys.executable, "-m", "benchmarks.apart", json.dumps(asdict(task)), str(path)]
        environment = os.environ | ({} if memory_mb is None else {"BENCHMARK_MEMORY_MB": str(memory_mb)})
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        try:
            _, errors = process.communicate(timeout=2 * task.time_limit + GRACE)
            failure = "" if process.returncode == 0 else _last_words(errors, process.returncode)
        except subprocess.TimeoutExpired:
            failure = f"ended after {2 * task.time_limit + GRACE:.0f} s, far beyond its time"
        except KeyboardInterrupt:
            _end(process)
            raise
        finally:
            _end(process)
        if path.exists():
            return from_line(path.read_text(encoding="utf-8"))
    return replace(_blank(task), failure=failure or "ended without a word")


def _end(process: subprocess.Popen[str]) -> None:
    """End the process and those it started, if it is still there."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _last_words(errors: str, code: int) -> str:
    lines = [line for line in errors.splitlines() if line.strip()]
    if code < 0:
        return f"ended by signal {-code}"
    return lines[-1][:200] if lines else f"ended with {code}"


def _blank(task: Task) -> Measured:
    from optimizer.versions import versions

    return Measured(
        task=task,
        program=program(),
        day=datetime.now(UTC).date().isoformat(),
        versions=dict(versions()),
        load=round(os.getloadavg()[0], 1),
    )


def _measure(task: Task) -> Measured:
    """The task, here in this process."""
    from benchmarks.building import BUILDERS
    from benchmarks.contenders import CONTENDERS
    from benchmarks.instances import instance_of
    from optimizer.options import SolveOptions

    blank, instance = _blank(task), instance_of(task.instance)
    before = _peak()
    if task.kind == "build":
        built = BUILDERS[task.contender](instance)
        return replace(
            blank, status="built", build_seconds=built.seconds, seconds=built.seconds, columns=built.columns,
            rows=built.rows, peak_mb=_peak(), instance_mb=before, stages=dict(built.parts),
        )  # fmt: skip
    outcome = CONTENDERS[task.contender](
        instance, SolveOptions(task.gap, task.time_limit, task.threads, 0, "HiGHS")
    )  # fmt: skip
    return replace(
        blank,
        status=outcome.status,
        build_seconds=outcome.build_seconds,
        seconds=outcome.seconds,
        columns=outcome.columns,
        rows=outcome.rows,
        peak_mb=_peak(),
        instance_mb=before,
        stages=dict(outcome.stages or {}),
        moments=[list(moment) for moment in outcome.course.moments],
    )


def _peak() -> float:
    """Most memory held so far by this process and by any that it started, MB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(max(resource.getrusage(kind).ru_maxrss for kind in kinds) / MEGABYTE, 1)


def _used() -> float:
    """Processor time of this process and of those it started, seconds."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(sum(sum(resource.getrusage(kind)[:2]) for kind in kinds), 1)


def main() -> None:
    """Run the task of the first argument and write what it came to into the file of the second."""
    memory = os.environ.get("BENCHMARK_MEMORY_MB")
    if memory is not None:
        most = int(float(memory) * MEGABYTE * MEGABYTE)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    measured = replace(_measure(Task(**json.loads(sys.argv[1]))), processor_seconds=_used())
    Path(sys.argv[2]).write_text(to_line(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
