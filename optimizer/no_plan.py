"""There is no plan to go on from."""

from pathlib import Path

from models.plan import Plan, Result
from optimizer.files import UnusablePath, find_saved_result
from reports.saved_result import SavedResult, load_result


class NoPlan(Exception):
    """What starts from a plan has none to start from; `result` says why, None where it was interrupted."""

    def __init__(self, result: Result | None) -> None:
        super().__init__("no plan was found to begin with")
        self.result = result


def saved_with_plan(given: str | Path) -> SavedResult:
    """The saved result of that name, which has a plan. Raises `UnusablePath` when there is no such file or it has
    none, and `UnreadableResult`."""
    path = find_saved_result(given)
    saved = load_result(path)
    require_plan(saved, path)
    return saved


def require_plan(saved: SavedResult, path: Path) -> Plan:
    """The plan of a saved result, which was read from `path`. Raises `UnusablePath` when it has none."""
    if saved.result.plan is None:
        raise UnusablePath(f"'{path}' has no plan: {saved.result.status.value}")
    return saved.result.plan
