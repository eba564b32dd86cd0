"""Where what a county uses comes from: which size of plant, there or elsewhere, imports, or nowhere."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE
from models.plan import Plan

EXISTING, IMPORTS, SHORTAGE = "existing", "imports", "shortage"
"""Sources beside the scales of new plants."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A scale of new plants by its code, `EXISTING`, `IMPORTS` or `SHORTAGE`; `elsewhere`: in another county."""

    kind: str
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Supply:
    """What a county uses of a good in a year, tonnes, by source; and by county that sends it."""

    by_source: Mapping[Source, float]
    by_sender: Mapping[str, float] = field(default_factory=dict)

    @property
    def main(self) -> Source | None:
        """The source of most tonnes, the first by name where several have as many; None where nothing is used."""
        most = max(self.by_source.values(), default=0.0)
        if most <= NEGLIGIBLE:
            return None
        return min(source for source, tonnes in self.by_source.items() if tonnes >= most * (1 - 1e-9))

    @property
    def main_sender(self) -> str | None:
        """The other county that sends most, if any does."""
        return max(self.by_sender, key=lambda county: self.by_sender[county], default=None)


def sources(instance: Instance, plan: Plan, year: int) -> Mapping[tuple[str, str], Supply]:
    """Where each county has each good from in a year, by (county, good); all that is used counts, by plants too.

    Formula: output of new and existing plants of a county is pooled before it is sent, so what arrives counts for each
    kind of plant there by its part in the output of the county, good and year.
    """
    made: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (county, code, when), tonnes in plan.produce.items():
        if when == year:
            design = instance.designs[code]
            made[county, design.good][design.scale] += tonnes
    for (county, good, when), tonnes in plan.produce_existing.items():
        if when == year:
            made[county, good][EXISTING] += tonnes
    found: dict[tuple[str, str], dict[Source, float]] = defaultdict(lambda: defaultdict(float))
    senders: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (origin, destination, good, when), tonnes in plan.ship.items():
        if when != year:
            continue
        total = sum(made[origin, good].values())
        for kind, part in made[origin, good].items() if total > 0 else ():
            found[destination, good][Source(kind, origin != destination)] += tonnes * part / total
        if origin != destination:
            senders[destination, good][origin] += tonnes
    for kind, family in ((IMPORTS, plan.imports), (SHORTAGE, plan.shortage)):
        for (county, good, when), tonnes in family.items():
            if when == year:
                found[county, good][Source(kind)] += tonnes
    return {
        (county, good): Supply(found.get((county, good), {}), senders.get((county, good), {}))
        for county in instance.counties
        for good in instance.goods
    }
