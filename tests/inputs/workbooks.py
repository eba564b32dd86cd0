"""Writing small workbooks and reading them back."""

from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenedFile
from openpyxl import load_workbook

from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from inputs.template import write_workbook
from inputs.workbook import Workbook
from tests.small_workbook import Tables

Edit = Callable[[OpenedFile], None]


def written(folder: Path, tables: Tables, edit: Edit | None = None, wide: Collection[str] = ()) -> Path:
    """A file with the tables, then changed by `edit` as a user would change it in Excel."""
    path = folder / "case.xlsx"
    write_workbook(path, tables, wide=wide)
    if edit is not None:
        opened = load_workbook(path)
        edit(opened)
        opened.save(path)
    return path


def read(folder: Path, tables: Tables, edit: Edit | None = None, wide: Collection[str] = ()) -> Workbook:
    """The tables written and read back."""
    return read_workbook(written(folder, tables, edit, wide))


def problems(folder: Path, tables: Tables, edit: Edit | None = None, wide: Collection[str] = ()) -> list[str]:
    """The problems of the tables, as text; none when there are none."""
    try:
        read(folder, tables, edit, wide)
    except InvalidWorkbook as invalid:
        return [str(problem) for problem in invalid.problems]
    return []


def only_problem(folder: Path, tables: Tables, edit: Edit | None = None, wide: Collection[str] = ()) -> str:
    """The one problem of the tables."""
    found = problems(folder, tables, edit, wide)
    if len(found) != 1:
        pytest.fail(f"one problem expected, found {found}")
    return found[0]


def notes(folder: Path, tables: Tables, edit: Edit | None = None) -> list[str]:
    """The notes on the tables, as text."""
    return [str(note) for note in read(folder, tables, edit).notes]
