"""What the price of a limit is: one more unit of it with choices kept, with plants in parts, and solved anew."""

from dataclasses import dataclass

from models.instance import Instance
from models.plan import Result, Status
from reports.assessment import Span


@dataclass(frozen=True)
class Kind:
    """A kind of limit.

    `name` as in the workbook, `words` for people. `unit` names that of its figures, `{currency}` in money. `asked`:
    it is asked of the plan rather than given, so that less of it helps. `whole`: it is a whole number. `of_place`: it
    is one figure of a province or county, for every year.
    """

    name: str
    words: str
    unit: str
    asked: bool = False
    whole: bool = False
    of_place: bool = False


CENTRAL_FUNDS = Kind("central_funds", "central funds", "{currency}")
CENTRAL_LABOUR = Kind("central_labour", "central labour", "person-years")
MATERIAL = Kind("material", "material", "t")
IMPORT_CURRENCY = Kind("import_currency", "import currency", "foreign currency")
REMITTANCES = Kind("remittances", "remittances asked of all counties", "{currency}", asked=True)
MODERNISATIONS = Kind("modernisations", "modernisations", "plants", whole=True)
PICKS = Kind("picks", "picks", "counties", whole=True)
MOST_PICKS = Kind("most_picks", "most picks a year", "counties", whole=True, of_place=True)
DONATIONS = Kind("donations", "donations a year", "{currency}", of_place=True)
REMITTANCE_QUOTA = Kind("remittance_quota", "remittance quota", "{currency}", asked=True, of_place=True)


@dataclass(frozen=True)
class Sides:
    """The price of a limit on both sides of its figure: what one more saves and what one less costs, a unit.

    Discounted money. One more never saves more than one less costs. Minus infinity and infinity: no plan is left.
    """

    more: float
    less: float


@dataclass(frozen=True)
class Resolved:
    """What solving anew with a limit changed by `step` came to.

    `saving` is what it saves in all (discounted money), with its proven range; `status` is that of the solve.
    `kept_saving` is what the step saves with choices kept: minus infinity where no plan is left so, None where such a
    price has no meaning.
    """

    step: float
    saving: Span
    status: Status
    kept_saving: float | None

    @property
    def settled(self) -> bool:
        """Whether the solve came to its end: a plan within the gap, or the proof that there is none."""
        return self.status in (Status.SOLVED, Status.INFEASIBLE)


@dataclass(frozen=True)
class Price:
    """The price of one limit.

    `limit` is its name, such as `central_funds/2028`; `subject` the material, province or county, blank where it has
    none; `place` the cells of the workbook that hold it, and `currency` the name of the foreign currency, where known.
    `amount` is the figure, `used` and `left` what the plan makes of it in the problem, where one row tells. `kept`:
    with everything chosen and built as in the plan; `parts`: with the counties joining as in the plan while plants may
    be built in parts; None where such a price has no meaning or was not reached.
    """

    limit: str
    kind: Kind
    subject: str
    year: int | None
    place: str
    amount: float
    used: float | None
    left: float | None
    kept: Sides | None
    parts: Sides | None
    resolved: Resolved | None = None
    currency: str = ""


@dataclass(frozen=True)
class Prices:
    """All prices of a plan. `kept_seconds` and `parts_seconds` say how long the linear problems took."""

    instance: Instance
    result: Result
    prices: tuple[Price, ...]
    kept_value: float | None
    parts_value: float | None
    kept_seconds: float = 0.0
    parts_seconds: float = 0.0


def loosened(price: Price, sides: Sides) -> float:
    """What a unit to the good saves: one more of what is given, one less of what is asked."""
    return -sides.less if price.kind.asked else sides.more


def tightened(price: Price, sides: Sides) -> float:
    """What a unit to the bad costs; infinity where no plan is left."""
    return -sides.more if price.kind.asked else sides.less
