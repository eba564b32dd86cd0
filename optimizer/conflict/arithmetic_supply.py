"""Whether goods can be made and carried to where they must be, and whether remittances can be paid."""

from collections.abc import Iterator
from functools import cache

from inputs.origins import Address, setting
from models.records import NO_LIMIT
from optimizer.conflict.contradiction import Contradiction, exceeds, number, penalty, rounded
from optimizer.conflict.levels import most_remitted
from optimizer.conflict.needs import Needs
from reports.plurals import counted


class Makeable:
    """Most that counties can make of a good in a year, tonnes."""

    def __init__(self, needs: Needs) -> None:
        self._needs, self.instance = needs, needs.instance
        self.new = cache(self._new)
        self.supply = cache(self._supply)

    def old(self, county: str, good: str) -> float:
        """By plants that stood before the plan."""
        plant = self.instance.existing.get((county, good))
        return plant.capacity if plant is not None else 0.0

    def _new(self, county: str, good: str, year: int) -> float:
        total = 0.0
        for code in self._needs.designs_at[county]:
            if self.instance.designs[code].good == good and self._ready(county, code, year):
                plants = self.instance.options[county, code].max_plants
                total += plants * self.instance.full_output(county, code, year, supported=True)
        return total

    def _ready(self, county: str, code: str, year: int) -> bool:
        first = self.instance.counties[county].eligible_from
        free = self.instance.free_of_joining(code)
        return any(free or (first is not None and first <= started) for started in self.instance.running(code, year))

    def _supply(self, county: str, good: str, year: int) -> float:
        """That can reach a county, from itself and along its lanes."""
        return sum(self.old(start, good) + self.new(start, good, year) for start in self.instance.origins[county, good])

    def share_due(self, good: str, year: int) -> tuple[float, tuple[Address, ...]]:
        """The share of every county's demand that must come from plants, and the figures that ask for it."""
        policy, ware = self.instance.policy, self.instance.goods[good]
        if ware.shortage_penalty is None and ware.import_price is None:
            return 1.0, (Address("Goods", good, "shortage_penalty"), Address("Goods", good, "import_price"))
        if policy.coverage_floor > 0 and year >= policy.coverage_floor_from:
            return policy.coverage_floor, (setting("coverage_floor"), setting("coverage_floor_from"))
        return 0.0, ()


def enough_supply(needs: Needs) -> Iterator[Contradiction]:
    """What counties must be supplied with can be made and can reach them. Told once a good."""
    made = Makeable(needs)
    for good in needs.instance.goods:
        yield from _first(
            (_out_of_reach(made, good), _too_few_joined(needs, made, good), _too_little_in_all(needs, made, good))
        )


def _first(parts: tuple[Iterator[Contradiction], ...]) -> Iterator[Contradiction]:
    for part in parts:
        for found in part:
            yield found
            return


def _out_of_reach(made: Makeable, good: str) -> Iterator[Contradiction]:
    instance, short = made.instance, []
    for (county, wanted_good, year), wanted in instance.demand.items():
        if wanted_good != good or wanted <= 0:
            continue
        share, asking = made.share_due(good, year)
        if share > 0 and exceeds(share * wanted, made.supply(county, good, year)):
            short.append((year, county, share * wanted, asking))
    if short:
        year, county, due, asking = min(short, key=lambda entry: entry[:2])
        places = len({entry[1] for entry in short})
        rest = f" ({counted(places, 'county', 'counties')} in all)" if places > 1 else ""
        message = (
            f"{county} must get {number(due)} t of {good} from plants in {year} ({{0}}), and at most "
            f"{number(made.supply(county, good, year))} t can reach it{rest}: from plants there and at the other ends "
            "of its lanes, once they can be ready ({1})."
        )
        scales = dict.fromkeys(design.scale for design in instance.designs.values() if design.good == good)
        limits = (
            Address("Variants", instance.variant, "scales"),
            Address("Variants", instance.variant, "lanes"),
            *(Address("Scales", scale, column) for scale in scales for column in ("lanes", "radius")),
            *(Address("Designs", code, "lead_years") for code, d in instance.designs.items() if d.good == good),
        )
        floors = [
            made.share_due(good, when)[0] * made.supply(place, good, when) / asked for when, place, asked, _ in short
        ]
        yield Contradiction(message, (asking, limits), _loosened(made, good, asking, min(floors)))


