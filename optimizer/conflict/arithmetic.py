"""Contradictions that arithmetic finds before anything is solved: conditions that every plan must meet, and that the
workbook's figures do not.

Each check is a function of `Needs` (and so of the instance) that yields contradictions. None of them ever speaks where
there is a plan: each compares the least that must be with the most that can be.
"""

from collections.abc import Callable, Iterator

from inputs.origins import Address, setting
from models.instance import Instance
from optimizer.conflict.arithmetic_means import enough_means
from optimizer.conflict.arithmetic_supply import enough_supply, imports_affordable, provinces_alike, remittances_payable
from optimizer.conflict.contradiction import Contradiction, exceeds, number, some
from optimizer.conflict.needs import LOOSE, Needs
from reports.plurals import counted

Check = Callable[[Needs], Iterator[Contradiction]]


def contradictions(instance: Instance) -> Iterator[Contradiction]:
    """Everything that arithmetic shows to be impossible."""
    needs = Needs(instance)
    for check in CHECKS:
        yield from check(needs)


def provinces_take_all(needs: Needs) -> Iterator[Contradiction]:
    """The provinces together can take the counties that must join in a year."""
    instance = needs.instance
    for year, due in instance.picks_due.items():
        room = {
            code: min(
                instance.provinces[code].most_picks, sum(1 for county in counties if needs.can_join(county, year))
            )
            for code, counties in instance.counties_of.items()
        }
        if exceeds(due, sum(room.values())):
            limits = tuple(Address("Provinces", code, "most_picks") for code in room)
            message = (
                f"{counted(due, 'county', 'counties')} must join in {year} ({{0}}), "
                f"and the provinces together may have {number(sum(room.values()))} ({{1}})."
            )
            picks = (Address("Resources", "picks", str(year)), int(sum(room.values())))
            yield Contradiction(message, (needs.asking(year), limits), (picks,))


def decided_within_picks(needs: Needs) -> Iterator[Contradiction]:
    """No more choices are already made for a year than counties may join in it, in all and by province."""
    instance = needs.instance
    for year in instance.years:
        chosen = [code for code, when in instance.decided.items() if when == year]
        picks = instance.picks[year]
        if exceeds(len(chosen), picks):
            message = (
                f"{counted(len(chosen), 'choice', 'choices')} already made for {year} ({{0}}), "
                f"and only {counted(int(picks), 'county', 'counties')} may join in it ({{1}})."
            )
            limit = Address("Resources", "picks", str(year))
            yield Contradiction(message, (_decided(chosen), (limit,)), ((limit, len(chosen)),))
        for code, province in instance.provinces.items():
            here = [county for county in chosen if instance.counties[county].province == code]
            if exceeds(len(here), province.most_picks):
                message = (
                    f"{counted(len(here), 'choice', 'choices')} already made for {year} in {code} ({{0}}), and only "
                    f"{counted(int(province.most_picks), 'county', 'counties')} of it may join in a year ({{1}})."
                )
                limit = Address("Provinces", code, "most_picks")
                yield Contradiction(message, (_decided(here), (limit,)), ((limit, len(here)),))


def decided_when_eligible(needs: Needs) -> Iterator[Contradiction]:
    """Choices already made are of counties that may join then."""
    for county, year in needs.instance.decided.items():
        if not needs.can_join(county, year):
            figures = (_decided([county]), (Address("Counties", county, "eligible_from"),))
            yield Contradiction(f"{county} is decided for {year} ({{0}}), and may not join then ({{1}}).", figures)


def least_picks_within_most(needs: Needs) -> Iterator[Contradiction]:
    """What provinces must have joining in the first year fits into what they and the nation may have."""
    instance, year = needs.instance, needs.instance.first_year
    total, asking = 0.0, []
    for code, province in instance.provinces.items():
        able = sum(1 for county in instance.counties_of[code] if needs.can_join(county, year))
        least = min(province.least_picks, able)
        if exceeds(least, province.most_picks):
            message = (
                f"At least {counted(province.least_picks, 'county', 'counties')} of {code} must join in {year} "
                f"({{0}}), and at most {number(province.most_picks)} may ({{1}})."
            )
            figures = ((Address("Provinces", code, "least_picks"),), (Address("Provinces", code, "most_picks"),))
            most = int(province.most_picks)
            yield Contradiction(message, figures, ((figures[0][0], most), (figures[1][0], int(least))))
        if least > 0:
            total += least
            asking.append(Address("Provinces", code, "least_picks"))
    if exceeds(total, instance.picks[year]):
        message = (
            f"The provinces must have {number(total)} counties joining in {year} ({{0}}), "
            f"and only {number(instance.picks[year])} may ({{1}})."
        )
        limit = Address("Resources", "picks", str(year))
        yield Contradiction(message, (tuple(asking), (limit,)), ((limit, int(total)),))


