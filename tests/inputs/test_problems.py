import pytest

from inputs.problems import Cell, InvalidWorkbook, Note, Problem, did_you_mean, expected, nearest, quoted


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell("Counties", "F", 17), "Counties!F17"),
        (Cell("Counties"), "Counties"),
        (Cell("Counties", row=17), "Counties!17:17"),
        (Cell("Counties", "F"), "Counties!F:F"),
        (Cell("My sheet's", "F", 17), "'My sheet''s'!F17"),
        (Cell("--set Settings.gap.value=x"), "--set Settings.gap.value=x"),
    ],
)
def test_cell_is_written_as_in_excel(cell: Cell, text: str) -> None:
    assert str(cell) == text


def test_problem_is_one_line_with_cell_allowed_found_and_remedy() -> None:
    problem = expected(
        Cell("Counties", "F", 17), "population", "at least 0", "-3", "Enter the number of people served."
    )
    assert str(problem) == (
        "Counties!F17: population should be at least 0, found -3. Enter the number of people served."
    )
    assert (problem.found, problem.allowed) == ("-3", "at least 0")


def test_problem_without_remedy_ends_with_the_message() -> None:
    assert str(Problem(Cell("Goods"), "", "", "", "something")) == "Goods: something."


def test_invalid_workbook_lists_all_its_problems() -> None:
    first = Problem(Cell("Goods"), "", "", "Do.", "first")
    second = Problem(Cell("Scales"), "", "", "", "second")
    invalid = InvalidWorkbook([first, second], [Note(None, "remark")])
    assert invalid.problems == (first, second)
    assert str(invalid) == "Goods: first. Do.\nScales: second."
    assert [str(note) for note in invalid.notes] == ["remark."]


def test_nearest_name_ignores_case_and_is_none_when_nothing_is_like_it() -> None:
    assert nearest("FREIGHT_RAT", ["gap", "freight_rate"]) == "freight_rate"
    assert nearest("xyz", ["gap", "freight_rate"]) is None
    assert did_you_mean("xyz", ["gap"], "See the list.") == "See the list."


@pytest.mark.parametrize(
    ("value", "text"), [(None, "nothing"), (True, "TRUE"), ("a", "'a'"), (3.5, "3.5"), ("x" * 70, f"'{'x' * 57}...'")]
)
def test_values_are_quoted_as_a_user_knows_them(value: object, text: str) -> None:
    assert quoted(value) == text


def test_note_ends_with_one_mark() -> None:
    assert str(Note(None, "it was ignored")) == "it was ignored."
    assert (
        str(Note(Cell("Goods"), "it was ignored; did you mean 'norm'?"))
        == "Goods: it was ignored; did you mean 'norm'?"
    )
