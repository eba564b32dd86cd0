"""A workbook with twenty different mistakes gives twenty messages, each with its cell."""

from pathlib import Path

import pytest

from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from tests.inputs.twenty_mistakes import MESSAGES, write_twenty_mistakes


def test_twenty_mistakes(tmp_path: Path) -> None:
    assert len(MESSAGES) == 20
    with pytest.raises(InvalidWorkbook) as invalid:
        read_workbook(write_twenty_mistakes(tmp_path))
    found = [str(problem) for problem in invalid.value.problems]
    assert len(found) == 20, "\n".join(found)
    for line, start in zip(found, MESSAGES, strict=True):
        assert line.startswith(start)
