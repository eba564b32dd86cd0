"""Every sheet of a workbook, declared once as a type: one class a sheet, one field a column.

The reader, the checks, the blank template and the manual's sheet reference all follow from these
classes. A field without a default is a required column; a field with one may be blank or absent.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=40)]
YesNo = Literal["yes", "no"]
LaneRule = Literal["own county", "own province", "radius", "listed", "everywhere"]


def column(
    meaning: str,
    unit: str = "",
    *,
    default: Any = ...,
    code_of: str | None = None,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
) -> Any:
    """Declare a column: its meaning, unit, default, bounds (`ge`, `gt`, `le`) and the sheet its codes come from."""
    extra: JsonDict = {"unit": unit, "code_of": code_of}
    return Field(default, description=meaning, json_schema_extra=extra, ge=ge, gt=gt, le=le)


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
    local_funds: float = column("most the county can invest itself", "money/yr", default=0.0, ge=0)
    local_labour: float = column("most construction labour the county can give", "person-years/yr", default=0.0, ge=0)
    site_cost_index: float = column("multiplies the investment of everything built there", "1 = as designed", default=1.0, gt=0)


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
        "Yearly means: picks, central_funds, central_labour, import_currency, or the code of a material. "
        "A resource or year left out is unlimited."
    )
    keys = ("resource", "year")
    wide_by_year = "amount"

    resource: Code = column("picks, central_funds, central_labour, import_currency, or a material's code")
    year: int = column("plan year", "year", ge=1900, le=2200)
    amount: float = column("counties, money, person-years, foreign currency or tonnes", "of the resource", ge=0)


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
    Setting, Province, County, Good, Scale, Site, Design, DesignMaterial, DesignInput, Material, Input,
    CountyInput, CountyMaterial, ExistingPlant, Demand, Resource, PackageItem, PackageMaterial,
    SiteOverride, Lane, Decided, Variant, Override, Source,
)  # fmt: skip


class Settings(BaseModel):
    """The settings and their defaults; each field is a row of the sheet Settings."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)

    title: str = column("title of the case", default="Untitled plan")
    currency: str = column("unit of every sum of money", default="money")
    foreign_currency: str = column("unit of import currency", default="foreign currency")
    first_year: int = column("first plan year", "year", ge=1900, le=2200)
    last_year: int = column("last plan year", "year", ge=1900, le=2200)
    tail_years: int = column("years after the last in which plants run on as in it", "years", default=0, ge=0, le=100)
    discount_rate: float = column("yearly discount rate", "share/yr", default=0.0, ge=0, le=1)
    picks_rule: Literal["exactly", "at most"] = column("whether a year's picks must or may be made", default="at most")
    join_rule: Literal["at most once", "exactly once"] = column("whether a county may or must join", default="at most once")
    build_window: int = column("years after joining in which plants may still be started", "years", default=0, ge=0)
    min_plants: int = column("fewest plants a joining county receives", "plants", default=0, ge=0)
    one_per_good: YesNo = column("a joining county receives at least one plant of each good", default="no")
    crowded_out: float = column("share of existing output lost once its county has joined", "share", default=0.0, ge=0, le=1)
    least_central_share: float = column("least share of a county's investment paid by the centre", "share", default=0.0, ge=0, le=1)
    most_central_share: float = column("most share of a county's investment paid by the centre", "share", default=1.0, ge=0, le=1)
    reserve_carried: YesNo = column("unspent central funds may be used in a later year", default="yes")
    freight_rate: float = column("cost of carrying a tonne one kilometre", "money/t/km", default=0.0, ge=0)
    detour_factor: float = column("road distance over great-circle distance", "km/km", default=1.3, ge=1)
    investment_exponent: float = column("scale exponent of investment, construction labour and materials", default=0.6, ge=0, le=2)
    worker_exponent: float = column("scale exponent of operating workers", default=0.8, ge=0, le=2)
    coverage_floor: float = column("least share of each county's demand that domestic output meets; 0: no floor", "share", default=0.0, ge=0, le=1)
    coverage_floor_from: int | None = column("first year of the floor; blank: the first plan year", "year", default=None, ge=1900, le=2200)
    default_variant: str | None = column("variant solved when none is named; blank: the first", default=None)
    gap: float = column("relative gap at which solving may stop", "share", default=0.01, ge=0, le=1)
    time_limit: float = column("seconds after which solving stops", "s", default=600.0, gt=0)
    threads: int = column("threads of the solver", "threads", default=2, ge=1, le=256)
    seed: int = column("random seed of the solver", default=0, ge=0, le=2147483647)
    solver: str = column("HiGHS, or another solver PuLP finds on the machine", default="HiGHS")


def unit_of(field: FieldInfo) -> str:
    """The unit a column was declared with, or the empty string."""
    extra = field.json_schema_extra
    return str(extra.get("unit") or "") if isinstance(extra, dict) else ""


def code_source(field: FieldInfo) -> str | None:
    """The sheet whose codes a column holds, or None."""
    extra = field.json_schema_extra
    found = extra.get("code_of") if isinstance(extra, dict) else None
    return str(found) if found else None
