"""Where a run reads and where it writes."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inputs.shipped import shipped_names, shipped_workbook
from reports.saved_result import ENDING, is_saved_result

logger = logging.getLogger(__name__)

RESULTS = Path("out")
"""The folder for results when none is named."""

FILE_ENDINGS = (".xlsx", ".xlsm", ".html", ".lp", ".log", ".zip", ".csv")
"""Endings of a name that no folder for results has."""

FURTHER_NAMES = range(2, 10)
"""Numbers added to a file's name, one after another, when the file of that name cannot be replaced."""


class UnusablePath(ValueError):
    """A file or folder that was named cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ResultFiles:
    """The files of a run, side by side and named after the workbook and the variant."""

    report: Path
    page: Path
    result: Path
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
    """Names for the results of a variant: `folder/<stem of the workbook>-<variant>` with .xlsx, .html,
    .result.zip, .lp and .log.

    Nothing is written. Raises `UnusablePath` when one of them is the workbook itself, by whatever name, or when
    `folder` looks like a file.
    """
    require_folder(folder)
    name = f"{workbook.stem}-{variant}"
    files = ResultFiles(*(folder / f"{name}{ending}" for ending in (".xlsx", ".html", ENDING, ".lp", ".log")))
    for path in (files.report, files.page, files.result, files.lp, files.log):
        require_other_than(workbook, path)
    return files


def require_other_than(workbook: Path, path: Path) -> None:
    """Raises `UnusablePath` when `path`, to which a result would go, is the workbook itself, by whatever name."""
    if path.exists() and path.samefile(workbook):
        raise UnusablePath(f"'{path}' is the workbook itself and is not overwritten; name another folder with -o")


def require_folder(folder: Path) -> None:
    """Raises `UnusablePath` when `folder` looks like a file."""
    if folder.suffix.lower() in FILE_ENDINGS or folder.is_file():
        raise UnusablePath(f"the results go into a folder, and '{folder}' names a file; for example: -o {RESULTS}")


def find_saved_result(given: str | Path) -> Path:
    """The saved result that is meant. Raises `UnusablePath` when there is no such file."""
    path = Path(given)
    if not path.is_file():
        raise UnusablePath(
            f"there is no file '{given}'; solve writes one, for example {RESULTS / f'my-plan-both{ENDING}'}"
        )
    return path


def is_saved(given: str | Path) -> bool:
    """Whether a saved result is meant, rather than a workbook or table: what is named as a zip, which those never are,
    or is one whatever its name."""
    path = Path(given)
    return path.suffix.lower() == ".zip" or (path.is_file() and is_saved_result(path))


def name_of_saved(path: Path) -> str:
    """The name of a saved result without its ending, under which what is made of it goes."""
    return path.name.removesuffix(ENDING) if path.name.endswith(ENDING) else path.stem


def write_beside(path: Path, kind: str, may_replace: Callable[[Path], bool], write: Callable[[Path], None]) -> Path:
    """Write a file of this program, in place of an earlier one that it may replace; the file that it went to.

    Where something else has that name, or the file is locked as an open workbook is on Windows, a number is added to
    the name. `kind` is what the file is, in a word or two. Raises `UnusablePath` when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UnusablePath(f"the folder '{path.parent}' cannot be written to: {why}") from error
    trouble = ""
    for candidate in (path, *(_numbered(path, number) for number in FURTHER_NAMES)):
        if candidate.exists() and not may_replace(candidate):
            logger.warning("%s is no %s that may be replaced and is left as it is", candidate, kind)
            continue
        try:
            write(candidate)
        except PermissionError as error:
            logger.warning("%s is in use or may not be written", candidate)
            trouble = str(error)
        except OSError as error:
            raise UnusablePath(f"the {kind} {candidate} cannot be written: {error.strerror or error}") from error
        else:
            return candidate
    raise UnusablePath(f"no {kind} can be written as {path} or beside it: {trouble or 'other files are there'}")


def _numbered(path: Path, number: int) -> Path:
    """The name with a number before its ending, which for a saved result has two parts."""
    ending = ENDING if path.name.endswith(ENDING) else path.suffix
    return path.with_name(f"{path.name.removesuffix(ending)}-{number}{ending}")


def make_room(files: ResultFiles) -> None:
    """Make the folder and take away the log and LP file of an earlier run; its report and saved result stay until there
    are new ones.

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
