"""A comparison in a few sentences: what is proven, what moved, who is served how."""

from collections.abc import Iterator

from models.measures.supply import ALL_GOODS
from models.plan import Status
from reports.columns import TEXT, Column, Row
from reports.comparison import Compared, Comparison, comparison_table
from reports.comparison.changes import pairs, source_totals
from reports.comparison.likeness import LEAST_COST, alike_base, in_words, left_out
from reports.comparison.measured import costs_by_term, coverage, evenness
from reports.comparison.proofs import difference, sentence
from reports.summary import AIMS, status_sentence

LARGEST = 3
"""Cost terms that are named among those that moved."""

SHOWN = 2
"""Changes of source that are named."""

HINT = "The command “countyplan explain” finds which figures contradict each other."
"""What helps with a variant that no plan satisfies."""

NOTHING_THERE = {Status.INFEASIBLE, Status.UNBOUNDED}
"""Of such a variant there is no best plan, and nothing to compare."""


def ranking(comparison: Comparison) -> Iterator[str]:
    """Which variant is proven to be the best of all that can be compared with the base, and which ones may be."""
    whole = [compared for compared in comparison.variants if compared.plan is not None]
    known = [compared for compared in alike_base(comparison) if compared.plan is not None]
    if len(known) < 2:
        return
    among = (
        f"the {len(known)} variants with a plan"
        if len(known) == len(whole)
        else in_words([compared.variant for compared in known])
    )
    best = min(known, key=lambda compared: compared.result.objective or 0.0)
    others = {other.variant: difference(other, best) for other in known if other is not best}
    equal = [variant for variant, found in others.items() if found.least == found.most == 0]
    rivals = [
        variant
        for variant, found in others.items()
        if variant not in equal and not (found.least is not None and found.least > 0)
    ]
    what = "cheapest" if best.instance.policy.objective == LEAST_COST else "best in what is made least or greatest"
    if not rivals and equal:
        yield f"Of {among}, {in_words([best.variant, *equal])} are the {what} and equally good: proven."
    elif not rivals:
        yield f"Of {among}, {best.variant} is the {what}: proven."
    else:
        found_best = f"The {what} plan that was found" if known == whole else f"Of {among}, the {what} plan found"
        yield (
            f"{found_best} is that of {best.variant}. It is not proven that {' or '.join(rivals)} could not be as good."
        )


def not_compared(comparison: Comparison) -> Iterator[str]:
    """Variants that are left out where the best is told, and why."""
    aim = AIMS[comparison.base.instance.policy.objective].figure.lower()
    for compared, why in left_out(comparison):
        yield f"{compared.variant} is not compared with {comparison.base_code} in {aim}, since {why}."


def without_plans(comparison: Comparison) -> Iterator[str]:
    """Variants that have no plan, and what is known of that."""
    for compared in comparison.variants:
        if compared.plan is None:
            told = status_sentence(compared.result, compared.instance.policy.objective)
            hint = f" {HINT}" if compared.result.status is Status.INFEASIBLE else ""
            yield f"{compared.variant}: {told}{hint}"


def about(compared: Compared, comparison: Comparison) -> Iterator[str]:
    """What is to be said of a variant against the base, beside what is said of all."""
    base = comparison.base
    known, lacking = difference(compared, base), {compared.result.status, base.result.status} & NOTHING_THERE
    planned = compared.plan is not None and base.plan is not None
    if not known.unlike and not lacking and (planned or known.least is not None or known.most is not None):
        yield sentence(known, comparison)
    if not planned:
        return
    yield from _costs(compared, comparison)
    yield _service(compared, base)
    yield from _sources(compared, comparison)


def taken_over(comparison: Comparison) -> Iterator[str]:
    """Where the plan of one variant serves as another's."""
    for compared in comparison.variants:
        if compared.plan_of:
            yield (
                f"The plan found for {compared.plan_of} keeps every rule of {compared.variant} too, and is better than "
                f"what the search for {compared.variant} found, so it stands as the plan of {compared.variant}."
            )


def _costs(compared: Compared, comparison: Comparison) -> Iterator[str]:
    """The terms that moved most between the plans found, without proof."""
    base = comparison.base
    if comparison.costs_apart(compared):
        return
    after, before = costs_by_term(compared), costs_by_term(base)
    moved = {term: after.get(term, 0.0) - before.get(term, 0.0) for term in {**before, **after}}
    total = sum(moved.values())
    ranked = sorted(
        (term for term in moved if abs(moved[term]) > 0.0005 * sum(before.values())), key=lambda term: -abs(moved[term])
    )
    if ranked:
        parts = ", ".join(f"{term.replace('_', ' ')} {moved[term]:+,.0f}" for term in ranked[:LARGEST])
        unit = compared.instance.currency or "money"
        yield (
            f"Between the plans that were found, the cost differs by {total:+,.0f} {unit} (discounted); "
            f"what moves most: {parts}."
        )


def _service(compared: Compared, base: Compared) -> str:
    """Coverage and evenness in the last year, of both."""
    last = (compared.instance.last_year, base.instance.last_year)
    told = []
    for one in (compared, base):
        part = coverage(one).get((ALL_GOODS, one.instance.last_year))
        gini = evenness(one)[-1].gini
        met = "nothing is in demand" if part is None else f"{part:.1%} of demand is met at home"
        told.append(met if gini is None else f"{met}, Gini {gini:.3f}")
    if last[0] != last[1]:
        return f"In {last[0]}, with {compared.variant} {told[0]}; in {last[1]}, with {base.variant} {told[1]}."
    return f"In {last[0]}, with {compared.variant} {told[0]}; with {base.variant} {told[1]}."


def _sources(compared: Compared, comparison: Comparison) -> Iterator[str]:
    if compared.variant not in {one.variant for one in pairs(comparison)}:
        yield (
            f"Counties or goods of {compared.variant} are not those of {comparison.base_code}, so sources are not "
            "compared place by place."
        )
        return
    rows = [row for row in source_totals.rows(comparison) if row["variant"] == compared.variant]
    if not rows:
        yield f"Every county has each good from the same kind of source as with {comparison.base_code}."
        return
    changed = sum(int(str(row["counties"]).partition(".")[0]) for row in rows)
    places = len(compared.instance.counties) * len(compared.instance.goods)
    named = "; ".join(
        f"{row['good_name']} from {row['source_before']} to {row['source']} ({row['counties']:,.0f})"
        for row in rows[:SHOWN]
    )
    last = compared.instance.last_year
    when = f"in {last}" if last == comparison.base.instance.last_year else "in the last year of each"
    yield (
        f"In {changed:,} of {places:,} cases (a county and a good) the main source {when} is another; "
        f"counties: {named}."
    )


@comparison_table(
    "Summary",
    (
        Column("about", TEXT, "variant that is told of; blank: all of them"),
        Column("words", TEXT, "what is to be said", "in words"),
    ),
    own_sheet=False,
)
def summary_sentences(comparison: Comparison) -> Iterator[Row]:
    """What the comparison comes to, in words."""
    for words in (
        *ranking(comparison),
        *not_compared(comparison),
        *taken_over(comparison),
        *without_plans(comparison),
    ):
        yield {"about": "", "words": words}
    for compared in comparison.others:
        for words in about(compared, comparison):
            yield {"about": compared.variant, "words": words}
