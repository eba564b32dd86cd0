"""What is built from the repository: the wheel's contents, and that it works installed somewhere else.

Nothing is downloaded: hatchling comes from the running environment, and so do the libraries that the
installed wheel needs.
"""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"optimizer", "models", "inputs", "reports"}
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(command: list[str], folder: Path) -> str:
    """What a program prints that is run in a folder; fails when the program does."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Installed:
    """A clean environment with the wheel in it, used from a folder that is not the repository."""

    environment: Path
    elsewhere: Path

    def run(self, program: str, *arguments: str) -> str:
        return run([str(self.environment / SCRIPTS / program), *arguments], self.elsewhere)

    def python(self, code: str) -> str:
        return self.run("python", "-c", code).strip()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("built")
    run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def wheel_files(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def source_files(built: Path) -> set[str]:
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    environment, elsewhere = folder / "environment", folder / "elsewhere"
    elsewhere.mkdir()
    venv.create(environment, symlinks=os.name != "nt")
    pip = [sys.executable, "-m", "pip", "--python", str(environment / SCRIPTS / "python")]
    run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], elsewhere)

    # The libraries of the running environment, but not its link to this repository: links found on a linked path
    # are not followed.
    new = Installed(environment, elsewhere)
    site_packages = Path(new.python("import sysconfig; print(sysconfig.get_path('purelib'))"))
    libraries = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (site_packages / "libraries.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    return new


def test_wheel_has_exactly_the_four_packages(wheel_files: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel_files}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES


def test_wheel_leaves_out_what_is_for_developers(wheel_files: set[str]) -> None:
    foreign = [name for name in wheel_files if {"tests", "docs", "benchmarks", "__pycache__"} & set(name.split("/"))]
    assert not foreign


def test_wheel_has_every_file_of_the_packages(wheel_files: set[str]) -> None:
    """hatchling drops what git ignores, without a word."""
    lacking = []
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(ROOT).as_posix()
                if name not in wheel_files:
                    lacking.append(name)
    assert not lacking


def test_wheel_says_it_is_typed(wheel_files: set[str]) -> None:
    assert {f"{package}/py.typed" for package in PACKAGES} <= wheel_files


def test_wheel_has_the_shipped_workbook(wheel_files: set[str]) -> None:
    assert "inputs/dprk-20x10.xlsx" in wheel_files


def test_source_distribution_can_be_tested(source_files: set[str]) -> None:
    expected = {"Makefile", "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", "constraints.txt", "pyproject.toml"}
    assert expected | {"inputs/dprk-20x10.xlsx", "tests/packaging/test_wheel.py"} <= source_files


def test_source_distribution_holds_no_results_or_caches(source_files: set[str]) -> None:
    tops = {name.split("/")[0] for name in source_files}
    assert not {top for top in tops if top in {"out", "build", "dist", ".ci"} or top.startswith((".venv", ".mypy"))}


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_package_loads_from_the_wheel(installed: Installed, package: str) -> None:
    found = Path(installed.python(f"import {package}; print({package}.__file__)"))
    assert found.resolve().is_relative_to(installed.environment.resolve())


def test_command_runs_from_the_wheel(installed: Installed) -> None:
    assert "solve" in installed.run("countyplan", "--help")


def test_program_runs_as_a_module(installed: Installed) -> None:
    assert "solve" in installed.run("python", "-m", "optimizer", "--help")


def test_shipped_workbook_is_found_from_anywhere(installed: Installed) -> None:
    found = Path(installed.python("from inputs.shipped import shipped_workbook; print(shipped_workbook())"))
    assert found.resolve().is_relative_to(installed.environment.resolve())
    assert found.is_file()
