"""The plan in the Excel report: sheets with its numbers, the figures they are judged by, and formulas over both.

Every cell of the plan has its place on a sheet `Plan ...`, once; all other sheets refer to it there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from models.instance import Instance
from models.plan import Plan
from reports.excel.cells import Book
from reports.excel.grid import Block, Grid, Line, Live
from reports.excel.plan_choices import (
    EXISTING,
    JOINING,
    PLANTS,
    ExistingSheet,
    JoiningSheet,
    PlantSheet,
    existing_sheet,
    joining_sheet,
    plant_sheet,
)
from reports.excel.plan_costs import CostLines, cost_lines
from reports.excel.plan_data import TITLE as DATA
from reports.excel.plan_data import DataSheet, data_sheet
from reports.excel.plan_means import (
    BUDGETS,
    BUILDING,
    MATERIALS,
    BudgetSheet,
    BuildingSheet,
    MaterialSheet,
    budget_sheet,
    building_sheet,
    material_sheet,
)
from reports.excel.plan_nation import NATION, PROVINCES, NationSheet, ProvinceSheet, nation_sheet, province_sheet
from reports.excel.plan_people import PEOPLE, PeopleSheet, people_sheet
from reports.excel.plan_supply import (
    GOODS,
    LANES,
    RAW,
    GoodSheet,
    LaneSheet,
    RawSheet,
    fill_goods,
    good_rows,
    lane_sheet,
    raw_sheet,
)

MEANINGS = {
    NATION: "What the centre and the nation have and use each year, the centre's budget, and what is left of limits.",
    PROVINCES: "Joining and support bases of provinces, their coverage, and what is left of their limits.",
    JOINING: "Which county joins when.",
    PLANTS: "Plants of each county and design: started, being built, running, their output; what capacity leaves.",
    EXISTING: "Output of industry older than the plan, and what joining leaves of it.",
    GOODS: "What each county needs, makes, sends and receives of each good; imports, what is not met, coverage.",
    PEOPLE: "What people of each county get from home, mean of goods, how evenly, and how many are not covered.",
    LANES: "Shipments of every lane, own use included.",
    RAW: "Raw materials that plants of each county need, and where they come from.",
    BUILDING: "What construction costs in each county in money and labour, and who gives it.",
    MATERIALS: "Construction materials of each county and where they come from.",
    BUDGETS: "Revenue of each county, what it owes, remits, needs back, spends and keeps.",
    DATA: "Settings, prices and other figures of the workbook that the formulas use.",
}
"""Sheets in their order, and what they show."""


@dataclass
class PlanSheets:
    """All sheets of the plan; those that a problem does not need are None."""

    book: Book
    instance: Instance
    plan: Plan
    data: DataSheet
    joining: JoiningSheet
    plants: PlantSheet
    existing: ExistingSheet | None
    lanes: LaneSheet
    raw: RawSheet | None
    goods: GoodSheet
    building: BuildingSheet
    materials: MaterialSheet | None
    budgets: BudgetSheet | None
    provinces: ProvinceSheet
    nation: NationSheet
    people: PeopleSheet
    decisions: list[tuple[str, Block | Line]] = field(default_factory=list)

    @cached_property
    def costs(self) -> CostLines:
        """The plan's cost, on the sheet of the nation."""
        return cost_lines(self)

    @property
    def live(self) -> tuple[Live, ...]:
        """Every sheet of the plan."""
        grids: list[Live] = [
            entry.grid
            for entry in (
                self.joining, self.plants, self.existing, self.goods, self.people, self.lanes, self.raw, self.building,
                self.materials, self.budgets,
            )
            if entry is not None
        ]  # fmt: skip
        return (self.nation.sheet, self.provinces.sheet, *grids, self.data)


