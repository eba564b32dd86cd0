"""Goods, plants, raw materials and package items of generated instances.

The figures are those of the shipped case, rounded, in thousands of its currency and tonnes. Prices and sizes of each
good are drawn up to a tenth above and below, so that no two instances have the same menu. More goods than the menu has
are the same ones again, with other draws.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.records import Design, Good, Input, Material, PackageItem, Scale

VARIES = 0.1
"""Most that a drawn figure of the menu differs from the one given, as a share of it."""

TIMES = 8.0
"""Capacity of a provincial plant in county plants."""

INTERMEDIATE = "cloth"
"""An input that is a good as well, where the instance makes clothing."""

LIFETIME = 25.0
QUOTA = 0.3
UTILISATION = 0.65
UTILISATION_RISES = 0.005
"""Yearly rise of the utilisation, and of what it was in the middle year it is below and above in the others."""


@dataclass(frozen=True)
class Ware:
    """A good and its county plant; money in thousands, tonnes.

    `norm` is kg a head and year, `growth` of that a year; `shortage` multiplies the import price into the penalty.
    `exponent` is that of the investment, labour and materials with capacity, `staff` that of the workers. `existing` is
    the share of demand that plants met before the plan, in all but the smallest places (`missing`, a share of them).
    """

    code: str
    norm: float
    growth: float
    import_price: float
    shortage: float
    freight: float
    capacity: float
    investment: float
    variable_cost: float
    labour: float
    cement: float
    workers: float
    exponent: float
    staff: float
    existing: float
    existing_cost: float
    missing: float
    inputs: Mapping[str, float]
    modernised: bool = False


WARES = (
    Ware("food", 18, 0.010, 1.15, 1.6, 0.00022, 1800, 2070, 0.17, 520, 1350, 80, 0.80, 0.92, 0.40, 0.32, 0.0,
         {"grain": 0.8, "beans": 0.1}, modernised=True),
    Ware("condiments", 12, 0.005, 0.90, 1.5, 0.00040, 1300, 1455, 0.13, 400, 1050, 50, 0.86, 0.93, 0.32, 0.26, 0.03,
         {"grain": 0.2, "beans": 0.3}),
    Ware("clothing", 3, 0.020, 8.20, 1.35, 0.00020, 400, 1800, 0.40, 520, 1350, 180, 0.93, 0.99, 0.22, 3.60, 0.14,
         {INTERMEDIATE: 1.15}),
    Ware("necessities", 6, 0.020, 1.95, 1.45, 0.00026, 750, 1920, 0.22, 460, 1200, 70, 0.68, 0.80, 0.25, 0.56, 0.14,
         {"chemicals": 0.65, "timber": 0.25}),
    Ware("paper", 4, 0.020, 1.40, 1.25, 0.00028, 520, 2040, 0.24, 400, 1050, 45, 0.573, 0.65, 0.25, 0.37, 0.33,
         {"timber": 2.2}),
)  # fmt: skip
"""The goods in the order in which instances take them."""

INPUTS: Mapping[str, tuple[float, float]] = {
    "grain": (0.15, 0.29),
    "beans": (0.35, 0.60),
    INTERMEDIATE: (2.80, 3.60),
    "timber": (0.06, 0.12),
    "chemicals": (0.50, 0.80),
    "fibre": (1.50, 2.40),
}
"""Raw materials: price of the county's own and of what is bought, thousands a tonne."""

SUPPLY: Mapping[str, float] = {"grain": 0.027, "beans": 0.0049, INTERMEDIATE: 0.00039, "chemicals": 0.00059}
"""Tonnes of the county's own raw materials for each person outside towns; timber grows by area instead."""

TIMBER = 660.0
"""Tonnes of timber and straw a county, before what is drawn for its ground."""

FIBRE = 2300.0
"""Tonnes of fibre in a county that makes some."""

STEEL = 0.15
"""Tonnes of steel for each of cement in a building."""

MATERIALS = {"cement": Material("cement", "Cement"), "steel": Material("steel", "Steel")}
SCALES = {"county": Scale("county", "County plant"), "provincial": Scale("provincial", "Provincial plant")}


@dataclass(frozen=True)
class Menu:
    """What can be wanted and built: goods people want with their wares, and designs with what one plant of them is.

    `sizes` has capacity, investment, variable cost, labour, cement and workers of a plant, by design."""

    wares: Mapping[str, Ware]
    goods: Mapping[str, Good]
    designs: Mapping[str, Design]
    inputs: Mapping[str, Input]
    sizes: Mapping[str, tuple[float, float, float, float, float, float]]
    items: Mapping[str, PackageItem]


