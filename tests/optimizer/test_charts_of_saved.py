"""A saved result as a page and as charts, from the command line: files, words, exit codes."""

import json
import shutil
from pathlib import Path

import pytest

import optimizer.run
from models.plan import Status
from tests.optimizer.commands import run
from tests.optimizer.runs import played, write_small

AREAS = {"alder": (125, 39), "birch": (126, 39), "cedar": (125, 38)}
"""South-western corners, in degrees, of square counties."""


def solved_in(folder: Path, status: Status) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.run, "solve", played(status))
        run("solve", write_small(folder), "-o", folder / "out", "--gap", 0.3)
    return folder / "out" / "small-both.result.zip"


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The saved result of the small workbook, solved once for all tests."""
    return solved_in(tmp_path_factory.mktemp("solved"), Status.SOLVED)


@pytest.fixture
def saved(solved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(solved, tmp_path))


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"county": code},
            "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]]},
        }
        for code, (x, y) in AREAS.items()
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_page_lies_beside_the_saved_result(saved: Path) -> None:
    for _ in range(2):
        told = run("report", saved, "--format", "html")
        assert (told.exit_code, told.stdout) == (0, f"Report: {saved.parent / 'small-both.html'}\n")
    page = (saved.parent / "small-both.html").read_text(encoding="utf-8")
    assert "<h1>Small case</h1>" in page
    assert "neighbours, not borders" in page


def test_another_page_of_that_name_is_left(saved: Path) -> None:
    other = saved.parent / "small-both.html"
    other.write_text("<!DOCTYPE html>", encoding="utf-8")
    assert run("report", saved, "--format", "html").stdout == f"Report: {saved.parent / 'small-both-2.html'}\n"
    assert other.read_text(encoding="utf-8") == "<!DOCTYPE html>"


def test_boundaries_are_drawn(saved: Path, areas: Path) -> None:
    assert run("report", saved, "--format", "html", "--boundaries", areas).exit_code == 0
    page = (saved.parent / "small-both.html").read_text(encoding="utf-8")
    assert "Areas are the boundaries that were given." in page


def test_charts_go_into_a_folder_of_their_own(saved: Path, tmp_path: Path, areas: Path) -> None:
    told = run("report", saved, "-o", tmp_path / "new", "--charts", "svg", "--boundaries", areas)
    folder = tmp_path / "new" / "small-both-charts"
    assert told.exit_code == 0
    assert told.stdout == f"Report: {tmp_path / 'new' / 'small-both.xlsx'}\nCharts: {folder}\n"
    names = {path.name for path in folder.iterdir()}
    assert {"map.svg", "costs-by-term.svg", "supply-by-source.svg"} <= names
    assert "boundaries that were given" in (folder / "map.svg").read_text(encoding="utf-8")


def test_run_without_a_plan_has_a_page_and_no_charts(tmp_path: Path) -> None:
    told = run("report", solved_in(tmp_path, Status.INFEASIBLE), "--format", "html", "--charts", "png")
    assert told.exit_code == 0
    assert told.stdout.endswith("Charts: none, since there is no plan\n")
    assert "No plan can satisfy every rule" in (tmp_path / "out" / "small-both.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--charts", "jpeg"], "Error: --charts should be one of png, svg, found 'jpeg'"),
        (["--format", "html", "--boundaries", "none.json"], "Error: 'none.json' cannot be read"),
    ],
)
def test_usage_is_told_in_words(saved: Path, arguments: list[str], message: str) -> None:
    told = run("report", saved, *arguments)
    assert told.exit_code == 2
    assert message in told.stderr


def test_a_folder_that_cannot_be_written_is_told_in_words(saved: Path) -> None:
    (saved.parent / "small-both-charts").write_text("a file", encoding="utf-8")
    told = run("report", saved, "--charts", "svg")
    assert told.exit_code == 2
    assert "Error: charts cannot be written into" in told.stderr