def sheet_titles(instance: Instance) -> list[str]:
    """Sheets of the plan that a problem needs, in their order."""
    needed = {
        EXISTING: bool(instance.existing),
        RAW: any(instance.designs[code].inputs for _, code in instance.options),
        MATERIALS: bool(instance.materials),
        BUDGETS: bool(instance.purses),
    }
    return [title for title in MEANINGS if needed.get(title, True)]


def plan_sheets(book: Book, instance: Instance, plan: Plan, sheets: Mapping[str, Any]) -> PlanSheets:
    """Write the plan and its formulas on sheets, by title, that are there and empty."""
    for title in sheet_titles(instance):
        sheets[title].set_print_scale(50)
    data = data_sheet(book, sheets[DATA], instance)
    joining = joining_sheet(book, sheets[JOINING], instance, plan)
    plants = plant_sheet(book, sheets[PLANTS], instance, plan, data)
    lanes = lane_sheet(book, sheets[LANES], instance, plan)
    headings = ("county and good", "good", "county", "province")
    grid = Grid(book, sheets[GOODS], GOODS, headings, good_rows(instance), instance.years)
    demand = grid.add("demand", "t/yr", "data", lambda place, year: instance.demand[*place, year])
    existing = existing_sheet(book, sheets[EXISTING], instance, plan, demand) if EXISTING in sheets else None
    raw = raw_sheet(book, sheets[RAW], instance, plan, data, plants) if RAW in sheets else None
    goods = fill_goods(instance, plan, grid, demand, plants, existing, lanes, raw)
    building = building_sheet(book, sheets[BUILDING], instance, plan, data, joining, plants)
    materials = None
    if MATERIALS in sheets:
        materials = material_sheet(book, sheets[MATERIALS], instance, plan, data, joining, plants)
    budgets = None
    if BUDGETS in sheets:
        budgets = budget_sheet(book, sheets[BUDGETS], instance, plan, data, plants, existing, raw)
    provinces = province_sheet(book, sheets[PROVINCES], instance, plan, joining)
    nation = nation_sheet(
        book, sheets[NATION], instance, plan, data, joining, plants, building, materials, budgets, goods, provinces
    )
    found = PlanSheets(
        book, instance, plan, data, joining, plants, existing, lanes, raw, goods, building, materials, budgets,
        provinces, nation, people_sheet(book, sheets[PEOPLE], instance, goods),
    )  # fmt: skip
    found.decisions += _decisions(found)
    return found


def _decisions(sheets: PlanSheets) -> list[tuple[str, Block | Line]]:
    """Every block with decisions, by the name of the variable."""
    found: list[tuple[str, Block | Line]] = [
        ("select", sheets.joining.select),
        ("start", sheets.plants.start),
        ("produce", sheets.plants.produce),
        ("ship", sheets.lanes.ship),
        ("imports", sheets.goods.imports),
        ("shortage", sheets.goods.shortage),
        ("central_funds", sheets.building.central),
        ("local_funds", sheets.building.local),
        ("donations", sheets.building.donated),
        ("central_labour", sheets.building.central_labour),
        ("local_labour", sheets.building.local_labour),
        ("reserve", sheets.nation.reserve),
    ]
    if sheets.existing is not None:
        found.append(("produce_existing", sheets.existing.produce))
    if sheets.raw is not None:
        found += [("local_input", sheets.raw.local), ("bought_input", sheets.raw.bought)]
        found += [("made_input", sheets.raw.made)] if sheets.raw.made is not None else []
    if sheets.materials is not None:
        found += [("central_material", sheets.materials.central), ("local_material", sheets.materials.local)]
    if sheets.budgets is not None:
        names = ("remittance", "subsidy", "surplus", "draw")
        found += [(name, getattr(sheets.budgets, name)) for name in names]
        found += [("remittance_shortfall", sheets.budgets.shortfall), ("priority_fund", sheets.budgets.fund)]
    found += [("support", line) for line in sheets.provinces.support.values()]
    return found


__all__ = ["MEANINGS", "PlanSheets", "plan_sheets", "sheet_titles"]
