"""How figures and texts look in their cells."""

import math

from reports.excel.cells import Heading, column_format, column_width, line_count, own_format, shown, text_width


def test_formats_of_figures() -> None:
    assert own_format(3.0) == "#,##0"
    assert own_format(3.25) == "#,##0.00"
    assert own_format(300.25) == "#,##0"
    assert own_format(-0.0325) == "#,##0.0000"
    assert column_format(Heading("x", "#,##0"), [0.0, 0.0325]) == "#,##0.0000"
    assert column_format(Heading("x", "#,##0"), [3.0, 0.0325]) == "#,##0.00"
    assert column_format(Heading("x", "#,##0"), [1.0, 2.5, math.inf, None]) == "#,##0.00"
    assert column_format(Heading("x", "#,##0"), [100.0, 2.5]) == "#,##0"
    assert column_format(Heading("x", "0"), [2024]) == "0"
    assert column_format(Heading("x"), ["a"]) is None


def test_shown() -> None:
    assert shown(1234.5, "#,##0") == "1,234"
    assert shown(0.125, "0.0%") == "12.5%"
    assert shown(True, None) == "yes"
    assert shown(math.inf, "#,##0") == "no limit"
    assert shown(math.nan, "#,##0") == ""
    assert shown(None, None) == ""
    assert shown(-1e-9, "#,##0") == "0"  # the solver's tolerance is no debt
    assert shown(-0.0004, "0.0%") == "0.0%"
    assert shown(-0.6, "#,##0") == "-1"


def test_widths() -> None:
    assert text_width("안주시") == 6
    assert column_width("a", 500) == 45
    assert column_width("extraordinarily long", 1) >= len("extraordinarily") + 3
    assert line_count("안주시" * 10, 20) == 3
    assert line_count("a\nb c", 2) == 3
    assert line_count("", 10) == 1
