"""A frontier from the workbook to its report."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Unpack

from inputs.workbook import Workbook
from models.instance import Instance
from models.plan import Status
from optimizer.charts_of_saved import require_form
from optimizer.command_text import command_text, option_words
from optimizer.exit_codes import ExitCode
from optimizer.files import RESULTS, require_folder, require_other_than, write_beside
from optimizer.frontier import frontier
from optimizer.no_plan import saved_with_plan
from optimizer.options import AskedOptions, SolveOptions, options_from
from optimizer.pages import write_page_beside, write_pictures_beside
from optimizer.progress import Progress
from optimizer.run import background_of, read_case
from optimizer.runs import RunPool
from reports.frontier_excel import is_frontier_report, write_frontier
from reports.frontier_points import Against, Frontier
from reports.saved_result import SavedResult


@dataclass(frozen=True)
class PreparedFrontier:
    """A frontier that is ready to be found: `report` is its file, `runs` the folder that keeps its solves, `charts` the
    form in which charts are written as files too. `begin_with` is the saved result to begin with, and `saved` what it
    holds."""

    given: str
    workbook: Workbook
    instance: Instance
    against: Against
    points: int
    hold_coverage: bool
    overrides: tuple[str, ...]
    options: SolveOptions
    report: Path
    runs: Path
    charts: str | None = None
    begin_with: Path | None = None
    saved: SavedResult | None = None

    @property
    def command(self) -> str:
        """The command that repeats it, with everything spelt out."""
        words = [self.given, "--objective", self.against, "--variant", self.instance.variant]
        words += ["--points", str(self.points)]
        words += [] if self.hold_coverage else ["--free-coverage"]
        words += option_words({"begin_with": self.begin_with})
        return command_text("frontier", words, self.overrides, asdict(self.options))


@dataclass(frozen=True)
class FinishedFrontier:
    """A frontier, its report, its page, and its charts as files, if they were asked for."""

    found: Frontier
    report: Path
    page: Path
    charts: tuple[Path, ...] = ()


def prepare_frontier(
    workbook: str | Path,
    against: Against,
    *,
    variant: str | None = None,
    points: int = 7,
    hold_coverage: bool = True,
    overrides: Sequence[str] = (),
    folder: Path = RESULTS,
    charts: str | None = None,
    begin_with: Path | None = None,
    **asked: Unpack[AskedOptions],
) -> PreparedFrontier:
    """Read a workbook, or a shipped one by its name, and make ready to find a frontier; nothing is written.

    `begin_with` is a saved result, for `optimizer.frontier.frontier`. `asked` as for `optimizer.run.prepare`. Raises
    what `read_case` raises, `InvalidOption`, and `UnusablePath`.
    """
    case = read_case(workbook, variant, overrides)
    require_folder(folder)
    if charts is not None:
        require_form(charts)
    options = options_from(case.workbook.settings_of(variant, overrides), **asked)
    path = case.workbook.path
    stem = f"{path.stem}-{case.instance.variant}-frontier-{against}"
    report = folder / f"{stem}.xlsx"
    require_other_than(path, report)
    return PreparedFrontier(
        given=str(workbook),
        workbook=case.workbook,
        instance=case.instance,
        against=against,
        points=points,
        hold_coverage=hold_coverage,
        overrides=tuple(overrides),
        options=options,
        report=report,
        runs=folder / f"{stem}-runs",
        charts=charts,
        begin_with=begin_with,
        saved=None if begin_with is None else saved_with_plan(begin_with),
    )


def carry_out_frontier(
    prepared: PreparedFrontier,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedFrontier:
    """Find the frontier, write the report and the page. An interrupted one goes on from its folder of solves next time.

    Raises `NoFrontier` when no plan is found to begin with, `UnusablePath` when the report cannot be written, and what
    `RunPool` raises.
    """
    origin = background_of(prepared.workbook, prepared.command, asdict(prepared.options))
    with RunPool(
        prepared.runs,
        jobs=jobs,
        scheduler=scheduler,
        progress=progress,
        should_stop=should_stop,
        background=origin,
    ) as pool:
        found = frontier(
            prepared.instance,
            prepared.options,
            prepared.against,
            pool,
            points=prepared.points,
            hold_coverage=prepared.hold_coverage,
            begin_with=prepared.saved,
        )

    def write(path: Path) -> None:
        write_frontier(path, found, origin)

    report = write_beside(prepared.report, "report of a frontier", is_frontier_report, write)
    from reports.charts.frontier import frontier_pictures
    from reports.html.frontier_page import KIND, write_frontier_page

    page = write_page_beside(prepared.report, KIND, lambda path: write_frontier_page(path, found, origin))
    charts: Sequence[Path] = ()
    if prepared.charts is not None:
        charts = write_pictures_beside(prepared.report, frontier_pictures(found), prepared.charts)
    return FinishedFrontier(found, report, page, tuple(charts))


def exit_code_of_frontier(found: Frontier) -> ExitCode:
    """The exit code of a frontier: solved when every run came to a plan within the gap asked for."""
    if found.interrupted:
        return ExitCode.INTERRUPTED
    ends = [point.result.status for point in (*found.points, *found.dominated)]
    done = not found.failed and all(status is Status.SOLVED for status in ends)
    return ExitCode.SOLVED if done else ExitCode.STOPPED
