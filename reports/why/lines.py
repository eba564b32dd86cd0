"""The answer about a county as lines of text for a terminal."""

import math
from collections.abc import Iterator

from reports.comparison.proofs import DUST, money, signed_outward
from reports.why import Forced, Why
from reports.why.sentences import choice_year, figure_sentence, obstacle_words, sentences, signed, state
from reports.why.tables import in_order

HEADINGS = ("joins in", "looked at as", "difference", "proven range", "at prices", "known")
"""Headings of the table of choices."""


def answer_lines(why: Why) -> Iterator[str]:
    """The answer in sentences: the county, rules against choices, and figures that were varied."""
    yield from sentences(why)
    for choice in why.forced:
        if choice.obstacles:
            lifted = "; the table tells what it would cost if that were allowed" if choice.lifted else ""
            yield f"Against {choice_year(choice.year)}: {obstacle_words(choice)}{lifted}."
    for study in why.figures:
        yield f"{study.parameter}: {figure_sentence(why, study)}"


def choice_lines(why: Why) -> Iterator[tuple[str, ...]]:
    """Rows below `HEADINGS`, a choice each, the plan's own among them."""
    for choice in in_order(why):
        price = why.at_prices.get(choice.year)
        yield (
            choice_year(choice.year),
            ", ".join(choice.asked) or "the plan",
            "" if choice.cost.found is None else signed(choice.cost.found),
            _range(choice),
            "" if price is None else price_words(price, why.value),
            "" if not choice.asked else state(why, choice),
        )


def price_words(price: float, value: float) -> str:
    """By how much a choice is dearer at prices; next to nothing is nothing."""
    if math.isinf(price):
        return "cannot be"
    return "0" if price <= DUST * abs(value) else f"+{money(price)}"


def _range(choice: Forced) -> str:
    least, most = choice.cost.least, choice.cost.most
    if least is None and most is None:
        return ""
    if least is not None and most is not None and abs(most - least) <= DUST * max(abs(least), abs(most)):
        return signed(most)
    low = "?" if least is None else signed_outward(least, down=True)
    high = "?" if most is None else signed_outward(most, down=False)
    return f"{low} to {high}"
