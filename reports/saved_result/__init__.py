"""A run kept in one file: the problem, the plan and where both come from, to be read without solving again.

The file is a zip of tables (CSV) and of single values (JSON) with a README that explains each; `docs/saved_result.md`
describes it. `load_result(path, as_solved=True)` gives back exactly what `save_result(path, saved)` was given, and so
does `load_result(path)` but for results in which an objective was only kept.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from models.instance import Instance
from models.plan import KEPT_AT, Result, Status
from models.verifier import OBJECTIVE_CLAUSES
from reports.background import Background
from reports.saved_result.archive import FORMAT, VERSION, UnreadableResult, members_named, read_archive, write_archive
from reports.saved_result.members import members_of, parsed_member, value_of
from reports.saved_result.readme import columns_csv, readme
from reports.saved_result.values import Unreadable, as_json, form_of

__all__ = [
    "ENDING",
    "FORMAT",
    "VERSION",
    "SavedResult",
    "UnreadableResult",
    "has_plan",
    "instance_hash",
    "is_saved_result",
    "load_result",
    "save_result",
]

ENDING = ".result.zip"
"""How the name of a saved result ends."""


@dataclass(frozen=True)
class SavedResult:
    """A run: its problem, what it came to and where it comes from."""

    instance: Instance
    result: Result
    background: Background


def save_result(path: Path, saved: SavedResult) -> None:
    """Write a run. An existing file is replaced only by a finished one; equal runs make equal files.

    Raises OSError when the file cannot be written, and ValueError for a value that is not of its declared type.
    """
    first = {"format": FORMAT, "version": VERSION, "instance_hash": instance_hash(saved.instance)}
    written = {
        **dict(members_of(saved.result, "result", first=first)),
        **dict(members_of(saved.background, "background")),
        **dict(members_of(saved.instance, "instance", "instance/")),
    }
    members = dict(sorted(written.items(), key=lambda member: _place(member[0])))
    texts = {"README.txt": readme(saved.instance, members), "columns.csv": columns_csv(saved.instance, members)}
    write_archive(path, {**texts, **members})


def load_result(path: Path, *, as_solved: bool = False) -> SavedResult:
    """The run of a file. Parts that a later program added and this one does not know are left out, as far as the
    problem is still the same without them.

    Where the objective was only kept while the cost was made least (`KEPT_AT`), the file says what is proven of the
    cost. Read is then what the plan is by the objective, of which nothing is proven, unless it is wanted `as_solved`.
    Raises `UnreadableResult`, whose message says why, for a file that is no saved result, is damaged or was changed, or
    has a format that this program does not know.
    """
    members = read_archive(path)
    try:
        saved = SavedResult(
            value_of(Instance, members, "instance", "instance/"),
            value_of(Result, members, "result"),
            value_of(Background, members, "background"),
        )
        known = parsed_member(members, "result.json").get("instance_hash")
    except Unreadable as wrong:
        raise UnreadableResult(f"'{path}' cannot be understood: {wrong}") from None
    if known != instance_hash(saved.instance):
        raise UnreadableResult(
            f"'{path}' holds a problem that this program cannot read in full; it was saved by another version"
        )
    return saved if as_solved or KEPT_AT not in saved.result.provenance else replace(saved, result=_by_objective(saved))


def _by_objective(saved: SavedResult) -> Result:
    """What a result in which the objective was kept says of the objective."""
    result = replace(saved.result, objective=None, bound=None, gap=None)
    if result.plan is None:
        return replace(result, status=Status.NO_PLAN)
    reached = OBJECTIVE_CLAUSES[saved.instance.policy.objective](saved.instance, result.plan)
    return replace(result, status=Status.STOPPED, objective=reached)


def instance_hash(instance: Instance) -> str:
    """The sha256, in hex, of everything that a problem says.

    Two problems have the same hash when all their figures, names and settings are the same and stand in the same
    order. The order is a part of it: a solver decides between equally good plans by the order of its columns, so the
    same figures in another order may get another plan. Settings and figures at their default are left out, so that
    the hash stays the same when a later program has more of them.
    """
    plain = form_of(Instance).plain(instance, sparse=True)
    return hashlib.sha256(as_json(plain).encode("utf-8")).hexdigest()


def is_saved_result(path: Path) -> bool:
    """Whether a file is a saved result, of whatever version; its content is not looked at."""
    return members_named(path) is not None


def has_plan(path: Path) -> bool:
    """Whether a file is a saved result with a plan, of whatever version; its content is not looked at."""
    return any(name.startswith("plan/") for name in members_named(path) or ())


def _place(member: str) -> tuple[int, int]:
    """Where a member stands: what the run came to, the plan, the problem; in each, single figures before tables."""
    folder, _, name = member.rpartition("/")
    folders = ["", "plan", "instance"]
    singles = ["result.json", "background.json", "instance.json"]
    return (*folders, folder).index(folder), (*singles, name).index(name)
