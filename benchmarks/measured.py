"""One measurement: what was run, and what it came to; kept as a line of JSON."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

DECIDING = ("inputs", "models", "optimizer", "benchmarks")
"""Packages that decide what a measurement comes to."""


@dataclass(frozen=True)
class Task:
    """What is to be run; `kind` is "solve" or "build", `time_limit` in seconds."""

    kind: str
    instance: str
    contender: str
    gap: float
    time_limit: float
    threads: int


@dataclass(frozen=True)
class Measured:
    """What a task came to.

    `failure` says in words why there is nothing, and is empty otherwise. Seconds count from when the instance was
    there, and are of processor time where something is built; `processor_seconds` are those of the whole process and
    of those it started. `peak_mb` is the most memory that any of these held, MB (2**20 bytes), `instance_mb` what it
    was once the instance was there. `moments` are those of a `Course`. `load` is the mean number of processes that
    wanted a core in the minute before it began.
    """

    task: Task
    program: str
    day: str
    versions: dict[str, str]
    load: float
    failure: str = ""
    status: str = ""
    build_seconds: float | None = None
    seconds: float | None = None
    processor_seconds: float | None = None
    columns: int | None = None
    rows: int | None = None
    peak_mb: float | None = None
    instance_mb: float | None = None
    stages: dict[str, float] = field(default_factory=dict)
    moments: list[list[float | None]] = field(default_factory=list)


@cache
def program() -> str:
    """The source that measurements rest on, hashed."""
    digest = hashlib.sha256()
    for package in DECIDING:
        for path in sorted((ROOT / package).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def to_line(measured: Measured) -> str:
    """The measurement as one line of JSON."""
    return json.dumps(asdict(measured), separators=(",", ":"))


def from_line(line: str) -> Measured:
    """The measurement of a line. Raises `ValueError` or `TypeError` for a line of another form."""
    cells: dict[str, Any] = json.loads(line)
    return Measured(**{**cells, "task": Task(**cells["task"])})


def read(path: Path) -> list[Measured]:
    """All measurements of a file, the last of each task; none where there is no file. A line that was cut short by an
    interruption, or has another form, is left out."""
    return list({measured.task: measured for measured in _lines(path)}.values())


def _lines(path: Path) -> Iterator[Measured]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield from_line(line)
        except (ValueError, TypeError, KeyError):
            continue


def append(path: Path, measured: Measured) -> None:
    """Add a measurement to the file, with its folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(("" if whole else "\n") + to_line(measured) + "\n")
