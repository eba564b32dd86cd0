"""Break-even: the value of a parameter at which one variant of a workbook overtakes another on cost."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Unpack, get_args

from inputs.located import rows_of
from inputs.sheets import Variant
from inputs.workbook import Workbook
from models.instance import Instance
from models.parts import ONLY_GOOD, ONLY_PROVINCE, least_cost, only_good, only_province
from optimizer.breakeven.map import Map
from optimizer.breakeven.outcome import comparison_of
from optimizer.breakeven.parameter import EXPONENT, FREIGHT, Parameter, parameter_of, span_of
from optimizer.breakeven.search import INTERRUPTED, Duel, Terms, carry_on, duel, spread
from optimizer.breakeven.shape import differences
from optimizer.breakeven.side import InstanceAt
from optimizer.charts_of_saved import require_form
from optimizer.command_text import command_text, each, option_words
from optimizer.exit_codes import ExitCode
from optimizer.files import RESULTS, require_folder, require_other_than, write_beside
from optimizer.options import AskedOptions, InvalidOption, SolveOptions, options_from
from optimizer.pages import write_page_beside, write_pictures_beside
from optimizer.progress import Progress
from optimizer.run import background_of, read_given
from optimizer.runs import RunPool
from reports.breakeven_excel import is_breakeven_report, write_breakeven
from reports.breakeven_findings import Extent, Standing, Study

logger = logging.getLogger(__name__)

By = Literal["nation", "good", "province"]

TERMS = ("tolerance", "least_gap", "coarse", "most_solves")
"""Options of a search that its command always spells out."""

MOST_INSTANCES = 64
"""Problems of the nation kept in memory."""


@dataclass(frozen=True)
class BreakevenOptions:
    """How break-even is looked for.

    `by`: the extents to compare, each good and province planned alone (`models.parts`); `goods`: only these, all
    without any. `with_map`: the cheaper variant of each good over freight and exponent too, `map_size` values of
    each. `tolerance`: relative width to which a crossing is found. `least_gap`, `coarse` and `most_solves` as in
    `Terms`. Raises `InvalidOption` for a value out of bounds.
    """

    by: tuple[By, ...] = ("nation",)
    goods: tuple[str, ...] = ()
    with_map: bool = False
    map_size: int = 5
    tolerance: float = 0.01
    least_gap: float = 0.0005
    coarse: int = 4
    most_solves: int = 40

    def __post_init__(self) -> None:
        unknown = [one for one in self.by if one not in get_args(By)]
        if unknown:
            raise InvalidOption("by", f"by should be one of {', '.join(get_args(By))}, found '{unknown[0]}'")
        for name, least, most in (
            ("tolerance", 1e-6, 0.5),
            ("least_gap", 0.0, 1.0),
            ("map_size", 2, 50),
            ("coarse", 2, 100),
            ("most_solves", 4, 10_000),
        ):
            value = getattr(self, name)
            if not least <= value <= most:
                raise InvalidOption(name, f"{name} should be between {least:g} and {most:g}, found {value:g}")


def breakeven_options(**given: object) -> BreakevenOptions:
    """The options of these names, each its usual value where it is None.

    Goods that are named are compared, unless they are for a map; without anything named the nation is, unless there
    is a map. Raises `InvalidOption`.
    """
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    extents = tuple(chosen.pop("by", ()))
    with_map, goods = chosen.get("with_map", False), chosen.get("goods", ())
    if goods and not with_map and "good" not in extents:
        extents = (*extents, "good")
    return BreakevenOptions(by=extents or (() if with_map else ("nation",)), **chosen)


@dataclass(frozen=True)
class PreparedBreakeven:
    """A search that is ready to be carried out: `report` is its file, `runs` the folder that keeps its solves, `charts`
    the form in which charts are written as files too."""

    given: str
    workbook: Workbook
    variants: tuple[str, str]
    overrides: tuple[str, ...]
    parameter: Parameter
    start: float
    end: float
    choice: BreakevenOptions
    options: SolveOptions
    report: Path
    runs: Path
    charts: str | None = None

    @property
    def command(self) -> str:
        """The command that repeats the search, with everything spelt out."""
        choice = self.choice
        words = [self.given, "--vary", self.parameter.name, "--from", f"{self.start!r}", "--to", f"{self.end!r}"]
        words += ["--variants", ",".join(self.variants), *each("--by", choice.by), *each("--good", choice.goods)]
        words += ["--map", "--map-size", str(choice.map_size)] if choice.with_map else []
        words += option_words({name: getattr(choice, name) for name in TERMS})
        return command_text("breakeven", words, self.overrides, asdict(self.options))


@dataclass(frozen=True)
class FinishedBreakeven:
    """What a search came to, its report, its page, and its charts as files, if they were asked for."""

    study: Study
    report: Path
    page: Path
    charts: tuple[Path, ...] = ()


def prepare_breakeven(
    workbook: str | Path,
    vary: str,
    *,
    start: float | None = None,
    end: float | None = None,
    variants: Sequence[str] = (),
    choice: BreakevenOptions | None = None,
    overrides: Sequence[str] = (),
    folder: Path = RESULTS,
    charts: str | None = None,
    **asked: Unpack[AskedOptions],
) -> PreparedBreakeven:
    """Read a workbook, or a shipped one by its name, and make ready to look for break-even; nothing is written.

    `vary` is as in `parameter_of`, `start` and `end` the range, `variants` the two to compare: without them, the
    first two of one scale each, or the first two. A map needs freight or exponent to be varied. `asked` as for
    `optimizer.run.prepare`. Raises `InvalidWorkbook`, `InvalidOption`, and `UnusablePath`.
    """
    chosen = choice or BreakevenOptions()
    if chosen.with_map and vary.strip() not in (FREIGHT, EXPONENT):
        raise InvalidOption("map", f"map goes with --vary {FREIGHT} or {EXPONENT}")
    require_folder(folder)
    if charts is not None:
        require_form(charts)
    read = read_given(workbook)
    pair = _pair(read, variants)
    parameter = parameter_of(vary.strip(), read, pair[0], overrides)
    first, last = span_of(parameter, start, end)
    options = options_from(read.settings_of(pair[0], overrides), **asked)
    known = read.instance(pair[0], overrides).goods
    for good in chosen.goods:
        if good not in known:
            raise InvalidOption("good", f"good should be one of {', '.join(known)}, found '{good}'")
    stem = f"{read.path.stem}-breakeven-{''.join(sign if sign.isalnum() else '-' for sign in parameter.name)}"
    report = folder / f"{stem}.xlsx"
    require_other_than(read.path, report)
    return PreparedBreakeven(
        given=str(workbook),
        workbook=read,
        variants=pair,
        overrides=tuple(overrides),
        parameter=parameter,
        start=first,
        end=last,
        choice=chosen,
        options=options,
        report=report,
        runs=folder / f"{stem}-runs",
        charts=charts,
    )


def carry_out_breakeven(
    prepared: PreparedBreakeven,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedBreakeven:
    """Look for break-even, write the report and the page. An interrupted search goes on from its folder of solves.

    Raises `InvalidOption` when the parameter changes nothing, `UnusablePath` when the report cannot be written, and
    what `RunPool` raises.
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
        study = find_breakeven(prepared, pool)

    def write(path: Path) -> None:
        write_breakeven(path, study, origin)

    report = write_beside(prepared.report, "report of break-even", is_breakeven_report, write)
    from reports.charts.breakeven import breakeven_pictures
    from reports.html.breakeven_page import KIND, write_breakeven_page

    page = write_page_beside(prepared.report, KIND, lambda path: write_breakeven_page(path, study, origin))
    charts: Sequence[Path] = ()
    if prepared.charts is not None:
        charts = write_pictures_beside(prepared.report, breakeven_pictures(study), prepared.charts)
    return FinishedBreakeven(study, report, page, tuple(charts))


