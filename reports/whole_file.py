"""Files that are there whole or not at all."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to: what is there in the end is moved to `path`, in the place of an earlier file.

    When the writing fails, `path` is as it was, and nothing is left beside it.
    """
    unfinished = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
