"""The instances that are solved, by name: a variant of the shipped workbook, or a generated one.

`shipped-hybrid` is the variant hybrid of the shipped workbook; `180x13x10x5t1s0` has 180 counties, 13 provinces, 10
years and 5 goods at tightness 1, made from seed 0 (`generator.Size`).
"""

from benchmarks.generator import Size, generate, size_of
from inputs.reader import read_workbook
from inputs.shipped import shipped_workbook
from models.instance import Instance

SHIPPED = "shipped-"

NATIONAL = ("shipped-hybrid", *(Size(180, 13, seed=seed).name for seed in (1, 2, 3, 4)))
"""Five instances of the size of the shipped case, all with both scales."""

EASY = ("shipped-county", "shipped-provincial", Size(180, 13, tightness=0, seed=1).name)
"""Variants that a solver is good at without help: one scale, or means without limit."""

SMALL = (Size(60, 5, years=6, goods=3, seed=1).name, Size(60, 5, years=6, goods=3, tightness=1.5, seed=2).name)
"""Instances that every solver gets somewhere with in minutes."""

SETS = {"national": NATIONAL, "easy": EASY, "small": SMALL}
"""Names that stand for several instances."""


def names_of(asked: str) -> tuple[str, ...]:
    """The names of instances in a list with commas, which may also have names of sets. Raises `ValueError`."""
    found: dict[str, None] = {}
    for part in (name.strip() for name in asked.split(",")):
        if part.startswith(SHIPPED):
            found[part] = None
        elif part in SETS:
            found.update(dict.fromkeys(SETS[part]))
        else:
            found[size_of(part).name] = None
    return tuple(found)


def instance_of(name: str) -> Instance:
    """The instance of a name. Raises `ValueError` for a name that means none, and what the workbook's reader raises."""
    if name.startswith(SHIPPED):
        return read_workbook(shipped_workbook()).instance(name.removeprefix(SHIPPED))
    return generate(size_of(name))