def find_breakeven(prepared: PreparedBreakeven, pool: RunPool) -> Study:
    """Look for break-even with an entered pool; nothing but the pool's own files is written."""
    nation = _nation(prepared)
    present = nation[0](prepared.start)
    _require_change(prepared, nation)
    choice = prepared.choice
    duels = dict(_duels(prepared, nation))
    goods = _goods(prepared, nation) if choice.with_map else ()
    maps = _maps(prepared, goods)
    carry_on([*(one.search() for one in duels.values()), *(one.search() for one in maps)], pool.solve)
    comparisons = tuple(
        comparison_of(found, extent, code, _name_of(present, extent, code)) for (extent, code), found in duels.items()
    )
    names = {row.record.variant: row.record.name for row in rows_of(prepared.workbook.rows, Variant)}
    one, other = prepared.variants
    return Study(
        instance=present,
        variants=prepared.variants,
        names=(names.get(one, one), names.get(other, other)),
        parameter=prepared.parameter.name,
        meaning=prepared.parameter.meaning,
        unit=prepared.parameter.unit,
        now=prepared.parameter.now,
        start=prepared.start,
        end=prepared.end,
        tolerance=choice.tolerance,
        comparisons=comparisons,
        cells=tuple(cell for found in maps for cell in found.cells()),
        boundaries=tuple(boundary for found in maps for boundary in found.boundaries()),
        remarks=tuple(_remarks(prepared, duels)),
        interrupted=any(found.ended == INTERRUPTED for found in duels.values())
        or any(found.interrupted for found in maps),
    )


