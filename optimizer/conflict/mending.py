"""Repairs by arithmetic, for problems too large to be searched: change what contradictions rest on until none is left.

That arithmetic finds nothing more is no proof that there is a plan: each repair is then tried by solving.
"""

from collections.abc import Iterator, Sequence

from inputs.origins import Address, Origins
from inputs.problems import InvalidWorkbook
from inputs.workbook import Workbook
from optimizer.conflict.arithmetic import contradictions
from optimizer.conflict.contradiction import Contradiction, rounded
from optimizer.conflict.repairs import Change, repaired

MOST_STEPS = 12
"""Times that what is left is looked at again."""


def mending(
    workbook: Workbook,
    variant: str,
    overrides: Sequence[str],
    origins: Origins,
    found: Sequence[Contradiction],
    arriving: float,
) -> Iterator[tuple[Change, ...]]:
    """Changes after which arithmetic finds no contradiction, one set for each way to mend the first of `found`."""

    def change(address: Address, value: object) -> Change:
        if address.key == "central_funds" and isinstance(value, float) and arriving > 0:
            value = rounded(value / arriving, 1)
        return Change(address, origins.of(address).value, value)

    for mend in found[0].mends if found else ():
        changes = {mend[0]: change(*mend)}
        for _ in range(MOST_STEPS):
            try:
                instance, _ = repaired(workbook, variant, overrides, tuple(changes.values()))
            except InvalidWorkbook:
                break
            left = list(contradictions(instance))
            if not left:
                yield tuple(changes.values())
                break
            further = [other.mends[0] for other in left if other.mends]
            if len(further) < len(left):
                break
            for address, value in further:
                changes[address] = change(address, value)
