"""What plants are paid for a good, where the workbook leaves it to a default."""

from inputs.sheets import Good


def market_price(good: Good) -> float:
    """What a tonne beyond the quota brings: the market price, or else the import price, or else 0."""
    given = good.import_price if good.market_price is None else good.market_price
    return 0.0 if given is None else given


def state_price(good: Good) -> float:
    """What a tonne of the quota brings: the state price, or else the market price."""
    return market_price(good) if good.state_price is None else good.state_price
