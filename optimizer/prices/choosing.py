"""Which limits are solved anew, and by how much they are changed."""

import math
from collections.abc import Sequence

from inputs.problems import did_you_mean, quoted
from optimizer.options import InvalidOption
from optimizer.prices.scarce import Scarce

ALL, LARGEST = "all", "largest"

ROUND = (1.0, 2.0, 5.0, 10.0)
"""First figures of a round step."""


def chosen(scarce: Sequence[Scarce], names: Sequence[str]) -> list[Scarce] | None:
    """The limits that are named, each once, in their own order; None where the largest are asked for.

    A name without what follows its `/` stands for all that begin so. Raises `InvalidOption` for a name of none.
    """
    if list(names) == [LARGEST]:
        return None
    if list(names) == [ALL]:
        return list(scarce)
    known = {limit.name for limit in scarce}
    groups = {name.split("/")[0] for name in known}
    for name in names:
        if name not in known and name not in groups:
            hint = did_you_mean(name, sorted(known | groups), "Without --resolve the report names all there are.")
            raise InvalidOption("resolve", f"resolve should name limits of this problem, found {quoted(name)}. {hint}")
    return [limit for limit in scarce if limit.name in names or limit.name.split("/")[0] in names]


def step_of(limit: Scarce, share: float) -> float:
    """By how much a limit is changed, in the workbook's unit: about a share of it, round; to the good of the plan, so
    less than 0 of what is asked, and then no more than all of it."""
    amount = limit.amount / limit.factor
    if limit.kind.whole:
        return max(1.0, round(share * amount))
    wanted = share * amount
    if wanted <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(wanted))
    step = min((first * power for first in ROUND), key=lambda one: abs(one - wanted))
    return -min(step, amount) if limit.kind.asked else step
