"""Tables and words of a search for break-even, from findings typed here."""

from dataclasses import replace
from io import BytesIO
from math import inf
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reports.background import Background
from reports.breakeven import COMPARISON_TABLES, MAP_TABLES, breakeven_frames, breakeven_tables
from reports.breakeven_excel import breakeven_content, finding_lines, is_breakeven_report, write_breakeven
from reports.breakeven_findings import (
    Comparison,
    Crossing,
    MapBoundary,
    MapCell,
    Piece,
    Range,
    Standing,
    Stretch,
    Study,
    sentence,
)
from tests.models.tiny_instance import tiny_instance

ORIGIN = Background("two.xlsx", "0123", command="countyplan breakeven two.xlsx")


def standing(value: float, one: tuple[float, float], other: tuple[float, float]) -> Standing:
    cheaper = 0 if one[1] < other[1] else 1
    costs = (Range(*one), Range(*other))
    proven = costs[cheaper].upper < costs[1 - cheaper].lower
    return Standing(value, costs, cheaper, proven, (True, True))


BELOW, ABOVE = standing(0.99, (59, 60), (50, 51)), standing(1.01, (59, 60), (61, 62))
CROSSING = Crossing(1.0, 0.99, 1.01, 0.0, 0.995, 1.005, 2.0, None, None, 1, 0, BELOW, ABOVE)
AT_VALUES = replace(
    CROSSING,
    proven_from=None,
    proven_low=None,
    proven_high=None,
    proven_to=None,
    proven_at_low=0.99,
    proven_at_high=1.01,
)


def comparison(**changes: Any) -> Comparison:
    found = Comparison(
        extent="nation",
        code="",
        name="Nation",
        shapes=("constant", "concave"),
        standings=(BELOW, ABOVE),
        stretches=(
            Stretch(0.0, 0.995, 1, "proven"),
            Stretch(0.995, 1.0, 1, "not proven"),
            Stretch(1.0, 1.005, 0, "not proven"),
            Stretch(1.005, 2.0, 0, "proven"),
        ),
        crossings=(CROSSING,),
        solves=6,
        seconds=1.5,
        gap=0.001,
        ended="",
    )
    return replace(found, **changes)


def study(*comparisons: Comparison, **changes: Any) -> Study:
    found = Study(
        instance=tiny_instance(),
        variants=("county", "joint"),
        names=("County plants", "Joint plants"),
        parameter="freight",
        meaning="cost of carrying",
        unit="won/t/km",
        now=0.5,
        start=0.0,
        end=2.0,
        tolerance=0.01,
        comparisons=comparisons,
    )
    return replace(found, **changes)


def told(**changes: Any) -> str:
    return sentence(study(), comparison(**changes))


def without(*stretches: Stretch) -> dict[str, Any]:
    return {"crossings": (), "stretches": stretches}


def test_a_crossing_in_words() -> None:
    assert told() == (
        "Break-even at about 1 won/t/km. Cheaper below: Joint plants; above: County plants. "
        "Proven: Joint plants up to 0.995 and County plants from 1.005. Checked on both sides."
    )


def test_a_crossing_that_is_not_proven_says_so() -> None:
    open_crossing = replace(AT_VALUES, proven_at_low=None, proven_at_high=None, below=None)
    words = told(crossings=(open_crossing,))
    assert "Proven: neither at this gap. Not checked on both sides" in words


def test_what_is_proven_at_solved_values_alone_is_not_told_as_a_range() -> None:
    at_values = tuple(replace(one, proof="proven at solved values") for one in comparison().stretches)
    words = told(crossings=(AT_VALUES,), stretches=at_values, shapes=("free", "free"))
    assert words == (
        "Break-even at about 1 won/t/km. Cheaper below: Joint plants; above: County plants. "
        "Proven at 0.99 (Joint plants) and at 1.01 (County plants), the values solved on both sides, "
        "and not between or beyond them. Checked on both sides."
    )
    row = breakeven_frames(study(comparison(crossings=(AT_VALUES,))))["breakeven_crossings"]
    assert row[["proven_from", "proven_low", "proven_high", "proven_to"]].isna().all(axis=None)
    assert (row["proven_at_low"][0], row["proven_at_high"][0]) == (0.99, 1.01)


