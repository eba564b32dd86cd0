"""Nothing without its test and its page: every rule, cost, sheet and command is tested and documented.

Each test lists all that is missing. The other way round is tested as well: nothing is left behind
from a rule or a cost that is no longer there.
"""

import ast
import importlib
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import typer

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "models" / "golden"
Functions = tuple[Callable[..., object], ...]
KINDS_OF_TEST = ("test_obeys", "test_breaks", "test_effect")


def page(name: str) -> str:
    """The text of a page of the manual."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def headings(text: str) -> set[str]:
    """The headings of a page, without their marks and without backticks."""
    return {line.lstrip("#").strip().replace("`", "") for line in text.splitlines() if line.startswith("#")}


def names(functions: Functions) -> list[str]:
    return [function.__name__ for function in functions]


def load(module: str) -> ModuleType:
    """Import inside a test, so that a missing module fails that test and not the whole run."""
    return importlib.import_module(module)


def commands() -> dict[str, object]:
    """Every command of the command line, by its full name; the commands of a group carry the group's name."""
    found: dict[str, object] = {}

    def collect(group: object, prefix: str) -> None:
        for name, command in group.commands.items():
            if hasattr(command, "commands"):
                collect(command, f"{prefix}{name} ")
            elif not command.hidden:
                found[f"{prefix}{name}"] = command

    collect(typer.main.get_command(load("optimizer.command_line").app), "")
    return found


class TestRules:
    @pytest.fixture
    def rules(self) -> Functions:
        return load("models.rules").RULES

    def test_names_are_unique(self, rules: Functions) -> None:
        assert len(set(names(rules))) == len(rules) > 0

    def test_docstring_gives_intent_and_relation(self, rules: Functions) -> None:
        intent_then_relation = re.compile(r"\S.*^\s*Relation", re.DOTALL | re.MULTILINE)
        lacking = [rule.__name__ for rule in rules if not intent_then_relation.search(rule.__doc__ or "")]
        assert not lacking, f"no intent or no line 'Relation' in the docstrings of {lacking}"

    def test_golden_lp(self, rules: Functions) -> None:
        assert {path.stem for path in GOLDEN.glob("*.lp")} == set(names(rules))

    @pytest.mark.parametrize("kind", KINDS_OF_TEST)
    def test_has_its_tests(self, rules: Functions, kind: str) -> None:
        lacking = []
        for name in names(rules):
            path = ROOT / "tests" / "models" / f"test_{name}.py"
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else ()
            if not any(isinstance(node, ast.FunctionDef) and node.name.startswith(kind) for node in nodes):
                lacking.append(path.name)
        assert not lacking, f"no {kind}* in {lacking}"

    def test_verifier_has_its_clause(self, rules: Functions) -> None:
        assert set(load("models.verifier").CLAUSES) == set(names(rules))

    def test_manual_has_its_heading(self, rules: Functions) -> None:
        lacking = set(names(rules)) - headings(page("rules.md"))
        assert not lacking, f"no heading in docs/rules.md for {sorted(lacking)}"


class TestCosts:
    @pytest.fixture
    def costs(self) -> Functions:
        return load("models.costs").COSTS

    def test_names_are_unique(self, costs: Functions) -> None:
        assert len(set(names(costs))) == len(costs) > 0

    def test_docstring_gives_intent_and_term(self, costs: Functions) -> None:
        intent_then_term = re.compile(r"\S.*^\s*Term", re.DOTALL | re.MULTILINE)
        lacking = [cost.__name__ for cost in costs if not intent_then_term.search(cost.__doc__ or "")]
        assert not lacking, f"no intent or no line 'Term' in the docstrings of {lacking}"

    def test_verifier_has_its_clause(self, costs: Functions) -> None:
        assert set(load("models.verifier").COST_CLAUSES) == set(names(costs))

    def test_manual_names_it(self, costs: Functions) -> None:
        text = page("rules.md")
        lacking = [name for name in names(costs) if not re.search(rf"\b{name}\b", text)]
        assert not lacking, f"not in docs/rules.md: {lacking}"


class TestSheets:
    def test_manual_has_every_sheet_and_column(self) -> None:
        text = page("sheets.md")
        titles = headings(text)
        lacking = []
        for sheet in load("inputs.sheets").SHEETS:
            if sheet.sheet not in titles:
                lacking.append(sheet.sheet)
            lacking += [f"{sheet.sheet}.{name}" for name in sheet.model_fields if not re.search(rf"\b{name}\b", text)]
        assert not lacking, f"not in docs/sheets.md: {lacking}"

    def test_every_sheet_and_column_says_what_it_means(self) -> None:
        lacking = []
        for sheet in load("inputs.sheets").SHEETS:
            if not sheet.meaning.strip():
                lacking.append(sheet.sheet)
            lacking += [f"{sheet.sheet}.{name}" for name, field in sheet.model_fields.items() if not field.description]
        assert not lacking, f"no meaning: {lacking}"


class TestCommands:
    def test_every_command_and_option_has_help(self) -> None:
        lacking = []
        for name, command in commands().items():
            if not (command.help or "").strip():
                lacking.append(name)
            lacking += [f"{name} {option.name}" for option in command.params if not option.help]
        assert not lacking, f"no help text: {lacking}"

    def test_manual_names_every_command(self) -> None:
        text = page("commands.md")
        lacking = [name for name in commands() if f"countyplan {name}" not in text]
        assert not lacking, f"not in docs/commands.md: {lacking}"
