"""Why is there no plan? From the workbook to what contradicts what, in its own cells, and what would mend it."""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from inputs.origins import Address, Origins, value_text
from inputs.problems import InvalidWorkbook
from inputs.workbook import Workbook
from models.instance import Instance
from models.plan import Result, Status
from optimizer.conflict import MANY, SHEETS_OF_PLACES, Conflict, narrowed, narrowed_whole, smallest_conflict
from optimizer.conflict.arithmetic import contradictions
from optimizer.conflict.contradiction import Contradiction, untold
from optimizer.conflict.first_plan import FirstPlan
from optimizer.conflict.levels import EVERYTHING, Level, levels
from optimizer.conflict.mending import mending
from optimizer.conflict.problem import ConflictProblem, Given, OutOfTime
from optimizer.conflict.repairs import Change, alternatives, changes_of, repaired
from optimizer.conflict.shown import shown
from optimizer.conflict.words import SHOWN, limit_words, places
from optimizer.files import RESULTS, UnusablePath, require_other_than
from optimizer.options import SolveOptions, options_from
from optimizer.progress import Progress
from optimizer.run import read_case
from optimizer.solve import solve
from optimizer.solvers import LARGE
from reports.explanation import Explanation, Finding, NewValue, Place, Repair, Verdict
from reports.explanation_workbook import write_explained

logger = logging.getLogger(__name__)

REPAIRS = 4
"""Ways out that are looked for."""

OF_TIME_LEFT = 0.75
"""Part of the time that is left in which a repair is tried."""

ANY_PLAN = 1.0
"""Gap at which a plan is asked for only to show that there is one."""

PROVEN = "proven: with it there is a plan"
UNPROVEN = "not proven: no plan was found with it in the time"
"""What is said of a repair."""


@dataclass(frozen=True)
class Explained:
    """An explanation, the marked copy of the workbook where one was written, and what the copy may have lost."""

    explanation: Explanation
    copy: Path | None
    lost: tuple[str, ...]


