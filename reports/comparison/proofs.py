"""What is proven about the difference between two variants, and how to say it.

The value that a search found and the bound that it proved enclose a variant's true optimum: bound <= optimum <= value.
The difference of two optima, A - B, then lies between bound_A - value_B and value_A - bound_B, whatever either search
missed.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from models.plan import Status
from reports.columns import SHARE, TEXT, VARIOUS, YES_NO, Column, Row
from reports.comparison import Compared, Comparison, comparison_table
from reports.comparison.likeness import LEAST_COST, unlike
from reports.summary import AIMS

DIGITS = 3
"""Digits of a proven figure in words; it is rounded so that what is said stays proven."""

DUST = 1e-6
"""Difference, relative to what is compared, that is within the precision of solvers and counts as none."""

VERBS = {
    LEAST_COST: ("costs", "more", "less", ""),
    "greatest coverage": ("leaves", "more", "fewer", " not covered"),
    "least central funds": ("takes", "more", "less", " of central money"),
}
"""How to say that an objective is greater or smaller; the others are said to be so."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What is known of an objective, made least: `bound` <= optimum <= `value`. None: nothing is known on that side.

    `infeasible`: there is no plan at all.
    """

    bound: float | None
    value: float | None
    infeasible: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """The objective of a variant less that of another: as found, and the least and the most that it can be.

    None: not found, or nothing proven on that side. `unlike` says why the two cannot be compared; blank where they can.
    """

    variant: str
    against: str
    found: float | None
    least: float | None
    most: float | None
    unlike: str = ""

    @property
    def proven(self) -> bool:
        """Whether it is proven which of the two is better."""
        return (self.least is not None and self.least > 0) or (self.most is not None and self.most < 0)


def interval(compared: Compared) -> Interval:
    """What a search came to, of the variant's own objective."""
    result = compared.result
    return Interval(result.bound, result.objective, infeasible=result.status is Status.INFEASIBLE)


def difference(one: Compared, other: Compared) -> Difference:
    """The objective of `one` less that of `other`.

    Formula: least = bound_one - value_other, most = value_one - bound_other.
    """
    why = unlike(one, other)
    if why:
        return Difference(one.variant, other.variant, None, None, None, why)
    first, second = interval(one), interval(other)
    return Difference(
        one.variant,
        other.variant,
        found=_less(first.value, second.value),
        least=_less(first.bound, second.value),
        most=_less(first.value, second.bound),
    )


def sentence(found: Difference, comparison: Comparison) -> str:
    """A difference in words, never more than is proven."""
    one, other = comparison.by_code[found.variant], comparison.by_code[found.against]
    for compared in (one, other):
        if compared.result.status is Status.INFEASIBLE:
            return f"{compared.variant}: no plan can satisfy every rule, so there is nothing to compare."
    if found.unlike:
        return (
            f"{found.variant} and {found.against} cannot be compared with proof, since {found.unlike}; "
            "the figures below stand side by side."
        )
    unit = AIMS[one.instance.policy.objective].unit.name(one.instance)
    verb, more, less, of = VERBS.get(one.instance.policy.objective, ("has", "more", "less", " of what is made least"))
    least, most, scale = found.least, found.most, other.result.objective
    if unit == SHARE.label:
        unit = "percentage points"
        least, most, scale = (None if part is None else 100 * part for part in (least, most, scale))
    if least is not None and least > 0:
        amounts = _amounts(least, most, unit, scale, found.against)
        return f"{found.variant} {verb} {amounts} {more}{of} than {found.against}: proven."
    if most is not None and most < 0:
        lower = None if least is None else -least
        amounts = _amounts(-most, lower, unit, scale, found.against)
        return f"{found.variant} {verb} {amounts} {less}{of} than {found.against}: proven."
    if least is None and most is None:
        return f"{found.variant} against {found.against}: nothing is proven, since no bound or no plan was found."
    if least == most == 0:
        return f"{found.variant} and {found.against} are equally good: proven."
    low = "no proven limit below" if least is None else signed_outward(least, down=True)
    high = "no proven limit above" if most is None else signed_outward(most, down=False)
    return (
        f"Not yet proven at this gap which of {found.variant} and {found.against} is better: "
        f"the difference lies between {low} and {high} {unit}."
    )


