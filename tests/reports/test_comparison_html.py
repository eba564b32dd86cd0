"""The page of a comparison as a document: well-formed, complete in itself, saying what is proven and what is not."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.comparison.tables import COMPARISON_TABLES
from reports.html import is_html_report, write_html
from reports.html.comparison import is_comparison_page, write_comparison_html
from reports.html.comparison_headline import proven_rows, tiles
from reports.html.comparison_map import comparison_map
from reports.html.comparison_page import comparison_content
from reports.html.listing import frame_listing, shown_text
from tests.reports.comparing import bounded, comparison
from tests.reports.comparison_pages import COMPARISONS, example, page, placed
from tests.reports.html_pages import HOSTILE
from tests.reports.html_pages import PAGES as RUNS
from tests.reports.test_html import LOADING, Document, parsed, unpacked


@pytest.fixture(scope="module", params=COMPARISONS)
def document(request: pytest.FixtureRequest) -> Document:
    return parsed(page(request.param))


def test_elements_are_closed_in_order(document: Document) -> None:
    assert (document.open, document.wrong) == ([], [])


def test_names_of_places_are_unique_and_links_lead_to_them(document: Document) -> None:
    names = [attrs["id"] for _, attrs in document.elements if attrs.get("id")]
    assert len(names) == len(set(names))
    links = [attrs["href"] for _, attrs in document.elements if (attrs.get("href") or "").startswith("#")]
    assert links
    assert {link.removeprefix("#") for link in links if link} <= set(names)


def test_nothing_is_loaded_from_elsewhere(document: Document) -> None:
    for tag, attrs in document.elements:
        assert tag not in ("link", "iframe", "object", "embed", "img")
        assert not [name for name in LOADING if attrs.get(name)]


def test_no_figure_is_a_riddle(document: Document) -> None:
    riddles = re.compile(r"\b(nan|None|inf|NaN|undefined|null)\b")
    assert not [line for line in document.words.splitlines() if riddles.search(line)]


def test_hostile_names_stay_text() -> None:
    document = parsed(page("hostile"))
    assert HOSTILE in document.words
    assert len(document.scripts) == len(parsed(page("example")).scripts)


def test_page_says_what_was_compared_and_what_is_proven() -> None:
    words = parsed(page("example")).words
    assert "4 variants were solved and compared: first (First), second (Second)" in words
    assert "Of the 3 variants with a plan, second is the cheapest: proven." in words
    assert "second costs 360 crowns discounted to 2030 (15.3 % of what was found for first) less than first" in words
    assert words.count("never: No plan can satisfy every rule: together they ask for more than there is.") == 1
    assert words.count("The command “countyplan explain” finds which figures contradict each other.") == 1
    assert "neither" not in words.lower()


def test_proven_differences_are_told_least_and_greatest() -> None:
    rows = {(row.variant, row.against): row for row in proven_rows(example())}
    row = rows["second", "first"]
    assert (row.found, row.least, row.most, row.verdict) == ("-360", "-360", "-360", "second is better: proven")
    assert row.unit == "crowns discounted to 2030"
    assert rows["never", "first"].verdict == "no plan: infeasible (never)"
    assert rows["never", "first"].least == ""


def test_shares_are_told_in_percentage_points() -> None:
    """Bound and value 20 % and 30 % of one, 50 % and 60 % of the other: 20 to 40 points more."""
    instance = replace(placed(), policy=replace(placed().policy, objective="greatest least coverage"))
    told = comparison(bounded("one", 0.2, 0.3, instance), bounded("two", 0.5, 0.6, instance))
    (row,) = proven_rows(told)
    assert (row.found, row.least, row.most, row.unit) == ("+30", "+20.0", "+40.0", "percentage points")


def test_a_variant_without_a_plan_has_no_figure() -> None:
    found = {tile.label: tile.figure for tile in tiles(example())}
    assert found["never"] == "no plan: infeasible"
    words = parsed(page("no plans")).words
    assert "no plan: infeasible" in words
    assert "no plan: none was found in time" in words


def test_other_aims_are_not_compared() -> None:
    words = parsed(page("other aims")).words
    assert "cannot be compared" in words
    assert "coverage cannot be shown here, since the objectives differ: greatest coverage, and least cost." in words
    assert "There are no maps, since the workbook gives no coordinates" in words


def test_maps_show_plants_by_scale_in_each_variant() -> None:
    told = comparison_map(example())
    assert told is not None
    assert [variant for variant, *_ in told.drawings] == ["first", "second", "third"]
    assert "never (no plan: infeasible)" in told.left
    data = json.loads(json.dumps(told.data))
    first, third = data["variants"][0], data["variants"][2]
    birch = list(placed().counties).index("birch")
    scale, good = data["scales"].index("Provincial"), data["goods"].index("Suits")
    assert [entry[1:3] for entry in first["built"][birch]] == [[scale, good]]
    assert third["built"][birch] == []
    sources = [
        (data["goods"][made], data["sources"][old], data["sources"][new])
        for made, old, new in third["changed"][str(birch)]
    ]
    assert sources == [("Suits", "Provincial (there)", "imports")]


def test_maps_are_of_counties_goods_and_years_alike() -> None:
    told = example()
    fewer = replace(told.by_code["second"].instance, years=(2030,))
    changed = replace(
        told, variants=tuple(replace(one, instance=fewer) if one.variant == "third" else one for one in told.variants)
    )
    found = comparison_map(replace(changed, variants=changed.variants[:1] + changed.variants[3:]))
    assert found is not None
    assert [variant for variant, *_ in found.drawings] == ["first"]


def test_every_table_with_rows_is_on_the_page() -> None:
    content = page("example")
    told = example()
    for table in COMPARISON_TABLES:
        if table.own_sheet and len(told.tables[table.name]):
            assert f'id="table-{table.name}"' in content


def test_results_have_the_format_of_their_row() -> None:
    told = example()
    table = next(table for table in COMPARISON_TABLES if table.name == "results")
    frame = told.tables["results"].head(2)
    listing = frame_listing(told.base.instance, table, table.columns(told), frame, ["0.0%", "#,##0"])
    assert listing.formats[3:] == ("row",) * 4 + ("+row",) * 3
    assert unpacked(listing.packed)[-1] == ["0.0%", "#,##0"]
    assert listing.numeric[:3] == (False,) * 3
    assert all(listing.numeric[3:])


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.1234, "+0.0%", "+12.3%"),
        (-5.0, "+#,##0", "-5"),
        (0.001, "+0.0", "0.0"),
        (1234.0, "+", "+1,234"),
        (None, "+", ""),
        ("solved", "+", "solved"),
    ],
)
def test_differences_show_their_sign(value: float | str | None, form: str, text: str) -> None:
    assert shown_text(value, form) == text


def test_further_results_are_linked() -> None:
    document = parsed(page("example"))
    assert ("a", {"href": "small%20first.html"}) in document.elements


def test_pages_of_comparisons_and_of_runs_are_told_apart(tmp_path: Path) -> None:
    one, other = tmp_path / "comparison.html", tmp_path / "run.html"
    write_comparison_html(one, comparison(*COMPARISONS["no plans"]().variants))
    write_html(other, *RUNS["smallest"]())
    assert (is_comparison_page(one), is_html_report(one)) == (True, False)
    assert (is_comparison_page(other), is_html_report(other)) == (False, True)


def test_same_comparison_gives_the_same_page() -> None:
    assert comparison_content(example(), further=(Path("small first.html"),)) == page("example")
