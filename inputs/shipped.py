"""The workbooks that come with the program."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def shipped_names() -> tuple[str, ...]:
    """Names of the shipped workbooks, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.xlsx") if not path.name.startswith("~$")))


def shipped_workbook(name: str = "dprk-20x10") -> Path:
    """Where a shipped workbook lies; LookupError when none has that name."""
    if name not in shipped_names():
        there_are = ", ".join(shipped_names()) or "none"
        raise LookupError(f"no shipped workbook is named {name!r}; there are: {there_are}")
    return FOLDER / f"{name}.xlsx"