def _loosened(
    made: Makeable, good: str, asking: tuple[Address, ...], floor: float
) -> tuple[tuple[Address, object], ...]:
    """A lower floor or, where demand must be met, a penalty on what is not supplied."""
    if setting("coverage_floor") in asking:
        return ((setting("coverage_floor"), rounded(floor, -1)),)
    return ((Address("Goods", good, "shortage_penalty"), penalty(made.instance)),)


def _joined_at_most(needs: Needs, good: str, year: int) -> float:
    """Most counties that can have joined early enough for a new plant of a good to run in a year."""
    leads = [design.lead_years for design in needs.instance.designs.values() if design.good == good]
    last = year - min(leads, default=0)
    return sum(picks for when, picks in needs.instance.picks.items() if when <= last)


def _free(needs: Needs, county: str, good: str) -> bool:
    return any(
        needs.instance.free_of_joining(code)
        for code in needs.designs_at[county]
        if needs.instance.designs[code].good == good
    )


def _picks(needs: Needs, year: int) -> tuple[Address, ...]:
    return tuple(Address("Resources", "picks", str(when)) for when in needs.instance.years if when <= year)


def _too_few_joined(needs: Needs, made: Makeable, good: str) -> Iterator[Contradiction]:
    instance = needs.instance
    for year in instance.years:
        share, asking = made.share_due(good, year)
        alone = [
            county
            for county in instance.counties
            if share > 0
            and instance.origins[county, good] == (county,)
            and exceeds(share * instance.demand[county, good, year], made.old(county, good))
            and not _free(needs, county, good)
        ]
        most = _joined_at_most(needs, good, year)
        if exceeds(len(alone), most):
            message = (
                f"{counted(len(alone), 'county', 'counties')} can get the {good} that must come from plants in {year} "
                f"({{0}}) only from a new plant of their own, and at most {number(most)} can have joined early enough "
                "({1})."
            )
            yield Contradiction(message, (asking, _picks(needs, year)), _loosened(made, good, asking, 0.0))
            return


def _too_little_in_all(needs: Needs, made: Makeable, good: str) -> Iterator[Contradiction]:
    instance = needs.instance
    for year in instance.years:
        share, asking = made.share_due(good, year)
        if share == 0:
            continue
        due = share * sum(instance.demand[county, good, year] for county in instance.counties)
        free = [county for county in instance.counties if _free(needs, county, good)]
        most = _joined_at_most(needs, good, year)
        bound_to_join = sorted(
            (made.new(county, good, year) for county in instance.counties if county not in free), reverse=True
        )
        count = len(bound_to_join) if most == NO_LIMIT else int(most)
        there = sum(made.old(county, good) for county in instance.counties) + sum(bound_to_join[:count])
        there += sum(made.new(county, good, year) for county in free)
        if exceeds(due, there):
            message = (
                f"{number(due)} t of {good} must come from plants in {year} ({{0}}), and existing plants with those of "
                f"all counties that can have joined early enough ({{1}}) make at most {number(there)} t."
            )
            designs = tuple(
                Address("Designs", code, column)
                for code, design in instance.designs.items()
                if design.good == good
                for column in ("capacity", "max_plants")
            )
            mends = _loosened(made, good, asking, share * there / due)
            yield Contradiction(message, (asking, (*_picks(needs, year), *designs)), mends)
            return


