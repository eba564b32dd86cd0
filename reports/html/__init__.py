"""The report as one HTML page that opens from disk, needs no network, and prints.

What draws charts and maps takes half a second to load, so it is loaded when a page is written, not when the program
starts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from models.instance import Instance
from models.plan import Result
from reports.background import Background

if TYPE_CHECKING:
    from reports.map.places import Boundaries

MARK = b'<meta name="generator" content="countyplan">'
KIND = re.compile(rb'<meta name="countyplan-page" content="([a-z-]+)">')
HEAD = 4096
"""Bytes at the beginning of a file among which the marks are."""
PLAN = "plan"
"""The kind of page that tells of one run; pages without a kind are such."""


def write_html(
    path: Path, instance: Instance, result: Result, background: Background, boundaries: Boundaries | None = None
) -> None:
    """Write the report as one HTML file; an existing file is replaced only by a finished one.

    `boundaries` are areas of counties for the map, as `reports.map.boundaries.read_boundaries` reads them. Raises
    `OSError` when the file cannot be written.
    """
    from reports.html import page

    page.write_page(path, instance, result, background, boundaries)


def is_html_report(path: Path) -> bool:
    """Whether a file is a page of one run that `write_html` has written, told by its mark."""
    return page_kind(path) == PLAN


def page_kind(path: Path) -> str | None:
    """What a file that this program wrote as a page tells of, such as `plan` or `comparison`; None: no such page."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return None
    if MARK not in head:
        return None
    found = KIND.search(head)
    return PLAN if found is None else found[1].decode("ascii")