def all_can_join(needs: Needs) -> Iterator[Contradiction]:
    """Where every county must join, the picks and the provinces' limits of all years leave room for it."""
    instance = needs.instance
    if not instance.policy.join_all:
        return
    able = [code for code in instance.counties if needs.can_join(code, instance.last_year)]
    picks = sum(instance.picks.values())
    if exceeds(len(able), picks):
        years = tuple(Address("Resources", "picks", str(year)) for year in instance.years)
        message = (
            f"All {len(able)} counties that may join must ({{0}}), "
            f"and the picks of all years are {number(picks)} ({{1}})."
        )
        yield Contradiction(message, ((setting("join_rule"),), years), _loosened(setting("join_rule")))
    for code, province in instance.provinces.items():
        here = [county for county in able if instance.counties[county].province == code]
        most = province.most_picks * len(instance.years) if province.most_picks else 0.0
        if exceeds(len(here), most):
            message = (
                f"All {len(here)} counties of {code} that may join must ({{0}}), and at most "
                f"{number(province.most_picks)} a year may ({{1}}), {number(most)} in all years."
            )
            limit = Address("Provinces", code, "most_picks")
            yield Contradiction(message, ((setting("join_rule"),), (limit,)), _loosened(setting("join_rule")))


def those_who_must_can(needs: Needs) -> Iterator[Contradiction]:
    """Counties that must join can have what joining brings, by their own figures."""
    instance = needs.instance
    for county, year in instance.decided.items():
        for reason in needs.unable(county, year):
            message = f"{county}, decided for {year} ({{0}}), {reason.words} ({{1}})."
            yield Contradiction(message, (_decided([county]), reason.figures), needs.loosening)
    if instance.policy.join_all:
        for county in instance.counties:
            years = [year for year in instance.years if needs.can_join(county, year)]
            if years and all(needs.unable(county, year) for year in years):
                reason = needs.unable(county, years[0])[0]
                message = f"{county}, which must join ({{0}}), {reason.words} ({{1}})."
                mends = (*needs.loosening, *_loosened(setting("join_rule")))
                yield Contradiction(message, ((setting("join_rule"),), reason.figures), mends)
                break
    due = 0
    for year in instance.years:
        due += instance.picks_due[year]
        may = [code for code in instance.counties if needs.can_join(code, year)]
        until = [when for when in instance.years if when <= year]
        able = [
            code for code in may if any(needs.can_join(code, when) and not needs.unable(code, when) for when in until)
        ]
        if instance.picks_due[year] and exceeds(due, len(able)):
            unable = [code for code in may if code not in able]
            reasons = [needs.unable(code, max(year, instance.first_year))[0] for code in unable]
            message = (
                f"{counted(due, 'county', 'counties')} must join by {year} ({{0}}), and {len(able) or 'none'} can. "
                f"Those who cannot are {some(unable)}: {unable[0]} {reasons[0].words} ({{1}})."
            )
            figures = tuple(dict.fromkeys(address for reason in reasons for address in reason.figures))
            mends = (*needs.loosening, *_loosened(setting("picks_rule")))
            yield Contradiction(message, (needs.asking(year), figures), mends)
            return


def _loosened(*settings: Address) -> tuple[tuple[Address, object], ...]:
    return tuple((address, LOOSE[address.key]) for address in settings)


def _decided(counties: list[str]) -> tuple[Address, ...]:
    return tuple(Address("Decided", county, "year") for county in counties)


CHECKS: tuple[Check, ...] = (
    provinces_take_all,
    decided_within_picks,
    decided_when_eligible,
    least_picks_within_most,
    all_can_join,
    those_who_must_can,
    enough_means,
    enough_supply,
    imports_affordable,
    remittances_payable,
    provinces_alike,
)
"""Every check, in the order in which they are told."""
