"""From the values of a solved problem's variables to a plan."""

from collections.abc import Mapping
from dataclasses import fields

from models.instance import Instance
from models.plan import Plan
from models.variables import Variables

WHOLE = ("select", "start", "support")
"""Variables of a plan that are whole numbers."""

NEGLIGIBLE = 1e-7
"""Values below this are solver dust and count as zero."""


def plan_of(instance: Instance, variables: Variables, values: Mapping[str, float]) -> Plan:
    """The plan in `values`, which maps names of variables to numbers: whole where it must be, zeros left out."""
    found = {}
    for entry in fields(Plan):
        family = getattr(variables, entry.name)
        numbers = {index: values[variable.name] for index, variable in family.items()}
        if entry.name in WHOLE:
            numbers = {index: float(round(number)) for index, number in numbers.items()}
        found[entry.name] = {index: number for index, number in numbers.items() if number > NEGLIGIBLE}
    return Plan(**found)
