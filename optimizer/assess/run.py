"""An assessment from beginning to end: workbook and given choices in, report out."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Unpack

from inputs.given_plan import GivenPlan, LeftOut, designs_left_out, read_given
from inputs.located import rows_of
from inputs.problems import Cell, InvalidWorkbook, Problem
from inputs.sheets import Decided
from models.instance import Instance
from models.plan import Plan, Result
from optimizer.alternatives_held import is_large, joining_years
from optimizer.assess import assess
from optimizer.charts_of_saved import require_form
from optimizer.command_text import command_text, each, option_words
from optimizer.county_names import county_of
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import RESULTS, UnusablePath, is_saved, require_folder, write_beside
from optimizer.forced_choices import choice_bounds
from optimizer.known_result import known_of
from optimizer.no_plan import require_plan, saved_with_plan
from optimizer.options import AskedOptions, InvalidOption, SolveOptions
from optimizer.pages import write_page_beside, write_pictures_beside
from optimizer.progress import Progress
from optimizer.run import PreparedRun, background, prepare
from optimizer.runs import RunPool
from optimizer.swaps import swap_values
from reports.assessment import SHEETS, Assessment, Depth, figures_of, frames
from reports.assessment_book import is_book, write_book
from reports.choice_bounds import ChoiceBounds, Key
from reports.saved_result import load_result

logger = logging.getLogger(__name__)

DECIDED = "decided"
"""What stands for the choices of the sheet Decided."""


@dataclass(frozen=True)
class PreparedAssessment:
    """Choices that were read, the problem without them, and where the report and the solves go.

    `start` is a plan without them to begin with, and `known` what an earlier search for the best one came to. `charts`
    is the form in which charts are written as files too.
    """

    run: PreparedRun
    instance: Instance
    given: GivenPlan
    depth: Depth
    only: tuple[str, ...] | None
    command: str
    report: Path
    runs: Path
    start: Plan | None = None
    known: Result | None = None
    charts: str | None = None

    @property
    def options(self) -> SolveOptions:
        """How problems are solved."""
        return self.run.options


@dataclass(frozen=True)
class FinishedAssessment:
    """What an assessment came to, its report, its page, and its charts as files, if they were asked for."""

    assessment: Assessment
    report: Path
    page: Path
    charts: tuple[Path, ...] = ()


def prepare_assessment(
    workbook: str | Path,
    plan: str,
    *,
    variant: str | None = None,
    overrides: Sequence[str] = (),
    depth: Depth | None = None,
    only: Sequence[str] = (),
    years_only: bool = False,
    begin_with: Path | None = None,
    folder: Path = RESULTS,
    charts: str | None = None,
    **asked: Unpack[AskedOptions],
) -> PreparedAssessment:
    """Read a workbook and the choices to be judged; nothing is written.

    `plan` is "decided" for those of the sheet Decided, a .csv or .xlsx table, or a saved result. With "decided" the
    problem is the variant without them; else it is the variant as it is. `years_only` leaves out what the choices say
    of plants. `depth` None: "quick"; `only` names counties that are looked at one by one. Without both a large problem
    is judged by year only. `begin_with` is a saved result whose plan is tried first in the search without the choices;
    where it is one of that problem and within the gap, it takes the place of that search. `asked` as for
    `optimizer.run.prepare`.
    Raises what that raises, `UnknownCounty`, `UnusablePath` for a saved result without a plan, and `InvalidWorkbook`
    for a table that cannot be used.
    """
    require_folder(folder)
    if charts is not None:
        require_form(charts)
    run = prepare(workbook, variant=variant, overrides=overrides, folder=folder, **asked)
    given, instance = _given(run, plan, years_only=years_only)
    if years_only:
        given = replace(given, plants={})
    only = [county_of(instance, county) for county in only]
    for county in only:
        if county not in given.years:
            raise InvalidOption("only", f"only should name a county that is among the choices, found '{county}'")
    by_year_only = depth is None and not only and is_large(instance)
    stem = f"{run.workbook.path.stem}-{run.variant}"
    words = [run.given, "--plan", plan, "--variant", run.variant]
    words += ["--depth", depth] if depth is not None else []
    words += ["--years-only"] if years_only else []
    words += [*each("--only", only), *option_words({"begin_with": begin_with})]
    saved = None if begin_with is None else saved_with_plan(begin_with)
    return PreparedAssessment(
        run=run,
        instance=instance,
        given=given,
        depth=depth or "quick",
        only=tuple(only) if only or by_year_only else None,
        command=command_text("assess", words, overrides, asdict(run.options)),
        report=folder / f"{stem}-assessment.xlsx",
        runs=folder / f"{stem}-runs",
        start=None if saved is None else saved.result.plan,
        known=None if saved is None else known_of(saved, instance),
        charts=charts,
    )


def carry_out_assessment(
    prepared: PreparedAssessment,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedAssessment:
    """Judge the choices, write the report and the page. Solves are kept beside them, so that the same need not be done
    again.

    Raises `UnusablePath` when nothing can be written, and what `RunPool` raises.
    """
    origin = replace(background(prepared.run), command=prepared.command)

    stop = should_stop or (lambda: False)

    def estimate() -> ChoiceBounds | None:
        if stop():
            return None
        return choice_bounds(
            prepared.instance, prepared.options, prepared.runs, threads=jobs, progress=progress, should_stop=stop
        )  # fmt: skip

    def swap(plan: Plan, bounds: ChoiceBounds, wanted: Sequence[Key]) -> Mapping[Key, float]:
        instance, options = prepared.instance, prepared.options
        return swap_values(
            instance, options, plan, bounds, wanted, prepared.runs, progress=progress, should_stop=stop
        )  # fmt: skip

    with RunPool(
        prepared.runs, jobs=jobs, scheduler=scheduler, progress=progress, should_stop=should_stop, background=origin
    ) as pool:  # fmt: skip
        assessment = assess(
            prepared.instance,
            prepared.given,
            prepared.options,
            pool,
            prepared.depth,
            prepared.only,
            estimate,
            swap,
            prepared.start,
            prepared.known,
        )
    made = frames(assessment)
    finished = replace(origin, seconds=time.monotonic() - prepared.run.begun)

    def write(path: Path) -> None:
        sheets = [(sheet, made[sheet.name]) for sheet in SHEETS if len(made[sheet.name])]
        write_book(path, prepared.instance, "assessment", list(figures_of(assessment)), sheets, finished)

    from reports.charts.assessment import assessment_pictures
    from reports.html.assessment_page import KIND, write_assessment_page

    report = write_beside(prepared.report, "report", is_book, write)
    page = write_page_beside(prepared.report, KIND, lambda path: write_assessment_page(path, assessment, finished))
    charts: Sequence[Path] = ()
    if prepared.charts is not None:
        charts = write_pictures_beside(prepared.report, assessment_pictures(assessment), prepared.charts)
    return FinishedAssessment(assessment, report, page, tuple(charts))


def exit_code_of(assessment: Assessment) -> ExitCode:
    """Solved when all choices were scored within the gap; infeasible when no plan makes all of them."""
    if assessment.best is None or assessment.given is None:
        return ExitCode.INTERRUPTED
    if assessment.dropped or assessment.plants_dropped:
        return ExitCode.INFEASIBLE
    codes = [exit_code(result) for result in (assessment.best, assessment.given)]
    order = (ExitCode.INTERRUPTED, ExitCode.INFEASIBLE, ExitCode.INVALID_WORKBOOK, ExitCode.NO_PLAN, ExitCode.STOPPED)
    return next((code for code in order if code in codes), ExitCode.SOLVED)


def _given(run: PreparedRun, plan: str, *, years_only: bool) -> tuple[GivenPlan, Instance]:
    """The choices, and the problem without them."""
    instance = run.instance
    if plan == DECIDED:
        rows = rows_of(run.workbook.rows, Decided)
        years = dict(instance.decided) or {row.record.county: row.record.year for row in rows}
        outside = [row for row in rows if row.record.county in years and years[row.record.county] not in instance.years]
        problems = [
            Problem(row.cell("year"), str(row.record.year), "a plan year", "Correct it, or delete the row.",
                    f"year should be a plan year, {instance.first_year} to {instance.last_year}, "
                    f"found {row.record.year}")
            for row in outside
        ]  # fmt: skip
        if not years:
            problems = [
                Problem(Cell(Decided.sheet), "nothing", "at least one row", "Enter the choices made, or name a file.",
                        "there are no choices to assess")
            ]  # fmt: skip
        if problems:
            raise InvalidWorkbook(problems)
        return GivenPlan("the sheet Decided", years), replace(instance, decided={})
    path, left_out = Path(plan), designs_left_out(run.workbook, instance)
    if not path.exists():
        raise UnusablePath(f"there is no file '{plan}'; --plan takes {DECIDED}, a table or a saved result")
    if is_saved(path):
        return _of_saved(path, instance, left_out, years_only=years_only), instance
    return read_given(path, instance, left_out, years_only=years_only), instance


def _of_saved(path: Path, instance: Instance, left_out: Mapping[str, LeftOut], *, years_only: bool) -> GivenPlan:
    """The choices of a saved result: who joins when, and all starts of plants in the counties that join."""
    saved = require_plan(load_result(path), path)
    years = joining_years(saved)
    plants = {} if years_only else {index: round(count) for index, count in saved.start.items() if round(count)}
    designs = {design for _, design, _ in plants if design not in instance.designs}
    unknown = sorted({county for county in years if county not in instance.counties})
    unknown += sorted(designs - left_out.keys())
    outside = sorted({year for year in years.values() if year not in instance.years})
    problems = [
        Problem(Cell(path.name), code, "a code of the workbook", "Name a result of this workbook.",
                f"the plan has {code}, which this workbook does not know")
        for code in unknown
    ] + [
        Problem(Cell(path.name), str(year), "a plan year", "Name a result of this workbook.",
                f"the plan has counties joining in {year}, which is no plan year")
        for year in outside
    ] + [
        Problem(Cell(path.name), scale, "plants of the variant", remedy, f"the plan has plants of {scale}, and {why}")
        for scale, why, remedy in sorted({
            (left_out[code].scale, left_out[code].why, left_out[code].remedy) for code in designs & left_out.keys()
        })
    ]  # fmt: skip
    if problems:
        raise InvalidWorkbook(problems)
    return GivenPlan(path.name, years, plants)
