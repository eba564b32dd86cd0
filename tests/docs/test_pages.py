"""What the README and the manual say can be followed: code runs, commands exist, links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from optimizer.command_line import app
from tests.optimizer.runs import write_small

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
WRITTEN = [page for page in PAGES if "Made by docs/generate.py" not in page.read_text(encoding="utf-8")]


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of code of a page that are marked with a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[list[str]]:
    """The words of every `countyplan` command that a page shows, indented or in backticks."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^ {4}(?:\S*[/\\])?countyplan (.*)$", text, re.MULTILINE)
    found += re.findall(r"`countyplan ([^`]*)`", text)
    return [shlex.split(line, comments=True, posix="\\" not in line) for line in found]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_code_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of Python on a page, in order, beside a workbook `my-plan.xlsx`."""
    write_small(tmp_path, name="my-plan.xlsx")
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), known)  # the block as a reader would run it


def test_readme_has_code() -> None:
    assert blocks(ROOT / "README.md", "python")


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    program = typer.main.get_command(app)
    wrong = []
    for words in commands(page):
        command = program.commands.get(words[0], program)
        options = {"--help", *(spelling for parameter in command.params for spelling in parameter.opts)}
        unknown = [word for word in words if word.startswith("-") and word not in options]
        if unknown or (command is program and words[0] != "COMMAND"):
            wrong.append(" ".join(words))
    assert not wrong, f"no such command or option: {wrong}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    dead = [link for link in links if "://" not in link and not (page.parent / link.partition("#")[0]).exists()]
    assert not dead


def test_readme_has_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lacking = [name for name in typer.main.get_command(app).commands if f"`countyplan {name} " not in text]
    assert not lacking
