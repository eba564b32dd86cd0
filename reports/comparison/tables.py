"""Every table of a comparison, in the order in which it is read."""

from collections.abc import Mapping

from pandas import DataFrame

from reports.comparison import Comparison, ComparisonTable
from reports.comparison.changes import cost_changes, source_changes, source_totals, supply_cost_changes
from reports.comparison.inputs import input_differences
from reports.comparison.proofs import proven_differences
from reports.comparison.results import every_figure, results, variants
from reports.comparison.sentences import summary_sentences

COMPARISON_TABLES: tuple[ComparisonTable, ...] = (
    summary_sentences,
    variants,
    proven_differences,
    results,
    every_figure,
    source_totals,
    source_changes,
    cost_changes,
    supply_cost_changes,
    input_differences,
)


def comparison_frames(comparison: Comparison) -> Mapping[str, DataFrame]:
    """Every table of a comparison by name."""
    return {table.name: table(comparison) for table in COMPARISON_TABLES}
