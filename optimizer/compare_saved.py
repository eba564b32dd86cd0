"""Saved results side by side, without solving: the comparison that they are, or would be, of."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from optimizer.command_text import command_text
from optimizer.compare import exchanged, taken_from
from optimizer.comparison_reports import write_comparison_reports
from optimizer.files import UnusablePath, name_of_saved, require_folder
from optimizer.options import InvalidOption
from optimizer.report_formats import FORMATS, PLAIN, ReportChoices
from reports.background import Background
from reports.comparison import Compared, Comparison
from reports.saved_result import SavedResult, load_result

SEPARATOR = ", "
"""Between the names of workbooks, where results are of several."""


def comparison_of_saved(paths: Sequence[Path], base: str | None = None) -> Comparison:
    """Put saved results side by side, each under its variant's code, or under its file's name where two have one code.

    `base` is the code of the one that the others are compared with; the first without it. As when variants are
    solved, a plan that keeps every rule of another problem too and is better there takes the place of what was found.
    What differs in the workbook is not known from saved results, and the table of it is empty. Raises `UnusablePath`
    for a file that is named twice, `InvalidOption` for a base that there is not, and what `load_result` raises.
    """
    if len({path.resolve() for path in paths}) < len(paths):
        raise UnusablePath("a saved result is named twice; name each file once")
    saved = [load_result(path) for path in paths]
    codes = _codes(paths, saved)
    if base is not None and base not in codes:
        raise InvalidOption("base", f"base should be one of {', '.join(codes)}, found {base!r}")
    variants = [
        Compared(code, code, one.instance, one.result, taken_from(one.result))
        for code, one in zip(codes, saved, strict=True)
    ]
    gaps = {code: float(one.background.options.get("gap", 0.0)) for code, one in zip(codes, saved, strict=True)}
    return Comparison(
        base_code=base or codes[0],
        variants=exchanged(variants, gaps),
        background=_background(paths, codes, saved, base),
    )


def reports_of_saved(
    paths: Sequence[Path],
    folder: Path | None = None,
    kinds: Sequence[str] = tuple(FORMATS),
    base: str | None = None,
    choices: ReportChoices = PLAIN,
) -> tuple[Comparison, dict[str, Path], list[Path]]:
    """Write the reports of saved results side by side into a folder, or beside the first: the comparison, the files by
    format, and those of charts. Raises what `comparison_of_saved` and `write_comparison_reports` raise."""
    for kind in kinds:
        if kind not in FORMATS:
            raise InvalidOption("format", f"format should be one of {', '.join(FORMATS)}, found {kind!r}")
    if choices.county_sheets:
        raise InvalidOption("county_sheets", "county_sheets is for the report of one result")
    if folder is not None:
        require_folder(folder)
    comparison = comparison_of_saved(paths, base)
    where = paths[0].parent if folder is None else folder
    written, charts = write_comparison_reports(where, _stem(paths, comparison.background), comparison, kinds, choices)
    return comparison, dict(written), charts


def _codes(paths: Sequence[Path], saved: Sequence[SavedResult]) -> list[str]:
    codes = [one.instance.variant for one in saved]
    if len(set(codes)) == len(codes) and all(codes):
        return codes
    names = [name_of_saved(path) for path in paths]
    return (
        names if len(set(names)) == len(names) else [f"{name} ({place})" for place, name in enumerate(names, start=1)]
    )


def _stem(paths: Sequence[Path], background: Background) -> str:
    """The name of the workbook that all results are of; that of the first result where they are of several."""
    workbook = PurePath(background.workbook)
    single = workbook.suffix and SEPARATOR not in background.workbook
    return workbook.stem if single else name_of_saved(paths[0])


def _background(
    paths: Sequence[Path], codes: Sequence[str], saved: Sequence[SavedResult], base: str | None
) -> Background:
    """Where all of them come from: what they share, and what each was made with."""
    origins = [one.background for one in saved]
    workbooks = list(dict.fromkeys(origin.workbook for origin in origins))
    words = [*(str(path) for path in paths), *(("--base", base) if base else ())]
    options = {
        f"{name} of {code}": value
        for code, origin in zip(codes, origins, strict=True)
        for name, value in {"command": origin.command, **origin.options}.items()
    }
    return replace(
        origins[0],
        workbook=SEPARATOR.join(workbooks),
        sha256=", ".join(dict.fromkeys(origin.sha256 for origin in origins)),
        command=command_text("report", words, (), {}),
        options=options,
        versions={
            name: " and ".join(dict.fromkeys(origin.versions[name] for origin in origins if name in origin.versions))
            for name in dict.fromkeys(name for origin in origins for name in origin.versions)
        },
        seconds=None,
        notes=tuple(dict.fromkeys(note for origin in origins for note in origin.notes)),
        assumptions=tuple(dict.fromkeys(entry for origin in origins for entry in origin.assumptions)),
        sources=tuple(dict.fromkeys(entry for origin in origins for entry in origin.sources)),
        variant="",
        overrides=(),
    )
