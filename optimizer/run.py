"""A run: from the workbook to the report, with everything that is worth knowing about it afterwards."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Unpack

from inputs.reader import read_workbook
from inputs.workbook import Workbook
from models.instance import Instance
from models.plan import Result, Status
from models.problem import build_problem
from optimizer.charts_of_saved import write_charts_beside
from optimizer.command_text import command_text
from optimizer.files import RESULTS, ResultFiles, find_workbook, make_room, result_files, write_beside
from optimizer.options import AskedOptions, SolveOptions, options_from
from optimizer.progress import Progress
from optimizer.report_formats import FORMATS, PLAIN, ReportChoices, write_report
from optimizer.solve import solve
from optimizer.versions import versions
from reports.background import Background
from reports.saved_result import SavedResult, has_plan, is_saved_result, save_result

logger = logging.getLogger(__name__)

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
        return command_text("solve", [self.given, "--variant", self.variant], self.overrides, asdict(self.options))


@dataclass(frozen=True)
class FinishedRun:
    """What a run came to, and the files that it wrote.

    `reports` has a file for each of `FORMATS`, and none for a run that stopped before it found a plan; an earlier one
    is left as it is. `saved` is the saved result, which never takes the place of one with a plan when this run has
    none.
    """

    result: Result
    reports: Mapping[str, Path]
    saved: Path
    charts: tuple[Path, ...]
    lp: Path | None
    log: Path


def read_case(workbook: str | Path, variant: str | None = None, overrides: Sequence[str] = ()) -> ReadCase:
    """Read and check a workbook, or a shipped one by its name, and make the problem of a variant.

    `overrides` are `Sheet.key.column=value`. Raises `InvalidWorkbook` with every problem of the workbook or of a value
    put into it, and `UnusablePath` when there is no such file.
    """
    read = read_given(workbook)
    return ReadCase(read, read.instance(variant, overrides))


def read_given(workbook: str | Path) -> Workbook:
    """Read and check a workbook, or a shipped one by its name. Raises as `read_case`."""
    path = find_workbook(workbook)
    logger.info("reading %s", path.name)
    return read_workbook(path)


def prepare(
    workbook: str | Path,
    *,
    variant: str | None = None,
    overrides: Sequence[str] = (),
    folder: Path = RESULTS,
    **asked: Unpack[AskedOptions],
) -> PreparedRun:
    """Read a workbook as `read_case` does and make ready to solve a variant; nothing is written.

    `asked` may have `gap`, `time_limit`, `threads`, `seed` and `solver`, as of `SolveOptions`; each that is left out or
    None is as in the workbook's settings. Raises what `read_case` raises, `UnusablePath` when a result would overwrite
    the workbook, and `InvalidOption`.
    """
    begun = time.monotonic()
    read = read_given(workbook)
    return prepare_variant(read, str(workbook), variant, begun, overrides=overrides, folder=folder, **asked)


def prepare_variant(
    workbook: Workbook,
    given: str,
    variant: str | None,
    begun: float,
    *,
    overrides: Sequence[str] = (),
    folder: Path = RESULTS,
    **asked: Unpack[AskedOptions],
) -> PreparedRun:
    """As `prepare`, of a workbook that was read; `given` and `begun` as of `PreparedRun`."""
    instance = workbook.instance(variant, overrides)
    return PreparedRun(
        given=given,
        workbook=workbook,
        variant=instance.variant,
        overrides=tuple(overrides),
        instance=instance,
        options=options_from(workbook.settings_of(variant, overrides), **asked),
        files=result_files(workbook.path, instance.variant, folder),
        begun=begun,
    )


def carry_out(
    run: PreparedRun,
    *,
    write_lp: bool = False,
    choices: ReportChoices = PLAIN,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedRun:
    """Solve a prepared run and write its reports, the solver's log and, if asked, charts and the LP file; and save the
    result.

    What the run came to is saved whether or not there is a plan, before the report is written, so that nothing that
    goes wrong with that can lose it. Raises `UnusablePath` when the folder cannot be written, and what `solve` raises.
    """
    files = run.files
    make_room(files)
    if write_lp:
        logger.info("writing %s", files.lp)
        build_problem(run.instance)[0].writeLP(str(files.lp), max_length=LONGEST_NAME)
    result = solve(run.instance, run.options, progress=progress, should_stop=should_stop, log=files.log)
    logger.info("%s: %s", run.variant, result.status.value)
    origin = background(run, time.monotonic() - run.begun)
    saved = save_run(files.result, SavedResult(run.instance, result, origin))
    reports: dict[str, Path] = {}
    charts: list[Path] = []
    if result.status is not Status.NO_PLAN:
        folder, name = files.report.parent, files.report.stem
        for kind in FORMATS:
            reports[kind] = write_report(folder, name, run.instance, result, origin, kind, choices)
        if choices.charts is not None:
            where = folder / name
            charts = write_charts_beside(where, run.instance, result, choices.charts, choices.boundaries)
    return FinishedRun(result, reports, saved, tuple(charts), files.lp if write_lp else None, files.log)


def background(run: PreparedRun, seconds: float | None = None) -> Background:
    """What a report says about the origin of a run."""
    found = background_of(run.workbook, run.command, asdict(run.options))
    return replace(found, seconds=seconds, variant=run.variant, overrides=run.overrides)


def background_of(workbook: Workbook, command: str, options: Mapping[str, object]) -> Background:
    """What a report says about the origin of figures that a command found from a workbook, with these options."""
    return Background(
        workbook=workbook.path.name,
        sha256=workbook.sha256,
        command=command,
        options={name: str(value) for name, value in options.items()},
        versions=versions(),
        notes=tuple(str(note) for note in workbook.notes),
        assumptions=tuple(workbook.assumptions()),
        sources=tuple((source.source_code, source.title, source.attribution) for source in workbook.sources()),
    )


def save_run(path: Path, saved: SavedResult) -> Path:
    """Save a run, in the place of an earlier saved result; the file that it went to.

    Under a further name where a file is in the way that should not be lost: one that is no saved result or, when this
    run has no plan, a saved result that has one. Raises `UnusablePath` when it cannot be written.
    """

    def may_replace(found: Path) -> bool:
        return is_saved_result(found) and (saved.result.plan is not None or not has_plan(found))

    return write_beside(path, "saved result", may_replace, lambda free: save_result(free, saved))
