"""Workbooks without a plan: the small workbook, each broken in one or two known ways.

`causes` are the figures that were broken; some of them must be named by whoever explains the workbook.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.small_workbook import Tables, find_row, set_setting, small_tables


@dataclass(frozen=True, eq=False)
class Broken:
    """A workbook without a plan, by what breaks it."""

    name: str
    edit: Callable[[Tables], None]
    causes: set[str]
    variant: str = "both"
    overrides: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()

    def tables(self) -> Tables:
        """The tables of the workbook."""
        tables = small_tables()
        self.edit(tables)
        return tables


def _must_build(tables: Tables, plants: int = 1) -> None:
    """The picks must be made, and a joining county receives plants."""
    set_setting(tables, "picks_rule", "exactly")
    set_setting(tables, "min_plants", plants)


def _resource(tables: Tables, name: str, *amounts: float) -> None:
    """The amounts of a resource in 2027 and 2028."""
    tables["Resources"] = [row for row in tables["Resources"] if row["resource"] != name]
    for year, amount in zip((2027, 2028), amounts, strict=False):
        tables["Resources"].append({"resource": name, "year": year, "amount": amount})


def _counties(tables: Tables, **columns: object) -> None:
    for row in tables["Counties"]:
        row.update(columns)


def _budget(tables: Tables) -> None:
    _must_build(tables)
    _resource(tables, "central_funds", 100, 6000)


def _picks(tables: Tables) -> None:
    tables["Decided"].append({"county": "alder", "year": 2027})


def _province(tables: Tables) -> None:
    tables["Decided"].append({"county": "alder", "year": 2027})
    _resource(tables, "picks", 2, 1)
    find_row(tables, "Provinces", province="north")["most_picks"] = 1


def _labour(tables: Tables) -> None:
    _must_build(tables)
    _resource(tables, "central_labour", 10, 1000)


def _material(tables: Tables) -> None:
    _must_build(tables)
    _resource(tables, "cement", 100)


def _floor(tables: Tables) -> None:
    set_setting(tables, "coverage_floor", 0.5)


def _floor_later(tables: Tables) -> None:
    set_setting(tables, "coverage_floor", 0.5)
    set_setting(tables, "coverage_floor_from", 2028)


def _remittance(tables: Tables) -> None:
    _counties(tables, revenue=1000, remittance_rate=0.2)
    _resource(tables, "remittances", 1_000_000)


def _remittance_after_two(tables: Tables) -> None:
    _counties(tables, revenue=1000, remittance_rate=0.2)
    _resource(tables, "remittances", 100, 900)


def _dispersion(tables: Tables) -> None:
    _must_build(tables)
    set_setting(tables, "dispersion_cap", 0.4)


def _disparity(tables: Tables) -> None:
    tables["ExistingPlants"] = [
        {"county": "alder", "good": "food", "capacity": 1000},
        {"county": "birch", "good": "food", "capacity": 2000},
    ]
    set_setting(tables, "existing_output", "held")
    set_setting(tables, "disparity_limit", 0.1)


def _workers(tables: Tables) -> None:
    _must_build(tables)
    _counties(tables, workers=10)


def _eligible(tables: Tables) -> None:
    tables["Decided"] = []
    set_setting(tables, "picks_rule", "exactly")
    find_row(tables, "Counties", county="alder")["eligible"] = "no"
    find_row(tables, "Counties", county="birch")["eligible"] = "no"
    find_row(tables, "Provinces", province="south")["most_picks"] = 0


def _eligible_late(tables: Tables) -> None:
    tables["Decided"] = []
    set_setting(tables, "join_rule", "exactly once")
    _counties(tables, eligible_from=2028)
    _resource(tables, "picks", 3, 2)


def _package(tables: Tables) -> None:
    set_setting(tables, "picks_rule", "exactly")
    set_setting(tables, "most_central_share", 0.5)
    tables["PackageItems"] = [{"item": "hospital", "name": "Hospital", "investment": 2000}]


def _package_labour(tables: Tables) -> None:
    set_setting(tables, "picks_rule", "exactly")
    tables["PackageItems"] = [{"item": "hospital", "name": "Hospital", "construction_labour": 700}]
    _resource(tables, "central_labour", 700, 700)


def _must_serve(tables: Tables) -> None:
    del find_row(tables, "Goods", good="food")["shortage_penalty"]


def _halves(tables: Tables) -> None:
    """Half a plant of food and half a one of cloth would do; neither does alone."""
    _must_build(tables)
    find_row(tables, "Designs", design="food-county").update(construction_labour=100)
    find_row(tables, "Designs", design="cloth-county").update(construction_labour=20)
    find_row(tables, "DesignMaterials", design="food-county")["tonnes"] = 100
    find_row(tables, "DesignMaterials", design="cloth-county")["tonnes"] = 500
    _resource(tables, "central_labour", 10, 1000)
    _resource(tables, "cement", 300)


def _halves_of_funds(tables: Tables) -> None:
    """A plant that is dear in money, another in labour, and as much of both as half of each takes."""
    _must_build(tables)
    _counties(tables, local_funds=0, local_labour=0)
    find_row(tables, "Designs", design="food-county").update(investment=2000, construction_labour=20)
    find_row(tables, "Designs", design="cloth-county").update(investment=200, construction_labour=200)
    _resource(tables, "central_funds", 1100, 20_000)
    _resource(tables, "central_labour", 110, 20_000)


def _override(tables: Tables) -> None:
    _must_build(tables)
    tables["Overrides"] = [
        {
            "variant": "county", "target_sheet": "Resources", "key": "central_funds", "target_column": "2027",
            "value": 50,
        },
    ]  # fmt: skip


def _plain_must(tables: Tables) -> None:
    _must_build(tables)


def _default(tables: Tables) -> None:
    """Without the column, counties give nothing."""
    _must_build(tables)
    set_setting(tables, "most_central_share", 0.5)
    for row in tables["Counties"]:
        del row["local_funds"]


def _join_all(tables: Tables) -> None:
    set_setting(tables, "join_rule", "exactly once")
    _resource(tables, "picks", 1, 1)


def _least_and_most(tables: Tables) -> None:
    find_row(tables, "Provinces", province="south").update(least_picks=1)
    _resource(tables, "picks", 0, 2)


def _least_of_all(tables: Tables) -> None:
    find_row(tables, "Provinces", province="north").update(least_picks=1)
    find_row(tables, "Provinces", province="south").update(least_picks=1)


def _imports(tables: Tables) -> None:
    food = find_row(tables, "Goods", good="food")
    del food["shortage_penalty"]
    food.update(import_price=10, import_currency=1)
    _resource(tables, "import_currency", 10, 10_000)


def _too_many_plants(tables: Tables) -> None:
    _must_build(tables, plants=9)


def _forbidden(tables: Tables) -> None:
    set_setting(tables, "one_per_good", "yes")
    tables["SiteOverrides"] = [
        {"county": "birch", "design": "cloth-county", "allowed": "no"},
        {"county": "birch", "design": "cloth-provincial", "allowed": "no"},
    ]


def _modernisations(tables: Tables) -> None:
    set_setting(tables, "min_plants", 1)
    for row in tables["Designs"]:
        row["kind"] = "modernisation"
    tables["ExistingPlants"] = [{"county": "birch", "good": "food", "capacity": 100}]
    _resource(tables, "modernisations", 0, 0)


def _held_and_quota(tables: Tables) -> None:
    """Existing plants sell all that is wanted at home, and the quota of a new one is wanted too."""
    _must_build(tables)
    set_setting(tables, "existing_output", "held")
    set_setting(tables, "quota", 0.5)
    for row in tables["Designs"]:
        row["lead_years"] = 0
    tables["ExistingPlants"] = [
        {"county": county, "good": good, "capacity": 5000}
        for county in ("alder", "birch", "cedar")
        for good in ("food", "cloth")
    ]


def _two_at_once(tables: Tables) -> None:
    _labour(tables)
    _resource(tables, "cement", 100)


def _least_central(tables: Tables) -> None:
    _must_build(tables)
    _counties(tables, local_funds=10_000)
    set_setting(tables, "least_central_share", 0.9)
    _resource(tables, "central_funds", 300, 6000)


def _donors(tables: Tables) -> None:
    _must_build(tables)
    _counties(tables, local_funds=0, donations=10_000)
    set_setting(tables, "most_central_share", 0.2)
    set_setting(tables, "most_donated_share", 0.1)


def _stipends(tables: Tables) -> None:
    _must_build(tables)
    set_setting(tables, "least_stipend", 1.0)


def _local_inputs(tables: Tables) -> None:
    _floor_later(tables)
    _resource(tables, "picks", 3, 0)
    _resource(tables, "cement", 100_000)
    _resource(tables, "central_funds", 100_000, 100_000)
    set_setting(tables, "local_input_share", 0.9)


def _subsidies(tables: Tables) -> None:
    _counties(tables, revenue=100, essential=9000)


def _wide(tables: Tables) -> None:
    _budget(tables)


BROKEN: tuple[Broken, ...] = (
    Broken("budget", _budget, {"Resources.central_funds.2027"}),
    Broken("picks", _picks, {"Resources.picks.2027"}, variant="decided"),
    Broken("decided against a province", _province, {"Provinces.north.most_picks"}, variant="decided"),
    Broken("labour", _labour, {"Resources.central_labour.2027"}),
    Broken("material", _material, {"Resources.cement.2027"}),
    Broken("floor before plants can run", _floor, {"Settings.coverage_floor.value"}),
    Broken("floor and own plants only", _floor_later, {"Settings.coverage_floor.value"}, variant="county"),
    Broken("remittance", _remittance, {"Resources.remittances.2027"}),
    Broken("remittance of one year", _remittance_after_two, {"Resources.remittances.2028"}),
    Broken("dispersion", _dispersion, {"Settings.dispersion_cap.value"}),
    Broken("disparity", _disparity, {"Settings.disparity_limit.value"}),
    Broken("workers", _workers, {"Counties.alder.workers"}),
    Broken("barred counties", _eligible, {"Provinces.south.most_picks"}),
    Broken("all join too late", _eligible_late, {"Resources.picks.2028"}),
    Broken("package and own money", _package, {"PackageItems.hospital.investment"}),
    Broken("package and labour", _package_labour, {"PackageItems.hospital.construction_labour"}),
    Broken("must be served", _must_serve, {"Goods.food.shortage_penalty"}),
    Broken(
        "only halves would do", _halves, {"Resources.cement.2027", "Resources.central_labour.2027"}, variant="county"
    ),
    Broken(
        "only halves would do for money",
        _halves_of_funds,
        {"Resources.central_funds.2027", "Resources.central_labour.2027"},
        variant="county",
    ),
    Broken("override of the variant", _override, {"Resources.central_funds.2027"}, variant="county"),
    Broken("argument", _plain_must, {"Resources.central_funds.2027"}, overrides=("Resources.central_funds.2027=7",)),
    Broken("default of a column", _default, {"Counties.alder.local_funds"}),
    Broken("all must join", _join_all, {"Settings.join_rule.value", "Resources.picks.2027"}),
    Broken("least and no picks", _least_and_most, {"Provinces.south.least_picks", "Resources.picks.2027"}),
    Broken("least of every province", _least_of_all, {"Provinces.north.least_picks", "Resources.picks.2027"}),
    Broken("imports", _imports, {"Resources.import_currency.2027"}),
    Broken("more plants than fit", _too_many_plants, {"Settings.min_plants.value"}),
    Broken("a good that may not be made", _forbidden, {"Settings.one_per_good.value"}, variant="decided"),
    Broken("no modernisations", _modernisations, {"Resources.modernisations.2027"}, variant="decided"),
    Broken(
        "held output and quota",
        _held_and_quota,
        {"Settings.existing_output.value", "Settings.quota.value"},
        variant="county",
    ),
    Broken("labour and material at once", _two_at_once, {"Resources.central_labour.2027", "Resources.cement.2027"}),
    Broken("least central share", _least_central, {"Settings.least_central_share.value"}),
    Broken("share of donors", _donors, {"Settings.most_donated_share.value", "Settings.most_central_share.value"}),
    Broken("stipends", _stipends, {"Settings.least_stipend.value"}),
    Broken("own raw materials", _local_inputs, {"Settings.local_input_share.value"}, variant="county"),
    Broken("subsidies", _subsidies, {"Resources.central_funds.2027"}),
    Broken("years as columns", _wide, {"Resources.central_funds.2027"}, wide=("Resources",)),
)
"""Every broken workbook."""
