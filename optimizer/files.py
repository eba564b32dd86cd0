"""Where a run reads and where it writes."""

from dataclasses import dataclass
from pathlib import Path

from inputs.shipped import shipped_names, shipped_workbook

RESULTS = Path("out")
"""The folder for results when none is named."""


class UnusablePath(ValueError):
    """A file or folder that was named cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ResultFiles:
    """The files of a run, side by side and named after the workbook and the variant."""

    report: Path
    lp: Path
    log: Path


def find_workbook(given: str | Path) -> Path:
    """The workbook that is meant: the file of that name or, when there is none, the shipped workbook.

    Raises `UnusablePath` when there is neither.
    """
    path = Path(given)
    if path.exists():
        return path
    if str(given) in shipped_names():
        return shipped_workbook(str(given))
    known = ", ".join(shipped_names())
    raise UnusablePath(f"there is no file '{given}', and no shipped workbook of that name (shipped: {known})")


def result_files(workbook: Path, variant: str, folder: Path = RESULTS) -> ResultFiles:
    """Names for the results of a variant: `folder/<stem of the workbook>-<variant>` with .xlsx, .lp and .log.

    Nothing is written. Raises `UnusablePath` when one of them is the workbook itself, by whatever name, or when
    `folder` looks like a file.
    """
    if folder.suffix.lower() in (".xlsx", ".xlsm", ".lp", ".log") or folder.is_file():
        raise UnusablePath(f"the results go into a folder, and '{folder}' names a file; for example: -o {RESULTS}")
    name = f"{workbook.stem}-{variant}"
    files = ResultFiles(*(folder / f"{name}{ending}" for ending in (".xlsx", ".lp", ".log")))
    for path in (files.report, files.lp, files.log):
        if path.exists() and path.samefile(workbook):
            raise UnusablePath(f"'{path}' is the workbook itself and is not overwritten; name another folder with -o")
    return files


def make_room(files: ResultFiles) -> None:
    """Make the folder and take away the log and LP file of an earlier run; its report stays until there is a new one.

    Raises `UnusablePath` when the folder cannot be written.
    """
    folder = files.report.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.lp.unlink(missing_ok=True)
        files.log.unlink(missing_ok=True)
        files.log.touch()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UnusablePath(f"the folder '{folder}' cannot be written to: {why}") from error


def new_workbook(path: Path) -> Path:
    """The file for a blank template. Raises `UnusablePath` where Excel would not open it or there is no folder."""
    if path.suffix.lower() != ".xlsx":
        raise UnusablePath(f"a workbook's name ends in .xlsx; for example: {path.with_suffix('.xlsx')}")
    if path.is_dir():
        raise UnusablePath(f"'{path}' is a folder")
    if not path.parent.is_dir():
        raise UnusablePath(f"there is no folder '{path.parent}'")
    return path
