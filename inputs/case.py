"""The rows of one variant with its overrides applied: what the checks and the assembly work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from inputs.located import LocatedRow, Tables, rows_of
from inputs.problems import Cell
from inputs.settings import Settings
from inputs.sheets import (
    County,
    Design,
    DesignInput,
    DesignMaterial,
    Good,
    Lane,
    LaneRule,
    Scale,
    Setting,
    Variant,
)

WITHOUT_VARIANTS = "all"
"""The code of the one variant of a workbook without the sheet Variants."""


@dataclass(frozen=True)
class Case:
    """One variant of a workbook.

    `tables` may lack rows that had problems, so lookups must allow for gaps; `scales_read` has the scales
    of all rows, or None when the sheet could not be read, and `counties_read` the counties likewise.
    """

    variant: str
    settings: Settings
    setting_cells: Mapping[str, Cell]
    years_known: bool
    tables: Tables
    scales_read: frozenset[str] | None
    counties_read: frozenset[str] | None

    @cached_property
    def variant_row(self) -> LocatedRow[Variant] | None:
        """The variant's row; None when there is no sheet Variants."""
        return next((row for row in rows_of(self.tables, Variant) if row.record.variant == self.variant), None)

    @cached_property
    def years(self) -> range:
        """The plan years; none when they are not known."""
        if not self.years_known:
            return range(0)
        return range(self.settings.first_year, self.settings.last_year + 1)

    @cached_property
    def counties(self) -> Mapping[str, LocatedRow[County]]:
        """Counties by code."""
        return {row.record.county: row for row in rows_of(self.tables, County)}

    @cached_property
    def counties_usable(self) -> bool:
        """Whether no row of the counties had problems, so that something can be said of all of them."""
        return self.counties_read == frozenset(self.counties)

    @cached_property
    def budgets(self) -> Mapping[str, float]:
        """Revenue in the first year of each county whose budget is planned, by code."""
        if self.settings.county_budgets == "no":
            return {}
        revenues = {code: row.record.revenue for code, row in self.counties.items()}
        return {code: revenue for code, revenue in revenues.items() if revenue is not None}

    @cached_property
    def goods(self) -> Mapping[str, LocatedRow[Good]]:
        """Goods by code."""
        return {row.record.good: row for row in rows_of(self.tables, Good)}

    @cached_property
    def all_scales(self) -> Mapping[str, LocatedRow[Scale]]:
        """Scales by code, whether or not the variant allows them."""
        return {row.record.scale: row for row in rows_of(self.tables, Scale)}

    @cached_property
    def scales(self) -> Mapping[str, LocatedRow[Scale]]:
        """Scales that the variant allows, by code."""
        named = self.named_scales
        return {code: row for code, row in self.all_scales.items() if named is None or code in named}

    @cached_property
    def named_scales(self) -> tuple[str, ...] | None:
        """The scales that the variant names; None when it names none and so allows all."""
        text = self.variant_row.record.scales if self.variant_row else None
        if text is None:
            return None
        return tuple(code.strip() for code in text.split(",") if code.strip())

    @cached_property
    def all_designs(self) -> Mapping[str, LocatedRow[Design]]:
        """Designs by code; also those of scales that the variant does not allow, for they may be references."""
        return {row.record.design: row for row in rows_of(self.tables, Design)}

    @cached_property
    def designs(self) -> Mapping[str, LocatedRow[Design]]:
        """Designs of the scales that the variant allows, by code."""
        return {
            code: row
            for code, row in self.all_designs.items()
            if row.record.scale in self.scales and row.record.good in self.goods
        }

    @cached_property
    def design_materials(self) -> Mapping[str, Mapping[str, LocatedRow[DesignMaterial]]]:
        """Rows of DesignMaterials by design and material."""
        found: dict[str, dict[str, LocatedRow[DesignMaterial]]] = {}
        for row in rows_of(self.tables, DesignMaterial):
            found.setdefault(row.record.design, {})[row.record.material] = row
        return found

    @cached_property
    def design_inputs(self) -> Mapping[str, Mapping[str, float]]:
        """Tonnes per tonne by design and input, own rows only."""
        found: dict[str, dict[str, float]] = {}
        for row in rows_of(self.tables, DesignInput):
            found.setdefault(row.record.design, {})[row.record.input] = row.record.tonnes
        return found

    @cached_property
    def explicit_lanes(self) -> Mapping[tuple[str, str, str | None], LocatedRow[Lane]]:
        """Rows of Lanes by origin, destination and good, None for every good."""
        return {(row.record.origin, row.record.destination, row.record.good): row for row in rows_of(self.tables, Lane)}

    @property
    def use_decided(self) -> bool:
        """Whether choices already made are fixed."""
        return self.variant_row is not None and self.variant_row.record.use_decided == "yes"

    def lane_rule(self, scale: str) -> LaneRule:
        """Where a scale's output may go: the variant's rule, or else the scale's."""
        if self.variant_row is not None and self.variant_row.record.lanes is not None:
            return self.variant_row.record.lanes
        return self.all_scales[scale].record.lanes

    def setting_cell(self, setting: str) -> Cell:
        """The cell of a setting's value; the sheet when it was left out."""
        return self.setting_cells.get(setting, Cell(Setting.sheet))
