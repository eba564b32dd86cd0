"""Workbooks recalculated by LibreOffice, which trusts no value that is stored beside a formula."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice (soffice) is not installed")

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
"""Recalculate always: LibreOffice takes over the values of files that say they come from Excel otherwise."""


def recalculated(files: Sequence[Path], folder: Path) -> list[Path]:
    """The files as LibreOffice saves them after a full recalculation, under their names in `folder`."""
    assert PROGRAM is not None
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    profile = f"-env:UserInstallation={user.parent.as_uri()}"
    done = folder / "recalculated"
    command = [PROGRAM, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(done), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [done / path.name for path in files]


def formula_cells(path: Path) -> Iterator[tuple[str, str, str, Any]]:
    """Sheet, cell, formula and stored value of every formula of a workbook."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for sheet in formulas:
        known = values[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, str(cell.value), known[cell.coordinate].value


def broken_rules(path: Path) -> set[str]:
    """Rules that the sheet of checks of a workbook has as broken; `values of` a variable counts as `domain`."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Checks"]
    rows = [(str(row[0].value), str(row[1].value)) for row in sheet.iter_rows(min_row=6)]
    return {"domain" if rule.startswith("values of") else rule for verdict, rule in rows if verdict.startswith("✗")}
