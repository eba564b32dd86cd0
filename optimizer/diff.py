"""Two workbooks, variants or saved results side by side: read, solved if asked for, and told in one workbook."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

from inputs.columns import CODE_PATTERN
from inputs.problems import Cell, InvalidWorkbook, Problem
from inputs.shipped import shipped_names
from inputs.workbook import UnknownVariant, Workbook
from inputs.workbook_differences import unit_differences, workbook_differences
from models.plan import Result, Status
from optimizer.command_text import command_text, option_words
from optimizer.compare import WORST_FIRST
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import RESULTS, UnusablePath, find_workbook, is_saved, name_of_saved, require_folder, write_beside
from optimizer.options import AskedOptions, InvalidOption, SolveOptions, options_from
from optimizer.progress import Progress
from optimizer.run import background_of, read_given
from optimizer.runs import Run, RunPool
from optimizer.versions import versions
from reports.assessment_book import is_book, write_book
from reports.background import Background
from reports.diff import A, B, ChangedValue, Diff, OnlyRow, Side
from reports.diff.findings import facts
from reports.diff.problems import problem_differences, said_differences
from reports.diff.tables import diff_sheets
from reports.saved_result import SavedResult, load_result

LONGEST_NAME = 60
"""Characters of a file's name that go into that of the report."""


@dataclass(frozen=True)
class _Given:
    """One of the two as it was named: a file and, of a workbook, perhaps a variant."""

    text: str
    path: Path
    variant: str | None

    @property
    def saved(self) -> bool:
        """Whether it is a saved result, or at least named like one."""
        return is_saved(self.path)


@dataclass(frozen=True)
class PreparedDiff:
    """A and B, read and compared in their inputs; which of them are to be solved, how, and where everything goes.

    `runs` has those that are to be solved, by letter.
    """

    diff: Diff
    runs: tuple[Run, ...]
    folder: Path
    name: str

    @property
    def file(self) -> Path:
        """The report, as an Excel workbook."""
        return self.folder / f"{self.name}-diff.xlsx"

    @property
    def kept(self) -> Path:
        """The folder of what each search came to."""
        return self.folder / f"{self.name}-runs"


@dataclass(frozen=True)
class FinishedDiff:
    """A beside B, the report, and what was solved for it, by letter."""

    diff: Diff
    file: Path
    solved: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """0 when nothing was solved, or all within its gap; else the worst of what was."""
        results = [side.result for side in self.diff.sides if side.letter in self.solved]
        codes = {exit_code(result) for result in results if result is not None}
        return next((code for code in WORST_FIRST if code in codes), ExitCode.SOLVED)


def diff(
    one: str | Path,
    other: str | Path | None = None,
    *,
    variants: Sequence[str] = (),
    solve: bool = False,
    kept: Path | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    **asked: Unpack[AskedOptions],
) -> Diff:
    """What differs between two workbooks, variants or saved results; `Diff.tables` has every table as a DataFrame.

    Arguments and errors as for `prepare_diff` and `carry_out_diff`; nothing is written but, where a folder `kept` is
    given, what each search came to.
    """
    prepared = prepare_diff(one, other, variants=variants, solve=solve, **asked)
    return _solved(prepared, kept, jobs, scheduler, progress, should_stop)


