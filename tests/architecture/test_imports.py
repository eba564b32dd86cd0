"""The shape of the code, read from its source: which module may import what, and who may print or exit."""

import ast
import graphlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("optimizer", "models", "inputs", "reports")

MAY_IMPORT = {
    "models": {"models"},
    "inputs": {"inputs", "models"},
    "reports": {"reports", "models"},
    "optimizer": set(PACKAGES),
}

# Where an outside package may be imported: modules, or packages with everything in them.
ONLY_IN = {
    "pulp": (
        "models.variables",
        "models.rules",
        "models.tightening",
        "models.problem",
        "models.elastic",
        "optimizer.solvers",
    ),
    "highspy": ("optimizer.decomposition", "optimizer.solvers"),
    "typer": ("optimizer.command_line",),
}

# A model knows no files and no clock.
NOT_IN_MODELS = {
    "csv", "datetime", "io", "openpyxl", "os", "pandas", "pathlib", "pickle", "random", "shutil",
    "sqlite3", "subprocess", "tempfile", "time", "xlsxwriter",
}  # fmt: skip

VAGUE_NAMES = {"common", "helper", "helpers", "lib", "misc", "tools", "util", "utilities", "utils"}
EXITS = {"SystemExit", "Exit", "sys.exit", "os._exit", "exit", "quit"}

COUNTRY_WORDS = ("korea", "dprk", "pyongyang")
SHIPPED_NAMES = {"inputs/shipped.py": "dprk-20x10"}
TEXT_ENDINGS = {".py", ".html", ".css", ".js", ".json", ".toml", ".txt", ".md"}


@dataclass(frozen=True)
class Module:
    """A source file of the four packages, under its dotted name."""

    name: str
    path: Path

    @property
    def package(self) -> str:
        return self.name.split(".", maxsplit=1)[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), filename=str(self.path))

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def imported(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of each absolute import, those inside functions and type checks included."""
        for node in self.nodes():
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.lineno, node.module

    def lies_in(self, places: tuple[str, ...]) -> bool:
        return any(self.name == place or self.name.startswith(f"{place}.") for place in places)


def find_modules() -> list[Module]:
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(Module(".".join(parts).removesuffix(".__init__"), path))
    return found


MODULES = find_modules()


def in_command_line(module: Module) -> bool:
    return module.name.startswith("optimizer.command_line")


def is_generator_of_a_case(module: Module) -> bool:
    """A script that writes a shipped workbook: run by developers, no part of the program."""
    return module.name.startswith("inputs.cases.")


def called_name(node: ast.expr) -> str:
    """`sys.exit` of `sys.exit(1)`, `print` of `print("x")`, and so on."""
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)


def test_every_package_is_looked_at() -> None:
    assert {module.package for module in MODULES} == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    wrong = [
        f"{module.path}:{line}: {package} must not import {name}"
        for module in MODULES
        if module.package == package
        for line, name in module.imported()
        if name.split(".")[0] in set(PACKAGES) - MAY_IMPORT[package]
    ]
    assert not wrong, "\n".join(wrong)


def test_packages_import_one_another_in_no_circle() -> None:
    """Each folder of a package is one node, and so is each module in none."""
    node = {module.name: "/".join(module.path.relative_to(ROOT).parts[:2]) for module in MODULES}
    wanted: dict[str, set[str]] = {place: set() for place in node.values()}
    for module in MODULES:
        for _, name in module.imported():
            place = node.get(name) or node.get(name.rpartition(".")[0])
            if place is not None and place != node[module.name]:
                wanted[node[module.name]].add(place)
    graphlib.TopologicalSorter(wanted).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_stays_in_its_place(library: str) -> None:
    wrong = [
        f"{module.path}:{line}: {library} is imported outside {', '.join(ONLY_IN[library])}"
        for module in MODULES
        if not module.lies_in(ONLY_IN[library])
        for line, name in module.imported()
        if name.split(".")[0] == library
    ]
    assert not wrong, "\n".join(wrong)


def test_models_know_no_files_and_no_clock() -> None:
    wrong = [
        f"{module.path}:{line}: imports {name}"
        for module in MODULES
        if module.package == "models"
        for line, name in module.imported()
        if name.split(".")[0] in NOT_IN_MODELS
    ]
    assert not wrong, "\n".join(wrong)


def test_program_imports_nothing_from_beside_it() -> None:
    wrong = [
        f"{module.path}:{line}: imports {name}, which is not in the wheel"
        for module in MODULES
        for line, name in module.imported()
        if name.split(".")[0] in {"tests", "benchmarks", "docs"}
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_are_absolute() -> None:
    wrong = [
        f"{module.path}:{node.lineno}: relative import"
        for module in MODULES
        for node in module.nodes()
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]
    assert not wrong, "\n".join(wrong)


def test_modules_are_named_for_what_they_hold() -> None:
    wrong = [module.name for module in MODULES if VAGUE_NAMES & set(module.name.replace("_", ".").split("."))]
    assert not wrong, f"vague names: {wrong}"


def test_only_the_command_line_prints() -> None:
    wrong = [
        f"{module.path}:{node.lineno}: prints"
        for module in MODULES
        if not in_command_line(module) and not is_generator_of_a_case(module)
        for node in module.nodes()
        if isinstance(node, ast.Call) and called_name(node) in {"print", "pprint", "sys.stdout.write"}
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_command_line_ends_the_program() -> None:
    wrong = [
        f"{module.path}:{node.lineno}: ends the program"
        for module in MODULES
        if not in_command_line(module)
        for node in module.nodes()
        if (isinstance(node, ast.Call) and called_name(node) in EXITS)
        or (isinstance(node, ast.Raise) and node.exc and called_name(node.exc).split(".")[-1] in EXITS)
    ]
    assert not wrong, "\n".join(wrong)


def test_program_names_no_country() -> None:
    """The shipped case is one of many: its country is named in its own folder and nowhere else."""
    wrong = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            place = path.relative_to(ROOT).as_posix()
            if path.suffix not in TEXT_ENDINGS or place.startswith("inputs/cases/"):
                continue
            text = path.read_text(encoding="utf-8")
            text = text.replace(SHIPPED_NAMES[place], "") if place in SHIPPED_NAMES else text
            wrong += [f"{place} names {word}" for word in COUNTRY_WORDS if word in f"{place} {text}".lower()]
    assert not wrong, "\n".join(wrong)
