"""How much a change of a limit counts: in parts of its figure, or of what is usual of its kind."""

from collections.abc import Callable, Iterable
from statistics import median

from inputs.origins import Address, Origins, setting
from models.instance import Instance
from models.records import NO_LIMIT

OF_MONEY = frozenset(
    ("least_central_share", "most_central_share", "most_donated_share", "local_input_share", "least_stipend")
)
"""Settings that are shares of money: their rows give way in money."""


def scales_of(instance: Instance, origins: Origins) -> Callable[[Address], float]:
    """For each limit the amount that counts as a change by the whole of its figure: its value or, where that is more,
    what is usual of its kind, so that a figure that is much too small is not dear to mend."""
    counties = instance.counties.values()
    investment = usual_investment(instance)
    labour = usual(option.construction_labour for option in instance.options.values())
    staff = usual(option.workers for option in instance.options.values())
    tonnes = usual(tonnes for option in instance.options.values() for tonnes in option.materials.values())
    capacity = max((option.capacity for option in instance.options.values() if option.capacity < NO_LIMIT), default=1.0)
    usual_of = {
        "local_funds": max(usual(county.local_funds for county in counties), investment),
        "donations": max(usual(county.donations for county in counties), investment),
        "local_labour": max(usual(county.local_labour for county in counties), labour),
        "workers": max(usual(county.workers for county in counties), staff),
        "tonnes": tonnes,
        "central_funds": max(usual(instance.central_funds.values()), investment),
        "central_labour": max(usual(instance.central_labour.values()), labour),
        "import_currency": usual(instance.import_currency.values()),
    }
    for material in instance.materials:
        amounts = [amount for (code, _), amount in instance.central_material.items() if code == material]
        usual_of[material] = max(usual(amounts), tonnes)

    def scale(limit: Address) -> float:
        if limit.sheet == "Settings" and limit.key in OF_MONEY:
            return investment
        if limit == setting("dispersion_cap") or "quota" in (limit.key, limit.column):
            return capacity
        if limit.sheet == "Decided" or limit.column in ("eligible", "eligible_from"):
            return 1.0
        value = origins.of(limit).value
        known = float(value) if isinstance(value, int | float) and value > 0 else 0.0
        return max(known, usual_of.get(limit.key if limit.sheet == "Resources" else limit.column, 0.0)) or 1.0

    return scale


def usual_investment(instance: Instance) -> float:
    """What a plant usually costs, or all package items where they cost more."""
    items = sum(item.investment for item in instance.items.values())
    return max(usual(option.investment for option in instance.options.values()), items)


def usual(values: Iterable[float]) -> float:
    """The median of the values above 0 that are limits; 1 where there is none."""
    return median([value for value in values if 0 < value < NO_LIMIT] or [1.0])
