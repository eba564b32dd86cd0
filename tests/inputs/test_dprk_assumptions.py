"""The assumptions of the shipped case: each is used, explained, and within its range."""

from collections.abc import Iterator, Mapping

import pytest

from inputs.cases.dprk_20x10 import generate, plain
from inputs.sheets import SHEETS

ASSUMPTIONS = plain.read("assumptions")


class Watched(Mapping[str, str]):
    """An assumption that tells when its value is taken; its reasoning alone may be quoted without."""

    def __init__(self, row: Mapping[str, str], taken: set[str]) -> None:
        self.row = row
        self.taken = taken

    def __getitem__(self, column: str) -> str:
        if column == "value":
            self.taken.add(self.row["name"])
        return self.row[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.row)

    def __len__(self) -> int:
        return len(self.row)


def test_names_are_distinct() -> None:
    names = [row["name"] for row in ASSUMPTIONS]
    assert len(set(names)) == len(names)


def test_every_assumption_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: set[str] = set()
    watched = {row["name"]: Watched(row, taken) for row in ASSUMPTIONS}
    monkeypatch.setattr(plain, "assumptions", lambda: watched)
    generate.tables()
    assert set(watched) - taken == set()


def test_assumed_cells_are_columns_of_their_sheet() -> None:
    columns = {sheet.sheet: sheet.model_fields for sheet in SHEETS}
    named = [row["name"].split(".") for row in ASSUMPTIONS]
    assert [name for name in named if name[0] in columns and name[-1] not in columns[name[0]]] == []


@pytest.mark.parametrize("row", ASSUMPTIONS, ids=lambda row: row["name"])
def test_value_lies_within_its_range_and_is_explained(row: Mapping[str, str]) -> None:
    assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
    assert len(row["reasoning"]) > 10


def test_every_good_made_at_two_scales_has_its_own_exponents() -> None:
    """The settings' exponents, left at their defaults, serve none of the goods."""
    enlarged = {design["good"] for design in plain.read("designs") if generate.enlarged(design)}
    for good in (good for good in generate.goods() if good["good"] in enlarged):
        assert "investment_exponent" in good
        assert "worker_exponent" in good
