"""Charts: what they are drawn from, that they can be drawn, and that they can be read."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from models.instance import Instance
from models.plan import Result, Status
from reports.charts.choices import counties_joining
from reports.charts.costs import costs_by_term
from reports.charts.drawing import both_widths, for_file, png
from reports.charts.equity import lorenz
from reports.charts.means import central_money, means_against_limits, who_pays
from reports.charts.panels import BANDS, band_of
from reports.charts.picture import NARROW, WIDE, Told, listed, percent, unique_names
from reports.charts.pictures import PICTURES, pictures, told_of
from reports.charts.style import DARK, FILE, LIGHT, PAGE, Style, variables
from reports.charts.supply import coverage_by_province, supply_by_source, utilisation
from reports.picture_files import write_charts
from reports.tables import TABLES
from tests.models.measures.programme import programme
from tests.reports.example import build_instance, build_result, without_plan
from tests.reports.html_pages import HOSTILE, named_instance, placed_instance, smallest, without_limits
from tests.reports.programme_result import programme_result

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def example() -> Told:
    return told_of(build_instance(), build_result())


def texts(svg: str) -> list[str]:
    """The words of a drawing."""
    return [element.text or "" for element in fromstring(svg).iter(f"{SVG}text")]


def tips(svg: str) -> list[str]:
    return re.findall(r'data-tip="([^"]*)"', svg)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("instance", "result"),
    [
        pytest.param(build_instance(), build_result(), id="example"),
        pytest.param(programme(), programme_result(), id="every mechanism"),
        pytest.param(*smallest(), id="smallest"),
        pytest.param(*without_limits(), id="no limits"),
        pytest.param(named_instance(HOSTILE), build_result(), id="hostile names"),
    ],
)
def test_every_chart_is_drawn(instance: Instance, result: Result) -> None:
    made = pictures(told_of(instance, result))
    assert made
    for picture in made.values():
        assert picture.draw(FILE, NARROW).to_dict(validate=True)
        for drawing in (for_file(picture), *both_widths(picture)):
            shapes = {element.tag.removeprefix(SVG) for element in fromstring(drawing).iter()}
            assert {"path", "text"} <= shapes
            assert not re.search(r">(?:nan|NaN|None|undefined|null)<|\bNaN\b", drawing)


def test_example_has_every_chart(example: Told) -> None:
    assert list(pictures(example)) == [function.__name__ for function in PICTURES]


def test_run_without_a_plan_has_none() -> None:
    assert pictures(told_of(build_instance(), without_plan(Status.INFEASIBLE))) == {}


def test_titles_are_unique_and_name_the_unit(example: Told) -> None:
    titles = [picture.title for picture in pictures(example).values()]
    assert len(set(titles)) == len(titles)
    without = [title for title in titles if not title.endswith(")")]
    assert without == ["What the plan uses of each means, by year, against what there is"]  # above each panel


def test_charts_name_tables_that_the_report_has(example: Told) -> None:
    known = {table.title for table in TABLES if table.own_sheet}
    assert {title for picture in pictures(example).values() for title in picture.tables} <= known


def test_page_drawings_carry_no_colours_of_their_own(example: Told) -> None:
    """Colours come from the page, so that they change with it; only a drawing's own black and white is absent too."""
    for picture in pictures(example).values():
        for drawing in both_widths(picture):
            colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing))
            assert {colour for colour in colours if not colour.startswith("var(--")} <= {"none", "transparent"}


def test_narrow_drawings_are_narrow(example: Told) -> None:
    for name, picture in pictures(example).items():
        wide, narrow = (float(re.search(r'width="([\d.]+)"', drawing)[1]) for drawing in both_widths(picture))
        assert narrow <= 1.1 * NARROW.width, name
        assert narrow <= wide <= 1.1 * WIDE.width, name


def test_counties_joining(example: Told) -> None:
    picture = counties_joining(example)
    assert tips(both_widths(picture)[0]) == ["North, 2024: 1 county joins", "South, 2025: 1 county joins"]
    assert picture.reading.endswith("The nation's greatest number is 1 a year, in 2024 and 2025.")


def test_supply_by_source_adds_up_to_what_is_needed(example: Told) -> None:
    """Food in 2025: 120 of new plants, 30 existing, 40 imported, 10 not met; 200 needed."""
    told = [tip for tip in tips(both_widths(supply_by_source(example))[0]) if tip.startswith("Foodstuffs, 2025")]
    assert sorted(told) == [
        "Foodstuffs, 2025, existing industry: 30 t of 200 t needed",
        "Foodstuffs, 2025, imports: 40 t of 200 t needed",
        "Foodstuffs, 2025, new: County: 120 t of 200 t needed",
        "Foodstuffs, 2025, new: Provincial: 0 t of 200 t needed",
        "Foodstuffs, 2025, not met: 10 t of 200 t needed",
    ]


def test_coverage_by_province(example: Told) -> None:
    """Food in 2025: the north gets 90 + 60 of 160, the south nothing of 40 at home."""
    told = tips(both_widths(coverage_by_province(example))[0])
    assert "Foodstuffs, North, 2025: 93.8% of demand met at home" in told
    assert "Foodstuffs, South, 2025: 0.0% of demand met at home" in told


def test_lorenz_curves_begin_at_nothing_and_end_at_all(example: Told) -> None:
    picture = lorenz(example)
    assert picture.title == "How evenly domestic supply reaches people in 2025 (Lorenz curves)"
    legend = texts(for_file(picture))
    assert {"Foodstuffs", "Soap", "all goods", "if all were served alike"} <= set(legend)