def imports_affordable(needs: Needs) -> Iterator[Contradiction]:
    """Goods that must be there and cannot be made can be imported with the year's foreign currency."""
    instance, made = needs.instance, Makeable(needs)
    needed = [
        code
        for code, good in instance.goods.items()
        if good.shortage_penalty is None and good.import_price is not None and good.import_currency > 0
    ]
    for year, currency in instance.import_currency.items():
        paid = sum(
            instance.goods[good].import_currency
            * max(0.0, instance.demand[county, good, year] - made.supply(county, good, year))
            for county in instance.counties
            for good in needed
        )
        if currency < NO_LIMIT and exceeds(paid, currency):
            message = (
                f"Foreign currency of {year} is {number(currency)} ({{0}}), and imports of what must be supplied "
                f"({{1}}) and cannot be made where it can reach people take at least {number(paid)}."
            )
            goods = tuple(Address("Goods", good, "shortage_penalty") for good in needed)
            limit = Address("Resources", "import_currency", str(year))
            yield Contradiction(message, ((limit,), goods), ((limit, rounded(paid, 1)),))
            return


def remittances_payable(needs: Needs) -> Iterator[Contradiction]:
    """All counties together can remit what is asked of them in a year."""
    instance = needs.instance
    for year, target in instance.national_remittance.items():
        most = most_remitted(instance, year)
        if exceeds(target, most):
            message = (
                f"All counties together must remit {number(target)} in {year} ({{0}}), and owe and earn at most "
                f"{number(most)} ({{1}})."
            )
            figures = (
                (Address("Resources", "remittances", str(year)),),
                (setting("remittance_rate"), setting("extra_remittance"), setting("budget_growth")),
            )
            yield Contradiction(message, figures, ((figures[0][0], rounded(most, -1)),))
            return


def provinces_alike(needs: Needs) -> Iterator[Contradiction]:
    """No province is surely supplied so much better than another can be that they lie further apart than allowed."""
    instance, policy = needs.instance, needs.instance.policy
    if policy.disparity_limit == NO_LIMIT:
        return
    made = Makeable(needs)
    for good in instance.goods:
        for year in instance.years:
            ranges = {
                province: _coverage(made, province, good, year)
                for province, members in instance.counties_of.items()
                if year >= policy.disparity_from and sum(instance.demand[county, good, year] for county in members) > 0
            }
            if not ranges:
                continue
            best = max(ranges, key=lambda province: ranges[province][0])
            worst = min(ranges, key=lambda province: ranges[province][1])
            if exceeds(ranges[best][0] - ranges[worst][1], policy.disparity_limit):
                message = (
                    f"{best} is supplied with at least {number(100 * ranges[best][0])} % of its {good} in {year} "
                    f"({{0}}) and {worst} with at most {number(100 * ranges[worst][1])} %, which is further apart than "
                    f"{number(100 * policy.disparity_limit)} points ({{1}})."
                )
                held = (setting("existing_output"), setting("coverage_floor"))
                limits = (setting("disparity_limit"), setting("disparity_limit_from"))
                apart = min(1.0, rounded(ranges[best][0] - ranges[worst][1], 1))
                yield Contradiction(message, (held, limits), ((limits[0], apart),))
                return


def _coverage(made: Makeable, province: str, good: str, year: int) -> tuple[float, float]:
    """Least and most of a good that surely or possibly comes to a province from plants in a year, as shares of what its
    people want. The most may be above 1: what plants take as an intermediate product comes on top of it."""
    instance, members = made.instance, made.instance.counties_of[province]
    wanted = sum(instance.demand[county, good, year] for county in members)
    least = 0.0
    for county in members:
        plant = instance.existing.get((county, good))
        stays = all(end in members for end in instance.destinations[county, good])
        if instance.policy.existing_held and plant is not None and stays:
            least += instance.existing_usual[county, good, year] * (1 - plant.crowded_out)
    most = sum(min(instance.wanted[county, good, year], made.supply(county, good, year)) for county in members)
    share, _ = made.share_due(good, year)
    return max(least / wanted, share), most / wanted
