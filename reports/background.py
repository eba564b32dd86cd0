"""What a report says about its origin that neither the instance nor the result knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Background:
    """Where a run comes from, filled by the program that made it.

    `workbook` is the title (file name) of the input workbook and `sha256` its fingerprint. `command`
    and `options` repeat the run; `versions` maps a program (python, pulp, highspy, countyplan) to its
    version; `seconds` is the whole run, reading included. `notes` are remarks of the reader, such as
    defaults used or columns unknown. `assumptions` holds (sheet, key, note) of every figure of the
    workbook that is assumed; `sources` holds (code, title, attribution). `variant` and `overrides`
    (`Sheet.key.column=value`) say which problem of the workbook was solved.
    """

    workbook: str
    sha256: str
    command: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None
    notes: Sequence[str] = ()
    assumptions: Sequence[tuple[str, str, str]] = ()
    sources: Sequence[tuple[str, str, str]] = ()
    variant: str = ""
    overrides: Sequence[str] = ()


def origin_rows(background: Background) -> list[tuple[str, str]]:
    """Pairs of what and its value, for readers: workbook, command, options, versions, time and notes, if known."""
    rows = [("workbook", background.workbook), ("sha256 of the workbook", background.sha256)]
    rows += [("command", background.command)] if background.command else []
    rows += [(f"option {name}", value) for name, value in background.options.items()]
    rows += [(f"version of {name}", value) for name, value in background.versions.items()]
    rows += [("time of the whole run", f"{background.seconds:.1f} s")] if background.seconds is not None else []
    rows += [("note", note) for note in background.notes]
    return rows
