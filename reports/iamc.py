"""The main results in one long table, in the columns that energy and integrated assessment models exchange.

The form is that of the Integrated Assessment Modeling Consortium (IAMC): a line for each model, scenario, region,
variable, unit and year. Tools that read it, such as the Python library pyam, aggregate, compare and plot such tables.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pandas import DataFrame

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE
from models.plan import Result
from reports.iamc_variables import Figure, Level, Variable, concerning

COLUMNS = ("model", "scenario", "region", "variable", "unit", "year", "value")

NATION = "Nation"
"""Name of the region that has all counties."""

Place = tuple[Level, str]


def iamc(instance: Instance, result: Result, *, model: str, scenario: str) -> DataFrame:
    """The results of a run with a plan, with the columns `COLUMNS`: one line for each figure, each once.

    `region` is the code of a county or a province, or `Nation`; a province with the code of a county has ` (province)`
    after it. `variable` has the names in `reports.iamc_variables.VARIABLES`; parts are joined by `|`. `unit` is in the
    words of the workbook. Figures without limit are left out, as are counties' figures that are zero; where a variable
    adds up, provinces and the nation have every year. Raises ValueError for a run without a plan.
    """
    regions = region_names(instance)
    lines = [
        (model, scenario, regions[figure.level, figure.code], name, variable.unit.name(instance), figure.year, value)
        for variable in concerning(instance)
        for name, figure, value in _lines(instance, result, variable)
    ]
    return DataFrame(lines, columns=list(COLUMNS)).astype({"year": "int64", "value": "float64"})


def region_names(instance: Instance) -> Mapping[Place, str]:
    """The name of each region, in the order of the export: the nation, provinces, counties."""
    taken = {*instance.counties, NATION}
    names: dict[Place, str] = {("nation", ""): NATION}
    for code in instance.provinces:
        names["province", code] = f"{code} (province)" if code in taken else code
    for code in instance.counties:
        names["county", code] = f"{code} (county)" if code == NATION else code
    return names


def _lines(instance: Instance, result: Result, variable: Variable) -> Iterator[tuple[str, Figure, float]]:
    """The figures of a variable under their full names, by name, then region, then year."""
    by_name: dict[str, dict[tuple[Place, int], float]] = defaultdict(lambda: defaultdict(float))
    if variable.adds_up and "<" not in variable.name:
        by_name[variable.name] = defaultdict(float)  # told even where it is zero everywhere
    for figure in variable.figures(instance, result):
        name = "|".join(_filled(variable.name, figure.parts))
        for place in _places(instance, figure) if variable.adds_up else [(figure.level, figure.code)]:
            by_name[name][place, figure.year] += figure.value
    for name, known in by_name.items():
        for place in region_names(instance):
            for year in instance.years:
                if variable.adds_up and place[0] != "county":
                    value = known.get((place, year), 0.0)
                elif (place, year) in known and (not variable.adds_up or abs(known[place, year]) > NEGLIGIBLE):
                    value = known[place, year]
                else:
                    continue
                if math.isfinite(value):
                    yield name, Figure((), *place, year, value), value


def _places(instance: Instance, figure: Figure) -> list[Place]:
    """The regions in which a county's figure counts."""
    return [("nation", ""), ("province", instance.counties[figure.code].province), ("county", figure.code)]


def _filled(name: str, parts: tuple[str, ...]) -> Iterator[str]:
    """The parts of a variable's name, with each `<...>` replaced; left out where there is nothing to put there."""
    given = iter(parts)
    for part in name.split("|"):
        filled = next(given, None) if part.startswith("<") else part
        if filled is not None:
            yield filled
