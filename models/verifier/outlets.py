"""What plants could make and sell at most, whatever the plan: the base of a plant's quota."""

from collections import defaultdict

from models.instance import Instance


class Outlets:
    """Tonnes that one plant can make and that the ends of a county's lanes can take, worked out when asked for."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._wanted: dict[tuple[str, str, int], float] = {}
        self._ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for origin, destination, good in instance.lanes:
            self._ends[origin, good].append(destination)
        self._designs: dict[str, list[str]] = defaultdict(list)
        for county, design in instance.options:
            self._designs[county].append(design)

    def made(self, county: str, code: str, year: int, uplift: float = 0.0) -> float:
        """Most that one plant can make in a year, with its utilisation raised by `uplift`, to 1 at most."""
        share = min(1.0, self.instance.designs[code].utilisation_in(year) + uplift)
        # An unlimited plant without power or materials makes nothing.
        return share * self.instance.options[county, code].capacity if share > 0 else 0.0

    def usable(self, county: str, code: str, year: int) -> float:
        """Most of one plant's output that it can make and sell in a year, without a support base."""
        return min(self.made(county, code, year), self.reach(county, self.instance.designs[code].good, year))

    def reach(self, county: str, good: str, year: int) -> float:
        """Most of a good that the ends of a county's lanes can take in a year."""
        return sum(self.wanted(end, good, year) for end in self._ends[county, good])

    def wanted(self, county: str, good: str, year: int) -> float:
        """Most of a good that a county's people and the plants that may be built there can take in a year.

        What plants can take depends on what they can sell in turn; no good is needed to make itself, so that ends.
        """
        index = (county, good, year)
        if index not in self._wanted:
            people = self.instance.demand.get(index, 0.0)
            plants = sum(self._taken(county, code, good, year) for code in self._designs[county])
            self._wanted[index] = people + plants
        return self._wanted[index]

    def _taken(self, county: str, code: str, good: str, year: int) -> float:
        """Most of a good that all plants of a design take in a county and year, with a support base at work."""
        instance = self.instance
        design, most_plants = instance.designs[code], instance.options[county, code].max_plants
        tonnes = sum(amount for entry, amount in design.inputs.items() if instance.inputs[entry].good == good)
        if not tonnes or not most_plants:
            return 0.0
        uplift = instance.provinces[instance.counties[county].province].support_uplift
        made = most_plants * self.made(county, code, year, uplift)
        return tonnes * min(made, self.reach(county, design.good, year))