def test_means_are_told_with_their_limits(example: Told) -> None:
    picture = means_against_limits(example)
    told = tips(both_widths(picture)[0])
    assert told == [
        "Central money, 2024: 1,800 of 2,000 million won used",
        "Cement, 2024: 500 of 500 t used",
    ]
    assert "Used up: Cement in every year." in picture.reading
    assert "Cement, t" in texts(for_file(picture))


def test_means_without_limits_have_no_chart() -> None:
    assert means_against_limits(told_of(*without_limits())) is None
    assert central_money(told_of(*without_limits())) is None


def test_payers_add_up(example: Told) -> None:
    """7,100 central of 7,800 in all."""
    assert who_pays(example).reading.endswith("Of 7,800 million won in all: centre 91\u00a0% and counties 9\u00a0%.")


def test_costs_are_told_largest_first(example: Told) -> None:
    picture = costs_by_term(example)
    assert tips(both_widths(picture)[0]) == [
        "investment: 6,700 million won, discounted to 2024",
        "transport: 5,300 million won, discounted to 2024",
    ]
    assert picture.reading.startswith("The largest term is investment, 56\u00a0% of 12,000.")


def test_costs_below_zero_are_drawn() -> None:
    told = told_of(*without_limits())
    assert "investment: -5 million won, discounted to 2024" in tips(both_widths(costs_by_term(told))[0])


def test_utilisation_is_of_full_capacity(example: Told) -> None:
    told = tips(both_widths(utilisation(example))[0])
    assert "Small food works, 2025: 60.0% of full capacity used, 80.0% allowed" in told


def test_names_that_are_alike_are_told_apart() -> None:
    assert unique_names({"a": "Unsan", "b": "Unsan", "c": "Anju", "d": ""}) == {
        "a": "Unsan (a)",
        "b": "Unsan (b)",
        "c": "Anju",
        "d": "(d)",
    }
    instance = build_instance()
    alike = {code: replace(province, name="Same") for code, province in instance.provinces.items()}
    told = told_of(replace(instance, provinces=alike), build_result())
    assert "Same (north), 2024: 1 county joins" in tips(both_widths(counties_joining(told))[0])


def test_letters_of_other_scripts_are_kept() -> None:
    instance = build_instance()
    renamed = {code: replace(province, name=province.local_name) for code, province in instance.provinces.items()}
    drawing = for_file(counties_joining(told_of(replace(instance, provinces=renamed), build_result())))
    assert {"북도", "남도"} <= set(texts(drawing))


@pytest.mark.parametrize(
    ("share", "band"), [(0.0, 0), (0.1999, 0), (0.2, 1), (0.6, 3), (0.8, 4), (1.0, 4), (1.3, 4), (-0.1, 0)]
)
def test_bands_hold_their_lower_end(share: float, band: int) -> None:
    assert band_of(share) == BANDS[band]


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (0.001, "less than 1 %"), (0.124, "12 %"), (0.997, "more than 99 %"), (1.0, "100 %")],
)
def test_a_share_in_words_never_overstates(share: float, text: str) -> None:
    assert percent(share).replace("\u00a0", " ") == text


def test_lists_in_sentences() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])
class TestColours:
    def test_text_can_be_read(self, style: Style) -> None:
        for ink in (style.ink, style.muted):
            assert contrast(ink, style.paper) >= 4.5
        for step, on_step in zip(style.steps, style.on_steps, strict=True):
            assert contrast(step, on_step) >= 4.5

    def test_steps_differ_in_grey(self, style: Style) -> None:
        shades = [luminance(step) for step in style.steps]
        assert shades == sorted(shades, reverse=style is LIGHT)
        assert all(contrast(one, other) >= 1.3 for one, other in zip(style.steps, style.steps[1:], strict=False))

    def test_states_of_a_county_differ_in_grey(self, style: Style) -> None:
        assert contrast(style.joined, style.waiting) >= 1.25
        assert contrast(style.joins, style.waiting) >= 1.5

    def test_page_has_all_of_them(self, style: Style) -> None:
        used = {value for name in PAGE.__dataclass_fields__ for value in _all(getattr(PAGE, name)) if "var(" in value}
        assert used == {f"var({name})" for name in variables(style)}


def _all(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def test_files_look_as_on_light_paper() -> None:
    assert (FILE.series, FILE.steps, FILE.paper) == (LIGHT.series, LIGHT.steps, LIGHT.paper)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_charts_are_written_as_files(tmp_path: Path, form: str) -> None:
    written = write_charts(tmp_path / "charts", placed_instance(), build_result(), form)
    names = [function.__name__.replace("_", "-") for function in PICTURES]
    assert [path.name for path in written] == [f"{name}.{form}" for name in [*names, "map"]]
    assert sorted(path.name for path in (tmp_path / "charts").iterdir()) == sorted(path.name for path in written)
    begin = b"\x89PNG" if form == "png" else b"<svg"
    assert all(path.read_bytes().startswith(begin) for path in written)


def test_no_files_without_a_plan(tmp_path: Path) -> None:
    assert write_charts(tmp_path / "charts", placed_instance(), without_plan(Status.NO_PLAN), "svg") == []
    assert list(tmp_path.iterdir()) == []


def test_png_is_sharp(example: Told) -> None:
    """Twice as many pixels as the drawing has units."""
    drawing = for_file(costs_by_term(example))
    width = float(re.search(r'width="([\d.]+)"', drawing)[1])
    assert int.from_bytes(png(drawing)[16:20], "big") == pytest.approx(2 * width, abs=2)