def test_one_side_may_be_proven_over_a_range_and_the_other_at_a_value() -> None:
    mixed = replace(AT_VALUES, proven_from=0.0, proven_low=0.995, proven_at_low=None)
    assert (
        "Proven: Joint plants up to 0.995. "
        "Proven at 1.01 (County plants), a value solved on that side, and not throughout beyond it."
    ) in told(crossings=(mixed,))


def test_between_crossings_a_proven_range_has_both_its_ends_told() -> None:
    inner = replace(CROSSING, proven_from=0.4, proven_to=1.6)
    assert "Proven: Joint plants from 0.4 up to 0.995 and County plants from 1.005 up to 1.6." in told(
        crossings=(inner,)
    )


def test_no_crossing_in_words() -> None:
    proven, opened = Stretch(0.0, 2.0, 0, "proven"), Stretch(0.0, 2.0, 0, "not proven")
    assert told(**without(proven)) == "Cheaper throughout, from 0 to 2: County plants; proven."
    assert "by the best plans found, not proven at this gap" in told(**without(opened))
    partly = (replace(proven, end=1.5), replace(opened, start=1.5))
    assert "not proven at this gap from 1.5 to 2" in told(**without(*partly))


def test_cheaper_at_the_values_solved_is_not_told_as_throughout() -> None:
    at_values = Stretch(0.0, 2.0, 0, "proven at solved values")
    solved = (replace(ABOVE, value=0.0), ABOVE, replace(ABOVE, value=2.0))
    words = told(**without(at_values), standings=solved, shapes=("free", "constant"))
    assert words == (
        "Cheaper at all 3 values solved, from 0 to 2: County plants. Proven at all of them, not between them."
    )


@pytest.mark.parametrize(("proven", "number"), [(True, "all of them"), (False, "2 of the 3")])
def test_a_value_at_which_both_cost_the_same_is_told_and_counted(proven: bool, number: str) -> None:
    same = Standing(0.0, (Range(60, 60), Range(60, 60)), None, proven, (True, True))
    at_values = Stretch(0.0, 2.0, 0, "proven at solved values" if proven else "not proven")
    solved = (same, ABOVE, replace(ABOVE, value=2.0))
    words = told(**without(at_values), standings=solved, shapes=("free", "free"))
    assert words == (
        "Cheaper at 2 of 3 values solved, from 0 to 2: County plants. Both cost the same at 0. "
        f"Proven at {number}, not between them."
    )
    throughout = told(**without(Stretch(0.0, 2.0, 0, "proven")), standings=solved)
    assert throughout == "Cheaper throughout, from 0 to 2, but for 0, where both cost the same: County plants; proven."


def test_the_same_cost_in_words() -> None:
    assert told(**without(Stretch(0.0, 2.0, None, "proven"))) == "Both cost the same from 0 to 2: proven."


TIED, DEARER = Range(60, 60), Range(70, 70)
NEVER, UNKNOWN = Range(inf, inf), Range(1, inf)


def pieces(*parts: tuple[float, float, Range, Range]) -> tuple[Piece, ...]:
    return tuple(Piece(start, end, (one, other), (one, other)) for start, end, one, other in parts)


