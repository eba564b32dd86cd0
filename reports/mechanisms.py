"""Which parts of the model a problem uses, so that a report tells of these and leaves the others out."""

from collections.abc import Iterator

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


def not_used(instance: Instance) -> Iterator[str]:
    """Parts of the model that the workbook leaves off, in words."""
    for used, name in (
        (has_budgets(instance), "budgets of counties"),
        (has_quotas(instance), "quotas and stipends"),
        (has_donors(instance), "donations"),
        (has_support(instance), "support bases"),
        (has_existing(instance), "existing industry"),
        (has_items(instance), "package items"),
        (has_raw_materials(instance), "raw materials"),
        (has_intermediates(instance), "goods as raw material of others"),
        (has_workers(instance), "workers"),
    ):
        if not used:
            yield name
