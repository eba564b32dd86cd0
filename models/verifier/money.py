"""The verifier's clauses on money for construction, the centre's budget and foreign currency."""

import math
from collections.abc import Iterator

from models.verifier.comparison import Violation
from models.verifier.facts import Facts


def investment_funded(facts: Facts) -> Iterator[Violation]:
    """Construction of a county and year is paid by the centre, donors and, up to what it has, the county.

    The centre's share lies within its bounds.
    """
    rule, policy, unit = "investment_funded", facts.instance.policy, facts.instance.currency
    central, local, donated = facts.plan.central_funds, facts.plan.local_funds, facts.plan.donations
    for index in {**facts.money_needed, **central, **local, **donated}:
        own, other = local.get(index, 0.0), central.get(index, 0.0)
        paid, has = own + other + donated.get(index, 0.0), facts.instance.counties[index[0]].local_funds
        needed = facts.money_needed.get(index, 0.0)
        least, most = policy.least_central_share * paid, policy.most_central_share * paid
        yield from facts.equal(rule, index, "money paid for construction", paid, needed, unit)
        yield from facts.at_most(rule, index, "local funds", own, has, unit)
        yield from facts.at_least(rule, index, "the centre's share of it", other, least, unit, paid)
        yield from facts.at_most(rule, index, "the centre's share of it", other, most, unit, paid)


def donation_limit(facts: Facts) -> Iterator[Violation]:
    """Donors give at most what they can, and at most a share of what construction of a county and year is paid."""
    rule, unit = "donation_limit", facts.instance.currency
    for index, given in facts.plan.donations.items():
        can = facts.instance.counties[index[0]].donations
        yield from facts.at_most(rule, index, "donations", given, can, unit)
        paid = given + facts.plan.central_funds.get(index, 0.0) + facts.plan.local_funds.get(index, 0.0)
        most = facts.instance.policy.most_donated_share * paid
        yield from facts.at_most(rule, index, "donors' share of construction", given, most, unit, paid)


def central_budget(facts: Facts) -> Iterator[Violation]:
    """The centre spends the year's funds, part of last year's remittances and what it kept of earlier years', and
    keeps the rest; no more.

    It spends on construction, on counties that cannot pay their way, and on support bases.
    """
    rule, unit = "central_budget", facts.instance.currency
    policy = facts.instance.policy
    construction, subsidies = facts.by_year(facts.plan.central_funds), facts.by_year(facts.plan.subsidy)
    bases = dict.fromkeys(facts.instance.years, 0.0)
    for (province, year), number in facts.plan.support.items():
        bases[year] += facts.instance.provinces[province].support_cost * number
    remitted = facts.by_year(facts.plan.remittance)
    kept_before = remitted_before = 0.0
    for year in facts.instance.years:
        funds = facts.instance.central_funds[year]
        spent = construction[year] + subsidies[year] + bases[year]
        has = funds + policy.recycled_share * remitted_before
        reserve = facts.plan.reserve.get((year,), 0.0)
        if policy.reserve_carried and math.isfinite(funds):
            what = "central funds spent and kept"
            yield from facts.equal(rule, (year,), what, spent + reserve, has + kept_before, unit)
        else:
            yield from facts.at_most(rule, (year,), "central funds spent", spent, has, unit)
            yield from facts.at_most(rule, (year,), "reserve, which may not be kept,", reserve, 0, unit)
        kept_before, remitted_before = reserve, remitted[year]


def import_budget(facts: Facts) -> Iterator[Violation]:
    """Imports take at most the year's foreign currency."""
    used = dict.fromkeys(facts.instance.years, 0.0)
    for (_, good, year), tonnes in facts.plan.imports.items():
        used[year] += facts.instance.goods[good].import_currency * tonnes
    for year, currency in used.items():
        limit = facts.instance.import_currency[year]
        yield from facts.at_most("import_budget", (year,), "imports", currency, limit, "of foreign currency")