def test_a_range_where_both_cost_the_same_is_not_told_as_throughout() -> None:
    """As two counties do, where freight no longer matters beyond a rate: no value in the range was solved but 2."""
    same = Standing(2.0, (TIED, TIED), None, True, (True, True))
    stretches = (Stretch(0.0, 0.9, 0, "proven"), Stretch(0.9, 1.0, 0, "not proven"), Stretch(1.0, 2.0, None, "proven"))
    words = told(
        **without(*stretches),
        standings=(replace(ABOVE, value=0.0), same),
        pieces=pieces((0.0, 1.0, TIED, DEARER), (1.0, 1.5, TIED, TIED), (1.5, 2.0, TIED, TIED)),
    )
    assert words == (
        "Cheaper from 0 to 1: County plants; by the best plans found; not proven at this gap from 0.9 to 1. "
        "Both cost the same from 1 to 2; proven."
    )


@pytest.mark.parametrize(
    ("at_end", "proof", "said"),
    [
        (NEVER, "proven", "No plan of either can keep every rule from 1 to 2."),
        (UNKNOWN, "not proven", "No plan of either is known from 1 to 2."),
    ],
)
def test_a_range_without_plans_is_not_told_as_throughout(at_end: Range, proof: Any, said: str) -> None:
    words = told(
        **without(Stretch(0.0, 1.0, 0, "proven"), Stretch(1.0, 2.0, None, proof)),
        standings=(replace(ABOVE, value=0.0), Standing(2.0, (at_end, at_end), None, proof == "proven", (True, True))),
        pieces=pieces((0.0, 1.0, TIED, DEARER), (1.0, 2.0, at_end, at_end)),
        shapes=("rising", "rising"),
    )
    assert words.startswith(f"Cheaper from 0 to 1: County plants; proven. {said}")


def test_what_is_between_two_cheaper_ranges_is_told_with_and_without_a_crossing() -> None:
    parts = pieces((0.0, 0.5, DEARER, TIED), (0.5, 1.5, TIED, TIED), (1.5, 2.0, TIED, DEARER))
    stretches = (Stretch(0.0, 0.5, 1, "proven"), Stretch(0.5, 1.5, None, "proven"), Stretch(1.5, 2.0, 0, "proven"))
    assert "Checked on both sides. Both cost the same from 0.5 to 1.5; proven." in told(
        stretches=stretches, pieces=parts
    )
    alike = (replace(stretches[0], cheaper=0), *stretches[1:])
    assert told(**without(*alike), pieces=parts) == (
        "Cheaper from 0 to 0.5 and from 1.5 to 2: County plants; proven. Both cost the same from 0.5 to 1.5; proven."
    )
    assert told(**without(*alike)).endswith("Neither is known to be cheaper from 0.5 to 1.5.")


@pytest.mark.parametrize(
    ("shape", "values", "where"),
    [
        ("constant", (0.5,), ""),
        ("concave", (0.5,), ""),
        ("rising", (0.0, 2.0), ""),
        ("rising", (0.5, 2.0), " at 0.5 and 2"),
        ("falling", (0.0, 2.0), ""),
        ("falling", (0.0, 0.5), " at 0 and 0.5"),
        ("free", (0.0, 2.0), " at 0 and 2"),
    ],
)
def test_no_plan_is_said_of_the_whole_range_only_where_that_is_known(
    shape: Any, values: tuple[float, ...], where: str
) -> None:
    """A workbook with a share that must be used exactly has plans at one value between, where none was solved."""
    never = tuple(standing(value, (59, 60), (inf, inf)) for value in values)
    words = told(standings=never, shapes=("constant", shape), **without())
    assert words == f"No plan of Joint plants can keep every rule{where}."


def test_each_may_lack_plans_at_other_values() -> None:
    one, other = standing(0.0, (inf, inf), (50, 51)), standing(2.0, (59, 60), (inf, inf))
    late = standing(1.0, (40, inf), (50, 51))
    assert told(standings=(one, late, other), shapes=("free", "free"), **without()) == (
        "No plan of County plants can keep every rule at 0. At 1 none of it was found in the time. "
        "No plan of Joint plants can keep every rule at 2."
    )


