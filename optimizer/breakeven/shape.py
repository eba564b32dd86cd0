"""What shape least cost has over a value: told from the data of the problem, never from the value's name.

*Concave.* Let the rules leave the same plans at every value p, and let each plan x cost c(p) x with c affine in p. Then
the least cost z(p) = min over plans of c(p) x is a least of straight lines, and so concave: a plan found at one value
is a straight line above z at every value, and between two values at which z is proven to be at least L1 and L2 it is
at least what lies on the chord between them.

*Rising.* Let each figure that changes with p be one of which more never helps (`WORSE`) and rise, or one of which more
never harms (`BETTER`) and fall. Then a plan of a value is, with money, labour and materials scaled down to what is
needed, a plan of any lower value that costs no more, and z never falls: it lies above what is proven at lower values
and below plans of higher ones. *Falling* is the same the other way round.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from itertools import pairwise
from numbers import Real
from typing import Any, Literal

from models.instance import Instance
from models.records import NO_LIMIT, Policy

Shape = Literal["constant", "concave", "rising", "falling", "free"]
"""`free`: nothing is known of it between values."""

Path = tuple[str, ...]
"""Where a figure of an instance stands: the field, and within a table the field of its rows; keys are left out."""

EXACTNESS = 1e-9
"""Relative difference from a straight line that counts as none."""

WORSE: frozenset[Path] = frozenset(
    {
        ("options", "investment"),
        ("options", "construction_labour"),
        ("options", "materials"),
        ("options", "workers"),
        ("items", "investment"),
        ("items", "construction_labour"),
        ("items", "materials"),
        ("counties", "market_product"),
        ("provinces", "support_cost"),
    }
)
"""Besides what enters costs alone: what must be paid, built, staffed or given up."""

BETTER: frozenset[Path] = frozenset(
    {
        ("counties", "local_funds"),
        ("counties", "local_labour"),
        ("counties", "donations"),
        ("counties", "workers"),
        ("input_supply",),
        ("local_material",),
        ("central_funds",),
        ("central_labour",),
        ("central_material",),
        ("import_currency",),
    }
)
"""Means that need not be used."""

UTILISATION: frozenset[Path] = frozenset({("designs", "utilisation"), ("designs", "yearly_utilisation")})
"""Where no plant owes the state a share of its usable output, more of it is better."""


def cost_only(policy: Policy) -> frozenset[Path]:
    """Figures that enter the cost of a plan, and no rule on it, under a policy.

    Prices and running costs enter rules too where counties share in plants' income, where a least share of raw
    materials is asked for by value, and where stipends depend on prices; all costs do where they have a cap.
    """
    if policy.cost_cap < NO_LIMIT:
        return frozenset()
    found: set[Path] = {
        ("lanes", "cost"),
        ("goods", "import_price"),
        ("goods", "shortage_penalty"),
        ("policy", "donor_premium"),
        ("policy", "subsidy_penalty"),
        ("policy", "shortfall_penalty"),
    }
    if policy.least_stipend == 0:
        found.add(("counties", "market_product"))
    if policy.plant_income_share == 0:
        found |= {
            ("options", "variable_cost"),
            ("options", "fixed_cost"),
            ("existing", "variable_cost"),
            ("goods", "state_price"),
        }
        if policy.local_input_share == 0:
            found |= {("inputs", "local_price"), ("inputs", "bought_price")}
            if policy.least_stipend == 0:
                found.add(("goods", "market_price"))
    return frozenset(found)


def shape_of(instances: Sequence[Instance], values: Sequence[float]) -> Shape:
    """The shape of least cost between the first and the last of ascending values, by the instances made at them.

    With two values nothing can be said of straight lines, so three are needed; raises `ValueError` for fewer. With
    another objective than least cost nothing is said, unless the instances do not differ at all.
    """
    if len(instances) < 3 or len(instances) != len(values):
        raise ValueError("three values and an instance at each are needed")
    found = list(differences(instances))
    if not found:
        return "constant"
    if instances[0].policy.objective != "least cost":
        return "free"
    costs = cost_only(instances[0].policy)
    if all(path in costs and figures is not None and _on_a_line(values, figures) for path, figures in found):
        return "concave"
    worse, better = costs | WORSE, set(BETTER)
    if all(design.quota == 0 for design in instances[0].designs.values()):
        better |= UTILISATION
    if all(_runs(path, figures, up=worse, down=better) for path, figures in found):
        return "rising"
    if all(_runs(path, figures, up=better, down=worse) for path, figures in found):
        return "falling"
    return "free"


def differences(instances: Sequence[Instance]) -> Iterator[tuple[Path, Sequence[float] | None]]:
    """Every figure that is not the same in all instances, with its values; None in their place where it is no figure,
    or where a table has other keys."""
    for entry in fields(Instance):
        yield from _differences([getattr(instance, entry.name) for instance in instances], (entry.name,))


def _differences(found: Sequence[Any], path: Path) -> Iterator[tuple[Path, Sequence[float] | None]]:
    first = found[0]
    if all(other is first or other == first for other in found[1:]):
        return
    if all(isinstance(value, Real) and not isinstance(value, bool) for value in found):
        yield path, [float(value) for value in found]
    elif all(isinstance(value, Mapping) for value in found):
        if any(value.keys() != first.keys() for value in found[1:]):
            yield path, None
            return
        for key in first:
            yield from _differences([value[key] for value in found], path)
    elif is_dataclass(first) and all(type(value) is type(first) for value in found):
        for entry in fields(first):
            yield from _differences([getattr(value, entry.name) for value in found], (*path, entry.name))
    else:
        yield path, None


def _on_a_line(values: Sequence[float], figures: Sequence[float]) -> bool:
    start, end = values[0], values[-1]
    scale = max(map(abs, figures))
    return all(
        abs(figures[0] + (figures[-1] - figures[0]) * (value - start) / (end - start) - figure) <= EXACTNESS * scale
        for value, figure in zip(values, figures, strict=True)
    )


def _runs(path: Path, figures: Sequence[float] | None, *, up: Set[Path], down: Set[Path]) -> bool:
    """Whether figures never fall, at a path of `up`, or never rise, at one of `down`."""
    if figures is None:
        return False
    rises = path in up and all(one <= other for one, other in pairwise(figures))
    return rises or (path in down and all(one >= other for one, other in pairwise(figures)))
