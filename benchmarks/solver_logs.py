"""The best plan and bound over time, as the logs of CBC and SCIP tell them.

Both write seconds since they began; a caller adds the time before that.
"""

import re
from collections.abc import Iterator

from benchmarks.course import Moment

NUMBER = r"(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"

ENDLESS = 1e19
"""A number no less is none: CBC writes 1e50 while it has no plan, SCIP 1e20."""

CBC_ROOT = re.compile(rf"Continuous objective value is {NUMBER} - {NUMBER} seconds")
CBC_AFTER = re.compile(rf"After \d+ nodes.* {NUMBER} best solution, best possible {NUMBER} \({NUMBER} seconds\)")
CBC_FOUND = re.compile(rf"(?:Integer s|S)olution of {NUMBER} found .*\({NUMBER} seconds\)")
CBC_PARTLY = re.compile(rf"Partial search - best objective {NUMBER} \(best possible {NUMBER}\).*\({NUMBER} seconds\)")
CBC_DONE = re.compile(rf"Search completed - best objective {NUMBER}, .*\({NUMBER} seconds\)")
CBC_OBJECTIVE = re.compile(rf"^Objective value:\s+{NUMBER}")
CBC_BOUND = re.compile(rf"^Lower bound:\s+{NUMBER}")
CBC_TOTAL = re.compile(rf"^Total time \(CPU seconds\):\s+{NUMBER}\s+\(Wallclock seconds\):\s+{NUMBER}")

SCIP_LINE = re.compile(r"^\s*(?:[a-zA-Z*]\s*)?(\d+(?:\.\d+)?)s\s*\|")
SCIP_TOTAL = re.compile(rf"^Solving Time \(sec\)\s*:\s*{NUMBER}")
SCIP_PRIMAL = re.compile(r"^Primal Bound\s*:\s*\+?(\S+)")
SCIP_DUAL = re.compile(r"^Dual Bound\s*:\s*\+?(\S+)")


def cbc_moments(log: str) -> Iterator[Moment]:
    """What CBC's log tells of a minimisation, in its order; the last moment is the end."""
    objective = bound = None
    for line in log.splitlines():
        if found := CBC_ROOT.search(line):
            yield float(found[2]), None, float(found[1])
        elif (found := CBC_AFTER.search(line)) or (found := CBC_PARTLY.search(line)):
            yield float(found[3]), _finite(float(found[1])), _finite(float(found[2]))
        elif found := CBC_DONE.search(line):
            yield float(found[2]), _finite(float(found[1])), _finite(float(found[1]))
        elif found := CBC_FOUND.search(line):
            yield float(found[2]), float(found[1]), None
        elif found := CBC_OBJECTIVE.search(line):
            objective = float(found[1])
        elif found := CBC_BOUND.search(line):
            bound = float(found[1])
        elif found := CBC_TOTAL.search(line):
            yield float(found[2]), objective, bound


def scip_moments(log: str) -> Iterator[Moment]:
    """What SCIP's log tells of a minimisation, in its order; the last moment is the end."""
    names: list[str] = []
    total, primal = 0.0, None
    for line in log.splitlines():
        if "dualbound" in line and "primalbound" in line:
            names = [cell.strip() for cell in line.split("|")]
        elif (found := SCIP_LINE.match(line)) and names:
            cells = dict(zip(names, (cell.strip() for cell in line.split("|")), strict=False))
            yield float(found[1]), _number(cells.get("primalbound", "")), _number(cells.get("dualbound", ""))
        elif found := SCIP_TOTAL.match(line):
            total = float(found[1])
        elif found := SCIP_PRIMAL.match(line):
            primal = _number(found[1])
        elif found := SCIP_DUAL.match(line):
            yield total, primal, _number(found[1])


def _number(cell: str) -> float | None:
    try:
        return _finite(float(cell))
    except ValueError:
        return None


def _finite(number: float) -> float | None:
    return number if abs(number) < ENDLESS else None
