"""Formulas of the Excel report, each made together with its value, so that the two cannot come apart.

A `Term` is a piece of a formula and the figure that it comes to. Terms are added, multiplied and compared like numbers;
what a viewer without a calculator shows is the value, and a calculator finds the same from the text.
"""

import math
from collections.abc import Iterable, Sequence

TOLERANCE = 1e-5
"""Relative difference that counts as rounding, as in the check of a solved plan."""

TOLERANCE_NAME = "tolerance"
"""Name in the workbook of the cell that holds it."""

MOST_ARGUMENTS = 250
"""Arguments of a function in a formula; Excel allows 255."""

ATOM, PRODUCT, SUM = 0, 1, 2


class Term:
    """A piece of a formula, its value, and how loosely its parts are tied (`ATOM`, `PRODUCT` or `SUM`)."""

    __slots__ = ("text", "tie", "value")

    def __init__(self, text: str, value: float, tie: int = ATOM) -> None:
        self.text = text
        self.value = value
        self.tie = tie

    def __add__(self, other: "Term | float") -> "Term":
        added = term(other)
        return Term(f"{self.text}+{added.text}", self.value + added.value, SUM)

    def __sub__(self, other: "Term | float") -> "Term":
        taken = term(other)
        return Term(f"{self.text}-{taken.within(PRODUCT)}", self.value - taken.value, SUM)

    def __mul__(self, other: "Term | float") -> "Term":
        factor = term(other)
        return Term(f"{self.within(PRODUCT)}*{factor.within(PRODUCT)}", self.value * factor.value, PRODUCT)

    def __truediv__(self, other: "Term | float") -> "Term":
        divisor = term(other)
        return Term(f"{self.within(PRODUCT)}/{divisor.within(ATOM)}", self.value / divisor.value, PRODUCT)

    def within(self, tie: int) -> str:
        """The text, in brackets where its parts are tied more loosely than `tie`."""
        return self.text if self.tie <= tie else f"({self.text})"


class Area:
    """A rectangle of cells with its values, row by row; numbers alone count in what is made of it."""

    __slots__ = ("text", "values")

    def __init__(self, text: str, values: Sequence[float | None]) -> None:
        self.text = text
        self.values = values

    def known(self) -> list[float]:
        """Values that are there."""
        return [value for value in self.values if value is not None]


NOTHING = Term("0", 0.0)
BLANK = Term('""', math.nan)
"""What a formula comes to where there is nothing to tell: an empty text, which no sum or minimum counts."""


def term(value: Term | float) -> Term:
    """A number as a term."""
    if isinstance(value, Term):
        return value
    text = f"{value:.15g}"
    return Term(text, value, SUM if value < 0 else ATOM)


def total(parts: Iterable[Term | Area]) -> Term:
    """Sum of cells and areas. Formula: SUM(...), in steps where there are many."""
    known = list(parts)
    if not known:
        return NOTHING
    value = 0.0
    for part in known:
        value += part.value if isinstance(part, Term) else sum(part.known())
    return Term(_call("SUM", [part.text for part in known]), value)


def added(parts: Iterable[Term]) -> Term:
    """Sum of terms, written out: a + b + c; in `SUM` where there are many."""
    known = list(parts)
    if len(known) > MOST_ARGUMENTS:
        return total(known)
    found = known[0] if known else NOTHING
    for part in known[1:]:
        found = found + part
    return found


def least(*parts: Term | float) -> Term:
    """The smallest of them."""
    known = [term(part) for part in parts]
    return Term(_call("MIN", [part.text for part in known]), min(part.value for part in known))


def most(*parts: Term | float) -> Term:
    """The greatest of them."""
    known = [term(part) for part in parts]
    return Term(_call("MAX", [part.text for part in known]), max(part.value for part in known))


def absolute(part: Term) -> Term:
    """Its size without its sign."""
    return Term(f"ABS({part.text})", abs(part.value))


def least_of(area: Area) -> Term:
    """The smallest number of an area, 0 where it has none."""
    return Term(f"MIN({area.text})", min(area.known(), default=0.0))


def most_of(area: Area) -> Term:
    """The greatest number of an area, 0 where it has none."""
    return Term(f"MAX({area.text})", max(area.known(), default=0.0))


def product_sum(*areas: Area) -> Term:
    """Sum of the products of areas of the same shape, cell by cell; blank cells count as 0."""
    value = 0.0
    for row in zip(*(area.values for area in areas), strict=True):
        product = 1.0
        for factor in row:
            product *= factor or 0.0
        value += product
    return Term(_call("SUMPRODUCT", [area.text for area in areas]), value)


def where(test: Term, sign: str, bound: float, then: Term | float, otherwise: Term | float) -> Term:
    """`then` where `test` is as `sign` (`<`, `>`, `>=`) says beside `bound`, and `otherwise` where not."""
    yes, no = term(then), term(otherwise)
    holds = {"<": test.value < bound, ">": test.value > bound, ">=": test.value >= bound}[sign]
    text = f"IF({test.text}{sign}{bound:.15g},{yes.text},{no.text})"
    return Term(text, yes.value if holds else no.value)


def left(used: Term, allowed: Term, scale: Term | None = None) -> Term:
    """What is left of `allowed`; below 0 where more is used than the tolerance lets pass, 0 where it is next to none.

    The tolerance is relative to what is used, or to `scale`, and to 1 at least.
    """
    return _beyond_rounding(allowed - used, used if scale is None else scale)


def lacking(given: Term, asked: Term, scale: Term | None = None) -> Term:
    """What is given beyond what is asked; below 0 where less is given than the tolerance lets pass."""
    return _beyond_rounding(given - asked, given if scale is None else scale)


def apart(one: Term, other: Term, scale: Term | None = None) -> Term:
    """0 where two figures are the same, and less by how far they are apart where not."""
    size = one if scale is None else scale
    gap = abs(one.value - other.value)
    value = 0.0 if gap <= TOLERANCE * max(1.0, abs(size.value)) else -gap
    gap_text = f"ABS({(one - other).text})"
    return Term(f"IF({gap_text}<={TOLERANCE_NAME}*MAX(1,ABS({size.text})),0,-{gap_text})", value)


def _beyond_rounding(rest: Term, size: Term) -> Term:
    value = 0.0 if abs(rest.value) <= TOLERANCE * max(1.0, abs(size.value)) else rest.value
    return Term(f"IF(ABS({rest.text})<={TOLERANCE_NAME}*MAX(1,ABS({size.text})),0,{rest.text})", value)


def _call(function: str, arguments: list[str]) -> str:
    while len(arguments) > MOST_ARGUMENTS:
        arguments = [
            f"{function}({','.join(arguments[start : start + MOST_ARGUMENTS])})"
            for start in range(0, len(arguments), MOST_ARGUMENTS)
        ]
    return f"{function}({','.join(arguments)})"
