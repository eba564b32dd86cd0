"""A comparison as one HTML page that opens from disk, needs no network, and prints.

What draws charts and maps is loaded when a page is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reports.comparison import Comparison
from reports.html import page_kind

if TYPE_CHECKING:
    from reports.map.places import Boundaries

COMPARISON = "comparison"
"""The kind of page that tells of a comparison."""


def write_comparison_html(
    path: Path, comparison: Comparison, boundaries: Boundaries | None = None, further: Sequence[Path] = ()
) -> None:
    """Write a comparison as one HTML file; an existing file is replaced only by a finished one.

    `boundaries` are areas of counties for the maps, as `reports.map.boundaries.read_boundaries` reads them. `further`
    are files in the same folder to link: pages of the variants' plans, of a frontier, of break-even points, of a
    ranking, workbooks. Raises `OSError` when the file cannot be written.
    """
    from reports.html.comparison_page import write_comparison_page

    write_comparison_page(path, comparison, boundaries, further)


def is_comparison_page(path: Path) -> bool:
    """Whether a file is a page of a comparison that this program wrote, told by its mark."""
    return page_kind(path) == COMPARISON
