"""Rates times their variables, added up."""

from collections.abc import Iterable

from pulp import lpSum

from models.costs import Rate
from models.variables import Expression, Variables


def total(rates: Iterable[Rate], variables: Variables) -> Expression:
    """The sum of rate x variable; rates of the same variable are added first."""
    amounts: dict[str, dict[tuple[str | int, ...], float]] = {}
    for rate in rates:
        family = amounts.setdefault(rate.variable, {})
        family[rate.index] = family.get(rate.index, 0.0) + rate.amount
    return lpSum(
        amount * getattr(variables, name)[index]
        for name, family in amounts.items()
        for index, amount in family.items()
        if amount
    )
