"""Variants of a workbook side by side: solved, their plans tried in each other's place, and told in one workbook."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Unpack

from inputs.located import rows_of
from inputs.problems import Cell
from inputs.sheets import Variant
from inputs.variant_differences import variant_differences
from inputs.workbook import UnknownVariant, Workbook
from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan, Result, Status
from models.verifier import OBJECTIVE_CLAUSES, verify
from optimizer.charts_of_saved import boundaries_of
from optimizer.command_text import command_text
from optimizer.comparison_reports import comparison_file, write_comparison_reports
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import RESULTS, require_folder
from optimizer.options import AskedOptions
from optimizer.progress import Progress
from optimizer.report_formats import ReportChoices
from optimizer.run import PreparedRun, background, background_of, prepare_variant, read_given, save_run
from optimizer.runs import Run, RunPool
from optimizer.solve import GAP_DUST, TOLERANCE, believable
from reports.background import Background
from reports.comparison import Compared, Comparison, InputDifference
from reports.comparison.likeness import unlike
from reports.saved_result import SavedResult

logger = logging.getLogger(__name__)

TAKEN = "found for the variant "
"""How a result's note begins that its plan is another variant's."""

WORST_FIRST = (
    ExitCode.INTERRUPTED,
    ExitCode.INVALID_WORKBOOK,
    ExitCode.INFEASIBLE,
    ExitCode.NO_PLAN,
    ExitCode.STOPPED,
    ExitCode.SOLVED,
)
"""Exit codes of variants, in the order in which one of them becomes that of the comparison."""


@dataclass(frozen=True)
class PreparedComparison:
    """Variants of a workbook, read and checked, how each is to be solved, and where everything goes."""

    workbook: Workbook
    runs: tuple[PreparedRun, ...]
    base: str
    overrides: tuple[str, ...]
    folder: Path
    command: str

    @property
    def file(self) -> Path:
        """The comparison, as an Excel workbook."""
        return comparison_file(self.folder, self.workbook.path.stem)

    @property
    def kept(self) -> Path:
        """The folder of what each search came to, from which a later comparison takes it."""
        return self.folder / f"{self.workbook.path.stem}-runs"


@dataclass(frozen=True)
class FinishedComparison:
    """A comparison and the files that were written: the workbook, the page, and each variant's saved result."""

    comparison: Comparison
    file: Path
    page: Path
    saved: Mapping[str, Path]

    @property
    def exit_code(self) -> ExitCode:
        """0 when every variant was solved within the gap, else the worst of the variants."""
        codes = {exit_code(compared.result) for compared in self.comparison.variants}
        return next(code for code in WORST_FIRST if code in codes)


def prepare_comparison(
    workbook: str | Path,
    *,
    variants: Sequence[str] = (),
    base: str | None = None,
    overrides: Sequence[str] = (),
    folder: Path = RESULTS,
    **asked: Unpack[AskedOptions],
) -> PreparedComparison:
    """Read a workbook and make ready to compare variants of it; nothing is written.

    All variants are compared unless some are named; `base` is the workbook's default variant where that is among them,
    else the first. `asked` as for `optimizer.run.prepare`; other options are as in each variant's settings. Raises
    `InvalidWorkbook` for problems of the workbook, of a value put into it and for a variant that it does not have,
    `UnusablePath` for the folder, and `InvalidOption`.
    """
    begun = time.monotonic()
    require_folder(folder)
    read = read_given(workbook)
    codes = tuple(dict.fromkeys(variants)) or tuple(read.variants)
    if base is None:
        base = read.default_variant if read.default_variant in codes else codes[0]
    for code, option in (*((code, "--variants") for code in codes), (base, "--base")):
        if code not in read.variants:
            raise UnknownVariant(code, read.variants, Cell(option))
    if base not in codes:
        codes = (base, *codes)
    runs = tuple(
        prepare_variant(read, str(workbook), code, begun, overrides=overrides, folder=folder, **asked) for code in codes
    )
    words = [str(workbook), "--variants", ",".join(codes), "--base", base]
    command = command_text("compare", words, overrides, asked)
    return PreparedComparison(read, runs, base, tuple(overrides), folder, command)


def carry_out_comparison(
    prepared: PreparedComparison,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    boundaries: Path | None = None,
) -> FinishedComparison:
    """Solve the variants, compare them, and write the comparison and each variant's saved result.

    `boundaries` is a file with the areas of counties, for the maps of the page. `jobs` and `scheduler` as for
    `RunPool`. What a search came to is kept as soon as it has, so that a comparison that is interrupted goes on from
    there. Raises what `RunPool` raises, and `UnusablePath`.
    """
    areas = None if boundaries is None else boundaries_of(boundaries, prepared.runs[0].instance)
    comparison = solve_variants(
        prepared, prepared.kept, jobs=jobs, scheduler=scheduler, progress=progress, should_stop=should_stop
    )
    saved: dict[str, Path] = {}
    for run, compared in zip(prepared.runs, comparison.variants, strict=True):
        what = SavedResult(compared.instance, compared.result, background(run, compared.result.seconds))
        saved[run.variant] = save_run(run.files.result, what)
    stem, choices = prepared.workbook.path.stem, ReportChoices(boundaries=areas)
    written, _ = write_comparison_reports(prepared.folder, stem, comparison, choices=choices)
    return FinishedComparison(comparison, written["excel"], written["html"], saved)