def _amounts(least: float, most: float | None, unit: str, scale: float | None, against: str) -> str:
    """From the least to the most of a difference, both above 0, and relative to what was found for the other."""
    if most is not None and most - least <= DUST * max(abs(scale or 0.0), most):
        share = f" ({100 * least / scale:.3g} % of what was found for {against})" if scale else ""
        return f"{money(least)} {unit}{share}"
    digits = DIGITS if most is None else _digits(least, most)
    low = f"at least {rounded(least, down=True, digits=digits)}"
    share = rounded(100 * least / scale, down=True, digits=digits) if scale else ""
    if most is None:
        return f"{low} {unit}" + (f" ({share} % of what was found for {against})" if scale else "")
    if scale:
        share = (
            f" ({share} to {rounded(100 * most / scale, down=False, digits=digits)} % of what was found for {against})"
        )
    return f"{low} and at most {rounded(most, down=False, digits=digits)} {unit}{share}"


def _digits(least: float, most: float) -> int:
    """Digits that tell the two apart: three, or more where they are closer than that."""
    spare = math.log10(most / (most - least)) if most > least else 0.0
    return max(DIGITS, math.ceil(spare) + 1)


def money(amount: float) -> str:
    """An amount that is known exactly: whole units, and four digits of a small one."""
    return f"{amount:,.0f}" if abs(amount) >= 1000 else f"{amount:.4g}"


def rounded(amount: float, *, down: bool, digits: int = DIGITS) -> str:
    """An amount above 0 with some digits, rounded down or up so that a proof stays one."""
    if amount <= 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(amount))
    step = 10.0**-places
    exact = amount / step
    near = round(exact)
    steps = near if abs(exact - near) <= 1e-9 * exact else math.floor(exact) if down else math.ceil(exact)
    return f"{steps * step:,.{max(0, places)}f}"


def signed_outward(amount: float, *, down: bool) -> str:
    """An amount with its sign, rounded down or up."""
    if amount == 0:
        return "0"
    return f"+{rounded(amount, down=down)}" if amount > 0 else f"-{rounded(-amount, down=not down)}"


def _less(one: float | None, other: float | None) -> float | None:
    """One less the other; nothing where they agree within the precision of solvers."""
    if one is None or other is None:
        return None
    found = one - other
    return 0.0 if abs(found) <= DUST * max(abs(one), abs(other)) else found


def all_differences(comparison: Comparison) -> Iterator[Difference]:
    """Every pair of variants once: first those with the base, then the others."""
    for compared in comparison.others:
        yield difference(compared, comparison.base)
    for one, other in combinations(comparison.others, 2):
        yield difference(other, one)


@comparison_table(
    "Proven differences",
    (
        Column("variant", TEXT, "code of a variant"),
        Column("against", TEXT, "code of the variant that it is compared with"),
        Column("objective", TEXT, "what both make least or greatest"),
        Column("unit", TEXT, "unit of the amounts"),
        Column("found", VARIOUS, "what was found for the one less what was found for the other", "difference found"),
        Column("least", VARIOUS, "least that the difference can be: bound of the one less value of the other"),
        Column("most", VARIOUS, "most that it can be: value of the one less bound of the other"),
        Column("proven", YES_NO, "yes: it is proven which of the two is better"),
        Column("words", TEXT, "the same in words; amounts are rounded so that what is said stays proven", "in words"),
    ),
    key_columns=2,
)
def proven_differences(comparison: Comparison) -> Iterator[Row]:
    """What is proven about the difference of any two variants. The value found for a variant and its proven bound
    enclose what the best plan would have, so the difference of two lies between the bound of the one less the value of
    the other, and the value of the one less the bound of the other.
    """
    for found in all_differences(comparison):
        one = comparison.by_code[found.variant].instance
        yield {
            "variant": found.variant,
            "against": found.against,
            "objective": found.unlike or one.policy.objective,
            "unit": "" if found.unlike else AIMS[one.policy.objective].unit.name(one),
            "found": found.found,
            "least": found.least,
            "most": found.most,
            "proven": found.proven,
            "words": sentence(found, comparison),
        }
