"""The HTML report as a document: well-formed, complete in itself, and nothing but text where users wrote text."""

import base64
import gzip
import hashlib
import html
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reports.columns import COUNTIES, SHARE, TONNES_YEAR, YEAR, Column, Table, always
from reports.facts import FINE_SHARE, Fact
from reports.html import is_html_report, write_html
from reports.html.headline import gap_text
from reports.html.listing import FIRST_ROWS, listing_of, plain_listing
from reports.html.page import html_content
from reports.html.shell import fact_value
from tests.reports.example import BACKGROUND, build_result
from tests.reports.html_pages import HOSTILE, PAGES, page, placed_instance

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}
LOADING = ("src", "srcset", "action", "formaction", "data", "poster", "background")
"""Attributes by which a page loads something."""


@dataclass
class Document(HTMLParser):
    """A page as read by a parser: its elements, what is open at its end, and its text."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        place = self.open[-1] if self.open else ""
        self.texts.setdefault(place, []).append(data)

    @property
    def words(self) -> str:
        """What a reader reads, and what tells of drawings."""
        read = (text for place, texts in self.texts.items() if place not in ("script", "style") for text in texts)
        told = (value or "" for _, attrs in self.elements for name, value in attrs.items() if name in TOLD)
        return "\n".join([*read, *told])


TOLD = ("aria-label", "data-tip", "title", "value", "placeholder", "aria-valuetext")


def parsed(content: str) -> Document:
    document = Document()
    document.feed(content)
    document.close()
    return document


@pytest.fixture(scope="module", params=PAGES)
def content(request: pytest.FixtureRequest) -> str:
    return page(request.param)


@pytest.fixture(scope="module")
def example() -> str:
    return page("example")


def unpacked(packed: str) -> list[list[object]]:
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_elements_are_closed_in_order(content: str) -> None:
    document = parsed(content)
    assert document.wrong == []
    assert document.open == []


def test_names_of_places_are_unique_and_links_lead_to_them(content: str) -> None:
    elements = parsed(content).elements
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = {attrs["href"] for _, attrs in elements if attrs.get("href")}
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} <= set(ids)
    labels = {attrs["for"] for tag, attrs in elements if tag in ("label", "output") if "for" in attrs}
    assert labels <= set(ids)


def test_nothing_is_loaded_from_elsewhere(content: str) -> None:
    loading = [
        (tag, name, value)
        for tag, attrs in parsed(content).elements
        for name, value in attrs.items()
        if name in LOADING or (name.startswith("on") and tag != "svg") or tag in ("link", "img", "iframe", "object")
    ]
    assert loading == []
    assert "@import" not in content
    assert "url(" not in "".join(parsed(content).texts["style"])


def test_only_the_own_script_may_run(content: str) -> None:
    """The page forbids every script but the one whose fingerprint it names."""
    scripts = re.findall(r"<script>(.*?)</script>", content, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode("utf-8")).digest()).decode("ascii")
    policy = next(
        attrs["content"]
        for _, attrs in parsed(content).elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    kinds = {attrs.get("type") for tag, attrs in parsed(content).elements if tag == "script"}
    assert kinds <= {None, "text/plain", "application/json"}


def test_no_figure_is_a_riddle(content: str) -> None:
    """No `nan`, no `None`, no year with a comma, no exponent."""
    words = parsed(content).words.replace("Llanfair", "")
    riddles = (
        r"\b(?:nan|NaN|None|inf|undefined|null)\b|\b[12],0[0-9]{2}(?= (?:to|and|in)\b)|\b[0-9](?:\.[0-9]+)?e[+-]?[0-9]+"
    )
    assert re.findall(riddles, words) == []
    assert not re.search(r"\b2,02[0-9]\b", words)


def test_hostile_names_stay_text() -> None:
    content = page("hostile")
    document = parsed(content)
    assert HOSTILE in document.words
    assert "49" not in re.findall(r"\{\{7\*7\}\}|\b49\b", document.words.replace(HOSTILE, ""))
    assert not [tag for tag, _ in document.elements if tag == "img"]
    assert "hacked" not in re.sub(re.escape(html.escape(HOSTILE, quote=False)), "", "".join(document.texts["style"]))
    assert sum(tag == "script" for tag, _ in document.elements) == content.count("<script")
    assert content.count("<script>") == 1


def test_page_without_a_plan_says_so_and_shows_no_charts() -> None:
    document = parsed(page("infeasible"))
    assert "No plan can satisfy every rule: together they ask for more than there is." in document.words
    assert "countyplan explain" in document.words
    assert not [attrs for tag, attrs in document.elements if tag == "svg"]
    assert "Method and data" in document.words


def test_page_without_coordinates_says_why_there_is_no_map() -> None:
    document = parsed(page("no coordinates"))
    assert "There is no map, since the workbook gives no coordinates of counties." in document.words
    assert "map-data" not in [attrs.get("id") for _, attrs in document.elements]


def test_page_tells_outcome_method_and_how_to_repeat(example: str) -> None:
    words = parsed(example).words
    for told in (
        "Cost of the plan: 12,000 million won discounted to 2024. It is proven that no plan can come below 11,940.",
        "Another plan could save at most 0.50% of its cost.",
        "2 of 3 counties join the programme between 2024 and 2025, 1 a year at most; 1 of these choices had been",
        "2 figures of the workbook are assumptions",
        BACKGROUND.command,
        BACKGROUND.sha256,
        "like plants elsewhere",
        "Census of 2008",
        "pulp 3.3.2",
    ):
        assert told in words, told


def test_every_chart_has_a_text_that_tells_it(example: str) -> None:
    drawings = [attrs for _, attrs in parsed(example).elements if "drawing" in (attrs.get("class") or "")]
    assert len(drawings) > 10
    assert all(attrs["role"] == "img" and len(attrs["aria-label"]) > 40 for attrs in drawings)


def test_every_table_is_packed_whole(example: str) -> None:
    packed = re.findall(r'class="packed">([^<]*)<', example)
    assert len(packed) > 20
    assert all(len({len(column) for column in unpacked(text)}) == 1 for text in packed)


def test_a_listing_keeps_figures_and_says_how_they_are_shown() -> None:
    columns = (
        Column("year", YEAR, "a year"),
        Column("made", TONNES_YEAR, "output"),
        Column("part", SHARE, "a share"),
    )
    rows = [{"year": 2024, "made": 1234567.891, "part": 0.12345}, {"year": 2025, "made": float("inf"), "part": None}]
    table = Table(
        "made", "Made", "", lambda instance, result: rows, lambda instance: columns, 1, True, False, True, always
    )
    instance = placed_instance()
    listing = listing_of(instance, table, table(instance, build_result()))
    assert listing.first == (("2024", "1,234,568", "12.3%"), ("2025", "no limit", ""))
    assert listing.formats == ("0", "#,##0", "0.0%")
    assert listing.numeric == (False, True, True)
    assert unpacked(listing.packed) == [[2024, 2025], [1234567.89, "∞"], [0.12345, None]]


def test_a_large_table_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.html.listing.MOST_CELLS", 40)
    content = html_content(*PAGES["example"]())
    held = re.findall(r"This page holds the first (\d+) of (\d+) rows; the Excel report of the run has all", content)
    assert held
    assert all(int(kept) < int(rows) for kept, rows in held)
    listing = plain_listing("long", "Long", "", ("a",), [("x",)] * 100)
    assert (listing.rows, listing.held, len(unpacked(listing.packed)[0]), len(listing.first)) == (
        100,
        40,
        40,
        FIRST_ROWS,
    )


def test_file_is_replaced_only_by_a_finished_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    write_html(path, *PAGES["smallest"]())
    before = path.read_bytes()
    assert before.startswith(b"<!DOCTYPE html>")

    def fail(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("reports.html.page.html_content", fail)
    with pytest.raises(ZeroDivisionError):
        write_html(path, *PAGES["smallest"]())
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_report_is_told_from_other_pages(tmp_path: Path) -> None:
    own, other = tmp_path / "own.html", tmp_path / "other.html"
    write_html(own, *PAGES["hostile"]())
    other.write_text("<!DOCTYPE html><title>countyplan</title>", encoding="utf-8")
    assert [is_html_report(path) for path in (own, other, tmp_path / "none.html", tmp_path)] == [True, *[False] * 3]


def test_same_run_gives_the_same_page() -> None:
    assert html_content(*PAGES["smallest"]()) == html_content(*PAGES["smallest"]())


@pytest.mark.parametrize(
    ("gap", "text"), [(0.0, "0\u00a0%"), (1e-7, "0.01\u00a0%"), (0.0123, "1.23\u00a0%"), (1.5, "150.00\u00a0%")]
)
def test_a_gap_never_shows_as_none_where_there_is_one(gap: float, text: str) -> None:
    assert gap_text(gap) == text


def test_key_figures_are_shown_in_their_unit() -> None:
    assert fact_value(Fact("", "", 0.0123, FINE_SHARE)) == "1.23%"
    assert fact_value(Fact("", "", 1234.0, COUNTIES)) == "1,234"
    assert fact_value(Fact("", "", "none proven", COUNTIES)) == "none proven"
    assert fact_value(Fact("", "", None, COUNTIES)) == ""