def test_variants_without_plans_in_words() -> None:
    never = standing(0.5, (59, 60), (inf, inf))
    assert told(standings=(never,), **without()) == "No plan of Joint plants can keep every rule."
    late = standing(0.5, (59, 60), (40, inf))
    assert told(standings=(late,), **without()) == "No plan of Joint plants was found in the time."


def test_an_early_end_in_words() -> None:
    assert told(ended="40 solves were made").endswith("The search ended early: 40 solves were made.")
    assert told(standings=(), ended="it was interrupted").startswith("Nothing was found out")


def test_decided_is_only_what_is_proven_up_to_its_checks() -> None:
    assert comparison().decided
    assert not comparison(ended="it was interrupted").decided
    assert not comparison(crossings=(replace(CROSSING, above=None),)).decided
    wide = (Stretch(0.0, 0.5, 1, "proven"), Stretch(0.5, 1.0, 1, "not proven"), Stretch(1.0, 2.0, 0, "proven"))
    assert not comparison(stretches=wide).decided
    assert comparison(**without(Stretch(0.0, 2.0, 0, "proven"))).decided
    assert comparison(**without(Stretch(0.0, 2.0, 0, "proven at solved values"))).decided
    assert not comparison(**without(Stretch(0.0, 2.0, 0, "not proven"))).decided


def test_tables_have_the_declared_columns() -> None:
    whole = with_map(study(comparison()))
    frames = breakeven_frames(whole)
    assert set(frames) == {table.name for table in (*COMPARISON_TABLES, *MAP_TABLES)}
    for table in breakeven_tables(whole):
        assert list(frames[table.name].columns) == [column.name for column in table.columns]
        assert all(column.meaning for column in table.columns)
        assert len(frames[table.name]) > 0


def test_tables_keep_their_columns_without_rows() -> None:
    frames = breakeven_frames(study(comparison(**without(Stretch(0.0, 2.0, 0, "proven")))))
    assert len(frames["breakeven_crossings"]) == 0
    assert "estimate" in frames["breakeven_crossings"]
    assert frames["breakeven"]["break_even"].isna().all()


def test_differences_are_bounded_by_what_is_proven() -> None:
    row = breakeven_frames(study(comparison()))["breakeven_checks"].iloc[1]
    assert (row["side"], row["cheaper"], row["proven"]) == ("above", "county", True)
    assert (row["difference"], row["difference_least"], row["difference_most"]) == (2.0, 1.0, 3.0)


def with_map(given: Study) -> Study:
    cells = tuple(
        MapCell("food", exponent, replace(one, value=freight))
        for exponent in (0.3, 1.0)
        for freight, one in ((0.0, BELOW), (1.0, replace(ABOVE, proven=False)))
    )
    return replace(given, cells=cells, boundaries=(MapBoundary("food", 0.3, 0.5, 0.4, None, 1, 0),))


def test_map_is_a_grid_with_marks_where_not_proven() -> None:
    book = load_workbook(BytesIO(breakeven_content(with_map(study()), ORIGIN)))
    sheet = book["Maps of goods"]
    assert [[cell.value for cell in row] for row in sheet["A2:C4"]] == [
        ["exponent \\ freight", 0, 1],
        [0.3, "joint", "county ?"],
        [1, "joint", "county ?"],
    ]
    lines = dict(finding_lines(with_map(study())))
    assert lines["Map, food"] == (
        "Cheaper, of 4 cells: County plants in 2, 0 of them proven; Joint plants in 2, 2 of them proven."
    )


def test_report_is_known_by_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.xlsx"
    write_breakeven(path, study(comparison()), ORIGIN)
    assert is_breakeven_report(path)
    assert list(path.parent.iterdir()) == [path]
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"no workbook")
    assert not is_breakeven_report(other)


def test_a_row_must_have_the_declared_columns() -> None:
    table = replace(COMPARISON_TABLES[0], columns=COMPARISON_TABLES[0].columns[1:])
    with pytest.raises(KeyError, match="table breakeven: a row has"):
        table(study(comparison()))
