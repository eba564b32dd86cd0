"""Which versions of the programs are at work."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

PROGRAMS = ("countyplan", "pulp", "highspy", "highspy-extras")
"""Distributions whose versions a report names."""


def versions() -> Mapping[str, str]:
    """The versions of Python, this program and the libraries that decide what a run comes to."""
    found = {"python": platform.python_version()}
    for program in PROGRAMS:
        try:
            found[program] = version(program)
        except PackageNotFoundError:
            found[program] = "not installed"
    return found
