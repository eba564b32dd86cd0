"""The pages that are made from the code are up to date."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def made() -> dict[str, str]:
    """The pages as the code gives them now."""
    found = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


@pytest.mark.parametrize("name", ["rules.md", "sheets.md", "commands.md"])
def test_page_is_up_to_date(name: str) -> None:
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == made()[name], f"docs/{name} is out of date; run: make docs"


def test_every_generated_page_is_tested() -> None:
    assert set(made()) == {"rules.md", "sheets.md", "commands.md"}