def prepare_diff(
    one: str | Path,
    other: str | Path | None = None,
    *,
    variants: Sequence[str] = (),
    solve: bool = False,
    folder: Path = RESULTS,
    **asked: Unpack[AskedOptions],
) -> PreparedDiff:
    """Read A and B and compare their inputs; nothing is solved or written.

    Each is a saved result, a workbook, a shipped workbook's name, or a workbook and a variant as `WORKBOOK:variant`.
    `variants` names one variant for both workbooks or one for each; with two, `other` may be left out, and both are of
    `one`. Without variants whole workbooks are compared; where only one is named, the other workbook is taken in the
    variant of the same code, or else in its default. `solve` solves what is no saved result, with `asked` as for
    `optimizer.run.prepare`.

    Raises `InvalidWorkbook` with the problems of both, their cells named as `'[new.xlsx]Counties'!F17`,
    `UnreadableResult`, `UnusablePath` and `InvalidOption`.
    """
    require_folder(folder)
    codes = tuple(variants)
    first = _given(str(one))
    second = replace(first, variant=None) if other is None else _given(str(other))
    first, second = _with_variants(first, second, codes, alone=other is None)
    read = _read(first, second)
    sides: list[Side] = []
    options: dict[str, SolveOptions] = {}
    picked = _variants(read, (first, second), solve)
    for letter, given, content, code in zip((A, B), (first, second), read, picked, strict=True):
        if isinstance(content, SavedResult):
            label = f"{given.path.name}, variant {content.instance.variant}"
            sides.append(Side(letter, label, content.instance, content.background, content.result))
            continue
        label = content.path.name if code is None else f"{content.path.name}, variant {code}"
        origin = replace(background_of(content, "", {}), variant=code or "")
        sides.append(Side(letter, label, content.instance(code), origin))
        options[letter] = options_from(content.settings_of(code), **asked)
    words = [str(one), *([] if other is None else [str(other)])]
    words += option_words({"variants": ",".join(codes) or None}) + (["--solve"] if solve else [])
    found = _compared(read, picked, sides, command_text("diff", words, (), asked))
    runs = tuple(
        Run(side.letter, side.instance, options[side.letter], label=f"{side.letter} ({side.label})")
        for side in sides
        if side.letter in options
    )
    return PreparedDiff(found, runs if solve else (), folder, _name(first, second, picked))


