"""How a saved result was solved, as options to solve more of the same problem with."""

from collections.abc import Callable, Mapping
from typing import Any

from optimizer.options import AskedOptions, InvalidOption, SolveOptions
from reports.background import Background

KINDS: Mapping[str, Callable[[str], object]] = {
    "gap": float,
    "time_limit": float,
    "threads": int,
    "seed": int,
    "solver": str,
}
"""Every option, and what reads it from a saved result's text."""


def options_of_saved(origin: Background, asked: AskedOptions) -> SolveOptions:
    """The options of a saved run, each replaced by the one that is asked for.

    Raises `InvalidOption` for one that neither says.
    """
    given: dict[str, Any] = {}
    for name, kind in KINDS.items():
        wanted = asked.get(name)
        if wanted is not None:
            given[name] = wanted
            continue
        try:
            given[name] = kind(origin.options[name])
        except (KeyError, ValueError):
            raise InvalidOption(name, f"{name} should be given, since the saved result does not say it") from None
    return SolveOptions(**given)
