"""Prices in sentences, in round steps and with sensible words for large sums."""

import math

from models.instance import Instance
from models.plan import Status
from reports.comparison.proofs import rounded
from reports.plurals import counted, unit_for
from reports.prices_data import (
    CENTRAL_FUNDS,
    DONATIONS,
    IMPORT_CURRENCY,
    MATERIAL,
    MODERNISATIONS,
    MOST_PICKS,
    PICKS,
    REMITTANCE_QUOTA,
    REMITTANCES,
    Price,
    Prices,
    Sides,
    loosened,
    tightened,
)

SCALES = {"thousand": 3, "million": 6, "billion": 9}
"""Words with which a currency's name may begin, and in which sums are told."""

UNNAMED = "money"
"""What stands for a currency where a workbook names none."""

DIGITS = 3
"""Digits of a sum in a sentence."""

NO_PRICE = {True: "it is a whole number of choices", False: "no linear problem could tell"}
"""Why a limit has no price by a linear problem, by whether it is a whole number."""

SAME = 0.01
"""Part by which the prices of one more and one less may differ and still be told as one."""


def money(instance: Instance, amount: float) -> str:
    """A sum in the words of the currency: 1,700 of a currency named "thousand won" is `1.7 million won`."""
    return sum_in(instance.currency, amount)


def proven_money(instance: Instance, amount: float, *, down: bool) -> str:
    """A proven end of a sum, rounded down or up so that what is said stays proven."""
    return sum_in(instance.currency, amount, down=down)


def sum_in(currency: str, amount: float, *, down: bool | None = None) -> str:
    """A sum of a currency, in its words; to the nearest figure, or rounded down or up."""
    power, name = _scale_of(currency)
    whole = amount * 10**power
    # what rounds to 1,000 thousand is told as 1 million, and what rounds to less is not
    enough = 0.9995 if down is None else 1.0 if down == (amount > 0) else 0.99901
    word, large = next(
        ((word, large) for word, large in reversed(SCALES.items()) if abs(whole) >= enough * 10**large), ("", 0)
    )
    return " ".join(part for part in (figure(whole / 10**large, down=down), word, name) if part)


def figure(amount: float, *, down: bool | None = None) -> str:
    """A figure with three digits: the nearest, or rounded down or up."""
    if amount == 0 or not math.isfinite(amount):
        return f"{amount:g}"
    if down is None:
        places = DIGITS - 1 - math.floor(math.log10(abs(amount)))
        text = f"{round(amount, places):,.{max(0, places)}f}"
    else:
        sign, smaller = ("", down) if amount > 0 else ("-", not down)
        text = f"{sign}{rounded(abs(amount), down=smaller, digits=DIGITS)}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_unit(instance: Instance, price: Price) -> float:
    """A power of ten near a hundredth of a figure, in which its price is told: of money one of the currency itself."""
    if price.kind.whole:
        return 1.0
    currency = instance.currency if price.kind.unit == CENTRAL_FUNDS.unit else price.currency
    scale = 10.0 ** _scale_of(currency)[0]
    hundredth = price.amount * scale / 100
    return 10.0 ** max(0, math.floor(math.log10(hundredth))) / scale if hundredth > 0 else 1.0


def amount(instance: Instance, price: Price, by: float) -> str:
    """So much of a limit, with its unit: `1 million won`, `100 person-years`."""
    if price.kind.unit == CENTRAL_FUNDS.unit:
        return money(instance, by)
    if price.kind is IMPORT_CURRENCY:
        return sum_in(price.currency, by) if price.currency else figure(by)
    return f"{figure(by)} {unit_for(by, price.kind.unit)}"


def change(instance: Instance, price: Price, by: float) -> str:
    """A limit loosened by so much, as the beginning of a sentence: `1,000 t more of cement in 2026`."""
    kind, when = price.kind, "" if price.year is None else f" in {price.year}"
    if kind in (PICKS, MOST_PICKS):
        there = when if kind is PICKS else f" a year in {price.subject}"
        now = f"({figure(price.amount + by)} instead of {figure(price.amount)})"
        return f"{counted(by, 'more pick', 'more picks')}{there} {now}"
    if kind is MODERNISATIONS:
        return f"{counted(by, 'more modernisation', 'more modernisations')}{when}"
    if kind is REMITTANCES:
        return f"{money(instance, by)} less of remittances asked of all counties{when}"
    if kind is REMITTANCE_QUOTA:
        return f"{money(instance, by)} less in the yearly remittance quota of {price.subject}"
    if kind is DONATIONS:
        return f"{money(instance, by)} more a year from donors in {price.subject}"
    if kind is CENTRAL_FUNDS:
        return f"{money(instance, by)} more of central funds{when}"
    if kind is IMPORT_CURRENCY:
        return (
            f"{sum_in(price.currency, by) if price.currency else figure(by)} more of foreign currency for imports{when}"
        )
    what = price.subject if kind is MATERIAL else kind.words
    return f"{amount(instance, price, by)} more of {what}{when}"


