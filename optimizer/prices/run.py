"""Prices from beginning to end: workbook or saved result in, report out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Unpack

from inputs.origins import Origins
from models.instance import Instance
from models.plan import Result
from optimizer.command_text import command_text, each, option_words
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import RESULTS, is_saved, name_of_saved, require_folder, write_beside
from optimizer.no_plan import saved_with_plan
from optimizer.options import AskedOptions, InvalidOption, SolveOptions
from optimizer.pages import write_page_beside
from optimizer.prices import linear_prices, looked_at, prices, require_highs
from optimizer.prices.choosing import LARGEST, chosen
from optimizer.prices.scarce import scarce_of
from optimizer.progress import Progress
from optimizer.run import PreparedRun, background, prepare
from optimizer.runs import RunPool
from optimizer.saved_options import options_of_saved
from optimizer.versions import versions
from reports.assessment_book import is_book, write_book
from reports.background import Background
from reports.prices import SHEETS, figures_of, frames
from reports.prices_data import Prices

NOTHING = "none"
"""What asks for nothing to be solved anew."""


@dataclass(frozen=True)
class PreparedPrices:
    """A problem whose limits are to be priced, at the plan of `result` where that is known, and where all goes.

    `given` is the workbook or saved result as it was named, `origin` what the report says of it; `report` and `runs`
    are the file and the folder that are written.
    """

    given: str
    instance: Instance
    result: Result | None
    origins: Origins | None
    options: SolveOptions
    resolve: tuple[str, ...]
    step: float
    counties: bool | None
    origin: Background
    report: Path
    runs: Path
    begun: float


@dataclass(frozen=True)
class FinishedPrices:
    """What prices came to, and their report as a workbook and as a page."""

    prices: Prices
    report: Path
    page: Path


def prepare_prices(
    given: str | Path,
    *,
    variant: str | None = None,
    overrides: Sequence[str] = (),
    resolve: Sequence[str] = (),
    step: float = 0.01,
    counties: bool | None = None,
    folder: Path = RESULTS,
    **asked: Unpack[AskedOptions],
) -> PreparedPrices:
    """Read a workbook, or a saved result (.result.zip), and make ready to price its limits; nothing is written.

    `resolve`, `step` and `counties` as in `optimizer.prices.prices`; nothing named stands for the largest, `none` for
    nothing.
    `asked` as for `optimizer.run.prepare`; of a saved result what is left out is as it was solved. Raises what that
    raises, `UnreadableResult`, and `InvalidOption`, for another solver than HiGHS too.
    """
    begun = time.monotonic()
    require_folder(folder)
    if not 0 < step <= 1:
        raise InvalidOption("step", f"step should be above 0 and at most 1, found {step:g}")
    names = () if list(resolve) == [NOTHING] else tuple(resolve) or (LARGEST,)
    own = option_words({"step": step})
    own += [*each("--resolve", resolve), *(["--counties"] if counties else [])]
    if is_saved(given):
        for name, value in (("variant", variant), ("set", overrides)):
            if value:
                raise InvalidOption(name, f"{name} should be left out with a saved result, which is of one problem")
        path, saved = Path(given), saved_with_plan(given)
        options = options_of_saved(saved.background, asked)
        command = command_text("prices", [str(given), *own], (), asdict(options))
        origin = replace(saved.background, command=command, options=_texts(options), versions=versions())
        instance, result, origins, stem = saved.instance, saved.result, None, name_of_saved(path)
    else:
        run = prepare(given, variant=variant, overrides=overrides, folder=folder, **asked)
        options, instance, result = run.options, run.instance, None
        origins = run.workbook.origins(run.variant, run.overrides)
        command = command_text("prices", [run.given, "--variant", run.variant, *own], overrides, asdict(options))
        origin, stem = replace(background(run), command=command), f"{run.workbook.path.stem}-{run.variant}"
    require_highs(options)
    chosen(looked_at(instance, scarce_of(instance), counties, names), names)
    return PreparedPrices(
        given=str(given),
        instance=instance,
        result=result,
        origins=origins,
        options=options,
        resolve=names,
        step=step,
        counties=counties,
        origin=origin,
        report=folder / f"{stem}-prices.xlsx",
        runs=folder / f"{stem}-runs",
        begun=begun,
    )


def carry_out_prices(
    prepared: PreparedPrices,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedPrices:
    """Price the limits and write the report. Solves are kept beside it, so that the same need not be done again.

    Raises `NoPlan` when there is no plan, `UnusablePath` when nothing can be written, and what `RunPool` raises.
    """
    with RunPool(
        prepared.runs,
        jobs=jobs,
        scheduler=scheduler,
        progress=progress,
        should_stop=should_stop,
        background=prepared.origin,
    ) as pool:
        found = prices(
            prepared.instance,
            prepared.options,
            pool,
            result=prepared.result,
            origins=prepared.origins,
            resolve=prepared.resolve,
            step=prepared.step,
            counties=prepared.counties,
            tell=progress,
            should_stop=should_stop,
        )
    finished = replace(prepared.origin, seconds=time.monotonic() - prepared.begun)
    return _written(found, prepared.report, finished)


def price_run(
    run: PreparedRun,
    result: Result,
    *,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedPrices:
    """Price the limits of a run that was carried out, without solving anything anew, and write the report beside its
    own. Raises `NoPlan` when it has no plan, and `UnusablePath`."""
    begun = time.monotonic()
    origins = run.workbook.origins(run.variant, run.overrides)
    found = linear_prices(run.instance, result, run.options, origins=origins, tell=progress, should_stop=should_stop)
    words = [run.given, "--variant", run.variant, "--resolve", NOTHING]
    command = command_text("prices", words, run.overrides, asdict(run.options))
    origin = replace(background(run), command=command, seconds=time.monotonic() - begun)
    return _written(found, run.files.report.with_name(f"{run.files.report.stem}-prices.xlsx"), origin)


def _written(found: Prices, report: Path, origin: Background) -> FinishedPrices:
    made = frames(found)

    def write(path: Path) -> None:
        sheets = [(sheet, made[sheet.name]) for sheet in SHEETS]
        write_book(path, found.instance, "prices", list(figures_of(found)), sheets, origin)

    from reports.html.prices_page import KIND, write_prices_page

    book = write_beside(report, "report", is_book, write)
    page = write_page_beside(report, KIND, lambda path: write_prices_page(path, found, origin))
    return FinishedPrices(found, book, page)


def exit_code_of(found: Prices) -> ExitCode:
    """That of the plan; stopped, too, when a limit that was solved anew was not solved within the gap."""
    code = exit_code(found.result)
    late = any(price.resolved is not None and not price.resolved.settled for price in found.prices)
    return ExitCode.STOPPED if code is ExitCode.SOLVED and late else code


def _texts(options: SolveOptions) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(options).items()}
