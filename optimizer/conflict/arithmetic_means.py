"""Whether money, labour and materials suffice for the counties that must join, even for those that need least."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from inputs.origins import Address
from models.records import NO_LIMIT
from optimizer.conflict.contradiction import Contradiction, exceeds, number, rounded
from optimizer.conflict.levels import most_remitted
from optimizer.conflict.needs import Needs

CountyNeed = Callable[[str, int], float]
"""What the centre must give at least to a county (code) that joined in a year."""


def enough_means(needs: Needs) -> Iterator[Contradiction]:
    """Central funds, central labour and each material suffice for those who must join. Each is told once, for the
    first year in which it does not."""
    yield from _labour(needs)
    yield from _materials(needs)
    yield from _funds(needs)


def _of_all(needs: Needs, year: int, need: CountyNeed) -> float:
    """The least that all who must join until a year need: those decided, and of the others those who need least."""
    total = 0.0
    for joined in needs.instance.years:
        count = needs.forced[joined]
        if joined > year or not count:
            continue
        decided = [code for code, when in needs.instance.decided.items() if when == joined]
        others = sorted(
            need(code, joined)
            for code in needs.instance.counties
            if needs.can_join(code, joined) and code not in needs.instance.decided
        )
        total += sum(need(code, joined) for code in decided)
        total += sum(others[: max(0, count - len(decided))])
    return total


def _labour(needs: Needs) -> Iterator[Contradiction]:
    instance = needs.instance
    for year, pool in instance.central_labour.items():

        def need(county: str, joined: int, year: int = year) -> float:
            labour = needs.in_year(county, joined, year, needs.labour(county))
            labour += needs.items_labour(joined) if joined == year else 0.0
            return max(0.0, labour - instance.counties[county].local_labour)

        total = _of_all(needs, year, need) if pool < NO_LIMIT else 0.0
        if exceeds(total, pool):
            there = f"Central labour of {year} is {number(pool)} person-years ({{0}})"
            figures = (Address("Resources", "central_labour", str(year)),)
            items = needs.items_at(year, "construction_labour")
            mends = (*_enough(figures[0], total), *_fewer(needs, year, pool, need))
            yield _short(needs, year, there, f"{number(total)} person-years", figures, items, mends)
            return


def _materials(needs: Needs) -> Iterator[Contradiction]:
    instance = needs.instance
    for material in instance.materials:
        for year in instance.years:
            pool = instance.central_material[material, year]

            def need(county: str, joined: int, year: int = year, material: str = material) -> float:
                tonnes = needs.in_year(county, joined, year, needs.material(county, material))
                tonnes += needs.items_material(joined, material) if joined == year else 0.0
                return max(0.0, tonnes - instance.local_material.get((county, material), 0.0))

            total = _of_all(needs, year, need) if pool < NO_LIMIT else 0.0
            if exceeds(total, pool):
                there = f"There are {number(pool)} t of {material} in {year} ({{0}})"
                figures = (Address("Resources", material, str(year)),)
                items = needs.items_tonnes(year, material)
                mends = (*_enough(figures[0], total), *_fewer(needs, year, pool, need))
                yield _short(needs, year, there, f"{number(total)} t", figures, items, mends)
                break


def _funds(needs: Needs) -> Iterator[Contradiction]:
    instance, policy = needs.instance, needs.instance.policy
    had = 0.0
    for position, year in enumerate(instance.years):
        funds = instance.central_funds[year]
        if funds == NO_LIMIT:
            had = 0.0
            if policy.reserve_carried:
                return  # a year without limit may have paid for whatever was needed until then
            continue
        returned = policy.recycled_share * most_remitted(instance, year - 1)
        had = had + funds + returned if policy.reserve_carried else funds + returned
        since = instance.first_year if policy.reserve_carried else year
        subsidies = sum(
            least_subsidy(needs, county, when)
            for county, when in instance.purses
            if since <= when <= year
        )  # fmt: skip

        def need(county: str, joined: int, year: int = year) -> float:
            if policy.reserve_carried:
                cost = needs.until(county, joined, year, needs.investment(county)) + needs.items_cost(county, joined)
                years = year - joined + 1
            else:
                cost = needs.in_year(county, joined, year, needs.investment(county))
                cost += needs.items_cost(county, joined) if joined == year else 0.0
                years = 1
            own = years * needs.own_money(county, cost)
            return max(policy.least_central_share * cost, cost - own, 0.0)

        total = _of_all(needs, year, need)
        if exceeds(total + subsidies, had):
            carried = policy.reserve_carried and position > 0
            when = f"up to {year}" if carried else f"of {year}"
            figures = tuple(
                Address("Resources", "central_funds", str(past))
                for past in (instance.years[: position + 1] if carried else (year,))
            )
            if total == 0:
                mends = _enough(figures[-1], funds + subsidies - had)
                yield replace(_subsidies(needs, when, had, subsidies, figures, year), mends=mends)
                return
            there = f"Central funds {when} are at most {number(had)} ({{0}})"
            needed = (
                number(total) if not subsidies else f"{number(total)}, and {number(subsidies)} must go to subsidies"
            )
            items = needs.items_at(year, "investment")
            mends = _enough(figures[-1], funds + total + subsidies - had)
            yield _short(needs, year, there, needed, figures, items, mends, until=carried)
            return


def _subsidies(
    needs: Needs, when: str, had: float, subsidies: float, figures: tuple[Address, ...], year: int
) -> Contradiction:
    poorest = sorted(
        (county for county, planned in needs.instance.purses if planned == year),
        key=lambda county: -least_subsidy(needs, county, year),
    )
    message = (
        f"Central funds {when} are at most {number(had)} ({{0}}), and at least {number(subsidies)} must go to "
        "subsidies: the essential expenditure of counties exceeds what their revenue leaves them ({1})."
    )
    budgets = tuple(Address("Counties", county, column) for county in poorest for column in ("essential", "revenue"))
    return Contradiction(message, (figures, budgets))


def least_subsidy(needs: Needs, county: str, year: int) -> float:
    """The least that the centre must give a county for its essential expenditure in a year."""
    instance = needs.instance
    fund = instance.counties[county].priority_fund
    for when in instance.years:
        if (county, when) not in instance.purses or when > year:
            continue
        left = _left_at_most(needs, county, when)
        missing = instance.purses[county, when].essential - left
        if when == year:
            return max(0.0, missing - fund)
        fund += instance.policy.fund_share * max(0.0, left)
    return 0.0


def _left_at_most(needs: Needs, county: str, year: int) -> float:
    """Most that a county's revenue can leave it once it has remitted."""
    purse, revenue = needs.instance.purses[county, year], needs.instance.revenue_range[county, year][1]
    return max(0.0, revenue - max(purse.quota, purse.rate * revenue))