def terms_of(prepared: PreparedBreakeven) -> Terms:
    """The terms of each comparison."""
    choice = prepared.choice
    return Terms(
        start=prepared.start,
        end=prepared.end,
        tolerance=choice.tolerance,
        options=prepared.options,
        least_gap=min(choice.least_gap, prepared.options.gap),
        coarse=choice.coarse,
        most_solves=choice.most_solves,
    )


def _pair(workbook: Workbook, given: Sequence[str]) -> tuple[str, str]:
    """The two variants to compare; that they exist is told when they are made."""
    if given:
        if len(given) != 2 or given[0] == given[1]:
            raise InvalidOption("variants", f"variants should be two codes, as A,B, found '{','.join(given)}'")
        return given[0], given[1]
    known = workbook.variants
    if len(known) < 2:
        raise InvalidOption("variants", "variants need two in the sheet Variants to compare; the workbook has one")
    single: dict[str, str] = {}
    for row in rows_of(workbook.rows, Variant):
        scales = row.record.scales
        if scales and "," not in scales:
            single.setdefault(scales.strip(), row.record.variant)
    found = [*single.values(), *known] if len(single) > 1 else known
    return found[0], found[1]


def _nation(prepared: PreparedBreakeven) -> tuple[InstanceAt, InstanceAt]:
    """The whole problem of both variants at a value, for least cost."""

    @lru_cache(maxsize=MOST_INSTANCES)
    def made(variant: str, value: float) -> Instance:
        changes = prepared.parameter.overrides(variant, value)
        return least_cost(prepared.workbook.instance(variant, [*prepared.overrides, *changes]))

    one, other = prepared.variants
    return (lambda value: made(one, value)), (lambda value: made(other, value))


def _duels(prepared: PreparedBreakeven, nation: tuple[InstanceAt, InstanceAt]) -> list[tuple[tuple[Extent, str], Duel]]:
    terms = terms_of(prepared)
    found: list[tuple[tuple[Extent, str], Duel]] = []
    for extent in dict.fromkeys(prepared.choice.by):
        if extent == "nation":
            found.append((("nation", ""), duel("nation", prepared.variants, nation, terms)))
            continue
        part = only_good if extent == "good" else only_province
        codes = _goods(prepared, nation) if extent == "good" else _provinces(prepared, nation)
        for code in codes:
            alone = (part_of(nation[0], part, code), part_of(nation[1], part, code))
            found.append(((extent, code), duel(f"{extent}-{code}", prepared.variants, alone, terms)))
    return found


def _maps(prepared: PreparedBreakeven, goods: Sequence[str]) -> list[Map]:
    """The map of each good; the range that was asked for holds for its own axis, the usual one for the other."""
    read, variants, overrides = prepared.workbook, prepared.variants, prepared.overrides
    axes: dict[str, tuple[Parameter, float, float]] = {}
    for name in (FREIGHT, EXPONENT) if goods else ():
        own = prepared.parameter.name == name
        parameter = prepared.parameter if own else parameter_of(name, read, variants[0], overrides)
        axes[name] = (parameter, *((prepared.start, prepared.end) if own else span_of(parameter, None, None)))

    @lru_cache(maxsize=MOST_INSTANCES)
    def made(variant: str, exponent: float, freight: float) -> Instance:
        changes = [*axes[EXPONENT][0].overrides(variant, exponent), *axes[FREIGHT][0].overrides(variant, freight)]
        return least_cost(read.instance(variant, [*overrides, *changes]))

    def instance_of(good: str) -> Callable[[str, float], InstanceAt]:
        return lambda variant, exponent: part_of(lambda freight: made(variant, exponent, freight), only_good, good)

    size = prepared.choice.map_size
    return [
        Map(
            good=good,
            variants=variants,
            instance_of=instance_of(good),
            exponents=spread(*axes[EXPONENT][1:], size),
            freights=spread(*axes[FREIGHT][1:], size),
            terms=replace(terms_of(prepared), start=axes[FREIGHT][1], end=axes[FREIGHT][2]),
        )
        for good in goods
    ]


