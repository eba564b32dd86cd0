"""Which parts of the model a problem uses, so that a report tells of these and leaves the others out."""

from collections.abc import Callable, Iterator

from models.instance import Instance


def has_budgets(instance: Instance) -> bool:
    """Whether budgets of counties are planned."""
    return bool(instance.purses)


def has_donors(instance: Instance) -> bool:
    """Whether donors can give anywhere."""
    return any(county.donations > 0 for county in instance.counties.values())


def has_quotas(instance: Instance) -> bool:
    """Whether plants deliver a quota or pay stipends."""
    return instance.policy.stipend_share > 0 or any(design.quota > 0 for design in instance.designs.values())


def has_support(instance: Instance) -> bool:
    """Whether support bases can be founded."""
    return any(province.support_uplift > 0 for province in instance.provinces.values())


def has_existing(instance: Instance) -> bool:
    """Whether industry stood before the plan."""
    return bool(instance.existing)


def has_items(instance: Instance) -> bool:
    """Whether joining counties receive package items."""
    return bool(instance.items)


def has_raw_materials(instance: Instance) -> bool:
    """Whether plants need raw materials."""
    return any(design.inputs for design in instance.designs.values())


def has_intermediates(instance: Instance) -> bool:
    """Whether a good serves as raw material of another."""
    return any(entry.good is not None for entry in instance.inputs.values())


def has_workers(instance: Instance) -> bool:
    """Whether plants need staff."""
    return any(option.workers > 0 for option in instance.options.values())


def has_market_prices(instance: Instance) -> bool:
    """Whether output has a price, so that plants have an income."""
    return any(good.market_price > 0 for good in instance.goods.values())


MECHANISMS: tuple[tuple[str, Callable[[Instance], bool]], ...] = (
    ("budgets of counties", has_budgets),
    ("quotas and stipends", has_quotas),
    ("donations", has_donors),
    ("support bases", has_support),
    ("existing industry", has_existing),
    ("package items", has_items),
    ("raw materials", has_raw_materials),
    ("goods as raw material of others", has_intermediates),
    ("workers", has_workers),
)
"""Parts of the model that a workbook can leave off, in words."""


def in_use(instance: Instance) -> Iterator[str]:
    """Parts of the model that the workbook has figures for, in words."""
    return (name for name, used in MECHANISMS if used(instance))


def not_used(instance: Instance) -> Iterator[str]:
    """Parts of the model that the workbook leaves off, in words."""
    return (name for name, used in MECHANISMS if not used(instance))
