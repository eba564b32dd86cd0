"""Every table of A beside B, in the order in which it is read; those that have nothing to tell are left out."""

from collections.abc import Mapping

from pandas import DataFrame

from reports.assessment_book import Sheet
from reports.diff import Diff
from reports.diff.decisions import JOINING, PLANTS_BESIDE, SUPPORT
from reports.diff.inputs import BY_COLUMN, ONLY_ROWS, ORIGIN, VALUES
from reports.diff.results import (
    COSTS_BESIDE,
    COSTS_BY_GOOD,
    COUNTY_COVERAGE,
    COUNTY_REMITTANCES,
    COVERAGE,
    FIGURES_BESIDE,
    REMITTANCES,
    SOURCES,
)

OF_INPUTS: tuple[Sheet[Diff], ...] = (BY_COLUMN, VALUES, ONLY_ROWS)
OF_DECISIONS: tuple[Sheet[Diff], ...] = (
    FIGURES_BESIDE,
    JOINING,
    PLANTS_BESIDE,
    SUPPORT,
    COSTS_BESIDE,
    COSTS_BY_GOOD,
    SOURCES,
    COVERAGE,
    COUNTY_COVERAGE,
    REMITTANCES,
    COUNTY_REMITTANCES,
)
ALWAYS = (*OF_INPUTS, ORIGIN)
"""Tables that are there even when they are empty."""


def diff_sheets(diff: Diff) -> tuple[Sheet[Diff], ...]:
    """The tables of inputs and, where both were solved, those of decisions."""
    return (*OF_INPUTS, *(OF_DECISIONS if diff.solved else ()), ORIGIN)


def diff_frames(diff: Diff) -> Mapping[str, DataFrame]:
    """Every table by name; of decisions only those that have rows."""
    found = {sheet.name: sheet.frame(diff.a.instance, diff) for sheet in diff_sheets(diff)}
    kept = {sheet.name for sheet in ALWAYS}
    return {name: frame for name, frame in found.items() if name in kept or len(frame)}
