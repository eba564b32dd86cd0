"""What a page rests on: how the rules are set, what was assumed, where the other figures come from."""

from dataclasses import fields

from models.instance import Instance
from reports.background import Background
from reports.excel.cells import shown
from reports.html.listing import Listing, plain_listing


def settings(instance: Instance) -> list[tuple[str, str]]:
    """How the rules are set, by their names in the workbook."""
    policy = instance.policy
    found = [(field.name, _setting(getattr(policy, field.name))) for field in fields(policy)]
    return [
        ("discount_rate", f"{instance.discount_rate:.1%}"),
        ("tail_years", str(instance.tail_years)),
        *found,
    ]


def _setting(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1000:
        return str(value)  # a year
    if isinstance(value, float):
        return shown(value, None) if abs(value) == float("inf") else f"{value:,g}"
    return shown(value, None)


def assumptions(background: Background) -> Listing | None:
    """Figures that are assumed, as a table; None where there are none."""
    if not background.assumptions:
        return None
    meaning = "Figures of the input workbook that are assumed, and the reasoning behind them."
    rows = [tuple(entry) for entry in background.assumptions]
    return plain_listing("assumptions", "Assumptions", meaning, ("sheet", "key", "reasoning"), rows)


def sources(background: Background) -> Listing | None:
    """Where figures come from, as a table; None where the workbook does not say."""
    if not background.sources:
        return None
    meaning = "Where the other figures of the input workbook come from."
    rows = [tuple(entry) for entry in background.sources]
    return plain_listing("sources", "Sources", meaning, ("code", "title", "attribution"), rows)
