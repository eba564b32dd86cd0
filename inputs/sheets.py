"""Every sheet of a workbook, declared once as a type: one class a sheet, one field a column.

The reader, the checks, the blank template and the manual's sheet reference all follow from these
classes. A field without a default is a required column; a field with one may be blank or absent.
"""

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from inputs.declaration import Code, YesNo, column

LaneRule = Literal["own county", "own province", "radius", "listed", "everywhere"]


class Row(BaseModel):
    """A row of a sheet, with the columns that every sheet may carry: where its figures come from."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)

    sheet: ClassVar[str]
    meaning: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    wide_by_year: ClassVar[str | None] = None
    required: ClassVar[bool] = False

    status: Literal["source", "derived", "assumption", "policy"] | None = column(
        "where the row's figures come from: a source, derived from sources, assumed, or a choice of policy",
        default=None,
    )
    source: str | None = column("code of the row's source; several separated by commas", default=None, code_of="Sources")
    note: str | None = column("reasoning behind the figures, or a remark", default=None)


class Setting(Row):
    sheet = "Settings"
    meaning = "One value per setting; a setting left out takes its default."
    keys = ("setting",)

    setting: str = column("name of the setting")
    value: str | float | int | None = column("its value; blank takes the default", default=None)


class Province(Row):
    sheet = "Provinces"
    meaning = "First-level regions; every county lies in one."
    keys = ("province",)
    required = True

    province: Code = column("code of the province")
    name: str = column("name")
    local_name: str = column("name in the local script", default="")
    least_picks: int = column("fewest of its counties joining in a year, while any are left", "counties/yr", default=0, ge=0)
    most_picks: int | None = column("most of its counties joining in a year; blank: no limit", "counties/yr", default=None, ge=0)
    support_uplift: float = column("added to the utilisation of its plants once a technical support base works there; 0: none can be founded", "share", default=0.0, ge=0, le=1)
    support_cost: float = column("cost of founding the base, paid by the centre", "money", default=0.0, ge=0)


class County(Row):
    sheet = "Counties"
    meaning = "The units that may join the programme."
    keys = ("county",)
    required = True

    county: Code = column("code of the county")
    name: str = column("name")
    local_name: str = column("name in the local script", default="")
    province: Code = column("province it lies in", code_of="Provinces")
    kind: str = column("type of unit, such as city or county", default="county")
    population: float = column("people served; demand is people x norm x growth", "persons", ge=0)
    latitude: float | None = column("for distances and the map", "degrees north", default=None, ge=-90, le=90)
    longitude: float | None = column("for distances and the map", "degrees east", default=None, ge=-180, le=180)
    eligible: YesNo = column("no: barred from the programme", default="yes")
    eligible_from: int | None = column("first year it may join; blank: the first plan year", "year", default=None, ge=1900, le=2200)
    workers: float | None = column("pool from which plants draw their staff; blank: no limit", "persons", default=None, ge=0)
    market_product: float = column("what one such worker would produce elsewhere", "money/person/yr", default=0.0, ge=0)
    local_funds: float | None = column("most the county can invest itself; blank: 0, or no limit but its budget where that is planned", "money/yr", default=None, ge=0)
    local_labour: float = column("most construction labour the county can give", "person-years/yr", default=0.0, ge=0)
    site_cost_index: float = column("multiplies the investment of everything built there", "1 = as designed", default=1.0, gt=0)
    revenue: float | None = column("revenue of its budget in the first year, before any plant of the plan; blank: its budget is not planned", "money/yr", default=None, ge=0)
    essential: float = column("expenditure of its budget that is always paid, in the first year", "money/yr", default=0.0, ge=0)
    remittance_quota: float = column("least that it owes the centre, in the first year", "money/yr", default=0.0, ge=0)
    remittance_rate: float | None = column("least share of its revenue that it owes the centre; blank: the setting", "share", default=None, ge=0, le=1)
    donations: float = column("most that donors there can give to its construction", "money/yr", default=0.0, ge=0)
    priority_fund: float = column("what its priority fund holds before the first year", "money", default=0.0, ge=0)


class Good(Row):
    sheet = "Goods"
    meaning = "The consumer goods to be supplied."
    keys = ("good",)
    required = True

    good: Code = column("code of the good")
    name: str = column("name")
    local_name: str = column("name in the local script", default="")
    norm: float = column("consumption norm", "kg/person/yr", default=0.0, ge=0)
    growth: float = column("yearly growth of demand after the first year", "share/yr", default=0.0, gt=-1, le=1)
    import_price: float | None = column("price of an imported tonne delivered; blank: cannot be imported", "money/t", default=None, ge=0)
    import_currency: float = column("foreign currency that an imported tonne takes", "foreign currency/t", default=0.0, ge=0)
    shortage_penalty: float | None = column("penalty on a tonne not supplied; blank: demand must be met", "money/t", default=None, ge=0)
    freight_factor: float = column("multiplies the freight rate, for bulky or fragile goods", "1 = as set", default=1.0, ge=0)
    investment_exponent: float | None = column("scale exponent of investment, construction labour and materials; blank: the setting", default=None, ge=0, le=2)
    worker_exponent: float | None = column("scale exponent of operating workers; blank: the setting", default=None, ge=0, le=2)
    state_price: float | None = column("what a plant is paid for a tonne of its quota; blank: the market price", "money/t", default=None, ge=0)
    market_price: float | None = column("what a plant is paid for a tonne beyond its quota; blank: the import price, or 0 where there is none", "money/t", default=None, ge=0)


class Scale(Row):
    sheet = "Scales"
    meaning = "Size classes of plants and how far their output may travel."
    keys = ("scale",)
    required = True

    scale: Code = column("code of the scale")
    name: str = column("name")
    sites_only: YesNo = column("yes: only at the counties listed in Sites", default="no")
    lanes: LaneRule = column("where its output may go", default="own county")
    radius: float | None = column("reach when lanes is 'radius'", "km", default=None, ge=0)


class Site(Row):
    sheet = "Sites"
    meaning = "Counties where plants of a scale with sites_only = yes may stand."
    keys = ("county", "scale")

    county: Code = column("candidate site", code_of="Counties")
    scale: Code = column("scale", code_of="Scales")


class Design(Row):
    sheet = "Designs"
    meaning = "Plant designs. A blank investment, construction_labour, workers or material follows the scale rule from the reference design."
    keys = ("design",)
    required = True

    design: Code = column("code of the design")
    name: str = column("name")
    good: Code = column("good it makes", code_of="Goods")
    scale: Code = column("its scale", code_of="Scales")
    kind: Literal["new", "modernisation"] = column("modernisation needs an existing plant of the good, and adds to its capacity", default="new")
    reference: Code | None = column("design from which blanks are derived: value x (capacity / reference capacity) ** exponent", default=None, code_of="Designs")
    capacity: float | None = column("output at full utilisation; blank: unlimited", "t/yr", default=None, gt=0)
    investment: float | None = column("cost of building one plant", "money", default=None, ge=0)
    construction_labour: float | None = column("labour to build one plant", "person-years", default=None, ge=0)
    workers: float | None = column("staff of a running plant", "persons", default=None, ge=0)
    fixed_cost: float | None = column("yearly cost of a running plant besides labour and inputs; blank: scale rule of investment", "money/yr", default=None, ge=0)
    variable_cost: float = column("cost per tonne besides labour and inputs", "money/t", default=0.0, ge=0)
    lead_years: int = column("years from start to first output; the plant is paid and built in equal parts over them (0 or 1: all at the start)", "years", default=1, ge=0, le=20)
    lifetime_years: int | None = column("years of running; blank: beyond the plan", "years", default=None, ge=1)
    utilisation: float = column("share of capacity that power and materials allow", "share", default=1.0, ge=0, le=1)
    max_plants: int = column("most plants of the design in one county", "plants", default=1, ge=0)
    quota: float | None = column("share of its usable output that a running plant delivers to the state first; blank: the setting", "share", default=None, ge=0, le=1)


class DesignMaterial(Row):
    sheet = "DesignMaterials"
    meaning = "Construction materials of a design; a material only its reference lists follows the scale rule."
    keys = ("design", "material")

    design: Code = column("design", code_of="Designs")
    material: Code = column("material", code_of="Materials")
    tonnes: float | None = column("needed to build one plant; blank: scale rule from the reference design", "t", default=None, ge=0)


class DesignInput(Row):
    sheet = "DesignInputs"
    meaning = "Raw materials of a design; a design with none of its own takes its reference's."
    keys = ("design", "input")

    design: Code = column("design", code_of="Designs")
    input: Code = column("raw material", code_of="Inputs")
    tonnes: float = column("used per tonne of output", "t/t", ge=0)


class Utilisation(Row):
    sheet = "Utilisation"
    meaning = "Utilisation of a design in single years, in place of its usual one; a year left out keeps that."
    keys = ("design", "year")
    wide_by_year = "utilisation"

    design: Code = column("design", code_of="Designs")
    year: int = column("plan year", "year", ge=1900, le=2200)
    utilisation: float = column("share of capacity that power and materials allow in the year", "share", ge=0, le=1)


class Material(Row):
    sheet = "Materials"
    meaning = "Construction materials that are planned in tonnes; their price is part of the investment."
    keys = ("material",)

    material: Code = column("code of the material")
    name: str = column("name")


class Input(Row):
    sheet = "Inputs"
    meaning = "Raw materials of production."
    keys = ("input",)

    input: Code = column("code of the raw material")
    name: str = column("name")
    local_price: float = column("cost of the county's own", "money/t", default=0.0, ge=0)
    bought_price: float = column("cost of what is bought elsewhere, delivered", "money/t", default=0.0, ge=0)
    good: Code | None = column("good that serves as this raw material as well, made by plants or imported; blank: none", default=None, code_of="Goods")


class CountyInput(Row):
    sheet = "CountyInputs"
    meaning = "Raw materials a county has for its plants; a county without a row has none of its own."
    keys = ("county", "input")

    county: Code = column("county", code_of="Counties")
    input: Code = column("raw material", code_of="Inputs")
    tonnes: float = column("available each year", "t/yr", ge=0)


class CountyMaterial(Row):
    sheet = "CountyMaterials"
    meaning = "Construction materials a county can give itself; without a row, none."
    keys = ("county", "material")

    county: Code = column("county", code_of="Counties")
    material: Code = column("material", code_of="Materials")
    tonnes: float = column("available each year", "t/yr", ge=0)


class ExistingPlant(Row):
    sheet = "ExistingPlants"
    meaning = "Industry that stood before the plan, one row per county and good."
    keys = ("county", "good")

    county: Code = column("county", code_of="Counties")
    good: Code = column("good", code_of="Goods")
    capacity: float = column("output at full utilisation", "t/yr", ge=0)
    utilisation: float = column("share of capacity in use", "share", default=1.0, ge=0, le=1)
    variable_cost: float = column("cost per tonne, labour and inputs included", "money/t", default=0.0, ge=0)
    crowded_out: float | None = column("share lost once its county has joined; blank: the setting", "share", default=None, ge=0, le=1)


class Demand(Row):
    sheet = "Demand"
    meaning = "Demand given outright, instead of people x norm x growth."
    keys = ("county", "good", "year")
    wide_by_year = "tonnes"

    county: Code = column("county", code_of="Counties")
    good: Code = column("good", code_of="Goods")
    year: int = column("plan year", "year", ge=1900, le=2200)
    tonnes: float = column("demand", "t/yr", ge=0)


class Resource(Row):
    sheet = "Resources"
    meaning = (
        "Yearly means: picks, central_funds, central_labour, import_currency, modernisations, or the code of a material; "
        "and remittances, the least that all counties together remit. A resource or year left out is without limit."
    )
    keys = ("resource", "year")
    wide_by_year = "amount"

    resource: Code = column("picks, central_funds, central_labour, import_currency, modernisations, remittances, or a material's code")
    year: int = column("plan year", "year", ge=1900, le=2200)
    amount: float = column("counties, money, person-years, foreign currency, plants or tonnes", "of the resource", ge=0)


class PackageItem(Row):
    sheet = "PackageItems"
    meaning = "Things besides plants that every county receives when it joins."
    keys = ("item",)

    item: Code = column("code of the item")
    name: str = column("name")
    from_year: int | None = column("counties joining from this year on receive it; blank: all", "year", default=None, ge=1900, le=2200)
    investment: float = column("cost per county", "money", default=0.0, ge=0)
    construction_labour: float = column("labour per county", "person-years", default=0.0, ge=0)


class PackageMaterial(Row):
    sheet = "PackageMaterials"
    meaning = "Construction materials of a package item."
    keys = ("item", "material")

    item: Code = column("item", code_of="PackageItems")
    material: Code = column("material", code_of="Materials")
    tonnes: float = column("needed per county", "t", ge=0)


class SiteOverride(Row):
    sheet = "SiteOverrides"
    meaning = "Figures of a design that differ in one county; blank keeps the design's."
    keys = ("county", "design")

    county: Code = column("county", code_of="Counties")
    design: Code = column("design", code_of="Designs")
    allowed: YesNo = column("no: the design may not be built there", default="yes")
    capacity: float | None = column("output at full utilisation", "t/yr", default=None, gt=0)
    investment: float | None = column("cost of one plant, site cost index included", "money", default=None, ge=0)
    construction_labour: float | None = column("labour to build one plant", "person-years", default=None, ge=0)
    workers: float | None = column("staff of a running plant", "persons", default=None, ge=0)
    fixed_cost: float | None = column("yearly cost of a running plant", "money/yr", default=None, ge=0)
    variable_cost: float | None = column("cost per tonne", "money/t", default=None, ge=0)
    max_plants: int | None = column("most plants of the design there", "plants", default=None, ge=0)


class Lane(Row):
    sheet = "Lanes"
    meaning = (
        "Explicit distances and costs, and the lanes that scales with lanes = listed may use. "
        "Otherwise: great-circle distance x detour factor x freight rate."
    )
    keys = ("origin", "destination", "good")

    origin: Code = column("sending county", code_of="Counties")
    destination: Code = column("receiving county", code_of="Counties")
    good: Code | None = column("good; blank: every good", default=None, code_of="Goods")
    distance: float | None = column("distance by road or rail; blank: great circle x detour", "km", default=None, ge=0)
    cost: float | None = column("cost of carrying a tonne; blank: distance x freight rate", "money/t", default=None, ge=0)


class Decided(Row):
    sheet = "Decided"
    meaning = "Choices already made; used by variants with use_decided = yes."
    keys = ("county",)

    county: Code = column("county", code_of="Counties")
    year: int = column("year it joined", "year", ge=1900, le=2200)


class Variant(Row):
    sheet = "Variants"
    meaning = "Named ways to run the same workbook. Without the sheet there is one variant, all, with every scale."
    keys = ("variant",)

    variant: Code = column("code of the variant")
    name: str = column("name")
    scales: str | None = column("scales that may be built, separated by commas; blank: all", default=None)
    lanes: LaneRule | None = column("replaces the lanes of every scale; blank: as in Scales", default=None)
    use_decided: YesNo = column("yes: the choices in Decided are fixed", default="no")


class Override(Row):
    sheet = "Overrides"
    meaning = "Values of any sheet that a variant replaces."
    keys = ("variant", "target_sheet", "key", "target_column")

    variant: Code = column("variant", code_of="Variants")
    target_sheet: str = column("sheet of the value")
    key: str = column("key of its row, parts joined by / ; * for every row")
    target_column: str = column("column of the value; in sheets by year, the year")
    value: str | float | int | None = column("the value in this variant; blank: blank", default=None)


class Source(Row):
    sheet = "Sources"
    meaning = "Where figures come from, with the attribution each asks for."
    keys = ("source_code",)

    source_code: Code = column("code by which rows name the source")
    title: str = column("author, title, date")
    attribution: str = column("attribution or licence", default="")
    link: str = column("address", default="")


SHEETS: tuple[type[Row], ...] = (
    Setting, Province, County, Good, Scale, Site, Design, DesignMaterial, DesignInput, Utilisation, Material,
    Input, CountyInput, CountyMaterial, ExistingPlant, Demand, Resource, PackageItem, PackageMaterial,
    SiteOverride, Lane, Decided, Variant, Override, Source,
)  # fmt: skip