def _short(
    needs: Needs,
    year: int,
    there: str,
    needed: str,
    figures: tuple[Address, ...],
    items: tuple[Address, ...],
    mends: tuple[tuple[Address, object], ...],
    until: bool = False,
) -> Contradiction:
    years = [when for when in needs.instance.years if (when <= year if until else when == year)]
    count = sum(needs.forced[when] for when in years)
    asking = tuple(dict.fromkeys(address for when in years for address in needs.asking(when)))
    when = f"by {year}" if until else f"in {year}"
    who = (
        f"the county that must join {when} ({{1}}) needs"
        if count == 1
        else (f"the {count:,} counties that must join {when} ({{1}}) need, even if they are those that need least,")
    )
    given = (*items, *needs.asked)
    what = " for what a county must be given ({2})" if given else ""
    return Contradiction(f"{there}, and {who} at least {needed}{what}.", (figures, asking, given), mends)


def _enough(address: Address, amount: float) -> tuple[tuple[Address, object], ...]:
    return ((address, rounded(amount, 1)),)


def _fewer(needs: Needs, year: int, pool: float, need: CountyNeed) -> Iterator[tuple[Address, object]]:
    """As many picks of the year as the pool suffices for; none where counties that joined before use it up."""
    due = needs.instance.picks_due[year]
    if due and due >= needs.forced[year] and not any(when == year for when in needs.instance.decided.values()):
        needed = sorted(need(code, year) for code in needs.instance.counties if needs.can_join(code, year))
        left = pool - _of_all(needs, year, lambda code, joined: need(code, joined) if joined < year else 0.0)
        count = sum(1 for position in range(due) if sum(needed[: position + 1]) <= left)
        yield Address("Resources", "picks", str(year)), count
