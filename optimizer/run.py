"""A run: from the workbook to the report, with everything that is worth knowing about it afterwards."""

import logging
import platform
import shlex
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from inputs.reader import read_workbook
from inputs.workbook import Workbook
from models.instance import Instance
from models.plan import Result, Status
from models.problem import build_problem
from optimizer.files import RESULTS, ResultFiles, UnusablePath, find_workbook, make_room, result_files
from optimizer.options import SolveOptions, options_from
from optimizer.progress import Progress
from optimizer.solve import solve
from reports.background import Background
from reports.excel import is_report, write_excel

logger = logging.getLogger(__name__)

PROGRAMS = ("countyplan", "pulp", "highspy")
"""Distributions whose versions a report names."""

LONGEST_NAME = 255
"""Longest name of a row or column in an LP file."""


@dataclass(frozen=True)
class ReadCase:
    """A workbook and the problem of one variant of it."""

    workbook: Workbook
    instance: Instance


@dataclass(frozen=True)
class PreparedRun:
    """One variant of a workbook, read and checked, how it is to be solved and where its results go.

    `given` is the workbook as it was named, `begun` when the run did, by `time.monotonic`.
    """

    given: str
    workbook: Workbook
    variant: str
    overrides: tuple[str, ...]
    instance: Instance
    options: SolveOptions
    files: ResultFiles
    begun: float

    @property
    def command(self) -> str:
        """The command that repeats the run, with everything spelt out."""
        words = ["countyplan", "solve", self.given, "--variant", self.variant]
        for override in self.overrides:
            words += ["--set", override]
        for name, value in asdict(self.options).items():
            words += [f"--{name.replace('_', '-')}", str(value)]
        return shlex.join(words)


@dataclass(frozen=True)
class FinishedRun:
    """What a run came to, and the files that it wrote.

    There is no report of a run that stopped before it found a plan; an earlier one is left as it is.
    """

    result: Result
    report: Path | None
    lp: Path | None
    log: Path


def read_case(workbook: str | Path, variant: str | None = None, overrides: Sequence[str] = ()) -> ReadCase:
    """Read and check a workbook, or a shipped one by its name, and make the problem of a variant.

    `overrides` are `Sheet.key.column=value`. Raises `InvalidWorkbook` with every problem of the workbook or of a value
    put into it, and `UnusablePath` when there is no such file.
    """
    path = find_workbook(workbook)
    logger.info("reading %s", path.name)
    read = read_workbook(path)
    return ReadCase(read, read.instance(variant, overrides))


def prepare(
    workbook: str | Path,
    *,
    variant: str | None = None,
    overrides: Sequence[str] = (),
    folder: Path = RESULTS,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int | None = None,
    solver: str | None = None,
) -> PreparedRun:
    """Read a workbook as `read_case` does and make ready to solve a variant; nothing is written.

    Options left None are as in the workbook's settings. Raises what `read_case` raises, `UnusablePath` when a result
    would overwrite the workbook, and `InvalidOption`.
    """
    begun = time.monotonic()
    case = read_case(workbook, variant, overrides)
    read, instance = case.workbook, case.instance
    settings = read.settings_of(variant, overrides)
    options = options_from(
        settings, gap=gap, time_limit=time_limit, threads=threads, seed=seed, solver=solver
    )  # fmt: skip
    return PreparedRun(
        given=str(workbook),
        workbook=read,
        variant=instance.variant,
        overrides=tuple(overrides),
        instance=instance,
        options=options,
        files=result_files(read.path, instance.variant, folder),
        begun=begun,
    )


def carry_out(
    run: PreparedRun,
    *,
    write_lp: bool = False,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedRun:
    """Solve a prepared run and write its report, the solver's log and, if asked, the LP file.

    Raises `UnusablePath` when the folder cannot be written, and what `solve` raises.
    """
    files = run.files
    make_room(files)
    if write_lp:
        logger.info("writing %s", files.lp)
        build_problem(run.instance)[0].writeLP(str(files.lp), max_length=LONGEST_NAME)
    result = solve(run.instance, run.options, progress=progress, should_stop=should_stop, log=files.log)
    logger.info("%s: %s", run.variant, result.status.value)
    report = None
    if result.status is not Status.NO_PLAN:
        report = _write_report(files.report, run.instance, result, background(run, time.monotonic() - run.begun))
    return FinishedRun(result, report, files.lp if write_lp else None, files.log)


def background(run: PreparedRun, seconds: float | None = None) -> Background:
    """What a report says about the origin of a run."""
    workbook = run.workbook
    return Background(
        workbook=workbook.path.name,
        sha256=workbook.sha256,
        command=run.command,
        options={name: str(value) for name, value in asdict(run.options).items()},
        versions=versions(),
        seconds=seconds,
        notes=[str(note) for note in workbook.notes],
        assumptions=workbook.assumptions(),
        sources=[(source.source_code, source.title, source.attribution) for source in workbook.sources()],
    )


def versions() -> Mapping[str, str]:
    """The versions of Python, this program and the libraries that decide what a run comes to."""
    found = {"python": platform.python_version()}
    for program in PROGRAMS:
        try:
            found[program] = version(program)
        except PackageNotFoundError:
            found[program] = "not installed"
    return found


def _write_report(path: Path, instance: Instance, result: Result, origin: Background) -> Path:
    """Write the report; under a further name when the file there is no report, or is open in Excel and so locked."""
    trouble = ""
    for candidate in (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 10))):
        if candidate.exists() and not is_report(candidate):
            logger.warning("%s is no report of this program and is left as it is", candidate)
            continue
        try:
            write_excel(candidate, instance, result, origin)
        except PermissionError as error:
            logger.warning("%s is in use or may not be written", candidate)
            trouble = str(error)
        except OSError as error:
            raise UnusablePath(f"the report {candidate} cannot be written: {error.strerror or error}") from error
        else:
            return candidate
    raise UnusablePath(f"no report can be written as {path} or beside it: {trouble or 'other files are there'}")
