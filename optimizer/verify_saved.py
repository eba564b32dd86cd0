"""A saved result checked again: by the independent verifier and, if given, against a workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from models.instance import Instance
from models.plan import Plan, Result, Status
from models.verifier import OBJECTIVE_CLAUSES, Violation, verify, verify_costs
from models.verifier.comparison import Comparison
from optimizer.exit_codes import ExitCode
from optimizer.outcome import gap_text, measure_text, money_text
from optimizer.run import ReadCase, read_case
from optimizer.solve import GAP_DUST, GIVEN_UP, LEAST_COST, TOLERANCE
from reports.columns import DISCOUNTED
from reports.limits import OF_PROVINCES
from reports.plurals import counted
from reports.saved_result import SavedResult, instance_hash
from reports.summary import AIMS, status_sentence

SHOWN = 20
"""Breaches of one rule that are listed one by one, unless all are asked for."""

CLAIMS = ("objective", "bound", "gap", "status")
"""Names under which the figures of a run itself are reported, beside those of rules and costs."""


@dataclass(frozen=True)
class Recomputed:
    """A plan against a problem: what it breaks, what it has of the objective, and what it costs (discounted money)."""

    instance: Instance
    violations: tuple[Violation, ...]
    objective: float
    cost: float


@dataclass(frozen=True)
class AgainstWorkbook:
    """A saved result beside the problem that a workbook says now.

    `differences` says in words where the problems differ. `plan` is the saved plan against the workbook's problem; None
    when the saved result has no plan.
    """

    case: ReadCase
    same_file: bool
    same_problem: bool
    differences: tuple[str, ...]
    plan: Recomputed | None


@dataclass(frozen=True)
class Verification:
    """What the check of a saved result came to; `plan` and `gap` are None where it has none."""

    saved: SavedResult
    plan: Recomputed | None
    gap: float | None
    against: AgainstWorkbook | None

    @property
    def holds(self) -> bool:
        """Whether nothing is broken, neither of the saved problem nor of the workbook's."""
        checked = (self.plan, self.against.plan if self.against is not None else None)
        return not any(plan is not None and plan.violations for plan in checked)

    @property
    def exit_code(self) -> ExitCode:
        """0 when all holds, 3 when something is broken, 2 when there is no plan to check."""
        if not self.holds:
            return ExitCode.INVALID_WORKBOOK
        return ExitCode.USAGE if self.plan is None else ExitCode.SOLVED


def verify_saved(saved: SavedResult, workbook: str | None = None) -> Verification:
    """Check a saved result: every rule, cost and figure again from the plan, and the plan against a workbook.

    The workbook is read in the variant and with the replaced values of the saved run. Raises what `read_case` raises.
    """
    result, instance = saved.result, saved.instance
    against = None if workbook is None else _against(saved, workbook)
    if result.plan is None:
        return Verification(saved, None, None, against)
    objective, cost = _objective(instance, result.plan), _cost(instance, result.plan)
    aimed = _aimed(result, objective, cost)
    violations = (
        *verify(instance, result.plan, TOLERANCE),
        *verify_costs(instance, result.plan, result.charges),
        *_claims(saved, aimed),
    )
    gap = None if result.bound is None else _gap(aimed, result.bound)
    return Verification(saved, Recomputed(instance, violations, aimed, cost), gap, against)


def verification_lines(verification: Verification) -> Iterator[tuple[str, str]]:
    """Pairs of a figure's name and its value: what was checked and what came of it."""
    saved, plan, against = verification.saved, verification.plan, verification.against
    instance, result, origin = saved.instance, saved.result, saved.background
    yield "Problem", f"{instance.title}, variant {instance.variant}"
    yield "Made from", f"{origin.workbook} (sha256 {origin.sha256[:12]}...)" if origin.sha256 else origin.workbook
    for override in origin.overrides:
        yield "Set", override
    yield "Status", status_sentence(result, instance.policy.objective)
    if plan is None:
        yield "Plan", "none, so that there is nothing to check"
    else:
        yield from _plan_lines(verification, plan)
    if against is not None:
        yield from _workbook_lines(against)


