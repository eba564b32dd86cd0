"""A workbook that has been read and checked, from which the instance of each variant is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from inputs import overrides as replacing
from inputs.assemble import assemble
from inputs.case import WITHOUT_VARIANTS, Case
from inputs.case_checks import check_case
from inputs.located import LocatedRow, Tables, rows_of
from inputs.origins import Origins
from inputs.problems import Cell, InvalidWorkbook, Note, Problem, did_you_mean, quoted
from inputs.settings import Settings
from inputs.settings_sheet import read_settings
from inputs.sheets import County, Override, Row, Scale, Setting, Source, Variant
from models.instance import Instance


@dataclass(frozen=True)
class Workbook:
    """What a workbook says.

    `sha256` is that of the file. `settings` are those of the workbook, before any override. `rows` has the
    usable rows of every sheet, each with its cells. `notes` are remarks: defaults used, things ignored.
    """

    path: Path
    sha256: str
    settings: Settings
    rows: Mapping[str, tuple[LocatedRow[Row], ...]]
    notes: tuple[Note, ...]
    keys: replacing.Keys = field(repr=False)

    @property
    def variants(self) -> list[str]:
        """The codes of the variants, in the order of the sheet; `all` alone when there is no such sheet."""
        return [row.record.variant for row in rows_of(self.rows, Variant)] or [WITHOUT_VARIANTS]

    @property
    def default_variant(self) -> str:
        """The variant that is meant when none is named: the setting, or else the first."""
        return self.settings.default_variant or self.variants[0]

    def instance(self, variant: str | None = None, overrides: Sequence[str] = ()) -> Instance:
        """The problem of one variant; `overrides` are `Sheet.key.column=value`, applied after the variant's own.

        Raises `InvalidWorkbook` for a variant that the workbook does not have and for overrides that name
        nothing or give a value that is not allowed there.
        """
        return assemble(self._case(variant, overrides))

    def settings_of(self, variant: str | None = None, overrides: Sequence[str] = ()) -> Settings:
        """The settings of one variant, overrides applied. Raises `InvalidWorkbook` as `instance` does."""
        return self._case(variant, overrides).settings

    def origins(self, variant: str | None = None, overrides: Sequence[str] = ()) -> Origins:
        """Where the figures of one variant come from. Raises `InvalidWorkbook` as `instance` does."""
        return Origins(self._case(variant, overrides))

    def without_row(self, sheet: str, key: str) -> "Workbook":
        """The workbook as it would be without one row; parts of the key are joined by `/`."""
        parts = tuple(key.split("/"))
        kept = tuple(row for row in self.rows[sheet] if row.key != parts)
        return replace(self, rows={**self.rows, sheet: kept})

    def assumptions(self) -> list[tuple[str, str, str]]:
        """(sheet, key, note) of every row whose status is 'assumption', in the order of the workbook."""
        found = [
            (sheet, "/".join(part for part in row.key if part), row.record.note or "")
            for sheet, rows in self.rows.items()
            for row in rows
            if row.record.status == "assumption"
        ]
        return list(dict.fromkeys(found))  # a sheet with years as columns has a row for every year

    def sources(self) -> list[Source]:
        """The sources that the rows name, in the order of the sheet Sources."""
        return [row.record for row in rows_of(self.rows, Source)]

    def _case(self, variant: str | None, overrides: Sequence[str]) -> Case:
        code = self.default_variant if variant is None else variant
        if code not in self.variants:
            raise UnknownVariant(code, self.variants, Cell("--variant"))
        case, problems = variant_case(self.rows, self.keys, code, replacing.from_arguments(overrides))
        if not problems:
            problems, _ = check_case(case)
        if problems:
            raise InvalidWorkbook(problems)
        return case


class UnknownVariant(InvalidWorkbook):
    """A variant that was asked for is none of the workbook's; nothing need be wrong with the workbook itself."""

    def __init__(self, code: str, known: Sequence[str], cell: Cell) -> None:
        super().__init__([unknown_variant(code, known, cell)])


def unknown_variant(code: str, known: Sequence[str], cell: Cell) -> Problem:
    """The problem of a variant that the workbook does not have."""
    remedy = did_you_mean(code, known, f"The workbook has {', '.join(known)}.")
    return Problem(cell, quoted(code), "a variant of the workbook", remedy, f"there is no variant {quoted(code)}")


def variant_case(
    tables: Tables, keys: replacing.Keys, variant: str, further: Sequence[replacing.Replacement] = ()
) -> tuple[Case, list[Problem]]:
    """One variant with its own overrides and then `further` ones applied, and what was wrong with them."""
    own = [row for row in rows_of(tables, Override) if row.record.variant == variant]
    changed, problems = replacing.apply(tables, [*replacing.from_rows(own), *further], keys)
    settings = read_settings(rows_of(changed, Setting))
    problems += settings.problems
    case = Case(
        variant=variant,
        settings=settings.settings,
        setting_cells=settings.cells,
        years_known=settings.years_known,
        tables=changed,
        scales_read=_codes_read(keys, Scale),
        counties_read=_codes_read(keys, County),
    )
    return case, problems


def _codes_read(keys: replacing.Keys, sheet: type[Row]) -> frozenset[str] | None:
    found = keys[sheet.sheet]
    return None if found is None else frozenset(key[0] for key in found)
