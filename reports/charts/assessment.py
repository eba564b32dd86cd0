"""The chart of an assessment: what each given choice costs by itself."""

from collections.abc import Mapping
from functools import partial

from reports.assessment import Assessment
from reports.charts.picture import Picture, listed, unique_names
from reports.charts.spans import ESTIMATED, FOUND, cost_row, draw_costs, kinds_of
from reports.summary import AIMS

MOST_CHOICES = 40
"""Choices that the chart shows; the table has all."""


def assessment_pictures(assessment: Assessment) -> Mapping[str, Picture]:
    """The charts of an assessment by name."""
    picture = cost_of_choices(assessment)
    return {} if picture is None else {"costs": picture}


def cost_of_choices(assessment: Assessment) -> Picture | None:
    """What choices cost by themselves, dearest first; None where nothing is known."""
    names = unique_names({code: county.name for code, county in assessment.instance.counties.items()})
    told = [
        cost_row(f"{names[choice.county]}, {choice.year}", choice.alone, choice.estimate, "this choice")
        for choice in assessment.choices
        if choice.kept and choice.best_year != choice.year
    ]
    rows = sorted((row for row in told if row is not None), key=lambda row: -float(row["value"]))
    if not rows:
        return None
    shown, total = rows[:MOST_CHOICES], len(rows)
    unit = AIMS[assessment.instance.policy.objective].unit.name(assessment.instance)
    part = f"the {MOST_CHOICES} dearest of {total}" if total > MOST_CHOICES else f"all {total}"
    kinds = kinds_of(shown)
    reading = []
    if FOUND in kinds:
        reading.append(
            "A dot is the best plan found that makes this choice and need make no other, less the best of all."
        )
    if any(row["least"] is not None for row in shown):
        reading.append("Bars reach over what is proven of it.")
    if ESTIMATED in kinds:
        reading.append("An estimate is by how much the bound on every plan rises with the choice.")
    dearest = listed(row["name"] for row in shown[:3])
    reading.append(
        f"Dearest: {dearest}. Shown are {part} choices that the best plan found does not make; their costs do not add "
        "up to what all cost together."
    )
    return Picture(
        title=f"What each choice costs by itself ({unit})",
        reading=" ".join(reading),
        tables=("By county",),
        draw=partial(draw_costs, shown, unit),
    )
