"""A folder of results of runs: what is in it need not be solved again."""

import hashlib
import json
import logging
import re
from dataclasses import asdict, replace
from pathlib import Path

from models.instance import Instance
from models.plan import Plan, Result
from optimizer.files import UnusablePath
from optimizer.runs.work import Run
from optimizer.versions import versions
from reports.background import Background
from reports.saved_result import (
    ENDING,
    SavedResult,
    UnreadableResult,
    instance_hash,
    load_result,
    save_result,
)

logger = logging.getLogger(__name__)

KEY_DIGITS = 24
"""Hexadecimal digits of a key in a file's name."""

LONGEST_STEM = 60
"""Characters of a run's name in a file's name."""


class KeptRuns:
    """The results in a folder, each in a file named after the run and a key of all that decides what it comes to."""

    def __init__(self, folder: Path, background: Background | None = None) -> None:
        """Make the folder, if need be. Raises `UnusablePath` when that cannot be done."""
        self._folder = folder
        self._background = background or Background(workbook="", sha256="")
        self._hashes: dict[int, tuple[Instance, str]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise UnusablePath(f"the folder '{folder}' cannot be written to: {why}") from error

    def find(self, run: Run) -> Result | None:
        """The result of an earlier try of the same run, under whatever name; None where it must be solved."""
        for path in sorted(self._folder.glob(f"*{self.key(run)}{ENDING}")):
            try:
                return load_result(path, as_solved=True).result
            except UnreadableResult as error:
                logger.warning("%s is left aside, and %s solved again: %s", path, run.name, error)
        return None

    def keep(self, run: Run, result: Result) -> Path:
        """Save the result of a run. Raises `UnusablePath` when the folder cannot be written."""
        path = self.path(run)
        background = replace(
            self._background,
            options={name: str(value) for name, value in asdict(run.options).items()},
            versions=versions(),
            seconds=result.seconds,
        )
        try:
            save_result(path, SavedResult(run.instance, result, background))
        except OSError as error:
            raise UnusablePath(f"the result {path} cannot be written: {error.strerror or error}") from error
        return path

    def path(self, run: Run, ending: str = ENDING) -> Path:
        """Where the result of a run is kept, or what else has the same key, with another ending."""
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", run.name).strip("-.")[:LONGEST_STEM] or "run"
        return self._folder / f"{stem}-{self.key(run)}{ending}"

    def key(self, run: Run) -> str:
        """Digest of the instance, the options, what is kept, the plan begun with, and the versions that solve."""
        parts = [
            self._hash(run.instance),
            asdict(run.options),
            run.kept,
            None if run.start is None else plan_digest(run.start),
            dict(versions()),
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:KEY_DIGITS]

    def _hash(self, instance: Instance) -> str:
        """Hash of an instance, worked out once: many runs may share it."""
        known = self._hashes.get(id(instance))
        if known is None or known[0] is not instance:
            known = (instance, instance_hash(instance))
            self._hashes = {**dict(list(self._hashes.items())[-3:]), id(instance): known}
        return known[1]


def plan_digest(plan: Plan) -> str:
    """Digest of every decision of a plan."""
    content = [(name, sorted((list(index), value) for index, value in family.items())) for name, family in plan.items()]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