def broken_lines(verification: Verification, *, every: bool = False) -> Iterator[str]:
    """Every breach in words, under a heading that says of what; the first of each rule unless `every` one is asked."""
    against = verification.against
    if verification.plan is not None and verification.plan.violations:
        yield "What does not hold of the saved result:"
        yield from _listed(verification.plan, every)
    if against is not None and against.plan is not None and against.plan.violations:
        yield f"What the plan breaks of {against.case.workbook.path.name}:"
        yield from _listed(against.plan, every)


def in_words(violation: Violation, instance: Instance) -> str:
    """A breach with names beside the codes: `capacity (Birch [birch], Food plant [food], 2029): output is ...`."""
    place = ", ".join(_named(instance, violation.rule, part) for part in violation.index)
    return f"{violation.rule}{f' ({place})' if place else ''}: {violation.message}"


def differences(saved: Instance, other: Instance) -> Iterator[str]:
    """Where two problems differ, a line for each part of them."""
    for entry in fields(Instance):
        yield from _difference(entry.name, getattr(saved, entry.name), getattr(other, entry.name))


def _against(saved: SavedResult, workbook: str) -> AgainstWorkbook:
    origin = saved.background
    case = read_case(workbook, origin.variant or saved.instance.variant, tuple(origin.overrides))
    same = instance_hash(case.instance) == instance_hash(saved.instance)
    found = () if same else tuple(differences(saved.instance, case.instance))
    if not same and not found:
        found = ("the order of some entries, which can decide between equally good plans",)
    plan = None
    if saved.result.plan is not None:
        broken = verify(case.instance, saved.result.plan, TOLERANCE)
        objective, cost = _objective(case.instance, saved.result.plan), _cost(case.instance, saved.result.plan)
        plan = Recomputed(case.instance, broken, objective, cost)
    return AgainstWorkbook(case, case.workbook.sha256 == origin.sha256, same, found, plan)


def _objective(instance: Instance, plan: Plan) -> float:
    return OBJECTIVE_CLAUSES[instance.policy.objective](instance, plan)


def _cost(instance: Instance, plan: Plan) -> float:
    return OBJECTIVE_CLAUSES[LEAST_COST](instance, plan)


def _aimed(result: Result, objective: float, cost: float) -> float:
    """What the run made least: its objective or, where that was only to be kept as good as before, the cost."""
    told = result.objective
    if told is None:
        return objective
    return cost if abs(told - cost) < abs(told - objective) else objective


def _gap(objective: float, bound: float) -> float:
    return max(0.0, objective - bound) / max(abs(objective), GAP_DUST)


def _claims(saved: SavedResult, objective: float) -> Iterator[Violation]:
    """Figures of the run that do not follow from its plan."""
    result, compared = saved.result, Comparison(TOLERANCE)
    unit = AIMS[saved.instance.policy.objective].unit.name(saved.instance)
    if result.objective is None:
        yield Violation("objective", (), "a run with a plan has one", 0.0)
    else:
        yield from compared.equal("objective", (), "the objective", result.objective, objective, unit)
    if result.status not in (Status.SOLVED, Status.STOPPED):
        yield Violation("status", (), f"there is a plan, and the status is '{result.status.value}'", 0.0)
    if result.bound is None:
        if result.gap is not None:
            yield Violation("gap", (), "there is a gap without a bound", result.gap)
        return
    yield from compared.at_most("bound", (), "the bound", result.bound, objective, unit)
    if result.gap is None:
        yield Violation("gap", (), "there is a bound and no gap", 0.0)
        return
    due, given_up = _gap(objective, result.bound), GIVEN_UP * max(1.0, abs(objective)) / max(abs(objective), GAP_DUST)
    if abs(result.gap - due) > TOLERANCE + given_up:
        yield Violation("gap", (), f"the gap is {gap_text(result.gap)}, not {gap_text(due)}", abs(result.gap - due))
    asked = _number(saved.background.options.get("gap"))
    if result.status is Status.SOLVED and asked is not None and due > asked + TOLERANCE + given_up:
        message = f"the run counts as solved, and its gap of {gap_text(due)} is above {gap_text(asked)}"
        yield Violation("status", (), message, due - asked)


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _plan_lines(verification: Verification, plan: Recomputed) -> Iterator[tuple[str, str]]:
    instance, result = verification.saved.instance, verification.saved.result
    aim, cost = AIMS[instance.policy.objective], AIMS["least cost"]
    yield f"{cost.figure}, recomputed", f"{money_text(plan.cost)} {DISCOUNTED.name(instance)}"
    if aim is not cost:
        objective = _objective(plan.instance, result.plan) if result.plan is not None else plan.objective
        yield f"{aim.figure}, recomputed", measure_text(objective, aim.unit, instance)
    proven = "" if result.bound is None else measure_text(result.bound, aim.unit, instance)
    bound = f"{proven}, as the solver proved it" if proven else "none"
    yield "Proven bound", bound
    yield "Gap, recomputed", gap_text(verification.gap)
    yield "Verified", _count(plan.violations, "every rule is kept, and every figure follows from the plan")


