"""The development environment and the files around the code agree with each other."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from inputs.shipped import shipped_workbook

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGES = ("optimizer", "models", "inputs", "reports")


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_this_repositorys(package: str) -> None:
    """The names are generic: another project's `models` must not come first."""
    assert Path(importlib.import_module(package).__file__).parent == ROOT / package


@pytest.mark.parametrize("package", PACKAGES)
def test_package_says_it_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_cannot_be_uploaded_by_mistake() -> None:
    assert "Private :: Do Not Upload" in PROJECT["classifiers"]


def test_versions_agree() -> None:
    version = PROJECT["version"]
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == version


def test_every_requirement_is_bounded_below_and_above() -> None:
    extras = PROJECT["optional-dependencies"].values()
    requirements = [*PROJECT["dependencies"], *(requirement for extra in extras for requirement in extra)]
    assert not [requirement for requirement in requirements if not re.search(r">=[\d.]+,<[\d.]+$", requirement)]


def test_constraints_cover_every_requirement_and_hold_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    pinned = re.compile(r'[a-z0-9-]+==[\d.]+(\.post\d+)?(; python_version (<|>=) "3\.12")?')
    odd = [line for line in lines if not pinned.fullmatch(line)]
    assert not odd
    required = {re.match(r"[a-z0-9-]+", text)[0] for text in PROJECT["dependencies"]}
    required |= {re.match(r"[a-z0-9-]+", text)[0] for text in PROJECT["optional-dependencies"]["test"]}
    assert not required - {line.split("==")[0] for line in lines}


def test_an_unknown_shipped_workbook_is_answered_with_the_known_ones() -> None:
    with pytest.raises(LookupError, match=r"no shipped workbook is named 'atlantis'; there are: .*dprk-20x10"):
        shipped_workbook("atlantis")