def sentence(prices: Prices, price: Price) -> str:
    """What one more would save, by each of the figures that are known."""
    instance, unit = prices.instance, round_unit(prices.instance, price)
    begin = change(instance, price, unit)
    kept = None if price.kept is None else _saved(instance, price, price.kept, unit)
    parts = None if price.parts is None else _saved(instance, price, price.parts, unit)
    told = []
    if kept is not None and kept == parts:
        told.append(f"would {kept}, with all choices kept or with plants in parts")
    else:
        told += [f"would {kept} with all choices kept"] if kept is not None else []
        would = "" if told else "would "
        told += [f"{would}{parts} if plants could be built in parts"] if parts is not None else []
    if not told:
        told.append(f"can only be priced by solving anew, since {NO_PRICE[price.kind.whole]}")
    words = f"{begin} {', and '.join(told)}."
    if price.resolved is not None:
        words += f" {resolved_sentence(prices, price)}"
    return words[0].upper() + words[1:]


def resolved_sentence(prices: Prices, price: Price) -> str:
    """What solving anew came to, and what of it is proven."""
    assert price.resolved is not None
    instance, resolved = prices.instance, price.resolved
    begin = f"Solved anew with {change(instance, price, resolved.step)}"
    found, least, most = resolved.saving.found, resolved.saving.least, resolved.saving.most
    if resolved.status is Status.INFEASIBLE:
        return f"{begin}: no plan is left."
    if found is None:
        return f"{begin}: no plan was found in the time."
    words = f"{begin}: the plan found is {'no cheaper' if _nothing(prices, found) else _cheaper(instance, found)}"
    if least is None or most is None:
        return f"{words}; nothing is proven."
    if _nothing(prices, found) and _nothing(prices, least) and _nothing(prices, most):
        return f"{words}, which is proven to be all."
    if _nothing(prices, most - least):
        return f"{words}, which is proven."
    low, high = (
        "nothing" if _nothing(prices, end) else proven_money(instance, end, down=down)
        for end, down in ((least, True), (most, False))
    )
    proven = f"proven is a saving between {low} and {high}"
    if least <= 0 <= most and not _nothing(prices, most):
        return f"{words}; {proven}, so that it is not proven at this gap that anything is saved."
    return f"{words}; {proven}."


def verdict(prices: Prices, price: Price) -> str:
    """Whether the price with choices kept, over the step, agrees with what solving anew proves; blank: not solved."""
    resolved = price.resolved
    if resolved is None:
        return ""
    least, most = resolved.saving.least, resolved.saving.most
    if resolved.status is Status.INFEASIBLE:
        return "no plan is left"
    if least is None or most is None:
        return "nothing proven"
    if resolved.kept_saving is None:
        return f"only solved anew: {NO_PRICE[price.kind.whole]}"
    instance, kept = prices.instance, resolved.kept_saving
    dust = 10 * DUST * abs(prices.result.objective or 1.0)
    if kept < least - dust:
        told = f"differ: free to choose anew, at least {proven_money(instance, least - kept, down=True)} more is saved"
    elif kept > most + dust:
        told = f"differ: at most {proven_money(instance, most, down=False)} is saved, less than with choices kept"
    else:
        told = "agree" if most - least <= dust else "agree: the price lies in the proven range"
    if price.parts is not None and loosened(price, price.parts) * resolved.step > most + dust:
        told += "; plants in parts promise more than whole ones can give"
    return told


DUST = 1e-8
"""Part of the plan's cost that counts as nothing."""


def _saved(instance: Instance, price: Price, sides: Sides, unit: float) -> str:
    """A saving, and what as much less would cost where that is something else."""
    good, bad = loosened(price, sides), tightened(price, sides)
    text = f"{'cost' if good < 0 else 'save'} {money(instance, abs(good) * unit) if good else 'nothing'}"
    opposite = "more" if price.kind.asked else "less"
    if bad == math.inf:
        return f"{text} (as much {opposite}: no plan is left)"
    if abs(bad - good) > SAME * max(abs(bad), abs(good)):
        return f"{text} (as much {opposite} would cost {money(instance, bad * unit)})"
    return text


def _cheaper(instance: Instance, saving: float) -> str:
    return f"{money(instance, abs(saving))} {'cheaper' if saving > 0 else 'dearer'}"


def _nothing(prices: Prices, amount: float) -> bool:
    return abs(amount) <= DUST * abs(prices.result.objective or 1.0)


def _scale_of(currency: str) -> tuple[int, str]:
    """The power of ten with which a currency's name begins, and the rest of its name."""
    name = "" if currency == UNNAMED else currency
    word, _, rest = name.partition(" ")
    scale = SCALES.get(word.lower())
    return (0, name) if scale is None else (scale, rest)
