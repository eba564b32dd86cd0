"""Sheet `Plan data` of the Excel report: figures of the workbook that the formulas of the report use."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from models.instance import Instance
from reports.columns import county_order
from reports.excel.cells import DARK, PALE, Book, column_width
from reports.excel.formula import TOLERANCE, TOLERANCE_NAME, Term
from reports.excel.grid import Figure, Live, value_of

TITLE = "Plan data"
SETTINGS: Mapping[str, str] = {
    "min_plants": "fewest plants of a joining county",
    "least_central_share": "least share of the centre in a county's construction of a year",
    "most_central_share": "most of it",
    "most_donated_share": "most share of donors in it",
    "donor_premium": "what donors are repaid beyond their money, as a share of it",
    "plant_income_share": "county's share in the net income of its plants",
    "stipend_share": "workers' share in sales beyond the quota",
    "least_stipend": "least stipend as a share of what workers would make elsewhere",
    "recycled_share": "part of last year's remittances that adds to central funds",
    "fund_share": "part of a county's surplus that its priority fund keeps",
    "subsidy_penalty": "cost of a unit of subsidy",
    "shortfall_penalty": "cost of a unit of remittance not paid",
    "local_input_share": "least share of raw materials, by value, of the county's own",
    "coverage_floor": "least share of demand met from home",
    "disparity_limit": "most difference of coverage between provinces",
    "dispersion_cap": "most share of new capacity in one province",
    "gini_cap": "most Gini coefficient of coverage over people",
    "uncovered_cap": "most person-years not covered",
    "cost_cap": "most that the plan may cost",
}
"""Settings of the policy that enter formulas, and what they mean."""


class DataSheet(Live):
    """Tables one below another, each with a heading, a row a code and a column a figure."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        super().__init__(book, sheet, TITLE)
        self.next = 0
        self._cells: dict[tuple[str, str, str], Term] = {}
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 50)
        sheet.set_column(2, 30, 14)
        sheet.freeze_panes(0, 2)

    def table(
        self, name: str, title: str, headings: Sequence[str], rows: Mapping[str, tuple[str, Sequence[Figure]]]
    ) -> None:
        """Add a table: by code the words for it and its figures, under their headings."""
        section = self.book.format(bold=True, bg_color=PALE, font_color=DARK, bottom=1)
        head = self.book.format(bold=True, text_wrap=True, bg_color=DARK, font_color="white", border=1)
        self.sheet.write_string(self.next, 0, title, section)
        for column in range(1, len(headings) + 2):
            self.sheet.write_blank(self.next, column, None, section)
        for column, heading in enumerate(("code", "name", *headings)):
            self.sheet.write_string(self.next + 1, column, heading, head)
        lines = max((-(-column_width(text, 1) // 14) for text in headings), default=1)
        lines = max(lines, *(-(-len(text) // 11) for text in headings), 1)
        self.sheet.set_row(self.next + 1, 15 * lines + 3)
        for row, (code, (words, figures)) in enumerate(rows.items(), start=self.next + 2):
            self.sheet.write_string(row, 0, code, self.book.format())
            self.sheet.write_string(row, 1, words, self.book.format(text_wrap=True))
            for column, (heading, figure) in enumerate(zip(headings, figures, strict=True), start=2):
                number_format = "0" if heading in YEARS_OF else FINE_FIGURE
                self.write(row, column, figure, "data", number_format)
                self._cells[name, code, heading] = Term(self.cell(row, column), value_of(figure) or 0.0)
        self.next += len(rows) + 3

    def at(self, table: str, code: str, heading: str) -> Term:
        """A figure of a table."""
        return self._cells[table, code, heading]

    def setting(self, name: str) -> Term:
        """A setting of the policy."""
        return self._cells["settings", name, "value"]


FINE_FIGURE = "#,##0.00##;-#,##0.00##;0"
YEARS_OF = ("from year",)
FINEST_FIGURE = "0.000000"


def data_sheet(book: Book, sheet: Worksheet, instance: Instance) -> DataSheet:
    """Fill the sheet."""
    data = DataSheet(book, sheet)
    settings: dict[str, tuple[str, Sequence[Figure]]] = {
        "tolerance": ("relative difference that counts as rounding", [TOLERANCE]),
        **{name: (words, [_finite(getattr(instance.policy, name))]) for name, words in SETTINGS.items()},
    }
    data.table("settings", "Settings", ["value"], settings)
    tolerance = data.setting("tolerance").text
    book.workbook.define_name(TOLERANCE_NAME, f"={tolerance}")
    row = int(tolerance.rsplit("$", 1)[1]) - 1
    sheet.write_number(row, 2, TOLERANCE, book.format(num_format=FINEST_FIGURE, font_color="#595959"))
    money = instance.currency or "money"
    data.table(
        "goods",
        "Goods",
        ["import price", "import currency", "shortage penalty", "state price", "market price"],
        {
            code: (
                f"{good.name} (prices in {money} a tonne)",
                [good.import_price, good.import_currency, good.shortage_penalty, good.state_price, good.market_price],
            )
            for code, good in instance.goods.items()
        },
    )
    years = [str(year) for year in instance.years]
    data.table(
        "utilisation",
        "Share of capacity that power and materials allow, without a support base",
        years,
        {
            code: (design.name, [design.utilisation_in(year) for year in instance.years])
            for code, design in instance.designs.items()
        },
    )
    if instance.inputs:
        data.table(
            "recipes",
            "Raw materials, tonnes a tonne of output",
            list(instance.inputs),
            {
                code: (design.name, [design.inputs.get(entry) for entry in instance.inputs])
                for code, design in instance.designs.items()
            },
        )
        data.table(
            "inputs",
            "Raw materials: prices",
            ["own price", "price bought", "market price"],
            {
                code: (
                    f"{entry.name} ({money} a tonne; market price of the good that it is made of)",
                    [
                        entry.local_price,
                        entry.bought_price,
                        None if entry.good is None else data.at("goods", entry.good, "market price"),
                    ],
                )
                for code, entry in instance.inputs.items()
            },
        )
    if instance.items:
        data.table(
            "items",
            "Package items of a joining county",
            ["from year", "cost", "labour", *instance.materials],
            {
                code: (
                    f"{item.name} ({money}, person-years, tonnes)",
                    [
                        item.from_year,
                        item.investment,
                        item.construction_labour,
                        *(item.materials.get(material, 0.0) for material in instance.materials),
                    ],
                )
                for code, item in instance.items.items()
            },
        )
    data.table(
        "provinces",
        "Provinces",
        ["counties", "least picks", "most picks", "support uplift", "support cost"],
        {
            code: (
                f"{province.name} (support: share of capacity, {money})",
                [
                    len(instance.counties_of[code]),
                    province.least_picks,
                    _finite(province.most_picks),
                    province.support_uplift,
                    province.support_cost,
                ],
            )
            for code, province in instance.provinces.items()
        },
    )
    return data


def place_names(instance: Instance) -> dict[str, tuple[str, str]]:
    """Names of each county, in the order of the report, with its code."""
    return {code: (instance.counties[code].name, code) for code in county_order(instance)}


def _finite(value: float) -> float | None:
    return None if value == float("inf") else value
