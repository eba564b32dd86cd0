import re

import pytest

from inputs.columns import columns_of, setting_columns
from inputs.reference import sheet_reference
from inputs.sheets import SHEETS, Row


def section(sheet: type[Row]) -> str:
    found = re.search(rf"^## {sheet.sheet}\n(.*?)(?=^## |\Z)", sheet_reference(), re.DOTALL | re.MULTILINE)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.sheet)
def test_every_column_is_in_its_sheet_with_unit_and_meaning(sheet: type[Row]) -> None:
    text = section(sheet)
    assert sheet.meaning in text
    assert (" Required." in text) == sheet.required
    assert ("years may also be columns" in text) == (sheet.wide_by_year is not None)
    for column in list(columns_of(sheet).values())[:-3]:
        key = " *" if column.key else ""
        assert (
            f"| `{column.name}`{key} | {column.unit} | {column.allowed} | {column.default_text} | {column.meaning} |"
            in text
        )


def test_every_setting_is_listed() -> None:
    text = section(SHEETS[0])
    for name, column in setting_columns().items():
        assert f"| `{name}` | {column.unit} | {column.allowed} | {column.default_text} |" in text


def test_provenance_is_described_once() -> None:
    assert sheet_reference().count("| `status` |") == 1