def carry_out_diff(
    prepared: PreparedDiff,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FinishedDiff:
    """Solve what is to be solved, and write the report. Arguments and errors as for `RunPool`; also `UnusablePath`.

    What a search came to is kept, so that the same need not be done again.
    """
    found = _solved(prepared, prepared.kept, jobs, scheduler, progress, should_stop)

    def write(path: Path) -> None:
        tables = found.tables
        shown = [(sheet, tables[sheet.name]) for sheet in diff_sheets(found) if sheet.name in tables]
        write_book(path, found.a.instance, "what differs", list(facts(found)), shown, found.background)

    file = write_beside(prepared.file, "report", is_book, write)
    return FinishedDiff(found, file, tuple(run.name for run in prepared.runs))


def _solved(
    prepared: PreparedDiff,
    kept: Path | None,
    jobs: int,
    scheduler: str | None,
    progress: Callable[[str, Progress], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Diff:
    if not prepared.runs:
        return prepared.diff
    found = prepared.diff
    with RunPool(
        kept, jobs=jobs, scheduler=scheduler, progress=progress, should_stop=should_stop, background=found.background
    ) as pool:
        results = pool.solve(prepared.runs)
    sides = {side.letter: side for side in found.sides}
    for run in prepared.runs:
        side, result = sides[run.name], results.get(run.name) or _not_begun(run.options.solver)
        told = {name: str(getattr(run.options, name)) for name in run.options.__dataclass_fields__}
        origin = replace(side.background, options=told, versions=versions(), seconds=result.seconds)
        sides[run.name] = replace(side, result=result, background=origin)
    return replace(found, a=sides[A], b=sides[B])


def _not_begun(solver: str) -> Result:
    return Result(Status.NO_PLAN, None, None, None, None, 0.0, solver, (), (), interrupted=True)


def _given(text: str) -> _Given:
    """What is meant: a file or shipped workbook of that name or, where there is none, one and a variant after a colon.

    Raises `UnusablePath`.
    """
    head, colon, code = text.rpartition(":")
    known = Path(head).exists() or head in shipped_names()
    if colon and known and not Path(text).exists() and re.match(CODE_PATTERN, code):
        return _Given(text, find_workbook(head), code)
    return _Given(text, find_workbook(text), None)


def _with_variants(first: _Given, second: _Given, codes: tuple[str, ...], *, alone: bool) -> tuple[_Given, _Given]:
    """Both with the variants of the option."""
    if alone and (first.saved or len(codes) != 2):
        what = "a saved result" if first.saved else "one workbook"
        raise InvalidOption(
            "variants", f"variants should name two variants of one workbook where no B is given, found {what} and "
            f"{', '.join(codes) or 'no variant'}",
        )  # fmt: skip
    if not codes:
        return first, second
    if len(codes) > 2:
        raise InvalidOption("variants", f"variants should be one code, or one for A and one for B, found {len(codes)}")
    for given in (first, second):
        if given.saved:
            raise InvalidOption("variants", f"variants says nothing of a saved result, which is of one: {given.path}")
        if given.variant is not None:
            raise InvalidOption("variants", f"variants should not be given beside '{given.text}', which names one")
    return replace(first, variant=codes[0]), replace(second, variant=codes[-1])


def _read(first: _Given, second: _Given) -> tuple[Workbook | SavedResult, Workbook | SavedResult]:
    """Both files; one file that is given twice is read once. Raises the problems of both together."""
    for given in (first, second):
        if given.saved and given.variant is not None:
            raise UnusablePath(f"a saved result is of one variant, and '{given.text}' names another")
    found: dict[Path, Workbook | SavedResult] = {}
    problems: list[Problem] = []
    for given in (first, second):
        if given.path in found:
            continue
        if given.saved:
            found[given.path] = load_result(given.path)
            continue
        try:
            found[given.path] = read_given(given.path)
        except InvalidWorkbook as invalid:
            problems += [_of_file(problem, given.path) for problem in invalid.problems]
    if problems:
        raise InvalidWorkbook(dict.fromkeys(problems))
    return found[first.path], found[second.path]


def _of_file(problem: Problem, path: Path) -> Problem:
    """A problem with its cell named as another workbook names it: `'[new.xlsx]Counties'!F17`."""
    if problem.cell.sheet == str(path):
        return problem
    return replace(problem, cell=replace(problem.cell, sheet=f"[{path.name}]{problem.cell.sheet}"))


def _variants(
    read: tuple[Workbook | SavedResult, Workbook | SavedResult], given: tuple[_Given, _Given], solve: bool
) -> tuple[str | None, str | None]:
    """The variant of each; None for both where whole workbooks are compared."""
    named = [
        content.instance.variant if isinstance(content, SavedResult) else asked.variant
        for content, asked in zip(read, given, strict=True)
    ]
    if named == [None, None] and not solve:
        return None, None
    picked = []
    for content, own, other in zip(read, named, reversed(named), strict=True):
        code = own
        if isinstance(content, Workbook):
            code = own or (other if other in content.variants else content.default_variant)
            if code not in content.variants:
                raise UnknownVariant(code, content.variants, Cell(content.path.name))
        picked.append(code)
    return picked[0], picked[1]


def _compared(
    read: tuple[Workbook | SavedResult, Workbook | SavedResult],
    picked: tuple[str | None, str | None],
    sides: Sequence[Side],
    command: str,
) -> Diff:
    """The differences of inputs: by cell of two workbooks, and otherwise by figure of the two problems."""
    one, other = read
    told = [side.background for side in sides]
    origin = Background(
        workbook="; ".join(f"{side.letter}: {side.background.workbook}" for side in sides),
        sha256="; ".join(f"{letter}: {known.sha256}" for letter, known in zip((A, B), told, strict=True)),
        command=command,
        versions=versions(),
    )
    if isinstance(one, Workbook) and isinstance(other, Workbook):
        codes = None if picked[0] is None or picked[1] is None else (picked[0], picked[1])
        found = workbook_differences(one, other, codes)
        units = () if one.sha256 == other.sha256 else unit_differences(one.path, other.path)
        values = [
            ChangedValue(
                value.sheet, value.key, value.column, value.before, value.after, value.cell_before, value.cell_after,
                value.concerns,
            )
            for value in (*found.values, *units)
        ]  # fmt: skip
        rows = [
            OnlyRow(row.sheet, row.key, A if row.in_first else B, row.cell, row.content, row.concerns)
            for row in found.rows
        ]
        whole = codes is None
        return Diff(sides[0], sides[1], values, rows, found.reordered, whole=whole, background=origin)
    changed, alone, reordered = problem_differences(sides[0].instance, sides[1].instance)
    said = said_differences(told[0], told[1])
    return Diff(sides[0], sides[1], (*changed, *said), alone, reordered, by_cell=False, background=origin)


def _name(first: _Given, second: _Given, picked: tuple[str | None, str | None]) -> str:
    """The report's name: that of A, then of B what is not the same."""
    names = [name_of_saved(given.path)[:LONGEST_NAME] for given in (first, second)]
    variants = [None if given.saved else code for given, code in zip((first, second), picked, strict=True)]
    if first.path == second.path:
        return "-".join(filter(None, (names[0], *dict.fromkeys(variants))))
    return "-".join(filter(None, (names[0], variants[0], names[1], variants[1])))
