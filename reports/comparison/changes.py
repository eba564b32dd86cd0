"""Tables of what changes from the base to another variant: where goods come from, and which costs move."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields

from models.instance import Instance
from models.measures.attribution import SupplyCost
from models.measures.sources import EXISTING, IMPORTS, SHORTAGE, Source, Supply
from reports.columns import (
    DISCOUNTED,
    GOOD_COLUMNS,
    PLACE_COLUMNS,
    TEXT,
    TONNES_YEAR,
    Column,
    Row,
    Unit,
    county_order,
    good_row,
    place_row,
)
from reports.comparison import Compared, Comparison, comparison_table, variant_row
from reports.comparison.measured import costs_by_good, costs_of_supply, last_sources, once
from reports.comparison.results import VARIANT_COLUMNS

NOTHING = "nothing used"
PARTS = tuple(field.name for field in fields(SupplyCost))
"""Parts of what supplying a county with a good costs."""

SHARED_TERMS = "not of one good"
PLACES = Unit("counties times goods", "#,##0")


def source_name(instance: Instance, source: Source | None) -> str:
    """A source in words."""
    if source is None:
        return NOTHING
    if source.kind == IMPORTS:
        return "imports"
    if source.kind == SHORTAGE:
        return "not met"
    kind = "existing plants" if source.kind == EXISTING else instance.scales[source.kind].name
    return f"{kind} (elsewhere)" if source.elsewhere else f"{kind} (there)"


def pairs(comparison: Comparison) -> Iterator[Compared]:
    """Variants with a plan that can be told beside the base's place by place; none where the base has no plan or other
    counties and goods."""
    known = comparison.base.instance
    for compared in comparison.others:
        here = compared.instance
        alike = here.counties.keys() == known.counties.keys() and here.goods.keys() == known.goods.keys()
        if comparison.base.plan is not None and compared.plan is not None and alike:
            yield compared


def _with_costs(comparison: Comparison) -> Iterator[Compared]:
    """Those of `pairs` whose costs can be set against the base's."""
    yield from (compared for compared in pairs(comparison) if not comparison.costs_apart(compared))


@comparison_table(
    "Changes of source",
    (
        *VARIANT_COLUMNS,
        *PLACE_COLUMNS,
        *GOOD_COLUMNS,
        Column("source_before", TEXT, "main source by tonnes in the base, last year", "main source in the base"),
        Column("source", TEXT, "main source by tonnes in the variant, last year", "main source in the variant"),
        Column("supplier_before", TEXT, "other county that sends most in the base", "main supplier in the base"),
        Column("supplier", TEXT, "other county that sends most in the variant", "main supplier in the variant"),
        Column("demand", TONNES_YEAR, "what its people need in the last year"),
        Column("change", DISCOUNTED, "cost of supplying it, less that of the base, whole plan", "change of cost"),
        *(Column(part, DISCOUNTED, f"part of that change: {part}") for part in PARTS),
        Column("moved_most", TEXT, "part of the cost that changed most", "moved most"),
    ),
    key_columns=6,
)
def source_changes(comparison: Comparison) -> Iterator[Row]:
    """Which counties and goods have another main source in the last year than in the base, and which costs moved with
    it. Output of all plants of a county is pooled before it is sent, so what arrives counts for each kind of plant by
    its part in that output. Construction and running of plants are attributed to the counties that they supply by
    discounted tonnes over the whole plan, wherever the plants stand; transport, imports and what is not met are those
    of the county itself. Such an attribution says what moved along with the source, not what caused the change: a
    plant elsewhere may have been built for other counties. Costs are blank where the variant's are not set against the
    base's, as where people need something else.
    """
    yield from changed_places(comparison)


@once
def changed_places(comparison: Comparison) -> tuple[Row, ...]:
    """The rows of `source_changes`."""
    return tuple(_changed_places(comparison))


def _changed_places(comparison: Comparison) -> Iterator[Row]:
    for compared in pairs(comparison):
        base, here = comparison.base.instance, compared.instance
        apart = bool(comparison.costs_apart(compared))
        were, are = last_sources(comparison.base), last_sources(compared)
        cost_before, cost = costs_of_supply(comparison.base), costs_of_supply(compared)
        for county in county_order(here):
            for good in here.goods:
                place = (county, good)
                if were[place].main == are[place].main:
                    continue
                old, new = cost_before.get(place, SupplyCost()), cost.get(place, SupplyCost())
                moved = {part: new.parts()[part] - old.parts()[part] for part in PARTS}
                told: dict[str, float | None] = {"change": new.total - old.total, **moved}
                yield {
                    **variant_row(compared),
                    **place_row(here, county),
                    **good_row(here, good),
                    "source_before": source_name(base, were[place].main),
                    "source": source_name(here, are[place].main),
                    "supplier_before": _supplier(base, were[place]),
                    "supplier": _supplier(here, are[place]),
                    "demand": here.demand.get((county, good, here.last_year), 0.0),
                    **(dict.fromkeys(told) if apart else told),
                    "moved_most": ""
                    if apart or not any(moved.values())
                    else max(moved, key=lambda part: abs(moved[part])),
                }


