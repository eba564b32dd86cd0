"""Checks of the rules on choosing and building, as formulas: what each limit leaves, beside the plan."""

from collections.abc import Iterator
from typing import Any

from models.records import NO_LIMIT
from reports.excel.check import Part
from reports.excel.formula import (
    BLANK,
    NOTHING,
    Term,
    absolute,
    added,
    apart,
    lacking,
    least,
    left,
    most,
    product_sum,
    term,
    total,
    where,
)
from reports.excel.plan import PlanSheets

HALF = 0.5
"""Between 0 and 1 of what is either."""


def selected_once(sheets: PlanSheets) -> Iterator[Part]:
    """A county joins at most once; exactly once where all must join and it can."""
    instance, select = sheets.instance, sheets.joining.select

    def figure(code: str) -> Term:
        times, county = total([select.across(code)]), instance.counties[code]
        can = county.eligible_from is not None and county.eligible_from <= instance.last_year
        return apart(times, term(1.0)) if instance.policy.join_all and can else left(times, term(1.0))

    area = sheets.joining.grid.limits_of_rows("selected_once", "left of one joining", figure)
    yield Part("no county joins twice; where all must join, each that can does", "times", area, exact=True)


def joined_by(sheets: PlanSheets) -> Iterator[Part]:
    """Joining is yes or no."""

    def figure(county: str, year: int) -> Term:
        value = sheets.joining.select.at(county, year)
        return apart(least(absolute(value), absolute(value - 1.0)), NOTHING)

    area = sheets.joining.grid.limits("joined_by: 0 or 1", "off", figure)
    yield Part("joining is 0 or 1", "", area, exact=True)


def picks_per_year(sheets: PlanSheets) -> Iterator[Part]:
    """As many counties join as the year's figure says, or fewer where picks are not exact or have run out."""
    instance, nation = sheets.instance, sheets.nation
    nation.sheet.section("Rule picks_per_year")
    if min(instance.picks.values()) == NO_LIMIT:
        return
    rows = [
        (
            "left of what may join",
            lambda year: left(nation.joining.at(year), nation.picks.at(year)) if nation.picks.known(year) else None,
        )
    ]
    yield Part(
        "no more counties join in a year than may", "counties", nation.sheet.limits("counties", rows), exact=False
    )
    if instance.policy.picks_exact:
        may = nation.sheet.add(
            "counties that may join by then", "counties", "data", lambda year: float(_may_join(sheets, year))
        )

        def lacks(year: int) -> Term | None:
            if not nation.picks.known(year):
                return None
            before = added(nation.joining.at(past) for past in instance.years if past < year)
            remaining = most(0.0, may.at(year) - before)
            return lacking(nation.joining.at(year), least(nation.picks.at(year), remaining))

        area = nation.sheet.limits("counties", [("joining beyond what must", lacks)])
        yield Part("as many join as must, while counties are left", "counties", area, exact=True)


def province_picks(sheets: PlanSheets) -> Iterator[Part]:
    """A province's joining counties lie between its least, while so many are left, and its most."""
    instance, lines = sheets.instance, sheets.provinces
    lines.sheet.section("Rule province_picks")

    def leaves(code: str) -> Any:
        return lambda year: left(lines.joining[code].at(year), sheets.data.at("provinces", code, "most picks"))

    limited = [code for code in lines.joining if instance.provinces[code].most_picks < NO_LIMIT]
    rows = [(f"{instance.provinces[code].name}: left of what may join", leaves(code)) for code in limited]
    yield Part("no more of a province join in a year than may", "counties", lines.sheet.limits("counties", rows))
    asked = [code for code in lines.joining if instance.provinces[code].least_picks > 0]

    def lacks(code: str) -> Any:
        members = instance.counties_of[code]

        def figure(year: int) -> Term:
            joining = lines.joining[code]
            before = added(joining.at(past) for past in instance.years if past < year)
            remaining = most(0.0, term(float(_may_join(sheets, year, members))) - before)
            due = least(sheets.data.at("provinces", code, "least picks"), remaining)
            return lacking(joining.at(year), due)

        return figure

    rows = [(f"{instance.provinces[code].name}: joining beyond what must", lacks(code)) for code in asked]
    area = lines.sheet.limits("counties", rows)
    yield Part("as many of a province join as must, while counties are left", "counties", area, exact=True)


def _may_join(sheets: PlanSheets, year: int, members: tuple[str, ...] | None = None) -> int:
    """Counties, of `members` or all, that may join by a year."""
    counties = sheets.instance.counties
    first = [counties[code].eligible_from for code in (counties if members is None else members)]
    return sum(begins is not None and begins <= year for begins in first)


def decided(sheets: PlanSheets) -> Iterator[Part]:
    """Choices already made stand."""
    instance, joining, plants = sheets.instance, sheets.joining, sheets.plants

    def figure(county: str) -> Term | None:
        if county not in instance.decided:
            return None
        return lacking(joining.select.at(county, instance.decided[county]), term(1.0))

    if instance.decided:
        area = joining.grid.limits_of_rows("decided", "joins as decided", figure)
        yield Part("counties decided beforehand join in their year", "times", area, exact=True)

    def starts(place: tuple[str, str], year: int) -> Term | None:
        if (*place, year) not in instance.built:
            return None
        return apart(plants.start.at(place, year), term(instance.built[*place, year]))

    if any(index[:2] in plants.grid.rows for index in instance.built):
        area = plants.grid.limits("decided: starts", "plants off", starts)
        yield Part("plants decided beforehand start as they are given", "plants", area, exact=True)


