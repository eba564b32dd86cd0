"""Ways to break each rule, with plans that just keep it, by subject as in `models/rules`."""

from tests.models.breaches import building, choosing, means, money, policy, purse, supplying, values
from tests.models.breaches.breach import PLAN, SMALL, Breach, Obeying

__all__ = ["BREACHES", "OBEYING", "PLAN", "SMALL", "Breach", "Obeying"]

BREACHES: tuple[Breach, ...] = (
    *choosing.BREACHES,
    *building.BREACHES,
    *supplying.BREACHES,
    *means.BREACHES,
    *money.BREACHES,
    *purse.BREACHES,
    *policy.BREACHES,
    *values.BREACHES,
)

OBEYING: tuple[Obeying, ...] = (
    *building.OBEYING,
    *supplying.OBEYING,
    *means.OBEYING,
    *money.OBEYING,
    *purse.OBEYING,
    *policy.OBEYING,
)