def compare(
    workbook: str | Path,
    *,
    variants: Sequence[str] = (),
    base: str | None = None,
    overrides: Sequence[str] = (),
    kept: Path | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    **asked: Unpack[AskedOptions],
) -> Comparison:
    """Compare variants of a workbook; `Comparison.tables` has every table as a DataFrame. Arguments and errors as for
    `prepare_comparison` and `carry_out_comparison`; nothing is written but, where a folder `kept` is given, what each
    search came to."""
    prepared = prepare_comparison(workbook, variants=variants, base=base, overrides=overrides, **asked)
    return solve_variants(prepared, kept, jobs=jobs, scheduler=scheduler, progress=progress, should_stop=should_stop)


def solve_variants(
    prepared: PreparedComparison,
    kept: Path | None,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Comparison:
    """Solve the variants of a prepared comparison and put them side by side; arguments as for `RunPool`."""
    origin = _background(prepared)
    runs = [Run(run.variant, run.instance, run.options) for run in prepared.runs]
    with RunPool(
        kept, jobs=jobs, scheduler=scheduler, progress=progress, should_stop=should_stop, background=origin
    ) as pool:
        found = pool.solve(runs)
    names = {row.record.variant: row.record.name for row in rows_of(prepared.workbook.rows, Variant)}
    compared = tuple(
        Compared(
            run.variant,
            names.get(run.variant, run.variant),
            run.instance,
            found.get(run.variant) or _not_begun(run.options.solver),
        )
        for run in prepared.runs
    )
    gaps = {run.variant: run.options.gap for run in prepared.runs}
    return Comparison(
        base_code=prepared.base,
        variants=exchanged(compared, gaps),
        inputs=tuple(
            InputDifference(one.sheet, one.key, one.column, one.rows, one.values, one.cells)
            for one in variant_differences(
                prepared.workbook, [run.variant for run in prepared.runs], prepared.overrides
            )
        ),
        background=origin,
    )


def exchanged(variants: Sequence[Compared], gaps: Mapping[str, float]) -> tuple[Compared, ...]:
    """The variants, each with the best of all plans found that keep every rule of it, by its own objective.

    Whether a plan of another variant does is never assumed, but found out by the verifier. No bound is shared, since
    what is proven of one problem says nothing about another. `gaps` are those asked for, by variant.
    """
    return tuple(_with_best_plan(compared, variants, gaps[compared.variant]) for compared in variants)


def _with_best_plan(compared: Compared, variants: Sequence[Compared], gap: float) -> Compared:
    if compared.result.status is Status.UNBOUNDED:
        return compared
    best = compared
    for other in variants:
        if other is compared or other.plan is None or unlike(other, compared):
            continue
        value = _value_elsewhere(other.plan, compared.instance)
        known = best.result.objective
        if value is None or (known is not None and value >= known - GAP_DUST * max(1.0, abs(known))):
            continue
        if not verify(compared.instance, other.plan, TOLERANCE):
            logger.info("the plan of %s is better for %s than its own", other.variant, compared.variant)
            if compared.result.status is Status.INFEASIBLE:
                logger.warning("what was proven is left aside: that %s has no plan", compared.variant)
            result = _result_of(other, compared, value, gap)
            best = replace(compared, result=result, plan_of=other.variant)
    return best


def _value_elsewhere(plan: Plan, instance: Instance) -> float | None:
    """The objective of another variant's plan; None where it is plain that it is no plan of this one."""
    if not plan.start.keys() <= {(*place, year) for place in instance.options for year in instance.years}:
        return None
    if not all(lane[:3] in instance.lanes for lane in plan.ship):
        return None
    return OBJECTIVE_CLAUSES[instance.policy.objective](instance, plan)


def _result_of(other: Compared, compared: Compared, value: float, gap: float) -> Result:
    """What a variant's search came to, with another's plan: that has no slacks of the solver, so no limits are told."""
    own = compared.result
    bound = None if own.status is Status.INFEASIBLE else believable(own.bound, value)
    left = None if bound is None else max(0.0, value - bound) / max(abs(value), GAP_DUST)
    solved = left is not None and left <= gap + GAP_DUST
    return replace(
        own,
        status=Status.SOLVED if solved else Status.STOPPED,
        plan=other.plan,
        objective=value,
        bound=bound,
        gap=left,
        charges=charges_of(compared.instance, other.plan) if other.plan is not None else (),
        limits=(),
        interrupted=own.interrupted and not solved,
        provenance={**own.provenance, "plan": f"{TAKEN}{other.variant}; it keeps every rule here too"},
    )


def taken_from(result: Result) -> str:
    """The code of the variant whose plan was taken over, as a saved result tells it; blank where it is the own one."""
    told = result.provenance.get("plan", "")
    return told.removeprefix(TAKEN).partition(";")[0] if told.startswith(TAKEN) else ""


def _not_begun(solver: str) -> Result:
    """The result of a variant whose turn did not come."""
    return Result(Status.NO_PLAN, None, None, None, None, 0.0, solver, (), (), interrupted=True)


def _background(prepared: PreparedComparison) -> Background:
    options = {
        f"{name} of {run.variant}": value for run in prepared.runs for name, value in asdict(run.options).items()
    }
    return replace(background_of(prepared.workbook, prepared.command, options), overrides=prepared.overrides)
