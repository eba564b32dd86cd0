"""Why a county is picked when it is, carried out: solves, the report and the page."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import write_beside
from optimizer.no_plan import NoPlan
from optimizer.pages import write_page_beside
from optimizer.progress import Progress
from optimizer.runs import Run, RunPool
from optimizer.why.asked import PreparedWhy
from optimizer.why.figures import find_figures
from optimizer.why.searches import explain_choice
from reports.assessment_book import is_book, write_book
from reports.why import Why
from reports.why.tables import SHEETS, facts_of, frames


@dataclass(frozen=True)
class FinishedWhy:
    """What was found about the county, its report, and the same as a page."""

    why: Why
    report: Path
    page: Path

    @property
    def exit_code(self) -> ExitCode:
        """That of the plan, unless it was interrupted."""
        return ExitCode.INTERRUPTED if self.why.interrupted else exit_code(self.why.result)


def carry_out_why(
    prepared: PreparedWhy,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedWhy:
    """Say why the county is picked when it is, and write the report and the page. Solves are kept beside it, so that
    the same need not be done again.

    Raises `NoPlan` when there is no plan to ask of, `UnusablePath` when nothing can be written, and what `RunPool`
    raises.
    """
    with RunPool(
        prepared.runs,
        jobs=jobs,
        scheduler=scheduler,
        progress=progress,
        should_stop=should_stop,
        background=prepared.background,
    ) as pool:
        why = _found(prepared, pool, jobs, progress or (lambda *_: None), should_stop or (lambda: False))
    made = frames(why)
    finished = replace(prepared.background, seconds=time.monotonic() - prepared.begun)

    def write(path: Path) -> None:
        sheets = [(sheet, made[sheet.name]) for sheet in SHEETS if len(made[sheet.name])]
        write_book(path, prepared.instance, f"why {why.name}", list(facts_of(why)), sheets, finished)

    from reports.html.why_page import KIND, write_why_page  # what pages are made of takes long to load

    report = write_beside(prepared.report, "report", is_book, write)
    page = write_page_beside(prepared.report, KIND, lambda path: write_why_page(path, why, finished))
    return FinishedWhy(why, report, page)


def _found(
    prepared: PreparedWhy,
    pool: RunPool,
    jobs: int,
    progress: Callable[[str, Progress], None],
    should_stop: Callable[[], bool],
) -> Why:
    instance = prepared.instance
    known = prepared.known
    if known is None:
        known = pool.solve([Run("best", instance, prepared.options, prepared.start)]).get("best")
    if known is None or known.plan is None:
        raise NoPlan(known)
    why = explain_choice(
        instance,
        prepared.county,
        known,
        prepared.options,
        pool,
        depth=prepared.depth,
        asked=prepared.years,
        origin=prepared.origin,
        places=prepared.places,
        folder=prepared.runs,
        threads=jobs,
        tell=progress,
        should_stop=should_stop,
    )
    why = replace(why, target=prepared.target, remarks=(*why.remarks, *prepared.notes))
    if not prepared.figures or prepared.workbook is None or should_stop():
        return why
    studies = find_figures(
        prepared.workbook,
        prepared.county,
        prepared.target,
        prepared.figures,
        instance.variant,
        prepared.overrides,
        prepared.options,
        pool,
        known.plan,
    )
    return replace(why, figures=studies, interrupted=why.interrupted or any(study.interrupted for study in studies))
