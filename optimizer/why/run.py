"""Why a county is picked when it is, from beginning to end: a workbook or a saved result in, report out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Unpack

from inputs.origins import Address
from inputs.workbook import Workbook
from models.instance import Instance
from models.plan import Plan, Result
from optimizer.alternatives_held import is_large
from optimizer.command_text import command_text, each, option_words
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import (
    RESULTS,
    UnusablePath,
    find_saved_result,
    is_saved,
    name_of_saved,
    require_folder,
    require_other_than,
    write_beside,
)
from optimizer.no_plan import NoPlan
from optimizer.options import AskedOptions, InvalidOption, SolveOptions
from optimizer.pages import write_page_beside
from optimizer.progress import Progress
from optimizer.run import background, prepare
from optimizer.runs import FINISHED, Run, RunPool
from optimizer.saved_options import options_of_saved
from optimizer.solvers import is_highs
from optimizer.why.figures import Figure, every_figure, figure_of, find_figures
from optimizer.why.names import county_of
from optimizer.why.obstacles import Places, addresses_only
from optimizer.why.searches import explain_choice
from reports.assessment import Depth
from reports.assessment_book import is_book, write_book
from reports.background import Background
from reports.saved_result import SavedResult, instance_hash, load_result
from reports.why import Why
from reports.why.tables import SHEETS, facts_of, frames


@dataclass(frozen=True)
class PreparedWhy:
    """What is asked of one county, and where the report and the solves go.

    `known` is the plan that it is asked of, None where it has to be found first; `start` one to begin with then.
    `workbook` is None where the problem is a saved one. `figures` are those whose break-even is wanted, for joining in
    the year `target`.
    """

    given: str
    instance: Instance
    county: str
    years: tuple[int, ...]
    options: SolveOptions
    depth: Depth
    known: Result | None
    start: Plan | None
    origin: str
    notes: tuple[str, ...]
    workbook: Workbook | None
    overrides: tuple[str, ...]
    figures: tuple[Figure, ...]
    target: int
    background: Background
    report: Path
    runs: Path
    begun: float

    @property
    def places(self) -> Places:
        """Where figures stand: in cells of the workbook; without one, their addresses."""
        if self.workbook is None:
            return addresses_only
        origins = self.workbook.origins(self.instance.variant, self.overrides)

        def told(addresses: Sequence[Address]) -> tuple[str, ...]:
            found = [origins.of(address) for address in addresses]
            there = [origin for origin in found if origin.cell is not None or origin.value is not None]
            return tuple(dict.fromkeys(origin.text for origin in there or found[:1]))

        return told


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


def prepare_why(
    given: str | Path,
    county: str,
    *,
    years: Sequence[int] = (),
    plan: str | Path | None = None,
    variant: str | None = None,
    overrides: Sequence[str] = (),
    depth: Depth | None = None,
    what_if: Sequence[str] = (),
    all_figures: bool = False,
    start: float | None = None,
    end: float | None = None,
    folder: Path = RESULTS,
    **asked: Unpack[AskedOptions],
) -> PreparedWhy:
    """Read what is given and make ready to say why a county is picked when it is; nothing is written.

    `given` is a workbook, a shipped one by its name, or a saved result; `county` a code or a name. `years` are looked
    at besides the usual ones; the first of them is the year for which figures are looked at, or else the first in which
    the county may join. `plan` is a saved result to ask of: where it is one of another problem, its plan is only begun
    with. `what_if` names figures (see `figure_of`), `all_figures` means all of the county's rows, `start` and `end`
    are the range of a single one. `depth` None: "quick" where the problem is large, else "full".
    Raises `UnknownCounty`, `InvalidOption`, `UnusablePath`, `UnreadableResult`, and what `optimizer.run.prepare` does.
    """
    begun = time.monotonic()
    require_folder(folder)
    saved = _saved(given)
    if saved is not None:
        if variant is not None or overrides or plan is not None:
            name = "variant" if variant is not None else "set" if overrides else "plan"
            raise InvalidOption(name, f"{name} goes with a workbook; a saved result is one plan of one problem")
        if what_if or all_figures:
            name = "what_if" if what_if else "figures"
            raise InvalidOption(name, f"{name} goes with a workbook, whose figures are varied; add --plan {given}")
        instance, origin_of = saved.instance, saved.background
        options = options_of_saved(saved.background, asked)
        workbook, path, stem = None, Path(given), name_of_saved(Path(given))
        overrides = tuple(saved.background.overrides)
    else:
        run = prepare(given, variant=variant, overrides=overrides, folder=folder, **asked)
        instance, options, workbook = run.instance, run.options, run.workbook
        path, stem, origin_of = workbook.path, f"{workbook.path.stem}-{run.variant}", background(run)
    code = county_of(instance, county)
    for year in years:
        if year not in instance.years:
            span = f"from {instance.first_year} to {instance.last_year}"
            raise InvalidOption("year", f"year should be a plan year, {span}, found {year}")
    chosen: Depth = depth or ("quick" if is_large(instance) and is_highs(options.solver) else "full")
    if chosen == "quick" and not is_highs(options.solver):
        raise InvalidOption("depth", f"depth quick needs HiGHS, and --solver is {options.solver}")
    known, begin_with, origin, notes = _plan_given(instance, given, saved, plan)
    target = years[0] if years else _first(instance, code)
    figures = _figures(workbook, code, instance.variant, overrides, what_if, all_figures, start, end)
    report = folder / f"{stem}-why-{code}.xlsx"
    require_other_than(path, report)
    words = [str(given), code, *each("--year", map(str, years))]
    words += option_words({"plan": plan, "depth": chosen})
    words += ["--variant", instance.variant] if saved is None else []
    words += each("--what-if", what_if) + (["--figures"] if all_figures else [])
    words += option_words({"from": start, "to": end})
    told = command_text("why", words, () if saved is not None else overrides, asdict(options))
    return PreparedWhy(
        given=str(given),
        instance=instance,
        county=code,
        years=tuple(years),
        options=options,
        depth=chosen,
        known=known,
        start=begin_with,
        origin=origin,
        notes=notes,
        workbook=workbook,
        overrides=tuple(overrides),
        figures=figures,
        target=target,
        background=replace(origin_of, command=told),
        report=report,
        runs=folder / f"{stem}-runs",
        begun=begun,
    )


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
        why = _found(prepared, pool, progress, should_stop or (lambda: False))
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
    progress: Callable[[str, Progress], None] | None,
    should_stop: Callable[[], bool],
) -> Why:
    instance = prepared.instance
    known = prepared.known
    if known is None:
        known = pool.solve([Run("best", instance, prepared.options, prepared.start)]).get("best")
    if known is None or known.plan is None:
        raise NoPlan(known)
    near = f"near the plan: {instance.counties[prepared.county].name}"
    begun = time.monotonic()

    def report(stage: str, _best: float | None, _bound: float | None) -> None:
        if progress is not None:
            progress(near, Progress(time.monotonic() - begun, stage, None, None))

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
        progress=report,
        should_stop=should_stop,
    )
    if prepared.depth == "quick" and progress is not None:
        progress(near, Progress(time.monotonic() - begun, FINISHED, None, None))
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


def _saved(given: str | Path) -> SavedResult | None:
    """The saved result that is given in place of a workbook, if it is one."""
    return load_result(find_saved_result(given)) if is_saved(given) else None


def _plan_given(
    instance: Instance, given: str | Path, saved: SavedResult | None, plan: str | Path | None
) -> tuple[Result | None, Plan | None, str, tuple[str, ...]]:
    """The plan that is asked of, one to begin with, where it comes from in words, and notes."""
    if saved is not None:
        if saved.result.plan is None:
            raise UnusablePath(f"'{given}' has no plan: {saved.result.status.value}")
        return saved.result, None, f"the plan of {Path(given).name}", ()
    if plan is None:
        return None, None, "the best plan found", ()
    path = find_saved_result(plan)
    found = load_result(path)
    if found.result.plan is None:
        raise UnusablePath(f"'{plan}' has no plan: {found.result.status.value}")
    if instance_hash(found.instance) == instance_hash(instance):
        return found.result, None, f"the plan of {path.name}", ()
    note = f"{path.name} is the plan of another problem than the workbook's, which was solved anew, beginning with it."
    return None, found.result.plan, "the best plan found", (note,)


def _first(instance: Instance, county: str) -> int:
    """The first year in which a county may join; the first of all where it is barred."""
    begins = instance.counties[county].eligible_from
    return next((year for year in instance.years if begins is not None and year >= begins), instance.first_year)


def _figures(
    workbook: Workbook | None,
    county: str,
    variant: str,
    overrides: Sequence[str],
    what_if: Sequence[str],
    all_figures: bool,
    start: float | None,
    end: float | None,
) -> tuple[Figure, ...]:
    ranged = start is not None or end is not None
    if ranged and (len(what_if) != 1 or all_figures):
        name = "from" if start is not None else "to"
        raise InvalidOption(name, f"{name} goes with a single --what-if")
    if workbook is None:
        return ()
    named = [figure_of(workbook, county, given, variant, overrides, start, end) for given in what_if]
    known = {figure.address for figure in named}
    if all_figures:
        named += [
            figure for figure in every_figure(workbook, county, variant, overrides) if figure.address not in known
        ]
    return tuple(named)