def eligible_from(sheets: PlanSheets) -> Iterator[Part]:
    """No county joins before it may, and none that is barred."""
    instance, joining = sheets.instance, sheets.joining

    def figure(county: str, year: int) -> Term | None:
        first = instance.counties[county].eligible_from
        return left(joining.select.at(county, year), NOTHING) if first is None or year < first else None

    if any(county.eligible_from != instance.first_year for county in instance.counties.values()):
        area = joining.grid.limits("eligible_from: barred", "left of none", figure)
        yield Part("no county joins before it may", "times", area, exact=True)


def running_plants(sheets: PlanSheets) -> Iterator[Part]:
    """Nothing is made where no plant runs."""
    plants = sheets.plants

    def figure(place: tuple[str, str], year: int) -> Term:
        made = plants.produce.at(place, year)
        return where(plants.running.at(place, year), "<", HALF, left(made, NOTHING), BLANK)

    area = plants.grid.limits("running_plants: none runs", "t/yr, left of none", figure)
    yield Part("nothing is made before a plant's lead time, after its lifetime, or without a plant", "t/yr", area, True)


def starts_where_selected(sheets: PlanSheets) -> Iterator[Part]:
    """Plants start only within the build window of a joining."""
    instance, plants = sheets.instance, sheets.plants
    window = instance.policy.build_window

    def figure(place: tuple[str, str], year: int) -> Term | None:
        if instance.free_of_joining(place[1]):
            return None
        since = max(instance.first_year, year - window)
        joins = total([sheets.joining.select.across(place[0], (since, year))])
        return where(joins, ">", HALF, BLANK, left(plants.start.at(place, year), NOTHING))

    area = plants.grid.limits("starts_where_selected", "plants, left of none", figure)
    yield Part("plants start only in counties that have joined, within the build window", "plants", area, exact=True)


def package(sheets: PlanSheets) -> Iterator[Part]:
    """A joining county gets its least number of plants within the build window, one of each good by setting."""
    instance, policy, plants, select = sheets.instance, sheets.instance.policy, sheets.plants, sheets.joining.select

    def window(year: int) -> tuple[int, int]:
        return year, min(year + policy.build_window, instance.last_year)

    def of_county(county: str, year: int) -> Term:
        begun = NOTHING
        if county in plants.at:
            first, last = plants.at[county]
            begun = total([plants.start.across(first, window(year), last)])
        beyond = lacking(begun, sheets.data.setting("min_plants"))
        return where(select.at(county, year), ">", HALF, beyond, BLANK)

    def of_good(place: tuple[str, str], year: int) -> Term:
        begun = NOTHING
        if place in plants.of:
            first, last = plants.of[place]
            begun = total([plants.start.across(first, window(year), last)])
        return where(select.at(place[0], year), ">", HALF, lacking(begun, term(1.0)), BLANK)

    if policy.min_plants > 0:
        area = sheets.joining.grid.limits("package: plants beyond the least", "plants", of_county)
        yield Part("a joining county gets its least number of plants", "plants", area)
    if policy.one_per_good:
        area = sheets.goods.grid.limits("package: plants beyond one", "plants", of_good)
        yield Part("a joining county gets a plant of each good", "plants", area)


def sites(sheets: PlanSheets) -> Iterator[Part]:
    """No more plants of a design than may stand in a county."""
    plants = sheets.plants

    def figure(place: tuple[str, str]) -> Term:
        return left(total([plants.start.across(place)]), plants.figures["max_plants"].at(place))

    area = plants.grid.limits_of_rows("sites", "plants left", figure)
    yield Part("no more plants of a design stand in a county than may", "plants", area)


def modernise_existing(sheets: PlanSheets) -> Iterator[Part]:
    """An existing plant is modernised once, and where there is none nothing is."""
    instance, plants = sheets.instance, sheets.plants
    places: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for county, code in plants.grid.rows:
        if instance.designs[code].modernisation:
            places.setdefault((county, instance.designs[code].good), []).append((county, code))
    first = {options[0]: place for place, options in places.items()}

    def figure(option: tuple[str, str]) -> Term | None:
        if option not in first:
            return None
        place = first[option]
        times = added(total([plants.start.across(each)]) for each in places[place])
        return left(times, term(1.0 if place in instance.existing else 0.0))

    if places:
        area = plants.grid.limits_of_rows("modernise_existing", "modernisations left", figure)
        yield Part("an existing plant is modernised once at most", "plants", area)


def modernisations_per_year(sheets: PlanSheets) -> Iterator[Part]:
    """No more existing plants are modernised in a year than its figure says."""
    instance, nation, plants = sheets.instance, sheets.nation.sheet, sheets.plants
    bounds = {year: most for year, most in instance.modernisations.items() if most < NO_LIMIT}
    if not bounds or not plants.grid.rows:
        return
    nation.section("Rule modernisations_per_year")
    bound = nation.add("modernisations at most", "plants", "data", bounds.get)
    used = nation.add(
        "modernisations",
        "plants",
        "formula",
        lambda year: product_sum(plants.figures["modernisation"].down(), plants.start.down(year)),
    )
    rows = [("left", lambda year: left(used.at(year), bound.at(year)) if year in bounds else None)]
    yield Part("no more are modernised in a year than may", "plants", nation.limits("plants", rows))
