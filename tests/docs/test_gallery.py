"""The gallery shows the pictures that its script takes, and they stay small."""

import re
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from inputs.reader import read_workbook
from inputs.template import write_workbook

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "gallery"
MOST_BYTES = 1_500_000


@pytest.fixture
def docs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripts of the manual, as one of them finds the others."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))


def script(name: str) -> ModuleType:
    found = import_module(name)
    sys.modules.pop(name)
    return found


@pytest.mark.usefixtures("docs")
def test_page_shows_the_pictures_that_are_taken() -> None:
    gallery = script("gallery")
    shown = re.findall(r"\]\(gallery/([a-z-]+)\.png\)", (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted({*gallery.SHOTS, gallery.SHEET})
    assert {path.stem for path in PICTURES.glob("*.png")} == set(shown)


def test_pictures_are_pictures_and_small() -> None:
    pictures = list(PICTURES.glob("*"))
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
    assert 0 < sum(path.stat().st_size for path in pictures) < MOST_BYTES


@pytest.mark.usefixtures("docs")
def test_made_up_case_is_a_valid_workbook(tmp_path: Path) -> None:
    write_workbook(tmp_path / "made-up.xlsx", script("gallery_case").gallery_tables())
    instance = read_workbook(tmp_path / "made-up.xlsx").instance("both")
    assert len(instance.counties) == 18
    assert set(instance.scales) == {"county", "provincial"}


@pytest.mark.usefixtures("docs")
def test_what_is_lacking_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None if program in ("soffice", "pdftoppm") else program)
    with pytest.raises(SystemExit, match="apt-get install libreoffice-calc poppler-utils"):
        script("gallery").main(tmp_path)
