"""The verifier's clauses on making goods and getting them to people."""

from collections.abc import Iterator

from models.verifier.comparison import Violation
from models.verifier.facts import Facts


def capacity(facts: Facts) -> Iterator[Violation]:
    """Running plants make at most utilisation x capacity, at the utilisation that a support base would allow.

    That no others make anything is `running_plants`; that there is a support base where it is needed, `support_uplift`.
    """
    for (county, code, year), output in facts.plan.produce.items():
        if not facts.none_runs(county, code, year):
            plants = facts.running[county, code, year]
            uplift = facts.instance.provinces[facts.instance.counties[county].province].support_uplift
            limit = facts.outlets.made(county, code, year, uplift) * plants
            what = f"output of {plants:.10g} plants"
            yield from facts.at_most("capacity", (county, code, year), what, output, limit, "t/yr")


def existing_capacity(facts: Facts) -> Iterator[Violation]:
    """Existing plants make at most their capacity, less the share crowded out once their county has joined.

    By setting they also make at least what they usually do, less the same share.
    """
    rule, what = "existing_capacity", "output of existing plants"
    for (county, good, year), output in facts.plan.produce_existing.items():
        plant = facts.instance.existing.get((county, good))
        limit = plant.capacity * (1 - plant.crowded_out * facts.joined[county, year]) if plant else 0.0
        scale = plant.capacity if plant else 0.0
        yield from facts.at_most(rule, (county, good, year), what, output, limit, "t/yr", scale)
    for (county, good, year), usual in facts.usual.items() if facts.instance.policy.existing_held else ():
        output = facts.plan.produce_existing.get((county, good, year), 0.0)
        kept = 1 - facts.instance.existing[county, good].crowded_out * facts.joined[county, year]
        yield from facts.at_least(rule, (county, good, year), what, output, usual * kept, "t/yr", usual)


def support_uplift(facts: Facts) -> Iterator[Violation]:
    """A province founds one support base at most, and none where it would not help.

    Until it is at work, running plants make at most their plain utilisation x capacity. Where no base can be founded
    that is all that `capacity` allows.
    """
    rule, instance = "support_uplift", facts.instance
    founded = dict.fromkeys(instance.provinces, 0.0)
    for (province, _), number in facts.plan.support.items():
        founded[province] += number
    for province, number in founded.items():
        most = 1 if instance.provinces[province].support_uplift > 0 else 0
        yield from facts.at_most(rule, (province,), "support bases founded", number, most, "bases")
    for (county, code, year), output in facts.plan.produce.items():
        province = instance.counties[county].province
        waiting = instance.provinces[province].support_uplift > 0 and not facts.supported[province, year]
        if waiting and not facts.none_runs(county, code, year):
            limit = facts.outlets.made(county, code, year) * facts.running[county, code, year]
            what = "output without a support base at work"
            yield from facts.at_most(rule, (county, code, year), what, output, limit, "t/yr")


def quota_first(facts: Facts) -> Iterator[Violation]:
    """Running plants make at least the quota that they deliver to the state."""
    for index, tonnes in facts.quota.items():
        output = facts.plan.produce.get(index, 0.0)
        yield from facts.at_least("quota_first", index, "output under a quota", output, tonnes, "t/yr")


def shipped_from_output(facts: Facts) -> Iterator[Violation]:
    """What leaves a county, or stays in it for use, is what its plants make."""
    for index in {**facts.made, **facts.sent}:
        sent, made = facts.sent.get(index, 0.0), facts.made.get(index, 0.0)
        yield from facts.equal("shipped_from_output", index, "what is sent from output", sent, made, "t/yr")


def demand(facts: Facts) -> Iterator[Violation]:
    """Own output, arrivals, imports and shortage make up each county's demand and what its plants take of the good.

    Shortage is at most the demand: people may go short, plants may not.
    """
    for index in {**facts.instance.demand, **facts.taken}:
        people, short = facts.instance.demand.get(index, 0.0), facts.plan.shortage.get(index, 0.0)
        supply = facts.received.get(index, 0.0) + facts.plan.imports.get(index, 0.0) + short
        due = people + facts.taken.get(index, 0.0)
        yield from facts.equal("demand", index, "supply, imports and shortage", supply, due, "t/yr")
        yield from facts.at_most("demand", index, "shortage", short, people, "t/yr")


def lanes(facts: Facts) -> Iterator[Violation]:
    """Goods travel only along allowed lanes."""
    for (origin, destination, good, year), tonnes in facts.plan.ship.items():
        if (origin, destination, good) not in facts.instance.lanes:
            message = f"{tonnes:,.10g} t/yr travel where no lane is"
            yield Violation("lanes", (origin, destination, good, year), message, tonnes)


def inputs(facts: Facts) -> Iterator[Violation]:
    """Raw materials of what is made are the county's own, up to what it has, or bought, or goods where they can be."""
    local, bought, made = facts.plan.local_input, facts.plan.bought_input, facts.plan.made_input
    for index in {**facts.input_needed, **local, **bought, **made}:
        county, code, _ = index
        own, other, product = local.get(index, 0.0), bought.get(index, 0.0), made.get(index, 0.0)
        needed = facts.input_needed.get(index, 0.0)
        what = "input, local, bought and made,"
        yield from facts.equal("inputs", index, what, own + other + product, needed, "t/yr")
        supply = facts.instance.input_supply.get((county, code), 0.0)
        yield from facts.at_most("inputs", index, "local input", own, supply, "t/yr")
        if facts.instance.inputs[code].good is None:
            yield from facts.at_most("inputs", index, "made input, which is no good,", product, 0, "t/yr")


def local_input_share(facts: Facts) -> Iterator[Violation]:
    """At least a share of the value of raw materials is local, in each county, in each province or in the nation.

    Goods used as inputs count as bought, at their market price.
    """
    instance, policy = facts.instance, facts.instance.policy
    if policy.local_input_share <= 0:
        return
    own: dict[tuple[str | int, ...], float] = {}
    whole: dict[tuple[str | int, ...], float] = {}
    plan = facts.plan
    for family, is_own in ((plan.local_input, True), (plan.bought_input, False), (plan.made_input, False)):
        for (county, code, year), tonnes in family.items():
            entry = instance.inputs[code]
            price = entry.local_price if is_own else entry.bought_price
            if family is plan.made_input:
                price = instance.goods[entry.good].market_price if entry.good else 0.0
            value = price * tonnes
            province = instance.counties[county].province
            area = {"county": (county, year), "province": (province, year), "nation": (year,)}[policy.local_input_scope]
            own[area] = own.get(area, 0.0) + (value if is_own else 0.0)
            whole[area] = whole.get(area, 0.0) + value
    for area, value in whole.items():
        least = policy.local_input_share * value
        yield from facts.at_least("local_input_share", area, "local inputs", own[area], least, instance.currency, value)