@dataclass
class _Search:
    """What is known so far while a variant is looked into."""

    workbook: Workbook
    variant: str
    overrides: tuple[str, ...]
    instance: Instance
    origins: Origins
    options: SolveOptions
    arriving: float
    begun: float
    report: Callable[[str], None]
    stop: Callable[[], bool]
    verdict: Verdict = Verdict.UNKNOWN
    arithmetic: list[Contradiction] = field(default_factory=list)
    conflict: Conflict | None = None
    repairs: list[Repair] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def deadline(self) -> float:
        return self.begun + self.options.time_limit

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()

    def run(self) -> None:
        """Look until it is explained or the time is over; what is known then stays."""
        self.report("checking by arithmetic")
        self.arithmetic = list(untold(contradictions(self.instance)))
        if self.arithmetic:
            self.verdict = Verdict.INFEASIBLE
        try:
            if self._large:
                self._mend()
            if self._large and any(repair.proven for repair in self.repairs) and self.arithmetic:
                return  # why and what to do are known, and the smallest conflict would take minutes
            found = self._conflict() if self.verdict is not Verdict.PLAN else None
            if found is not None and not self.repairs:
                self._repair(*found)
        except OutOfTime:
            what = "not even that was found out" if self.verdict is Verdict.UNKNOWN else "this is what is known so far"
            why = "Interrupted" if self.stop() else f"The time, {self.options.time_limit:g} s, is over"
            self.remarks.append(f"{why}; {what}. Allow more with --time-limit.")

    @property
    def _large(self) -> bool:
        return len(self.instance.options) * len(self.instance.years) >= LARGE

    def _mend(self) -> None:
        """Repairs by arithmetic and what a first plan needs besides; or the first plan, where it needs nothing."""
        self.report("looking for repairs by arithmetic")
        ways = mending(self.workbook, self.variant, self.overrides, self.origins, self.arithmetic, self.arriving)
        for changes in islice(ways, REPAIRS):
            if self.left <= 0 or self.stop():
                break
            self.report(f"trying a repair: {', '.join(str(change.address) for change in changes[:3])}")
            self._show(changes, {change.address for change in changes})
        if not self.repairs:
            self.report("looking for a first plan")
            named = {address for contradiction in self.arithmetic for address in contradiction.addresses}
            self._show((), named)

    def _show(self, changes: Sequence[Change], changing: Collection[Address]) -> None:
        """Take up what a first plan shows: a repair, or that there is a plan."""
        try:
            found = shown(self.workbook, self.variant, self.overrides, changes, changing, self.arriving, self._nearest)
        except InvalidWorkbook as invalid:
            logger.info("a repair is not allowed: %s", invalid)
        except OutOfTime:
            if changes:
                self.repairs.append(self._told(changes, False))
            raise
        else:
            if found.changes:
                repair = self._told(found.changes, True) if found.proven else self._tried(found.changes)
                self.repairs += [] if repair is None else [repair]
            elif found.proven:
                self._found_plan()

    def _nearest(self, instance: Instance, origins: Origins, changing: Collection[Address]) -> Given | None:
        search = FirstPlan(instance, origins, self.options, self.deadline, self.stop, self.report)
        return search.nearest({origins.effective(address) for address in changing})

    def _conflict(self) -> tuple[Level, ConflictProblem] | None:
        """The first step at which limits cannot hold together, with its problem; None where there is a plan."""
        sought = self.verdict is Verdict.INFEASIBLE
        for level in levels(self.instance):
            last = level.name == EVERYTHING
            if not sought and last:
                sought = True
                if not self._no_plan():
                    return None
            self.report(f"looking for a conflict: {level.name}")
            problem = self._problem(level)
            for whole in (False, True):
                if whole and problem.whole_numbers >= LARGE and self.verdict is not Verdict.INFEASIBLE:
                    continue
                if problem.can_hold(problem.limits, whole=whole):
                    if whole and last:
                        self._found_plan()
                    continue
                self.verdict = Verdict.INFEASIBLE
                self.report(f"narrowing the conflict: {level.name}")
                guess = {address for contradiction in self.arithmetic[:1] for address in contradiction.addresses}
                found = smallest_conflict(problem, whole=whole, guess=guess)
                if not found.needed and not found.by_kind and len(found.limits) > MANY:
                    raise OutOfTime  # too many to be of use
                self.conflict = found
                return level, problem
        return None

    def _found_plan(self) -> None:
        """There is a plan, whatever arithmetic says: a plan can be checked, and a sentence may be wrong."""
        if self.arithmetic:
            said = " ".join(found.told(lambda addresses: places(self.origins, addresses)) for found in self.arithmetic)
            logger.warning("there is a plan, and arithmetic was wrong in saying: %s", said)
        self.verdict, self.arithmetic = Verdict.PLAN, []

    def _problem(self, level: Level) -> ConflictProblem:
        return ConflictProblem(level.instance, level.rules, self.options, self.origins, self.deadline, self.stop)

    def _no_plan(self) -> bool:
        """Whether solving finds no plan."""
        self.report("looking for a plan")
        result = self._any_plan(self.instance, self.left / 2)
        verdicts = {Status.INFEASIBLE: Verdict.INFEASIBLE, Status.UNBOUNDED: Verdict.UNBOUNDED}
        self.verdict = verdicts.get(result.status, Verdict.UNKNOWN if result.plan is None else Verdict.PLAN)
        return self.verdict in (Verdict.INFEASIBLE, Verdict.UNKNOWN)

    def _any_plan(self, instance: Instance, seconds: float) -> Result:
        options = replace(self.options, gap=ANY_PLAN, time_limit=max(1.0, seconds))
        return solve(instance, options, should_stop=self.stop)

    def _repair(self, level: Level, problem: ConflictProblem) -> None:
        """Look for repairs where all rules are, if that can be done in time, and else where the conflict is."""
        if level.name != EVERYTHING and not self._large:
            self.report("looking at the conflict with all rules")
            problem = self._problem(list(levels(self.instance))[-1])
            if self.conflict is not None:
                self.conflict = narrowed(problem, self.conflict)
        self.report("looking for repairs")
        for given in alternatives(problem, whole=True, wanted=REPAIRS):
            changes = changes_of(self.instance, self.origins, given, self.arriving)
            self.report(f"trying a repair: {', '.join(str(change.address) for change in changes[:3])}")
            repair = self._tried(changes)
            if repair is not None:
                self.repairs.append(repair)
        if self.conflict is not None and self.conflict.in_parts and not self._large:
            self.report("narrowing the conflict to what whole plants need")
            self.conflict = narrowed_whole(problem, self.conflict)

    def _tried(self, changes: Sequence[Change]) -> Repair | None:
        """The repair that changes make, with what solving says of it; None where it turns out to be none."""
        try:
            instance, _ = repaired(self.workbook, self.variant, self.overrides, changes)
        except InvalidWorkbook as invalid:
            logger.info("a repair is not allowed: %s", invalid)
            return None
        if self.left <= 0:
            return self._told(changes, False)
        result = self._any_plan(instance, OF_TIME_LEFT * self.left)
        if result.status is Status.INFEASIBLE:
            logger.info("a repair leaves no plan: %s", ", ".join(str(change.address) for change in changes))
            return None
        return self._told(changes, result.plan is not None)

    def _told(self, changes: Sequence[Change], proven: bool) -> Repair:
        return Repair(
            changes=tuple(
                NewValue(
                    place=self.place(change.address),
                    figure=_figure(change.address),
                    old=value_text(change.old),
                    new=value_text(change.new),
                )
                for change in changes
            ),
            proof=PROVEN if proven else UNPROVEN,
            proven=proven,
            arguments=tuple(change.override for change in changes if change.override is not None),
        )

    def place(self, address: Address) -> Place:
        """The place of a figure."""
        origin = self.origins.of(address)
        cell = origin.cell
        if cell is None or cell.column is None or cell.row is None:
            return Place(origin.text)
        return Place(origin.text, cell.sheet, f"{cell.column}{cell.row}")

    def explanation(self) -> Explanation:
        """What is known, ready to be read."""
        repairs = [] if self.verdict is Verdict.PLAN else self.repairs  # tried before it was known
        return Explanation(
            workbook=self.workbook.path.name,
            variant=self.variant,
            verdict=self.verdict,
            arithmetic=tuple(
                Finding(
                    found.told(lambda addresses: places(self.origins, addresses)),
                    tuple(self._known_places(found.addresses)),
                )
                for found in self.arithmetic
            ),
            conflict=tuple(self._limits()),
            conflict_remark="" if self.conflict is None else _remark(self.conflict),
            repairs=tuple(sorted(repairs, key=lambda repair: not repair.proven)),
            remarks=tuple(self.remarks),
            seconds=time.monotonic() - self.begun,
            interrupted=self.stop(),
        )

    def _limits(self) -> Iterator[Finding]:
        """The limits that cannot hold together; those of one column in one sentence where they are many."""
        kinds: dict[tuple[str, str], list[Address]] = {}
        for limit in sorted(self.conflict.limits if self.conflict is not None else ()):
            kinds.setdefault((limit.sheet, limit.column), []).append(limit)
        for (sheet, _), members in kinds.items():
            words = [limit_words(self.instance, self.origins, limit) for limit in members]
            if sheet in SHEETS_OF_PLACES and len(members) > SHOWN:
                text = f"{words[0]}, and so on for {len(members)} of this kind"
                yield Finding(text, tuple(self.place(limit) for limit in members))
            else:
                for limit, text in zip(members, words, strict=True):
                    yield Finding(text, (self.place(limit),))

    def _known_places(self, addresses: Sequence[Address]) -> Iterator[Place]:
        for address in addresses:
            origin = self.origins.of(address)
            if origin.cell is not None or origin.value is not None:
                yield self.place(address)