def menu(goods: int, years: Sequence[int], draw: np.random.Generator) -> Menu:
    """The menu for a number of goods that people want; where clothing is one of them, cloth is made as well."""
    wares = {}
    for number in range(goods):
        base = WARES[number % len(WARES)]
        code = base.code if number < len(WARES) else f"{base.code}-{number // len(WARES) + 1}"
        wares[code] = _varied(base, code, draw)
    cloth = any(INTERMEDIATE in ware.inputs for ware in wares.values())
    found = {code: _good(ware) for code, ware in wares.items()}
    designs: dict[str, Design] = {}
    sizes: dict[str, tuple[float, float, float, float, float, float]] = {}

    def add(ware: Ware, scale: str, kind: str, times: float, share: float, inputs: Mapping[str, float]) -> None:
        """One design: `times` a county plant by the exponents, or a `share` of it in money, labour and materials."""
        code, middle = f"{ware.code}-{kind}", (years[0] + years[-1]) / 2
        designs[code] = Design(
            code=code,
            name=code.replace("-", " ").capitalize(),
            good=ware.code,
            scale=scale,
            modernisation=share < 1,
            lead_years=2 if scale == "provincial" else 1,
            lifetime_years=LIFETIME,
            utilisation=UTILISATION,
            inputs=inputs,
            quota=QUOTA,
            yearly_utilisation={year: UTILISATION + UTILISATION_RISES * (year - middle) for year in years},
        )
        building = share * times**ware.exponent
        sizes[code] = (
            ware.capacity * times * (0.5 if share < 1 else 1.0),
            ware.investment * building,
            ware.variable_cost,
            ware.labour * building,
            ware.cement * building,
            ware.workers * times**ware.staff * (0.35 if share < 1 else 1.0),
        )

    for ware in wares.values():
        add(ware, "county", "county", 1.0, 1.0, ware.inputs)
        add(ware, "provincial", "provincial", TIMES, 1.0, ware.inputs)
        if ware.modernised:
            add(ware, "county", "modernised", 1.0, 0.32, ware.inputs)
    if cloth:
        found[INTERMEDIATE] = Good(INTERMEDIATE, "Cloth", "cloth", 3.7, 0.0, None, 1.85, 3.52)
        mill = Ware(INTERMEDIATE, 0, 0, 3.7, 0, 0.0002, 2400, 6300, 0.3, 1035, 2700, 350, 1, 1, 0, 0, 1, {})
        add(mill, "provincial", "provincial", 1.0, 1.0, {"fibre": 1.05})
    used = {entry for design in designs.values() for entry in design.inputs}
    inputs = {
        code: Input(code, code.capitalize(), *prices, INTERMEDIATE if code == INTERMEDIATE else None)
        for code, prices in INPUTS.items()
        if code in used
    }
    return Menu(wares, found, designs, inputs, sizes, _items(years))


def _varied(ware: Ware, code: str, draw: np.random.Generator) -> Ware:
    def around(value: float) -> float:
        return float(value * draw.uniform(1 - VARIES, 1 + VARIES))

    return Ware(
        **{
            **{name: getattr(ware, name) for name in Ware.__dataclass_fields__},
            "code": code,
            "import_price": around(ware.import_price),
            "capacity": around(ware.capacity),
            "investment": around(ware.investment),
            "existing": around(ware.existing),
        }
    )


def _good(ware: Ware) -> Good:
    price = ware.import_price
    return Good(
        code=ware.code,
        name=ware.code.replace("-", " ").capitalize(),
        local_name=ware.code,
        import_price=price,
        import_currency=0.85 * price,
        shortage_penalty=ware.shortage * price,
        state_price=0.5 * price,
        market_price=0.95 * price,
    )


def _items(years: Sequence[int]) -> dict[str, PackageItem]:
    """A grain store from the second year on, a hospital and a leisure complex from the third on."""
    given = (("hospital", 2, 1440.0, 345.0, 900.0), ("leisure", 2, 795.0, 255.0, 660.0), ("grain-store", 1, 630.0, 140.0, 360.0))  # fmt: skip  # noqa: E501
    return {
        code: PackageItem(
            code, code.capitalize(), years[0] + after, money, labour, {"cement": cement, "steel": STEEL * cement}
        )
        for code, after, money, labour, cement in given
    }
