"""Pages of break-even, frontier and ranking as documents: complete in themselves, and nothing but text where users
wrote text; and what their charts are drawn from."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.assessment import Span
from reports.background import Background
from reports.charts.assessment import assessment_pictures
from reports.charts.breakeven import breakeven_pictures, chart_name, value_text
from reports.charts.breakeven.map import edges
from reports.charts.frontier import amount, frontier_pictures
from reports.charts.picture import WIDE
from reports.charts.ranking import ranking_pictures
from reports.charts.style import FILE
from reports.choice_bounds import ChoiceBounds
from reports.html import is_html_report, page_kind
from reports.html.assessment_page import write_assessment_page
from reports.html.breakeven_page import write_breakeven_page
from reports.html.frontier_page import write_frontier_page
from reports.html.ranking_page import write_ranking_page
from reports.picture_files import write_pictures
from reports.ranking import Worth
from tests.reports import test_breakeven as breakeven
from tests.reports import test_frontier as frontier
from tests.reports.findings_pages import KINDS, PAGES, judged, page, picks, pieces
from tests.reports.html_pages import HOSTILE
from tests.reports.test_html import LOADING, parsed, unpacked

ORIGIN = Background("two.xlsx", "0123")


@pytest.fixture(scope="module", params=PAGES)
def content(request: pytest.FixtureRequest) -> str:
    return page(request.param)


def words(name: str) -> str:
    return " ".join(parsed(page(name)).words.replace("\u00a0", " ").split())


def table(content: str, name: str) -> list[list[object]]:
    """The columns of a table of a page."""
    found = re.search(
        rf'id="table-{name}".*?<script type="text/plain" class="packed">(.*?)</script>', content, re.DOTALL
    )
    assert found is not None, f"there is no table {name}"
    return unpacked(found[1])


def test_elements_are_closed_in_order(content: str) -> None:
    document = parsed(content)
    assert document.wrong == []
    assert document.open == []


def test_names_of_places_are_unique_and_links_lead_to_them(content: str) -> None:
    elements = parsed(content).elements
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = {attrs["href"] for _, attrs in elements if attrs.get("href")}
    assert {link[1:] for link in links if link.startswith("#")} == {link[1:] for link in links} <= set(ids)


def test_nothing_is_loaded_from_elsewhere(content: str) -> None:
    loading = [
        (tag, name)
        for tag, attrs in parsed(content).elements
        for name in attrs
        if name in LOADING or (name.startswith("on") and tag != "svg") or tag in ("link", "img", "iframe", "object")
    ]
    assert loading == []
    assert len(re.findall(r"<script>", content)) == 1


def test_no_figure_is_a_riddle(content: str) -> None:
    told = parsed(content).words.replace("Llanfair", "")
    assert re.findall(r"\b(?:nan|NaN|None|inf|undefined|null|Infinity)\b|\b[0-9](?:\.[0-9]+)?e[+-]?[0-9]+", told) == []


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names_stay_text(kind: str) -> None:
    document = parsed(page(f"{kind} hostile"))
    assert HOSTILE in document.words
    assert not [tag for tag, _ in document.elements if tag == "img"]


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_has_a_title_a_reading_and_a_text(name: str) -> None:
    document = parsed(page(name))
    told = [attrs["aria-label"] or "" for tag, attrs in document.elements if attrs.get("role") == "img"]
    assert len(told) % 2 == 0  # wide and narrow
    assert all(len(text) > 60 and text.endswith((".", "%")) for text in told)


def test_pages_tell_their_kind(tmp_path: Path) -> None:
    study = breakeven.study(breakeven.comparison())
    write_breakeven_page(tmp_path / "new" / "b.html", study, ORIGIN)
    write_frontier_page(tmp_path / "f.html", frontier.found(), ORIGIN)
    write_ranking_page(tmp_path / "r.html", picks(), ORIGIN)
    write_assessment_page(tmp_path / "a.html", judged(), ORIGIN)
    kinds = [page_kind(tmp_path / name) for name in ("new/b.html", "f.html", "r.html", "a.html")]
    assert kinds == ["breakeven", "frontier", "ranking", "assessment"]
    assert not is_html_report(tmp_path / "f.html")


def test_breakeven_is_told_with_what_is_proven() -> None:
    told = words("breakeven")
    assert "Break-even at about 1 won/t/km" in told
    assert "Proven: Joint plants up to 0.995 and County plants from 1.005." in told
    assert "Of 6 cells County plants is cheaper in 3, Joint plants in 3; proven: 6." in told
    assert "As it is meant." in told
    assert "All is proven" in told
    assert "Not all is proven at this gap" not in told


def test_what_is_not_proven_is_marked() -> None:
    told = words("breakeven undecided")
    assert "Interrupted" in told
    assert "from 0 to 0.5: Joint plants is cheaper, not proven" in told
    assert "from 0.5 to 2: County plants is cheaper, proven at solved values" in told
    assert "freight 1, exponent 0.5: neither is cheaper, proven" in told
    assert "freight 2, exponent 0.5: Joint plants is cheaper, the other costs 20% more, not proven" in told


def test_values_keep_their_figures() -> None:
    columns = table(page("breakeven"), "breakeven_crossings")
    assert [columns[place] for place in (3, 4, 5, 9)] == [[1], [0.99], [1.01], [0.995]]
    assert '<td class="figure">0.995</td>' in page("breakeven")
    assert '<td class="figure">1.000</td>' in page("breakeven")


def test_frontier_is_told_with_ends_prices_and_knee() -> None:
    told = words("frontier")
    assert "lead from 4,000 person-years for 200 won to 0 person-years for 400 won" in told
    assert "the knee is point 2" in told
    assert "point 1 to 2: 0.02 won for a person covered for a year; least costs: 0.01666 to 0.02334" in told
    assert "no plan with so little costs less than 250" in told
    assert "a plan that another is as good as in both: 3,000 for 300 won" in told


def test_frontier_of_one_point_has_no_steps() -> None:
    told = words("frontier of one point")
    assert "There is a single point: 0 person-years for 400 won." in told
    assert "What each step costs" not in told


def test_region_without_plans_is_what_the_bounds_prove() -> None:
    # Error 100: bounds hold for measures lower by that. Nothing is proven of the last point.
    drawn = frontier_pictures(frontier.found(error=100.0, least_measure=None))["frontier"]
    assert "shaded" in drawn.reading
    made = str(drawn.draw(FILE, WIDE).to_dict(validate=False)["datasets"])
    assert "'most': 190" in made
    assert "'measure': 900" in made
    assert "'above': 3900" in made
    assert "'most': 250" in made
    assert "'above': 900" in made


def test_picks_have_their_class_share_years_and_worth() -> None:
    columns = table(page("ranking"), "picks")
    assert columns[1] == ["alder", "birch", "cedar"]
    assert columns[3:6] == [["certain", "certain", "likely"], ["certain", "likely", "interchangeable"], [1, 1, 0.66667]]
    assert columns[8:10] == [[2027, 2028, 2028], [2027, 2029, 2029]]
    assert columns[10] == ["yes", "no", ""]
    assert columns[11] == [2, None, None]


def test_years_proven_to_be_out_of_reach_are_crossed_out() -> None:
    # Nearly as good is up to 105; the bound of 99 rises to 109 where alder joins in 2028, and to 104 in 2029.
    bounds = ChoiceBounds(99.0, {("alder", 2028): 10.0, ("alder", 2029): 5.0}, {"alder": 7.0})
    worth = Worth(Span(), Span(), must_join=False, left_out_estimate=7.0)
    told = replace(picks(), bounds=bounds, worths={"alder": worth})
    pictures = ranking_pictures(told)
    drawn = str(pictures["certainty"].draw(FILE, WIDE).to_dict(validate=False)["datasets"])
    assert "alder, 2028: proven to cost more" in drawn
    assert "alder, 2029: proven" not in drawn
    worths = str(pictures["worth"].draw(FILE, WIDE).to_dict(validate=False)["datasets"])
    assert "alder: leaving it out is estimated to cost 7" in worths


def test_ranking_draws_every_county_and_says_who_never_joins() -> None:
    told = words("ranking of many")
    assert "county89, 2028: joins in 100% of the plans, and in the best known" in told
    assert "1 county joins in none of the plans" in told


def test_worth_is_drawn_only_where_it_is_known() -> None:
    assert "Shown are all 1 of which it is known." in words("ranking")
    assert "What picks are worth" not in words("ranking of many")


class TestAssessment:
    def test_says_what_the_choices_cost_and_what_cannot_be(self) -> None:
        told = words("assessment")
        assert "Not all choices can be" in told
        assert "The choices of 3 counties, from choices.csv, were set against the best plan without them." in told
        assert "By themselves they break 1 rule." in told
        assert "No plan makes all of them: 1 were left out" not in told
        assert "No plan makes all of them: 1 was left out, and the others are judged." in told
        assert "is 40 won discounted to 2027 (4 %) worse than the best found without them." in told
        assert "Proven is at least 10 and at most 140." in told
        assert "1 of 3 choices are those of the best plan found." not in told
        assert "1 of 3 choices is that of the best plan found." in told

    def test_choices_stand_dearest_first(self) -> None:
        columns = table(page("assessment"), "given")
        assert columns[0] == ["Alder", "Cedar", "Birch"]
        assert columns[4] == ["yes", "yes", "no"]

    def test_chart_has_the_choices_that_the_best_plan_does_not_make(self) -> None:
        (picture,) = assessment_pictures(judged()).values()
        drawn = str(picture.draw(FILE, WIDE).to_dict(validate=True)["datasets"])
        assert "Alder, 2027: this choice costs 4, proven between 1 and 104" in drawn
        assert "Cedar" not in drawn
        assert "Bars reach over what is proven" in picture.reading

    def test_estimates_are_told_to_be_such_and_have_no_bars(self) -> None:
        """Of a choice that was not searched for the range is that of all choices together."""
        choice = replace(judged().choices[1], alone=Span(None, 0.0, 140.0))
        (picture,) = assessment_pictures(replace(judged(), choices=(choice,))).values()
        drawn = str(picture.draw(FILE, WIDE).to_dict(validate=True)["datasets"])
        assert "Alder, 2027: this choice is estimated to cost 3'" in drawn
        assert "Bars" not in picture.reading
        assert "An estimate is by how much the bound" in picture.reading

    def test_without_a_plan_says_so(self) -> None:
        told = words("assessment without a plan")
        assert "No plan makes these choices" in told
        assert "Which choices matter" not in told


def test_few_plans_are_said_to_tell_coarse_shares() -> None:
    assert "With 3 plans one plan is 33 % of them: more plans tell finer shares (--plans)." in words("ranking")


def test_charts_as_files(tmp_path: Path) -> None:
    study = breakeven.study(breakeven.comparison(code="a/b ç", pieces=pieces()))
    made = {**breakeven_pictures(study), **frontier_pictures(frontier.found()), **ranking_pictures(picks())}
    written = write_pictures(tmp_path / "charts", made, "svg")
    assert [path.name for path in written] == [
        "cheaper.svg", "costs-1-a-b.svg", "frontier.svg", "steps.svg", "certainty.svg", "classes.svg", "worth.svg",
    ]  # fmt: skip
    assert all(path.read_text(encoding="utf-8").startswith("<svg") for path in written)
    (png,) = write_pictures(tmp_path / "charts", {"cheaper": made["cheaper"]}, "png")
    assert png.read_bytes().startswith(b"\x89PNG")


def test_names_and_figures_in_words() -> None:
    assert chart_name("map", 2, "§§") == "map-2"
    assert [value_text(value) for value in (1e-7, 0.00676755123, 1234567.0, 0.0)] == [
        "0.0000001", "0.00676755", "1,234,570", "0",
    ]  # fmt: skip
    assert [amount(value) for value in (0.0123456, 12.0, 1234.5, 0.00001)] == ["0.01235", "12", "1,234", "0.000010"]
    assert amount(0.1234, "0.00%") == "12.34\u00a0%"


def test_cells_of_a_map_meet_half_way() -> None:
    assert edges([0.0, 1.0, 3.0]) == {0.0: (-0.5, 0.5), 1.0: (0.5, 2.0), 3.0: (2.0, 4.0)}
    assert edges([2.0]) == {2.0: (1.5, 2.5)}
