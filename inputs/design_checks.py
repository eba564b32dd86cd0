"""Whether every figure of every design is given or can be derived."""

from collections.abc import Iterator

from inputs import scale_rule
from inputs.case import Case
from inputs.located import LocatedRow, rows_of
from inputs.problems import Note, Problem, quoted
from inputs.sheets import Design, ExistingPlant


def check_designs(case: Case) -> list[Problem | Note]:
    """References that cannot be followed, figures that no design gives, modernisations with nothing to modernise."""
    findings: list[Problem | Note] = []
    sound = True
    for row in case.all_designs.values():
        reference_problems = list(_reference(case, row))
        findings += reference_problems
        sound = sound and not reference_problems
    for row in case.all_designs.values():
        findings += _investment(case, row)
    findings += _materials(case)
    if sound:
        findings += _capacities(case)
    findings += _taken_as_nothing(case)
    findings += _modernisations(case)
    return findings


def _reference(case: Case, row: LocatedRow[Design]) -> Iterator[Problem]:
    code, reference = row.record.design, row.record.reference
    if reference is None:
        return
    cell = row.cell("reference")
    remedy = "Name a design of the same good, or leave the cell blank and give all figures."
    other = case.all_designs.get(reference)
    if reference == code:
        yield Problem(cell, code, "another design", remedy, f"the design {code} has itself as reference")
    elif other is not None and other.record.good != row.record.good:
        message = f"the reference {quoted(reference)} makes {other.record.good}, but {code} makes {row.record.good}"
        yield Problem(cell, reference, f"a design of {row.record.good}", remedy, message)
    elif _closes_circle(case, code):
        chain = " -> ".join([*scale_rule.references(case, code), code])
        yield Problem(cell, reference, "no circle", remedy, f"the references go in a circle: {chain}")


def _closes_circle(case: Case, code: str) -> bool:
    """Whether the references of a design lead back to it; told once, at the circle's first design."""
    chain = scale_rule.references(case, code)
    if len(chain) < 2 or case.all_designs[chain[-1]].record.reference != code:
        return False
    order = list(case.all_designs)
    return code == min(chain, key=order.index)


def _investment(case: Case, row: LocatedRow[Design]) -> Iterator[Problem]:
    # A design with a reference gets its figure there, or the problem is told there.
    if row.record.investment is None and row.record.reference is None:
        remedy = "Enter the cost of building one plant, or a reference design."
        message = f"investment of {row.record.design} is missing, and there is no reference design to derive it from"
        yield Problem(row.cell("investment"), "nothing", "a number at least 0", remedy, message)


def _materials(case: Case) -> Iterator[Problem]:
    for code, rows in case.design_materials.items():
        chain = scale_rule.references(case, code)
        for material, row in rows.items():
            if row.record.tonnes is not None or code not in case.all_designs:
                continue
            given = [step for step in chain if (found := case.design_materials.get(step, {}).get(material)) is not None
                     and found.record.tonnes is not None]  # fmt: skip
            last = case.all_designs[chain[-1]].record.reference
            if not given and (last is None or last in case.all_designs):
                message = f"tonnes of {material} for {code} is missing, and no reference design gives it"
                remedy = "Enter the tonnes for one plant."
                yield Problem(row.cell("tonnes"), "nothing", "a number at least 0", remedy, message)


def _capacities(case: Case) -> Iterator[Problem]:
    told: set[str] = set()
    for code in case.all_designs:
        try:
            for figure in scale_rule.FIGURES:
                scale_rule.figure(case, code, figure)
            scale_rule.materials(case, code)
        except scale_rule.NotDerivable as error:
            blank = _without_capacity(case, error.design)
            if blank.record.design in told:
                continue
            told.add(blank.record.design)
            reference = case.all_designs[error.design].record.reference
            message = (
                f"capacity of {blank.record.design} is blank (unlimited), "
                f"but the scale rule from {reference} to {error.design} needs it"
            )
            remedy = f"Enter the capacity, or give all figures of {error.design}."
            yield Problem(blank.cell("capacity"), "nothing", "a number above 0", remedy, message)


def _without_capacity(case: Case, code: str) -> LocatedRow[Design]:
    row = case.all_designs[code]
    return row if row.record.capacity is None else case.all_designs[str(row.record.reference)]


def _taken_as_nothing(case: Case) -> Iterator[Note]:
    for name in scale_rule.FIGURES:
        if name == "investment":
            continue
        bare = [row for row in case.all_designs.values() if row.record.reference is None]
        blank = [row for row in bare if getattr(row.record, name) is None]
        if blank:
            designs = ", ".join(row.record.design for row in blank)
            message = f"{name} is blank and there is no reference design, so it is taken as 0: {designs}"
            yield Note(blank[0].cell(name), message)


def _modernisations(case: Case) -> Iterator[Note]:
    standing = {row.record.good for row in rows_of(case.tables, ExistingPlant) if row.record.capacity > 0}
    for row in case.designs.values():
        if row.record.kind == "modernisation" and row.record.good not in standing:
            message = f"no plant of {row.record.good} stands anywhere, so {row.record.design} can be built nowhere"
            yield Note(row.cell("kind"), message)
