"""A ranking from beginning to end: workbook in, report out."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Unpack

from models.plan import Plan, Result
from optimizer.charts_of_saved import require_form
from optimizer.command_text import command_text, each, option_words
from optimizer.county_names import county_of
from optimizer.files import RESULTS, require_folder, write_beside
from optimizer.forced_choices import choice_bounds
from optimizer.known_result import known_of
from optimizer.no_plan import saved_with_plan
from optimizer.options import AskedOptions, InvalidOption
from optimizer.pages import write_page_beside, write_pictures_beside
from optimizer.progress import Progress
from optimizer.rank import rank
from optimizer.rank.plans import Sampling
from optimizer.run import PreparedRun, background, prepare
from optimizer.runs import RunPool
from optimizer.swaps import swap_values
from reports.assessment import Depth
from reports.assessment_book import is_book, write_book
from reports.choice_bounds import ChoiceBounds, Key
from reports.ranking import Ranking
from reports.ranking_tables import SHEETS, figures_of, frames

MOST_PLANS = 1000
"""Most plans that may be asked for."""

FEWEST_PLANS = 2
"""Fewest plans that may be asked for: of one alone every pick would be certain."""


@dataclass(frozen=True)
class PreparedRanking:
    """A problem that is to be ranked, how, and where the report and the solves go.

    `start` is a plan to begin with, and `known` what an earlier search for the same problem came to. `charts` is the
    form in which charts are written as files too.
    """

    run: PreparedRun
    sampling: Sampling
    depth: Depth | None
    only: tuple[str, ...]
    start: Plan | None
    known: Result | None
    command: str
    report: Path
    runs: Path
    charts: str | None = None


@dataclass(frozen=True)
class FinishedRanking:
    """What a ranking came to, its report, its page, and its charts as files, if they were asked for."""

    ranking: Ranking
    report: Path
    page: Path
    charts: tuple[Path, ...] = ()


def prepare_ranking(
    workbook: str | Path,
    *,
    variant: str | None = None,
    overrides: Sequence[str] = (),
    within: float = 0.01,
    plans: int = 20,
    draws: int = 0,
    depth: Depth | None = None,
    only: Sequence[str] = (),
    begin_with: Path | None = None,
    folder: Path = RESULTS,
    charts: str | None = None,
    **asked: Unpack[AskedOptions],
) -> PreparedRanking:
    """Read a workbook and make ready to rank the picks of a variant; nothing is written.

    `within` and `plans` as in `Sampling`, `draws` its seed. `begin_with` is a saved result whose plan is tried first;
    where it is one of the same problem and within the gap, it takes the place of a search.
    `asked` as for `optimizer.run.prepare`. Raises what that raises, `InvalidOption`, `UnknownCounty`, and
    `UnusablePath` for a saved result without a plan.
    """
    if not 0 <= within <= 1:
        raise InvalidOption("within", f"within should be from 0 to 1, found {within:g}")
    if not FEWEST_PLANS <= plans <= MOST_PLANS:
        raise InvalidOption("plans", f"plans should be from {FEWEST_PLANS} to {MOST_PLANS}, found {plans}")
    require_folder(folder)
    if charts is not None:
        require_form(charts)
    run = prepare(workbook, variant=variant, overrides=overrides, folder=folder, **asked)
    only = [county_of(run.instance, county) for county in only]
    stem = f"{run.workbook.path.stem}-{run.variant}"
    words = [run.given, "--variant", run.variant]
    words += option_words({"within": within, "plans": plans, "draws": draws, "depth": depth})
    words += [*each("--only", only), *option_words({"begin_with": begin_with})]
    saved = None if begin_with is None else saved_with_plan(begin_with)
    return PreparedRanking(
        run=run,
        sampling=Sampling(within, plans, draws),
        depth=depth,
        only=tuple(only),
        start=None if saved is None else saved.result.plan,
        known=None if saved is None else known_of(saved, run.instance),
        command=command_text("rank", words, overrides, asdict(run.options)),
        report=folder / f"{stem}-ranking.xlsx",
        runs=folder / f"{stem}-runs",
        charts=charts,
    )


def carry_out_ranking(
    prepared: PreparedRanking,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedRanking:
    """Rank the picks, write the report and the page. Solves are kept beside it, so that the same need not be done
    again.

    Raises `NoPlan` when there is no plan to begin with, `UnusablePath` when nothing can be written, and what `RunPool`
    raises.
    """
    run = prepared.run
    origin = replace(background(run), command=prepared.command)
    stop = should_stop or (lambda: False)

    def estimate() -> ChoiceBounds | None:
        if stop():
            return None
        return choice_bounds(
            run.instance, run.options, prepared.runs, threads=jobs, progress=progress, should_stop=stop
        )  # fmt: skip

    def swap(plan: Plan, bounds: ChoiceBounds, wanted: Sequence[Key]) -> Mapping[Key, float]:
        return swap_values(
            run.instance, run.options, plan, bounds, wanted, prepared.runs, progress=progress, should_stop=stop
        )  # fmt: skip

    with RunPool(
        prepared.runs, jobs=jobs, scheduler=scheduler, progress=progress, should_stop=should_stop, background=origin
    ) as pool:  # fmt: skip
        ranking = rank(
            run.instance,
            run.options,
            pool,
            prepared.sampling,
            depth=prepared.depth,
            only=prepared.only,
            start=prepared.start,
            known=prepared.known,
            estimate=estimate,
            swap=swap,
            should_stop=stop,
        )
    made = frames(ranking)
    finished = replace(origin, seconds=time.monotonic() - run.begun)

    def write(path: Path) -> None:
        sheets = [(sheet, made[sheet.name]) for sheet in SHEETS if len(made[sheet.name])]
        write_book(path, run.instance, "ranking", list(figures_of(ranking)), sheets, finished)

    from reports.charts.ranking import ranking_pictures
    from reports.html.ranking_page import KIND, write_ranking_page

    report = write_beside(prepared.report, "report", is_book, write)
    page = write_page_beside(prepared.report, KIND, lambda path: write_ranking_page(path, ranking, finished))
    charts: Sequence[Path] = ()
    if prepared.charts is not None:
        charts = write_pictures_beside(prepared.report, ranking_pictures(ranking), prepared.charts)
    return FinishedRanking(ranking, report, page, tuple(charts))
