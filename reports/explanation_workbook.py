"""A copy of a workbook in which the cells of an explanation are marked, each with a comment that says why."""

import os
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from reports.explanation import Explanation, Place, explanation_lines

SHEET = "Explanation"
"""The sheet that is added in front, with the whole explanation."""

AUTHOR = "countyplan"
CONFLICT, REPAIR = "FFFFC7CE", "FFFFEB9C"
"""Fill of cells that conflict, and of those that only a repair changes."""

PARTS = {
    "xl/charts/": "charts",
    "xl/media/": "pictures",
    "xl/drawings/drawing": "shapes and drawings",
    "xl/pivotTables/": "pivot tables",
    "xl/slicers/": "slicers",
    "xl/externalLinks/": "links to other workbooks",
    "xl/vbaProject": "macros",
    "xl/ctrlProps/": "buttons and other controls",
}
"""Parts of a file that openpyxl drops or changes, by the beginning of their names."""

WIDTH, HEIGHT = 360, 160
"""Size of comments, in points."""


def write_explained(source: Path, target: Path, explanation: Explanation) -> tuple[str, ...]:
    """Write the marked copy of `source` to `target` and return what the copy may have lost, in words.

    The copy goes to a temporary file and is then moved into place. Formulas, drop-downs, formats and other sheets are
    kept; results of formulas are worked out again when it is opened in Excel. Raises OSError.
    """
    lost = tuple(may_lose(source))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about decorations that openpyxl does not keep: told in words instead
        book = load_workbook(source)
    for (sheet, cell), (fill, text) in _marks(explanation).items():
        if sheet not in book.sheetnames:
            continue
        place = book[sheet][cell]
        place.fill = PatternFill("solid", start_color=fill, end_color=fill)
        earlier = f"{place.comment.text}\n\n" if place.comment is not None else ""
        place.comment = Comment(earlier + text, AUTHOR, width=WIDTH, height=HEIGHT)
    _add_sheet(book, explanation, lost)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".xlsx", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        book.save(temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return lost


def may_lose(source: Path) -> Iterator[str]:
    """What a copy made with openpyxl may lose of a workbook, in words."""
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
    for beginning, words in PARTS.items():
        if any(name.startswith(beginning) for name in names):
            yield words


def _marks(explanation: Explanation) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Fill and comment of each cell that is named."""
    texts: dict[tuple[str, str], list[str]] = {}
    fills: dict[tuple[str, str], str] = {}

    def note(place: Place, text: str, fill: str) -> None:
        if place.sheet is not None and place.cell is not None:
            key = (place.sheet, place.cell)
            texts.setdefault(key, []).append(text)
            fills.setdefault(key, fill)

    for finding in explanation.arithmetic:
        for place in finding.places:
            note(place, finding.text, CONFLICT)
    for finding in explanation.conflict:
        others = ", ".join(other.places[0].text for other in explanation.conflict if other is not finding)
        words = f"{finding.text[:1].upper()}{finding.text[1:]}."
        for place in finding.places:
            note(place, f"{words} This cannot hold together with {others}." if others else words, CONFLICT)
    for position, repair in enumerate(explanation.repairs, start=1):
        for change in repair.changes:
            also = "" if len(repair.changes) == 1 else f", with {len(repair.changes) - 1} more on the sheet {SHEET}"
            what = f"{change.new} instead" if change.new else "delete this row"
            note(change.place, f"Repair {position}: {what}{also} ({repair.proof}).", REPAIR)
    return {key: (fills[key], "\n\n".join(dict.fromkeys(lines))) for key, lines in texts.items()}


def _add_sheet(book: Workbook, explanation: Explanation, lost: tuple[str, ...]) -> None:
    """The explanation as a sheet in front, with links to the cells; the program ignores it when it reads the copy."""
    title, number = SHEET, 2
    while title in book.sheetnames:
        title, number = f"{SHEET} {number}", number + 1
    sheet = book.create_sheet(title, 0)
    sheet.column_dimensions["A"].width = 120
    lines = list(explanation_lines(explanation))
    if lost:
        lines += ["", f"This copy may have lost or changed, of the original: {', '.join(lost)}."]
    for position, line in enumerate(lines, start=1):
        cell = sheet.cell(position, 1, line)
        cell.data_type = "s"  # text, whatever it begins with
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if line and not line.startswith(" "):
            cell.font = Font(bold=True)
    first = len(lines) + 2
    linked = [place for place in explanation.places if place.sheet is not None and place.cell is not None]
    if linked:
        sheet.cell(first, 1, "Marked cells").font = Font(bold=True)
    for position, place in enumerate(linked, start=first + 1):
        cell = sheet.cell(position, 1, place.text)
        quoted = str(place.sheet).replace("'", "''")
        cell.hyperlink = f"#'{quoted}'!{place.cell}"
        cell.font = Font(underline="single", color="FF0563C1")
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
