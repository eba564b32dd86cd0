"""What variants come to year by year: coverage, central funds, labour, transport, imports."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from pandas import DataFrame

from models.instance import Instance
from models.measures.funding import central_budget
from models.measures.supply import ALL_GOODS
from models.measures.transport import haulage
from reports.charts.comparison.sides import lines_by_year, looks, missing, with_plan
from reports.charts.picture import Drawing, Layout, Picture, good_names, listed, money, percent
from reports.charts.style import Style
from reports.comparison import Compared, Comparison
from reports.comparison.measured import coverage, its_plan

EVERY = "all goods (mean)"
LEAST = 1e-6
"""Amounts below this are none."""


def coverage_by_year(comparison: Comparison) -> Picture | None:
    """Domestic supply as a share of demand, by good, year and variant."""
    told = with_plan(comparison)
    rows = [row for one in told for row in _coverage_rows(one)]
    if not rows:
        return None
    data = DataFrame(rows)
    panels = list(dict.fromkeys([EVERY, *data["panel"]]))

    def draw(style: Style, layout: Layout) -> Drawing:
        appearance = looks(comparison, style, [one.variant for one in told])
        return lines_by_year(data, appearance, style, layout, panels, form=".0%", most=1)

    last = {one.variant: coverage(one).get((ALL_GOODS, one.instance.last_year)) for one in told}
    parts = [f"{variant} {percent(part)}" for variant, part in last.items() if part is not None]
    finding = f" In the last year, mean of goods: {listed(parts)}." if parts else ""
    return Picture(
        title="How much of people's demand domestic output meets, by year, good and variant (per cent)",
        reading=f"Each line is a variant; at 100 % people get all they need from plants of the country.{finding}"
        f"{missing(comparison)}",
        tables=("Results",),
        draw=draw,
    )


def _coverage_rows(one: Compared) -> Iterator[Mapping[str, object]]:
    names = {ALL_GOODS: EVERY, **good_names(one.instance)}
    for good in (ALL_GOODS, *one.instance.goods):
        for year in one.instance.years:
            part = coverage(one).get((good, year))
            if part is not None:
                yield {
                    "panel": names[good],
                    "year": str(year),
                    "variant": one.variant,
                    "amount": part,
                    "words": f"{one.variant}, {names[good]}, {year}: {part:.1%} of demand met at home",
                }


def means_by_year(comparison: Comparison) -> Picture | None:
    """Central funds, labour for construction, transport and imports, by year and variant."""
    told = with_plan(comparison)
    rows = [
        {
            "panel": panel,
            "year": str(year),
            "variant": one.variant,
            "amount": by_year.get(year, 0.0),
            "words": f"{one.variant}, {year}: {by_year.get(year, 0.0):,.0f} {unit}",
        }
        for one in told
        for name, unit, measure in _measures(one.instance)
        for by_year in (measure(one),)
        for panel in (f"{name}, {unit}",)
        for year in one.instance.years
    ]
    if not rows:
        return None
    data = DataFrame(rows)
    most = data.groupby("panel", sort=False)["amount"].max()
    panels = [str(panel) for panel in most[most > LEAST].index]
    if not panels:
        return None

    def draw(style: Style, layout: Layout) -> Drawing:
        appearance = looks(comparison, style, [one.variant for one in told])
        return lines_by_year(data, appearance, style, layout, panels, least=400)

    return Picture(
        title="Central funds, labour, transport and imports, by year and variant",
        reading="Each line is a variant; the unit is above each panel, and panels have axes of their own. Money is not "
        f"discounted. {_peaks(told)}{missing(comparison)}",
        tables=("Results",),
        draw=draw,
    )


Measure = Callable[[Compared], Mapping[int, float]]


def _measures(instance: Instance) -> tuple[tuple[str, str, Measure], ...]:
    return (
        ("Central money spent", money(instance), _central),
        ("Labour for construction", "person-years", labour),
        ("Transport", "t km", _haulage),
        ("Imports", money(instance), _imports),
    )


def _central(one: Compared) -> Mapping[int, float]:
    return {budget.year: budget.spent for budget in central_budget(one.instance, its_plan(one))}


def labour(one: Compared) -> Mapping[int, float]:
    """Person-years that building takes, of the centre's and of counties' people, by year."""
    found: dict[int, float] = defaultdict(float)
    for family in (its_plan(one).central_labour, its_plan(one).local_labour):
        for (_, year), amount in family.items():
            found[year] += amount
    return found


def _haulage(one: Compared) -> Mapping[int, float]:
    found: dict[int, float] = defaultdict(float)
    for (_, year), moved in haulage(one.instance, its_plan(one)).items():
        found[year] += moved.tonne_km + moved.tonne_km_within
    return found


def _imports(one: Compared) -> Mapping[int, float]:
    found: dict[int, float] = defaultdict(float)
    for (_, good, year), tonnes in its_plan(one).imports.items():
        found[year] += tonnes * (one.instance.goods[good].import_price or 0.0)
    return found


def _peaks(told: tuple[Compared, ...]) -> str:
    """The year of the greatest need of labour, by variant."""
    parts = []
    for one in told:
        by_year = labour(one)
        year = max(by_year, key=lambda when: by_year[when], default=None)
        if year is not None and by_year[year] > LEAST:
            parts.append(f"{one.variant} {by_year[year]:,.0f} in {year}")
    return f"Most person-years of construction in a year: {listed(parts)}." if parts else ""
