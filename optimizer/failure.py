"""The traceback of an internal error, kept in a file for whoever looks into it."""

import tempfile
import traceback
from pathlib import Path


def keep_traceback(error: BaseException, log: Path | None) -> Path | None:
    """Append the traceback to `log`, or to a file in the system's folder for such things where that cannot be done.

    Returns the file, or None when neither could be written.
    """
    text = "".join(traceback.format_exception(error))
    for path in (log, Path(tempfile.gettempdir()) / "countyplan.log"):
        if path is None:
            continue
        try:
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"\n{text}")
        except OSError:
            continue
        return path
    return None
