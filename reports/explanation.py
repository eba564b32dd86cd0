"""Why there is no plan, as plain text and cells: what `explain` found, made ready to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

SHOWN = 8
"""Findings of arithmetic that are shown."""


class Verdict(Enum):
    """What an explanation came to."""

    PLAN = "there is a plan"
    INFEASIBLE = "no plan can satisfy every rule"
    UNBOUNDED = "cost can fall without limit"
    UNKNOWN = "whether there is a plan could not be found out in the time"


@dataclass(frozen=True, slots=True)
class Place:
    """A figure's place: its text and, where it has one in the workbook, sheet and cell (such as `B6`)."""

    text: str
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence and the places of the figures that it rests on."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class NewValue:
    """A proposed change of a figure, values as they are typed; `new` is empty where the row is deleted."""

    place: Place
    figure: str
    old: str
    new: str

    def __str__(self) -> str:
        if not self.new:
            return f"{self.place.text}: delete the row ({self.figure}, {self.old or 'blank'})"
        return f"{self.place.text}: {self.new} instead of {self.old or 'blank'} ({self.figure})"


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that together make room for a plan. `proof` says whether a plan was found with them, `proven` that it
    was; `arguments` are the same changes for `--set`."""

    changes: tuple[NewValue, ...]
    proof: str
    proven: bool
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """What was found out about a workbook's variant.

    `arithmetic` are conditions that do not hold, shown before anything was solved; `conflict` the limits that cannot
    hold together, and `conflict_remark` what is known of that set; `repairs` ways out; `remarks` what was left undone.
    """

    workbook: str
    variant: str
    verdict: Verdict
    arithmetic: tuple[Finding, ...]
    conflict: tuple[Finding, ...]
    conflict_remark: str
    repairs: tuple[Repair, ...]
    remarks: tuple[str, ...]
    seconds: float
    interrupted: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that is named, each once."""
        named = [place for finding in (*self.arithmetic, *self.conflict) for place in finding.places]
        named += [change.place for repair in self.repairs for change in repair.changes]
        return tuple(dict.fromkeys(named))


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """The explanation as lines of text."""
    yield f"{explanation.workbook}, variant {explanation.variant}: {explanation.verdict.value}."
    if explanation.verdict is Verdict.UNBOUNDED:
        yield "Look for prices, costs and penalties below zero."
    if explanation.arithmetic:
        yield ""
        yield "What cannot be, by arithmetic alone:"
        for position, finding in enumerate(explanation.arithmetic[:SHOWN], start=1):
            yield f"  {position}. {finding.text}"
        if len(explanation.arithmetic) > SHOWN:
            yield f"  and {len(explanation.arithmetic) - SHOWN} more"
    if explanation.conflict:
        yield ""
        yield "What cannot hold together:"
        for finding in explanation.conflict:
            yield f"  {_listed(finding.places)}: {finding.text}"
        yield f"  {explanation.conflict_remark}"
    if explanation.repairs:
        yield ""
        yield "What would make room for a plan, any one of these:"
        for position, repair in enumerate(explanation.repairs, start=1):
            yield f"  {position}. {repair.proof}:"
            for change in repair.changes:
                yield f"     {change}"
            if len(repair.arguments) == len(repair.changes):
                yield "     " + " ".join(f"--set {_shell(argument)}" for argument in repair.arguments)
    if explanation.remarks:
        yield ""
        yield from explanation.remarks


def _listed(places: tuple[Place, ...]) -> str:
    """The first and last of several places."""
    return places[0].text if len(places) == 1 else f"{places[0].text} to {places[-1].text}"


def _shell(argument: str) -> str:
    """An argument as it is typed in a shell."""
    return f'"{argument}"' if set(argument) & set(" *()") else argument
