"""The core of the model once more, in linopy: what the building of our own is measured against.

It is written as linopy is meant to be used: data in arrays, one variable and one constraint for a whole family at a
time, positions instead of codes. Families have a row for each county, option (a county's design), place (a county's
good), lane, use (a county's input) and so on, and a column for each year. `tests/benchmarks/test_linopy_model.py` holds
it to the same number of columns and rows and to the same optimum as our own.
"""

import time
from dataclasses import dataclass
from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from models.dominance import useful_plants
from models.instance import Instance
from models.records import NO_LIMIT

Array = NDArray[Any]


@dataclass(frozen=True)
class Arrays:
    """The tables of an instance by position. Two-dimensional arrays have a column for each year."""

    years: Array
    capital_weight: Array
    running_weight: Array
    county: dict[str, Array]
    province_of: Array
    option: dict[str, Array]
    lane: dict[str, Array]
    place: dict[str, Array]
    existing: dict[str, Array]
    use: dict[str, Array]
    supply_limit: Array
    recipe: dict[str, Array]
    stock: dict[str, Array]
    bill: dict[str, Array]
    item_investment: Array
    item_labour: Array
    item_materials: Array


def arrays_of(instance: Instance) -> Arrays:
    """The instance as arrays; what a user of linopy would have read from tables in this form."""
    years = list(instance.years)
    counties, goods, designs = list(instance.counties), list(instance.goods), instance.designs
    at_county = {code: n for n, code in enumerate(counties)}
    at_good = {code: n for n, code in enumerate(goods)}
    at_option = {key: n for n, key in enumerate(instance.options)}
    at_material = {code: n for n, code in enumerate(instance.materials)}
    made_of = [designs[code] for _, code in instance.options]
    options = list(instance.options.values())

    def place(county: str, good: str) -> int:
        return at_county[county] * len(goods) + at_good[good]

    def yearly(table: Any, keys: Any) -> Array:
        return np.array([[table[(*key, year)] for year in years] for key in keys], dtype=float).reshape(-1, len(years))

    due = [list(instance.due_items(year)) for year in years]
    uses = sorted({(county, entry) for county, code in instance.options for entry in designs[code].inputs})
    at_use = {key: n for n, key in enumerate(uses)}
    recipe = [
        (at_option[key], at_use[key[0], entry], tonnes)
        for key in instance.options
        for entry, tonnes in designs[key[1]].inputs.items()
    ]
    bill = [
        (at_option[key], at_county[key[0]] * len(at_material) + at_material[material], tonnes)
        for key, option in instance.options.items()
        for material, tonnes in option.materials.items()
    ]
    members = instance.counties.values()
    provinces = {code: n for n, code in enumerate(instance.provinces)}
    useful_plants(instance)  # what our own rules need as well
    return Arrays(
        years=np.array(years),
        capital_weight=np.array([instance.capital_weight[year] for year in years]),
        running_weight=np.array([instance.running_weight[year] for year in years]),
        county={
            "eligible": np.array([NO_LIMIT if c.eligible_from is None else c.eligible_from for c in members]),
            **{
                name: np.array([getattr(c, name) for c in members], dtype=float)
                for name in ("workers", "market_product", "local_funds", "local_labour", "site_cost_index", "donations")
            },
        },
        province_of=np.array([provinces[c.province] for c in members]),
        option={
            "county": np.array([at_county[county] for county, _ in instance.options]),
            "place": np.array([place(county, designs[code].good) for county, code in instance.options]),
            "lead": np.array([design.lead_years for design in made_of]),
            "parts": np.array([design.construction_years for design in made_of]),
            "modernisation": np.array([design.modernisation for design in made_of]),
            "supported": yearly(instance.supported_capacity, instance.options),
            "quota": yearly(instance.quota, instance.options),
            **{
                name: np.array([getattr(option, name) for option in options], dtype=float)
                for name in (
                    "investment", "fixed_cost", "variable_cost", "construction_labour", "workers", "max_plants"
                )
            },
        },
        lane={
            "origin": np.array([place(origin, good) for origin, _, good in instance.lanes]),
            "end": np.array([place(end, good) for _, end, good in instance.lanes]),
            "cost": np.array([lane.cost for lane in instance.lanes.values()]),
            "wanted": yearly(instance.wanted, [(end, good) for _, end, good in instance.lanes]),
        },
        place={
            "demand": yearly(instance.demand, [(county, good) for county in counties for good in goods]),
            "ends": np.array([len(instance.destinations[county, good]) for county in counties for good in goods]),
        },
        existing={
            "place": np.array([place(*key) for key in instance.existing]),
            "county": np.array([at_county[county] for county, _ in instance.existing]),
            "usual": yearly(instance.existing_usual, instance.existing),
            **{
                name: np.array([getattr(plant, name) for plant in instance.existing.values()], dtype=float)
                for name in ("capacity", "variable_cost", "crowded_out")
            },
        },
        use={
            "local": np.array([key in instance.input_supply for key in uses]),
            "made": np.array([instance.inputs[entry].good is not None for _, entry in uses]),
            "place": np.array([place(c, instance.inputs[e].good or goods[0]) for c, e in uses]),
            "local_price": np.array([instance.inputs[entry].local_price for _, entry in uses]),
            "bought_price": np.array([instance.inputs[entry].bought_price for _, entry in uses]),
        },
        supply_limit=np.array([instance.input_supply.get(key, 0.0) for key in uses]),
        recipe=dict(zip(("option", "use", "tonnes"), _columns(recipe, 3), strict=True)),
        stock={
            "local": np.array([(c, m) in instance.local_material for c in counties for m in at_material]),
            "most": np.array([instance.local_material.get((c, m), 0.0) for c in counties for m in at_material]),
        },
        bill=dict(zip(("option", "stock", "tonnes"), _columns(bill, 3), strict=True)),
        item_investment=np.array([sum(item.investment for item in items) for items in due]),
        item_labour=np.array([sum(item.construction_labour for item in items) for items in due]),
        item_materials=np.array([[sum(i.materials.get(m, 0.0) for i in items) for items in due] for m in at_material]),
    )  # fmt: skip