def _supplier(instance: Instance, supply: Supply) -> str:
    return "" if supply.main_sender is None else instance.counties[supply.main_sender].name


@comparison_table(
    "Sources that changed",
    (
        *VARIANT_COLUMNS,
        *GOOD_COLUMNS,
        Column("source_before", TEXT, "main source in the base, last year", "from"),
        Column("source", TEXT, "main source in the variant, last year", "to"),
        Column("counties", Unit("counties", "#,##0"), "counties of which this is true"),
        Column("demand", TONNES_YEAR, "what their people need in the last year"),
        Column("change", DISCOUNTED, "cost of supplying them, less that of the base", "change of cost"),
        *(Column(part, DISCOUNTED, f"part of that change: {part}") for part in PARTS),
    ),
    key_columns=6,
)
def source_totals(comparison: Comparison) -> Iterator[Row]:
    """The sheet Changes of source added up: how many counties go from one main source of a good to another."""
    costs = ("change", *PARTS)
    totals: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in changed_places(comparison):
        key = tuple(str(row[name]) for name in ("variant", "good", "source_before", "source"))
        totals[key]["counties"] += 1
        for name in ("demand", *costs):
            amount = row[name]
            totals[key][name] += amount if isinstance(amount, float | int) else 0.0
    ranked = sorted(totals.items(), key=lambda entry: -entry[1]["counties"])
    for compared in comparison.others:
        apart = bool(comparison.costs_apart(compared))
        for (variant, good, source_before, source), amounts in ranked:
            if variant == compared.variant:
                yield {
                    **variant_row(compared),
                    **good_row(compared.instance, good),
                    "source_before": source_before,
                    "source": source,
                    **amounts,
                    **(dict.fromkeys(costs) if apart else {}),
                }


@comparison_table(
    "Cost changes by good",
    (
        *VARIANT_COLUMNS,
        *GOOD_COLUMNS,
        Column("term", TEXT, "cost term"),
        Column("before", DISCOUNTED, "in the base"),
        Column("after", DISCOUNTED, "in the variant"),
        Column("change", DISCOUNTED, "in the variant less in the base"),
    ),
    key_columns=5,
)
def cost_changes(comparison: Comparison) -> Iterator[Row]:
    """Which cost terms change against the base, by good. Rows of a variant add up to the change of its whole cost. What
    a county spends on raw materials is spread over its goods by what their plants take of them; package items,
    subsidies, support bases and the like belong to no good in particular, which then is blank.
    """
    for compared in _with_costs(comparison):
        old, new = costs_by_good(comparison.base), costs_by_good(compared)
        terms = dict.fromkeys(term for term, _ in (*old, *new))
        for good in (*compared.instance.goods, ""):
            for term in terms:
                was, now = old.get((term, good), 0.0), new.get((term, good), 0.0)
                if was or now:
                    named = good_row(compared.instance, good) if good else {"good": "", "good_name": SHARED_TERMS}
                    yield {
                        **variant_row(compared),
                        **named,
                        "term": term,
                        "before": was,
                        "after": now,
                        "change": now - was,
                    }


@comparison_table(
    "Cost changes by county",
    (
        *VARIANT_COLUMNS,
        *PLACE_COLUMNS,
        *GOOD_COLUMNS,
        Column("before", DISCOUNTED, "cost of supplying it in the base"),
        Column("after", DISCOUNTED, "cost of supplying it in the variant"),
        Column("change", DISCOUNTED, "in the variant less in the base"),
        *(Column(part, DISCOUNTED, f"part of the change: {part}") for part in PARTS),
    ),
    key_columns=6,
)
def supply_cost_changes(comparison: Comparison) -> Iterator[Row]:
    """What supplying each county with each good costs in the whole plan, against the base, attributed as on the sheet
    Changes of source. Only rows that change; what belongs to no good is not here.
    """
    for compared in _with_costs(comparison):
        old, new = costs_of_supply(comparison.base), costs_of_supply(compared)
        for county in county_order(compared.instance):
            for good in compared.instance.goods:
                was, now = old.get((county, good), SupplyCost()), new.get((county, good), SupplyCost())
                moved = {part: now.parts()[part] - was.parts()[part] for part in PARTS}
                if any(abs(amount) > 1e-6 for amount in moved.values()):
                    yield {
                        **variant_row(compared),
                        **place_row(compared.instance, county),
                        **good_row(compared.instance, good),
                        "before": was.total,
                        "after": now.total,
                        "change": now.total - was.total,
                        **moved,
                    }