def part_of(whole: InstanceAt, part: Callable[[Instance, str], Instance], code: str) -> InstanceAt:
    """The part of a problem at a value."""
    return lru_cache(maxsize=MOST_INSTANCES)(lambda value: part(whole(value), code))


def _goods(prepared: PreparedBreakeven, nation: tuple[InstanceAt, InstanceAt]) -> tuple[str, ...]:
    """Goods that people want and that some plant of either variant can make, as far as they were asked for."""
    found = []
    for code in nation[0](prepared.start).goods:
        instances = [one(prepared.start) for one in nation]
        wanted = any(key[1] == code and tonnes > 0 for key, tonnes in instances[0].demand.items())
        made = any(one.designs[design].good == code for one in instances for _, design in one.options)
        if wanted and made and (not prepared.choice.goods or code in prepared.choice.goods):
            found.append(code)
    return tuple(found)


def _provinces(prepared: PreparedBreakeven, nation: tuple[InstanceAt, InstanceAt]) -> tuple[str, ...]:
    return tuple(code for code, counties in nation[0](prepared.start).counties_of.items() if counties)


def _name_of(instance: Instance, extent: Extent, code: str) -> str:
    if extent == "nation":
        return "Nation"
    return instance.goods[code].name if extent == "good" else instance.provinces[code].name


def _require_change(prepared: PreparedBreakeven, nation: tuple[InstanceAt, InstanceAt]) -> None:
    """A parameter that changes nothing has no break-even."""
    ends = [[one(prepared.start), one(prepared.end)] for one in nation]
    if prepared.choice.by and all(next(iter(differences(pair)), None) is None for pair in ends):
        raise InvalidOption(
            "vary",
            f"vary {prepared.parameter.name} from {prepared.start:g} to {prepared.end:g} changes nothing in either "
            "variant; other values of the workbook may stand in its place",
        )


def _remarks(prepared: PreparedBreakeven, duels: dict[tuple[Extent, str], Duel]) -> list[str]:
    found = []
    own = prepared.workbook.settings_of(prepared.variants[0], prepared.overrides).objective
    if own != "least cost":
        found.append(f"Variants are compared on cost: both are planned for least cost, not for {own}.")
    if any(extent == "good" for extent, _ in duels) or prepared.choice.with_map:
        found.append(ONLY_GOOD)
    if any(extent == "province" for extent, _ in duels):
        found.append(ONLY_PROVINCE)
    shapes = {curve.shape for one in duels.values() for curve in one.curves}
    if "concave" in shapes:
        found.append(
            "Where a cost curve is concave (the data at the start, middle and end of the range differ in costs alone, "
            "along straight lines), every plan bounds the cost at every value from above, and chords between proven "
            "bounds bound it from below: what is proven holds between solved values too."
        )
    if shapes & {"rising", "falling"}:
        found.append(
            "Where a cost curve is rising or falling (nothing changes but figures of which more is worse, all the same "
            "way), plans bound the cost at all better values, and proven bounds at all worse ones: what is said to be "
            "proven throughout holds between solved values too."
        )
    if "free" in shapes:
        found.append(
            "Where a cost curve is free, nothing is proven between solved values, and further crossings between them "
            "cannot be ruled out."
        )
    return found


def exit_code_of(study: Study) -> ExitCode:
    """The exit code of a search: solved when each comparison is decided and each cell of a map is proven. Where no
    comparison, or no cell, has plans of both variants, infeasible if in each of them (each good's map) one variant is
    proven to have none at any value, and no plan otherwise."""
    if study.interrupted:
        return ExitCode.INTERRUPTED
    compared = [comparison.standings for comparison in study.comparisons]
    goods = dict.fromkeys(cell.good for cell in study.cells)
    on_map = [tuple(cell.standing for cell in study.cells if cell.good == good) for good in goods]
    for parts in (compared, on_map):
        if parts and not any(standing.with_plans for standings in parts for standing in standings):
            return ExitCode.INFEASIBLE if all(_never(standings) for standings in parts) else ExitCode.NO_PLAN
    decided = all(comparison.decided for comparison in study.comparisons)
    return ExitCode.SOLVED if decided and all(cell.standing.proven for cell in study.cells) else ExitCode.STOPPED


def _never(standings: Sequence[Standing]) -> bool:
    """Whether one of the variants is proven to have no plan at any value that was looked at."""
    return bool(standings) and any(all(standing.infeasible[place] for standing in standings) for place in (0, 1))