def explain(
    workbook: str | Path,
    *,
    variant: str | None = None,
    overrides: Sequence[str] = (),
    folder: Path = RESULTS,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Explained:
    """Find out why a variant of a workbook has no plan; where it has none, write a copy with the cells marked.

    The copy is `folder/<stem of the workbook>-explained.xlsx`. Raises what `read_case` raises, `InvalidOption`, and
    `UnusablePath` when the copy cannot be written.
    """
    begun = time.monotonic()
    case = read_case(workbook, variant, overrides)
    code = case.instance.variant
    settings = case.workbook.settings_of(code, overrides)

    def report(stage: str) -> None:
        logger.info("%s", stage)
        if progress is not None:
            progress(Progress(time.monotonic() - begun, stage, None, None))

    target = explained_file(case.workbook.path, folder)
    search = _Search(
        workbook=case.workbook,
        variant=code,
        overrides=tuple(overrides),
        instance=case.instance,
        origins=case.workbook.origins(code, overrides),
        options=replace(options_from(settings, time_limit=time_limit), solver="HiGHS"),
        arriving=settings.funds_arriving,
        begun=begun,
        report=report,
        stop=should_stop or (lambda: False),
    )
    search.run()
    found = search.explanation()
    if found.verdict is not Verdict.INFEASIBLE:
        return Explained(found, None, ())
    try:
        lost = write_explained(case.workbook.path, target, found)
    except OSError as error:
        raise UnusablePath(f"{target} cannot be written: {error.strerror or error}") from error
    return Explained(found, target, lost)


def explained_file(workbook: Path, folder: Path) -> Path:
    """The file of the marked copy. Raises `UnusablePath` when it would be the workbook itself."""
    if folder.suffix.lower() in (".xlsx", ".xlsm") or folder.is_file():
        raise UnusablePath(f"the copy goes into a folder, and '{folder}' names a file; for example: -o {RESULTS}")
    target = folder / f"{workbook.stem}-explained.xlsx"
    require_other_than(workbook, target)
    return target


def _figure(address: Address) -> str:
    """A figure's name for people."""
    if address.sheet == "Settings":
        return address.key
    return f"{address.key} {address.column}"


def _remark(conflict: Conflict) -> str:
    count = len(conflict.limits)
    if not count:
        return "Even without any limit there is no plan."
    parts = "" if conflict.whole else " This is so even if parts of plants and of joinings counted."
    if count == 1:
        return f"It cannot be kept, whatever else is loosened.{parts}"
    if not conflict.needed and not conflict.by_kind:
        return f"The time did not suffice to find out whether all of these are needed.{parts}"
    can = "can hold"
    if conflict.in_parts:
        can, parts = "can hold, if parts of plants and of joinings count", " Together they cannot, even then."
    if conflict.by_kind:
        return f"Each kind of these is needed for this: without any one kind the others {can}.{parts}"
    which = "Both" if count == 2 else f"All {count}"
    return f"{which} are needed for this: without any one of them the others {can}.{parts}"
