from pathlib import Path

import pytest

from inputs.reader import read_workbook
from models.plan import Status
from optimizer.exit_codes import ExitCode, exit_code
from tests.optimizer.runs import result_of, write_small

CODES = {Status.SOLVED: 0, Status.STOPPED: 5, Status.NO_PLAN: 6, Status.INFEASIBLE: 4, Status.UNBOUNDED: 3}


def test_every_status_has_its_code(tmp_path: Path) -> None:
    instance = read_workbook(write_small(tmp_path)).instance()
    assert {status: exit_code(result_of(instance, status)) for status in Status} == CODES


@pytest.mark.parametrize("status", [Status.STOPPED, Status.NO_PLAN])
def test_interrupted_comes_first(tmp_path: Path, status: Status) -> None:
    instance = read_workbook(write_small(tmp_path)).instance()
    assert exit_code(result_of(instance, status, interrupted=True)) == ExitCode.INTERRUPTED == 130


def test_every_code_has_a_meaning() -> None:
    assert len({code.meaning for code in ExitCode}) == len(ExitCode)
