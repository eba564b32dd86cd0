"""What is asked of a county: workbook or saved result, county, years, plan and figures, read and checked."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Unpack

from inputs.origins import Address
from inputs.workbook import Workbook
from models.instance import Instance
from models.plan import Plan, Result
from optimizer.alternatives_held import is_large
from optimizer.command_text import command_text, each, option_words
from optimizer.county_names import county_of
from optimizer.files import RESULTS, is_saved, name_of_saved, require_folder, require_other_than
from optimizer.known_result import is_of, known_of
from optimizer.no_plan import saved_with_plan
from optimizer.options import AskedOptions, InvalidOption, SolveOptions
from optimizer.run import background, prepare
from optimizer.saved_options import options_of_saved
from optimizer.solvers import is_highs
from optimizer.why.figures import Figure, every_figure, figure_of
from optimizer.why.obstacles import Places, addresses_only
from reports.assessment import Depth
from reports.background import Background
from reports.saved_result import SavedResult


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
    the county may join. `plan` is a saved result to ask of. Where that is one of another problem, or the plan of a
    saved result breaks a rule, the plan is only begun with. `what_if` names figures (see `figure_of`), `all_figures`
    means all of the county's rows, `start` and `end` are the range of a single one. `depth` is "swap" or "full"; None:
    "swap" where the problem is large, else "full".
    Raises `UnknownCounty`, `InvalidOption`, `UnusablePath`, `UnreadableResult`, and what `optimizer.run.prepare` does.
    """
    begun = time.monotonic()
    require_folder(folder)
    saved = saved_with_plan(given) if is_saved(given) else None
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
    chosen: Depth = depth or ("swap" if is_large(instance) and is_highs(options.solver) else "full")
    if chosen == "swap" and not is_highs(options.solver):
        raise InvalidOption("depth", f"depth swap needs HiGHS, and --solver is {options.solver}")
    if chosen == "swap" and (what_if or all_figures) and is_large(instance):
        name = "what_if" if what_if else "figures"
        raise InvalidOption(
            name,
            f"{name} needs some ten to thirty solves of the whole problem for each figure, hours for one as large as "
            "this; add --depth full to have them made",
        )
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


def _plan_given(
    instance: Instance, given: str | Path, saved: SavedResult | None, plan: str | Path | None
) -> tuple[Result | None, Plan | None, str, tuple[str, ...]]:
    """The plan that is asked of, one to begin with, where it comes from in words, and notes."""
    best = "the best plan found"
    if saved is not None:
        name, found = Path(given).name, saved
    elif plan is not None:
        name, found = Path(plan).name, saved_with_plan(plan)
    else:
        return None, None, best, ()
    known = known_of(found, instance)
    if known is not None:
        unproven = f"{name} proves nothing about how good its plan is by the objective of this problem."
        return known, None, f"the plan of {name}", (unproven,) if known.bound is None else ()
    if is_of(found, instance):
        note = f"The plan of {name} breaks a rule of its problem, which was solved anew, beginning with that plan."
    else:
        note = f"{name} is the plan of another problem than the workbook's, which was solved anew, beginning with it."
    return None, found.result.plan, best, (note,)


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
