"""Economies of scale: figures of a design derived from those of a reference design of another size.

    value(capacity) = value(reference) * (capacity / reference capacity) ** exponent

This is the six-tenths rule of process engineering (R. Williams, "Six-tenths factor aids in approximating costs",
Chemical Engineering, December 1947; C. H. Chilton, "Six-tenths factor applies to complete plant costs", Chemical
Engineering, April 1950), applied to light industry. Investment, construction labour, materials and
fixed cost use the good's `investment_exponent`, operating workers its `worker_exponent`; where the good
gives none, the setting of that name. References of references are followed.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from inputs.case import Case
from inputs.sheets import Design

Figure = Literal["investment", "construction_labour", "workers", "fixed_cost"]

FIGURES: tuple[Figure, ...] = ("investment", "construction_labour", "workers", "fixed_cost")


class NotDerivable(Exception):
    """The scale rule cannot be applied to `design`: its capacity, or its reference's, is unlimited."""

    def __init__(self, design: str) -> None:
        super().__init__(design)
        self.design = design


def scaled(value: float, capacity: float | None, reference_capacity: float | None, exponent: float) -> float | None:
    """`value * (capacity / reference_capacity) ** exponent`; None when a capacity is unlimited; 0 stays 0."""
    if value == 0:
        return 0.0
    if capacity is None or reference_capacity is None:
        return None
    return float(value * (capacity / reference_capacity) ** exponent)


def figure(case: Case, design: str, name: Figure) -> float:
    """A figure of a design: its own, or its reference's by the scale rule, or 0 when neither gives it.

    Raises `NotDerivable` when the rule needs a capacity that is unlimited.
    """
    exponent = _worker_exponent if name == "workers" else _investment_exponent
    return _resolve(case, design, lambda row: getattr(row, name), exponent) or 0.0


def material(case: Case, design: str, code: str) -> float:
    """Tonnes of a material that one plant takes: its own, or its reference's by the scale rule, or 0.

    Raises `NotDerivable` when the rule needs a capacity that is unlimited.
    """

    def own(row: Design) -> float | None:
        found = case.design_materials.get(row.design, {}).get(code)
        return found.record.tonnes if found else None

    return _resolve(case, design, own, _investment_exponent) or 0.0


def materials(case: Case, design: str) -> dict[str, float]:
    """Tonnes of each material that one plant takes, its own and its reference's; none of a material is left out."""
    codes = {code for step in references(case, design) for code in case.design_materials.get(step, {})}
    found = {code: material(case, design, code) for code in sorted(codes)}
    return {code: tonnes for code, tonnes in found.items() if tonnes > 0}


def inputs(case: Case, design: str) -> dict[str, float]:
    """Tonnes of each input per tonne of output; a design with no rows of its own takes its reference's."""
    for step in references(case, design):
        own = case.design_inputs.get(step)
        if own:
            return {code: tonnes for code, tonnes in own.items() if tonnes > 0}
    return {}


def references(case: Case, design: str) -> list[str]:
    """The design, its reference, the reference's reference and so on; a circle is cut where it closes."""
    chain: list[str] = []
    step: str | None = design
    while step is not None and step not in chain and step in case.all_designs:
        chain.append(step)
        step = case.all_designs[step].record.reference
    return chain


def _resolve(
    case: Case, design: str, own: Callable[[Design], float | None], exponent: Callable[[Case, Design], float]
) -> float | None:
    chain = [case.all_designs[code].record for code in references(case, design)]
    for depth, source in enumerate(chain):
        value = own(source)
        if value is None:
            continue
        for larger, smaller in reversed(list(pairwise(chain[: depth + 1]))):
            next_value = scaled(value, larger.capacity, smaller.capacity, exponent(case, larger))
            if next_value is None:
                raise NotDerivable(larger.design)
            value = next_value
        return value
    return None


def _investment_exponent(case: Case, design: Design) -> float:
    good = case.goods.get(design.good)
    own = good.record.investment_exponent if good else None
    return case.settings.investment_exponent if own is None else own


def _worker_exponent(case: Case, design: Design) -> float:
    good = case.goods.get(design.good)
    own = good.record.worker_exponent if good else None
    return case.settings.worker_exponent if own is None else own
