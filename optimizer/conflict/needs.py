"""What a joining county needs at the very least, and why some cannot join at all: plain arithmetic on the instance."""

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from inputs.origins import Address, setting
from models.instance import Instance
from models.records import NO_LIMIT
from optimizer.conflict.contradiction import Reason, exceeds, number
from reports.plurals import counted

Need = Callable[[str], float]
"""What one plant of a design takes of something in a county."""

LOOSE = {"min_plants": 0, "one_per_good": "no", "join_rule": "at most once", "picks_rule": "at most"}
"""Settings that ask for something, and the value at which they ask for nothing."""

ROUNDING = 1e-9


class Needs:
    """Lower bounds on what counties need, by county, joining year and year."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._unable: dict[tuple[str, int], tuple[Reason, ...]] = {}

    @cached_property
    def barred_goods(self) -> frozenset[str]:
        """Goods of which nothing can be built, since too few provinces may have plants for `dispersion_cap`."""
        cap, found = self.instance.policy.dispersion_cap, set()
        provinces: dict[str, set[str]] = {}
        for (county, code), option in self.instance.options.items():
            if option.max_plants > 0:
                good = self.instance.designs[code].good
                provinces.setdefault(good, set()).add(self.instance.counties[county].province)
        for good, places in provinces.items():
            if cap < 1 and cap * len(places) < 1 - ROUNDING:
                found.add(good)
        return frozenset(found)

    @cached_property
    def designs_at(self) -> Mapping[str, tuple[str, ...]]:
        """Designs of which a plant can stand in each county."""
        return {
            county: tuple(
                code
                for code in codes
                if self.instance.options[county, code].max_plants > 0
                and self.instance.designs[code].good not in self.barred_goods
            )
            for county, codes in self.instance.designs_at.items()
        }

    @cached_property
    def asked(self) -> tuple[Address, ...]:
        """The settings that ask for plants."""
        policy = self.instance.policy
        found = [setting("min_plants")] if policy.min_plants > 0 else []
        return (*found, setting("one_per_good")) if policy.one_per_good else tuple(found)

    @cached_property
    def forced(self) -> Mapping[int, int]:
        """Counties that must join in each year: those due, and those decided."""
        decided = list(self.instance.decided.values())
        return {year: max(due, decided.count(year)) for year, due in self.instance.picks_due.items()}

    @property
    def loosening(self) -> tuple[tuple[Address, object], ...]:
        """Settings that keep counties from having what joining brings, with values at which they do not."""
        spread: tuple[tuple[Address, object], ...] = ((setting("dispersion_cap"), 1.0),) if self.barred_goods else ()
        return (*spread, *((address, LOOSE[address.key]) for address in self.asked))

    def asking(self, year: int) -> tuple[Address, ...]:
        """The figures that make counties join in a year."""
        due = self.instance.picks_due[year]
        decided = tuple(
            Address("Decided", code, "year") for code, when in self.instance.decided.items() if when == year
        )
        picks = (Address("Resources", "picks", str(year)), setting("picks_rule")) if due else ()
        return picks if due > len(decided) else decided or picks

    def can_join(self, county: str, year: int) -> bool:
        """Whether a county may join in a year by its own figures."""
        first = self.instance.counties[county].eligible_from
        return first is not None and first <= year

    def latest_start(self, joined: int) -> int:
        """Last year in which the plants of a county's package may be started."""
        return min(joined + self.instance.policy.build_window, self.instance.last_year)

    def plants(self, county: str, need: Need) -> float:
        """The least that a county's package of plants takes of something; infinite where it cannot have them."""
        policy, codes = self.instance.policy, self.designs_at[county]
        total, plants = 0.0, 0
        if policy.one_per_good:
            for good in self.instance.goods:
                of_good = [need(code) for code in codes if self.instance.designs[code].good == good]
                total += min(of_good, default=math.inf)
                plants += 1
        left = policy.min_plants - plants
        if left <= 0:
            return total
        if policy.one_per_good:
            return total + left * min((need(code) for code in codes), default=math.inf)
        for code in sorted(codes, key=need):
            taken = min(left, self.instance.options[county, code].max_plants)
            total += taken * need(code)
            left -= taken
        return total if left <= 0 else math.inf

    def in_year(self, county: str, joined: int, year: int, need: Need) -> float:
        """The least that a county's plants take of something in one year, which is taken in equal parts over the
        years of construction."""
        if self.latest_start(joined) > joined:
            return 0.0  # they may be started in another year
        return self.plants(county, lambda code: self._part(code, need(code), joined, year))

    def until(self, county: str, joined: int, year: int, need: Need) -> float:
        """The least that a county's plants take of something up to and with a year."""
        latest = self.latest_start(joined)

        def paid(code: str) -> float:
            span = self.instance.designs[code].construction_years
            return need(code) * min(1.0, max(0.0, (year - latest + 1) / span))

        return self.plants(county, paid)

    def _part(self, code: str, whole: float, started: int, year: int) -> float:
        span = self.instance.designs[code].construction_years
        return whole / span if started <= year < started + span else 0.0

    def investment(self, county: str) -> Need:
        """Money for a plant."""
        return lambda code: self.instance.options[county, code].investment

    def labour(self, county: str) -> Need:
        """Person-years to build a plant."""
        return lambda code: self.instance.options[county, code].construction_labour

    def material(self, county: str, material: str) -> Need:
        """Tonnes of a material for a plant."""
        return lambda code: self.instance.options[county, code].materials.get(material, 0.0)

    def items_cost(self, county: str, joined: int) -> float:
        """Money for the package items of a county joining in a year."""
        index = self.instance.counties[county].site_cost_index
        return index * sum(item.investment for item in self.instance.due_items(joined))

    def items_labour(self, joined: int) -> float:
        """Person-years for the package items of a county joining in a year."""
        return sum(item.construction_labour for item in self.instance.due_items(joined))

    def items_material(self, joined: int, material: str) -> float:
        """Tonnes of a material for the package items of a county joining in a year."""
        return sum(item.materials.get(material, 0.0) for item in self.instance.due_items(joined))

    def items_at(self, joined: int, column: str) -> tuple[Address, ...]:
        """The figures of the package items that a county joining in a year receives."""
        return tuple(Address("PackageItems", item.code, column) for item in self.instance.due_items(joined))

    def items_tonnes(self, joined: int, material: str) -> tuple[Address, ...]:
        """The figures of a material in those package items."""
        return tuple(
            Address("PackageMaterials", f"{item.code}/{material}", "tonnes")
            for item in self.instance.due_items(joined)
            if material in item.materials
        )

    def own_money(self, county: str, cost: float) -> float:
        """Most that a county and its donors pay of a cost in a year."""
        place = self.instance.counties[county]
        given = min(place.donations, self.instance.policy.most_donated_share * cost) if place.donations > 0 else 0.0
        return place.local_funds + given

    def unable(self, county: str, year: int) -> tuple[Reason, ...]:
        """Why a county that may join in a year cannot; nothing where no reason is known."""
        key = (county, year)
        if key not in self._unable:
            self._unable[key] = tuple(self._reasons(county, year))
        return self._unable[key]

    def _reasons(self, county: str, year: int) -> Iterator[Reason]:
        if math.isinf(self.plants(county, lambda _: 0.0)):
            yield from self._no_plants(county)
            return
        yield from self._staff(county, year)
        yield from self._own_money(county, year)
        yield from self._alone(county, year)

    def _no_plants(self, county: str) -> Iterator[Reason]:
        policy = self.instance.policy
        here = self.designs_at[county]
        barring = (setting("dispersion_cap"),) if self.barred_goods else ()
        scales = (Address("Variants", self.instance.variant, "scales"), Address("Counties", county, "eligible"))
        missing = [
            good for good in self.instance.goods if good not in {self.instance.designs[code].good for code in here}
        ]
        if policy.one_per_good and missing:
            sites = tuple(
                Address("SiteOverrides", f"{county}/{code}", column)
                for code, design in self.instance.designs.items()
                if design.good in missing
                for column in ("allowed", "max_plants")
            )
            words = f"is to receive a plant of each good, and none of {', '.join(missing)} can be built there"
            yield Reason(words, (setting("one_per_good"), *barring, *scales, *sites))
            return
        most = sum(self.instance.options[county, code].max_plants for code in here)
        words = f"is to receive {counted(policy.min_plants, 'plant', 'plants')}, and at most {most} can stand there"
        if barring:
            words += f", since dispersion_cap lets none be built of {', '.join(sorted(self.barred_goods))}"
        limits = tuple(
            address
            for code in self.instance.designs
            for address in (
                Address("Designs", code, "max_plants"),
                Address("SiteOverrides", f"{county}/{code}", "max_plants"),
                Address("SiteOverrides", f"{county}/{code}", "allowed"),
            )
        )
        yield Reason(words, (*self.asked, *barring, *limits, *scales))

    def _staff(self, county: str, year: int) -> Iterator[Reason]:
        pool, last = self.instance.counties[county].workers, self.instance.last_year

        def staff(code: str) -> float:
            design = self.instance.designs[code]
            runs = (
                self.latest_start(year) + design.lead_years <= last < year + design.lead_years + design.lifetime_years
            )
            return self.instance.options[county, code].workers if runs else 0.0

        least = self.plants(county, staff)
        if pool < NO_LIMIT and exceeds(least, pool):
            words = f"has {number(pool)} workers, and its plants need at least {number(least)}"
            yield Reason(words, (Address("Counties", county, "workers"), *self.asked))

    def _own_money(self, county: str, year: int) -> Iterator[Reason]:
        most = self.instance.policy.most_central_share
        cost = self.items_cost(county, year) + self.in_year(county, year, year, self.investment(county))
        own = self.own_money(county, cost)
        if most < 1 and exceeds((1 - most) * cost, own):
            figures = (
                Address("Counties", county, "local_funds"),
                setting("most_central_share"),
                *self.items_at(year, "investment"),
                *self.asked,
            )
            words = (
                f"can pay {number(own)} a year, and must pay at least {number((1 - most) * cost)} "
                f"of the {number(cost)} that joining in {year} takes there"
            )
            yield Reason(words, figures)

    def _alone(self, county: str, year: int) -> Iterator[Reason]:
        place, central = self.instance.counties[county], self.instance.central_labour[year]
        labour = self.items_labour(year) + self.in_year(county, year, year, self.labour(county))
        if exceeds(labour, central + place.local_labour):
            figures = (
                Address("Resources", "central_labour", str(year)),
                Address("Counties", county, "local_labour"),
                *self.items_at(year, "construction_labour"),
                *self.asked,
            )
            words = (
                f"needs at least {number(labour)} person-years in {year}, and there are "
                f"{number(central + place.local_labour)}, its own and the centre's"
            )
            yield Reason(words, figures)
        for code in self.instance.materials:
            needed = self.items_material(year, code) + self.in_year(county, year, year, self.material(county, code))
            there = self.instance.central_material[code, year] + self.instance.local_material.get((county, code), 0.0)
            if exceeds(needed, there):
                figures = (
                    Address("Resources", code, str(year)),
                    Address("CountyMaterials", f"{county}/{code}", "tonnes"),
                    *self.items_tonnes(year, code),
                    *self.asked,
                )
                words = (
                    f"needs at least {number(needed)} t of {code} in {year}, and there are {number(there)} t, "
                    "its own and the centre's"
                )
                yield Reason(words, figures)