def _columns(rows: list[tuple[int, int, float]], number: int) -> list[Array]:
    return [np.array([row[n] for row in rows]) for n in range(number)]


def linopy_model(instance: Instance, data: Arrays) -> linopy.Model:
    """The model of an instance of `core_model.core_of`."""
    return _Building(instance, data).model


class _Building:
    """The model on its way: variables first, then the rules in the order of `RULES`."""

    def __init__(self, instance: Instance, data: Arrays) -> None:
        self.instance, self.data = instance, data
        self.policy, self.goods = instance.policy, len(instance.goods)
        self.model = linopy.Model()
        self.counties, self.options = len(instance.counties), len(instance.options)
        self.places = self.counties * self.goods
        self.stocks = self.counties * len(instance.materials)
        self._declare()
        self._choosing()
        self._building()
        self._supplying()
        self._means()
        self._money()
        self._objective()

    def _family(self, name: str, dimension: str, index: Array | int, **kind: bool) -> Any:
        rows = np.arange(index) if isinstance(index, int) else index
        coords: Any = [pd.Index(rows, name=dimension), pd.Index(self.data.years, name="year")]
        bounds: Any = {} if kind.get("binary") else {"lower": 0.0}
        return self.model.add_variables(coords=coords, name=name, **bounds, **kind)

    def _declare(self) -> None:
        data, goods = self.data, list(self.instance.goods.values())
        priced = np.array([good.import_price is not None for good in goods] * self.counties)
        lacking = np.array([good.shortage_penalty is not None for good in goods] * self.counties)
        self.select = self._family("select", "county", self.counties, binary=True)
        self.joined = self._family("joined", "county", self.counties, binary=True)
        self.start = self._family("start", "option", self.options, integer=True)
        self.running = self._family("running", "option", self.options, integer=True)
        self.produce = self._family("produce", "option", self.options)
        self.produce_existing = self._family("produce_existing", "existing", len(data.existing["place"]))
        self.ship = self._family("ship", "lane", len(data.lane["cost"]))
        self.imports = self._family("imports", "place", np.flatnonzero(priced))
        self.shortage = self._family("shortage", "place", np.flatnonzero(lacking))
        self.bought_input = self._family("bought_input", "use", len(data.use["local"]))
        self.local_input = self._family("local_input", "use", np.flatnonzero(data.use["local"]))
        self.made_input = self._family("made_input", "use", np.flatnonzero(data.use["made"]))
        self.central_funds = self._family("central_funds", "county", self.counties)
        self.local_funds = self._family("local_funds", "county", self.counties)
        self.donations = self._family("donations", "county", np.flatnonzero(data.county["donations"] > 0))
        self.central_labour = self._family("central_labour", "county", self.counties)
        self.local_labour = self._family("local_labour", "county", self.counties)
        self.central_material = self._family("central_material", "stock", self.stocks)
        self.local_material = self._family("local_material", "stock", np.flatnonzero(data.stock["local"]))
        limited = [year for year in self.instance.years if year in self.instance.reserve_years]
        self.reserve = self.model.add_variables(lower=0, coords=[pd.Index(limited, name="year")], name="reserve")

    def _choosing(self) -> None:
        data, add, instance = self.data, self.model.add_constraints, self.instance
        add(self.select.sum("year") <= 1, name="selected_once")
        add(self.joined - self._later(self.joined, 1) - self.select == 0, name="joined_by")
        for year in instance.years:
            joining, most, due = self.select.sel(year=year).sum(), instance.picks[year], instance.picks_due[year]
            if most == due:
                add(joining == due, name=f"picks_per_year-{year}")
                continue
            add(joining <= most, name=f"picks_per_year-{year}-most")
            if due > 0:
                add(joining >= due, name=f"picks_per_year-{year}-least")
        sizes = np.bincount(data.province_of, minlength=len(instance.provinces))
        limits = np.array([province.most_picks for province in instance.provinces.values()])
        binding = np.flatnonzero(limits < sizes)
        if len(binding):
            picked = self._by(self.select, "county", data.province_of, "province")
            add(picked.sel(province=binding) <= self._along(limits[binding], province=binding), name="province_picks")
        barred = data.years[None, :] < data.county["eligible"][:, None]
        some = np.flatnonzero(barred.any(axis=1))
        if len(some):
            mask = self._along(barred[some].astype(float), county=some, year=data.years)
            add((mask * self.select.sel(county=some)).sum("year") == 0, name="eligible_from")

    def _building(self) -> None:
        data, add, option = self.data, self.model.add_constraints, self.data.option
        change = self.running - self._later(self.running, 1)
        for lead in np.unique(option["lead"]):
            of_lead = self._along((option["lead"] == lead).astype(float), option=self.options)
            change = change - of_lead * self._later(self.start, int(lead))
        add(change == 0, name="running_plants")
        window = self.instance.policy.build_window + 1
        at = xr.DataArray(option["county"], dims="option", coords={"option": np.arange(self.options)})
        allowed = self._along(option["max_plants"], option=self.options)
        now, before = self.joined.isel(county=at), self._later(self.joined, window).isel(county=at)
        add(self.start - allowed * now + allowed * before <= 0, name="starts_where_selected")
        add(self.start.sum("year") <= allowed, name="sites")
        modern = np.flatnonzero(option["modernisation"])
        if len(modern):
            times = self._by(self.start.sel(option=modern).sum("year"), "option", option["place"][modern], "place")
            there = np.isin(np.unique(option["place"][modern]), data.existing["place"])
            limit = self._along(there.astype(float), place=np.unique(option["place"][modern]))
            add(times <= limit, name="modernise_existing")

    def _supplying(self) -> None:
        data, add, option, lane = self.data, self.model.add_constraints, self.data.option, self.data.lane
        usable = self._along(option["supported"], option=self.options, year=data.years)
        add(self.produce - usable * self.running <= 0, name="capacity")
        self._existing_capacity()
        due = self._along(option["quota"], option=self.options, year=data.years)
        add(self.produce - due * self.running >= 0, name="quota_first", mask=due > 0)
        made = self._by(self.produce, "option", option["place"], "place", self.places)
        sent = self._by(self.ship, "lane", lane["origin"], "place", self.places)
        old = self._by(self.produce_existing, "existing", data.existing["place"], "place", self.places)
        add(sent - made - old == 0, name="shipped_from_output")
        supply = self._by(self.ship, "lane", lane["end"], "place", self.places)
        supply = supply + self._all(self.imports, "place", self.places) + self._all(self.shortage, "place", self.places)
        using = np.flatnonzero(data.use["made"])
        if len(using):
            supply = supply - self._by(self.made_input, "use", data.use["place"][using], "place", self.places)
        add(supply == self._along(data.place["demand"], place=self.places, year=data.years), name="demand")
        self._lanes()
        self._inputs()

    def _existing_capacity(self) -> None:
        data, add, there = self.data, self.model.add_constraints, self.data.existing
        if not len(there["place"]):
            return
        at = xr.DataArray(there["county"], dims="existing", coords={"existing": np.arange(len(there["county"]))})
        capacity = np.repeat(there["capacity"][:, None], len(data.years), axis=1)

        def lost(amount: Array) -> Any:
            share = self._along(amount * there["crowded_out"][:, None], existing=len(amount), year=data.years)
            return self.produce_existing + share * self.joined.isel(county=at)

        most = self._along(capacity, existing=len(capacity), year=data.years)
        usual = self._along(there["usual"], existing=len(capacity), year=data.years)
        if not self.policy.existing_held:
            add(lost(capacity) <= most, name="existing_capacity")
            return
        add(lost(capacity) == most, name="existing_capacity", mask=usual == most)
        add(lost(capacity) <= most, name="existing_capacity-most", mask=usual != most)
        add(lost(there["usual"]) >= usual, name="existing_capacity-held", mask=usual != most)

    def _lanes(self) -> None:
        data, lane, option = self.data, self.data.lane, self.data.option
        held = np.flatnonzero(data.place["ends"][lane["origin"]] > 1)
        if not len(held):
            return
        at = pd.DataFrame({"option": np.arange(self.options), "place": option["place"]})
        pairs = pd.DataFrame({"lane": held, "place": lane["origin"][held]}).merge(at, on="place")
        coefficient = np.minimum(option["supported"][pairs["option"]], lane["wanted"][pairs["lane"]])
        number = len(pairs)
        chosen = xr.DataArray(pairs["option"].to_numpy(), dims="pair", coords={"pair": np.arange(number)})
        new = self._along(coefficient, pair=number, year=data.years) * self.running.isel(option=chosen)
        new = self._by(new, "pair", pairs["lane"].to_numpy(), "lane")
        old = np.zeros(self.places)
        old[data.existing["place"]] = data.existing["capacity"]
        most = np.minimum(old[lane["origin"][held]][:, None], lane["wanted"][held])
        room = self._along(most, lane=held, year=data.years)
        self.model.add_constraints(self.ship.sel(lane=held) - new <= room, name="lanes")

    def _inputs(self) -> None:
        data, recipe, uses = self.data, self.data.recipe, len(self.data.use["local"])
        if not uses:
            return
        at = xr.DataArray(recipe["option"], dims="entry", coords={"entry": np.arange(len(recipe["option"]))})
        used = self._along(recipe["tonnes"], entry=len(recipe["tonnes"])) * self.produce.isel(option=at)
        used = self._by(used, "entry", recipe["use"], "use", uses)
        taken = self.bought_input + self._all(self.local_input, "use", uses) + self._all(self.made_input, "use", uses)
        self.model.add_constraints(used - taken == 0, name="inputs")
        local = np.flatnonzero(data.use["local"])
        most = self._along(data.supply_limit[local], use=local)
        self.model.add_constraints(self.local_input <= most, name="inputs-local")

    def _means(self) -> None:
        data, add, option, county = self.data, self.model.add_constraints, self.data.option, self.data.county
        limited = np.flatnonzero(
            np.isfinite(county["workers"]) & (np.bincount(option["county"], minlength=self.counties) > 0)
        )
        staff = self._along(option["workers"], option=self.options) * self.running
        staff = self._by(staff, "option", option["county"], "county", self.counties)
        pool = self._along(county["workers"][limited], county=limited)
        add(staff.sel(county=limited) <= pool, name="workers")
        labour = self._by(
            self._being_built(option["construction_labour"]), "option", option["county"], "county", self.counties
        )
        items = self._along(data.item_labour, year=data.years) * self.select
        add(labour + items - self.central_labour - self.local_labour == 0, name="construction_labour")
        self._at_most(self.local_labour, "county", county["local_labour"], "construction_labour-local")
        self._pool(self.central_labour.sum("county"), self.instance.central_labour, "central_labour_pool")
        self._materials()

    def _materials(self) -> None:
        data, bill, number = self.data, self.data.bill, len(self.instance.materials)
        if not number:
            return
        at = xr.DataArray(bill["option"], dims="entry", coords={"entry": np.arange(len(bill["option"]))})
        needed = self._being_built(np.ones(self.options)).isel(option=at) * self._along(
            bill["tonnes"], entry=len(bill["tonnes"])
        )
        needed = self._by(needed, "entry", bill["stock"], "stock", self.stocks)
        of = xr.DataArray(
            np.repeat(np.arange(self.counties), number), dims="stock", coords={"stock": np.arange(self.stocks)}
        )
        items = np.tile(data.item_materials, (self.counties, 1))
        items = self._along(items, stock=self.stocks, year=data.years) * self.select.isel(county=of)
        local = self._all(self.local_material, "stock", self.stocks)
        self.model.add_constraints(needed + items - self.central_material - local == 0, name="construction_materials")
        self._at_most(self.local_material, "stock", data.stock["most"], "construction_materials-local")
        for place, material in enumerate(self.instance.materials):
            sent = self.central_material.sel(stock=np.arange(place, self.stocks, number)).sum("stock")
            pools = {year: self.instance.central_material[material, year] for year in self.instance.years}
            self._pool(sent, pools, f"central_material_pool-{material}")

    def _money(self) -> None:
        data, add, policy, county = self.data, self.model.add_constraints, self.policy, self.data.county
        cost = self._by(
            self._being_built(data.option["investment"]), "option", data.option["county"], "county", self.counties
        )
        rate = county["site_cost_index"][:, None] * data.item_investment[None, :]
        items = self._along(rate, county=self.counties, year=data.years) * self.select
        given = self._all(self.donations, "county", self.counties)
        paid = self.central_funds + self.local_funds + given
        add(cost + items - paid == 0, name="investment_funded")
        self._at_most(self.local_funds, "county", county["local_funds"], "investment_funded-local")
        if policy.least_central_share > 0:
            add(self.central_funds - policy.least_central_share * paid >= 0, name="investment_funded-least")
        if policy.most_central_share < 1:
            add(self.central_funds - policy.most_central_share * paid <= 0, name="investment_funded-most")
        self._at_most(self.donations, "county", county["donations"], "donation_limit")
        donors = np.flatnonzero(county["donations"] > 0)
        if policy.most_donated_share < 1 and len(donors):
            share = self.donations - policy.most_donated_share * paid.sel(county=donors)
            add(share <= 0, name="donation_limit-share")
        spent, funds = self.central_funds.sum("county"), self.instance.central_funds
        if self.instance.reserve_years:
            years = np.array(self.instance.reserve_years)
            had = spent.sel(year=years) + self.reserve - self._later(self.reserve, 1)
            add(had == self._along(np.array([funds[year] for year in years]), year=years), name="central_budget")
        else:
            self._pool(spent, funds, "central_budget")
        money = np.array([good.import_currency for good in self.instance.goods.values()])
        at = self.imports.indexes["place"].to_numpy()
        bill = (self._along(money[at % self.goods], place=at) * self.imports).sum("place")
        self._pool(bill, self.instance.import_currency, "import_budget")

    def _objective(self) -> None:
        data, option, goods = self.data, self.data.option, list(self.instance.goods.values())
        capital, running = (
            self._along(data.capital_weight, year=data.years),
            self._along(data.running_weight, year=data.years),
        )
        first, rate = data.years[0], 1 + self.instance.discount_rate
        factor = np.zeros((self.options, len(data.years)))
        for part in range(int(option["parts"].max(initial=0))):
            factor += (option["parts"] > part)[:, None] * rate ** -(data.years[None, :] + float(part) - first)
        investment = factor * (option["investment"] / option["parts"])[:, None]
        items = data.county["site_cost_index"][:, None] * (data.capital_weight * data.item_investment)[None, :]
        staff = option["fixed_cost"] + data.county["market_product"][option["county"]] * option["workers"]
        price = np.array([good.import_price or 0.0 for good in goods])
        penalty = np.array([good.shortage_penalty or 0.0 for good in goods])
        local, brought = self.local_input.indexes["use"].to_numpy(), self.imports.indexes["place"].to_numpy()
        lacking = self.shortage.indexes["place"].to_numpy()
        terms = [
            self._along(investment, option=self.options, year=data.years) * self.start,
            self._along(items, county=self.counties, year=data.years) * self.select,
            running * self._along(staff, option=self.options) * self.running,
            running * self._along(option["variable_cost"], option=self.options) * self.produce,
            running
            * self._along(data.existing["variable_cost"], existing=len(data.existing["place"]))
            * self.produce_existing,
            running * self._along(data.use["bought_price"], use=len(data.use["local"])) * self.bought_input,
            running * self._along(data.use["local_price"][local], use=local) * self.local_input,
            running * self._along(data.lane["cost"], lane=len(data.lane["cost"])) * self.ship,
            running * self._along(price[brought % self.goods], place=brought) * self.imports,
            running * self._along(penalty[lacking % self.goods], place=lacking) * self.shortage,
            capital * self.policy.donor_premium * self.donations,
        ]
        self.model.add_objective(sum((term.sum() for term in terms[1:]), terms[0].sum()))

    def _being_built(self, amount: Array) -> Any:
        """An amount of each option in equal parts over its years of construction, in each year."""
        option, built = self.data.option, None
        for part in range(int(option["parts"].max(initial=1))):
            share = np.where(option["parts"] > part, amount / option["parts"], 0.0)
            begun = self._along(share, option=self.options) * self._later(self.start, part)
            built = begun if built is None else built + begun
        return built

    def _later(self, variable: Any, years: int) -> Any:
        """A family as it was so many years before, nothing before the first."""
        return variable.shift(year=years).fillna(0) if years else 1 * variable

    def _at_most(self, variable: Any, dimension: str, limits: Array, name: str) -> None:
        """Each of a family within its limit, where it has one."""
        rows = variable.indexes[dimension].to_numpy()
        rows = rows[np.isfinite(limits[rows])]
        if len(rows):
            limit = self._along(limits[rows], **{dimension: rows})
            self.model.add_constraints(variable.sel({dimension: rows}) <= limit, name=name)

    def _pool(self, used: Any, pools: Any, name: str) -> None:
        """What is used in a year within what there is, where that is limited."""
        years = np.array([year for year in self.instance.years if pools[year] < NO_LIMIT], dtype=int)
        if len(years):
            limit = self._along(np.array([pools[year] for year in years]), year=years)
            self.model.add_constraints(used.sel(year=years) <= limit, name=name)

    def _along(self, values: Array, **dimensions: Any) -> xr.DataArray:
        """An array with its dimensions named; a number stands for so many positions."""
        coords = {name: np.arange(rows) if isinstance(rows, int) else rows for name, rows in dimensions.items()}
        return xr.DataArray(values, dims=list(dimensions), coords=coords)

    def _by(self, terms: Any, dimension: str, group: Array, name: str, number: int | None = None) -> Any:
        """Terms of a dimension added up by group; with a number, a row for each of so many groups."""
        rows = terms.indexes[dimension]
        added = (1 * terms).groupby(pd.Series(group, index=rows, name=name)).sum()
        return added if number is None else added.reindex({name: np.arange(number)}).fillna(0)

    def _all(self, variable: Any, dimension: str, number: int) -> Any:
        """A family that some positions lack, with nothing at those."""
        return (1 * variable).reindex({dimension: np.arange(number)}).fillna(0)


def timed(instance: Instance) -> tuple[linopy.Model, float, float]:
    """The model, and the seconds of processor time for the arrays and for the model itself."""
    begun = time.process_time()
    data = arrays_of(instance)
    read = time.process_time()
    model = linopy_model(instance, data)
    return model, read - begun, time.process_time() - read