def _workbook_lines(against: AgainstWorkbook) -> Iterator[tuple[str, str]]:
    workbook = against.case.workbook
    file = "the file that was solved" if against.same_file else "another file than the one that was solved"
    yield "Workbook", f"{workbook.path}: {file} (sha256 {workbook.sha256[:12]}...)"
    yield "Its problem", "the problem that was solved" if against.same_problem else "another than was solved"
    for difference in against.differences:
        yield "Differs in", difference
    plan = against.plan
    if plan is not None:
        if not against.same_problem:
            cost = f"{money_text(plan.cost)} {DISCOUNTED.name(plan.instance)}"
            yield "Cost of the plan there", cost
        yield "Verified there", _count(plan.violations, "the plan keeps every rule of the workbook")


def _count(violations: tuple[Violation, ...], kept: str) -> str:
    if not violations:
        return kept
    rules = counted(len({violation.rule for violation in violations}), "rule", "rules")
    return f"NO: {counted(len(violations), 'breach', 'breaches')} of {rules}, listed below"


def _listed(plan: Recomputed, every: bool) -> Iterator[str]:
    by_rule: dict[str, list[Violation]] = {}
    for violation in plan.violations:
        by_rule.setdefault(violation.rule, []).append(violation)
    for rule, found in by_rule.items():
        shown = found if every else found[:SHOWN]
        yield from (f"  {in_words(violation, plan.instance)}" for violation in shown)
        if len(shown) < len(found):
            yield f"  {rule}: and {len(found) - len(shown):,} more (-v lists them)"


def _named(instance: Instance, rule: str, part: str | int) -> str:
    """A part of an index: its name, and its code where that is another; a year or an unknown code as it is."""
    places: tuple[Mapping[str, Any], ...] = (instance.counties, instance.provinces)
    if rule in OF_PROVINCES:
        places = places[::-1]
    things: tuple[Mapping[str, Any], ...] = (
        instance.designs, instance.goods, instance.inputs, instance.materials, instance.items,
    )  # fmt: skip
    for table in (*places, *things):
        if part in table:
            name = table[str(part)].name
            return name if name == part else f"{name} [{part}]"
    return str(part)


def _difference(name: str, saved: Any, other: Any) -> Iterator[str]:
    if isinstance(saved, Mapping) and isinstance(other, Mapping):
        if saved == other:
            if list(saved) != list(other):
                yield f"{name}: in another order"
            return
        gone, new = saved.keys() - other.keys(), other.keys() - saved.keys()
        changed = [key for key in saved.keys() & other.keys() if saved[key] != other[key]]
        counts = {"changed": len(changed), "no longer there": len(gone), "new": len(new)}
        yield f"{name}: " + ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    elif is_dataclass(saved) and type(saved) is type(other):
        for entry in fields(saved):
            yield from _difference(f"{name}.{entry.name}", getattr(saved, entry.name), getattr(other, entry.name))
    elif saved != other:
        yield f"{name}: {saved!r} when solved, {other!r} in the workbook"
