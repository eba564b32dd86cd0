"""Checks of keys and codes across the sheets, on everything that was read, usable rows or not."""

from collections.abc import Mapping

from inputs.columns import columns_of
from inputs.problems import Cell, Problem, did_you_mean, quoted
from inputs.sheets import Material, Resource, Setting
from inputs.table_reader import Mention, TableRead

YEARLY_MEANS = ("picks", "central_funds", "central_labour", "import_currency", "modernisations", "remittances")
"""The resources that are no materials."""


def check_keys(tables: Mapping[str, TableRead]) -> list[Problem]:
    """Duplicated keys, codes that the solver would confuse, unknown codes; one problem for each cell.

    A code that only stands in a row with other problems counts as known.
    """
    problems: list[Problem] = []
    for table in tables.values():
        problems += _duplicates(table)
        problems += _collisions(table)
    problems += _unknown_codes(tables)
    problems += _resources(tables)
    return list(dict.fromkeys(problems))


def known_codes(tables: Mapping[str, TableRead], sheet: str) -> set[str] | None:
    """The codes that a sheet makes; None when it could not be read, so that nothing can be said."""
    keys = tables[sheet].keys
    return None if keys is None else {key.parts[0] for key in keys}


def drop_unusable(tables: Mapping[str, TableRead], problems: list[Problem]) -> None:
    """Take away the rows that have a problem, so that later checks do not report it again in other words."""
    bad = {problem.cell for problem in problems}
    for table in tables.values():
        table.rows = [row for row in table.rows if bad.isdisjoint(row.cells.values())]


def _duplicates(table: TableRead) -> list[Problem]:
    if table.sheet is Setting:
        return []  # told with the settings, whose names may be spelt in several ways
    first: dict[tuple[str, ...], Cell] = {}
    problems = []
    for key in table.keys or ():
        if key.parts not in first:
            first[key.parts] = key.cell
            continue
        text = "/".join(part for part in key.parts if part)
        message = f"{', '.join(table.sheet.keys)} {quoted(text)} stands twice, first in {first[key.parts]}"
        problems.append(Problem(key.cell, text, "each key once", "Delete or rename one of the two.", message))
    return problems


def _collisions(table: TableRead) -> list[Problem]:
    """Codes become names in the solver, where - turns into _ and some files know no case."""
    if not columns_of(table.sheet)[table.sheet.keys[0]].defines_code or len(table.sheet.keys) > 1:
        return []
    first: dict[str, tuple[str, Cell]] = {}
    problems = []
    for key in table.keys or ():
        code = key.parts[0]
        other, cell = first.setdefault(code.replace("-", "_").casefold(), (code, key.cell))
        if other == code:
            continue
        why = "differ only in case" if other.casefold() == code.casefold() else "become the same name in the solver"
        message = f"the codes {quoted(code)} and {quoted(other)} in {cell} {why}"
        problems.append(Problem(key.cell, code, "codes that differ in more than case, - and _", "Rename one.", message))
    return problems


def _unknown_codes(tables: Mapping[str, TableRead]) -> list[Problem]:
    problems = []
    for table in tables.values():
        by_source: dict[str, list[Mention]] = {}
        for mention in table.mentions:
            source = str(columns_of(table.sheet)[mention.column].code_of)
            by_source.setdefault(source, []).append(mention)
        for source, mentions in by_source.items():
            known = known_codes(tables, source)
            if known is None:
                continue
            unknown = [mention for mention in mentions if mention.code not in known]
            if not tables[source].present and unknown:
                problems.append(_absent(source, unknown))
                continue
            problems += [unknown_code(mention.column, mention.code, mention.cell, source, known) for mention in unknown]
    return problems


def unknown_code(column: str, code: str, cell: Cell, source: str, known: set[str]) -> Problem:
    """The problem of a code that its sheet does not have."""
    remedy = did_you_mean(code, known, f"Add it to {source}, or name a code that is there.")
    return Problem(cell, code, f"a code of {source}", remedy, f"{column} {quoted(code)} is not in {source}")


def _absent(source: str, mentions: list[Mention]) -> Problem:
    first = mentions[0]
    others = f" ({len(mentions)} cells need it)" if len(mentions) > 1 else ""
    message = f"{first.column} {quoted(first.code)} is a code of {source}, but there is no such sheet{others}"
    return Problem(first.cell, first.code, f"a code of {source}", f"Add the sheet {source}.", message)


def _resources(tables: Mapping[str, TableRead]) -> list[Problem]:
    problems = []
    materials = known_codes(tables, Material.sheet)
    for key in tables[Material.sheet].keys or ():
        if key.parts[0].replace("-", "_").casefold() in YEARLY_MEANS:
            message = f"the material {quoted(key.parts[0])} has the name of a resource"
            allowed = "a code other than " + ", ".join(YEARLY_MEANS)
            problems.append(Problem(key.cell, key.parts[0], allowed, "Choose another code.", message))
    if materials is None:
        return problems
    for key in tables[Resource.sheet].keys or ():
        problem = check_resource(key.parts[0], key.cell, materials)
        if problem:
            problems.append(problem)
    return problems


def check_resource(code: str, cell: Cell, materials: set[str]) -> Problem | None:
    """The problem of a resource that is neither one of the yearly means nor a material; None when it is."""
    if code in YEARLY_MEANS or code in materials:
        return None
    allowed = ", ".join(YEARLY_MEANS) + ", or a code of Materials"
    remedy = did_you_mean(code, [*YEARLY_MEANS, *materials], f"Name {allowed}.")
    return Problem(cell, code, allowed, remedy, f"resource {quoted(code)} is not known")
