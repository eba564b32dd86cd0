"""Tables of all figures side by side, absolute and against the base."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.columns import DISCOUNTED, MONEY, TEXT, VARIOUS, Column, Row, Unit
from reports.comparison import Comparison, comparison_table, variant_row
from reports.comparison.figures import COST_BY_TERM, figures
from reports.comparison.measured import once
from reports.facts import FINE_SHARE, SECONDS
from reports.summary import AIMS, status_sentence

VARIANT_COLUMNS = (
    Column("variant", TEXT, "code of the variant"),
    Column("variant_name", TEXT, "name of the variant", "name"),
)


AMOUNTS = (MONEY, DISCOUNTED)
"""Units of amounts of money that grow with what people need and with the years that count."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of all variants that have it: its value by variant, in the unit that the label names; of those `apart`
    it is not set against the base's."""

    section: str
    name: str
    unit: Unit
    label: str
    values: Mapping[str, float | str | None]
    apart: frozenset[str] = frozenset()

    def difference(self, variant: str, base: str) -> float | None:
        """The value of a variant less the base's; None where one of them has no number, it is a year, or the two do not
        measure the same."""
        one, other = self.values.get(variant), self.values.get(base)
        if (
            isinstance(one, str)
            or isinstance(other, str)
            or one is None
            or other is None
            or variant in self.apart
            or self.unit.number_format == "0"
        ):
            return None
        return one - other


@once
def lines(comparison: Comparison) -> tuple[Line, ...]:
    """Every figure that any variant has, in the order of the base; what only others have comes last in its section."""
    order: dict[str, dict[tuple[str, str], Unit]] = {}
    values: dict[tuple[str, str, str], dict[str, float | str | None]] = {}
    for compared in (comparison.base, *comparison.others):
        for figure in figures(compared):
            unit = figure.unit.name(compared.instance)
            order.setdefault(figure.section, {})[figure.name, unit] = figure.unit
            values.setdefault((figure.section, figure.name, unit), {})[compared.variant] = figure.value
    money = frozenset(compared.variant for compared in comparison.others if comparison.costs_apart(compared))
    known = (
        Line(section, name, unit, label, values[section, name, label], money if unit in AMOUNTS else frozenset())
        for section, names in order.items()
        for (name, label), unit in names.items()
    )
    return tuple(line for line in known if line.section != COST_BY_TERM or any(line.values.values()))


def _columns(comparison: Comparison) -> tuple[Column, ...]:
    base = comparison.base_code
    codes = [base, *(compared.variant for compared in comparison.others)]
    return (
        Column("section", TEXT, "what the figure is about"),
        Column("figure", TEXT, "what is told"),
        Column("unit", TEXT, "unit of the values"),
        *(Column(f"value_{code}", VARIOUS, f"the figure of {code}; blank: none", code) for code in codes),
        *(
            Column(f"difference_{code}", VARIOUS, f"the figure of {code} less that of {base}", f"{code} less {base}")
            for code in codes[1:]
        ),
    )


@comparison_table("Results", _columns, key_columns=2)
def results(comparison: Comparison) -> Iterator[Row]:
    """Every figure of every variant side by side, and less that of the base. Figures are those of the plans that were
    found; what is proven about the best plans is on the sheet Proven differences. Amounts of money of variants whose
    costs do not measure the same as the base's have no difference.
    """
    base = comparison.base_code
    for line in lines(comparison):
        row: dict[str, object] = {
            "section": line.section,
            "figure": line.name,
            "unit": line.label,
        }
        for compared in comparison.variants:
            row[f"value_{compared.variant}"] = line.values.get(compared.variant)
        for compared in comparison.others:
            row[f"difference_{compared.variant}"] = line.difference(compared.variant, base)
        yield row


@comparison_table(
    "Every figure",
    (
        *VARIANT_COLUMNS,
        Column("section", TEXT, "what the figure is about"),
        Column("figure", TEXT, "what is told"),
        Column("unit", TEXT, "unit of the value"),
        Column("value", Unit(), "the figure, where it is a number"),
        Column("words", TEXT, "the figure, where it is a name or in words"),
        Column("difference", Unit(), "its value less that of the base"),
        Column("relative", Unit(), "the difference relative to the value of the base"),
    ),
    key_columns=4,
    own_sheet=False,
)
def every_figure(comparison: Comparison) -> Iterator[Row]:
    """The sheet Results with a row for every variant and figure."""
    base = comparison.base_code
    for line in lines(comparison):
        for compared in comparison.variants:
            if compared.variant not in line.values:
                continue
            value = line.values[compared.variant]
            change = line.difference(compared.variant, base)
            before = line.values.get(base)
            relative = (
                change / abs(before) if change is not None and isinstance(before, int | float) and before else None
            )
            yield {
                **variant_row(compared),
                "section": line.section,
                "figure": line.name,
                "unit": line.label,
                "value": None if isinstance(value, str) else value,
                "words": value if isinstance(value, str) else "",
                "difference": change,
                "relative": relative,
            }


@comparison_table(
    "Variants",
    (
        *VARIANT_COLUMNS,
        Column("status", TEXT, "what the search came to, in words"),
        Column("objective", TEXT, "what is made least or greatest"),
        Column("unit", TEXT, "unit of value and bound"),
        Column("value", VARIOUS, "of the plan that was found; blank: no plan", "value found"),
        Column("bound", VARIOUS, "proven: no plan of the variant can be better", "proven bound"),
        Column("gap", FINE_SHARE, "(value - bound) / value: how much better another plan could be"),
        Column("plan_of", TEXT, "variant whose plan was taken over, as it is better than what was found", "plan of"),
        Column("seconds", SECONDS, "time of solving"),
    ),
)
def variants(comparison: Comparison) -> Iterator[Row]:
    """What the search came to for each variant, and what is proven of it."""
    for compared in comparison.variants:
        result, objective = compared.result, compared.instance.policy.objective
        yield {
            **variant_row(compared),
            "status": status_sentence(result, objective),
            "objective": objective,
            "unit": AIMS[objective].unit.name(compared.instance),
            "value": result.objective,
            "bound": result.bound,
            "gap": result.gap,
            "plan_of": compared.plan_of,
            "seconds": result.seconds,
        }
