"""Textbook problems of scale, typed as workbooks: when to build how large, and whether large plants pay for freight."""

from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from tests.optimizer.solving import LAND, counties, optimum, plants, settings
from tests.small_workbook import Tables

# A. S. Manne, "Capacity expansion and probabilistic growth", Econometrica 29 (1961): demand that grows by as much every
# year is met by plants of a size n years' growth, for a cost of n ** exponent. Here the sizes are whole years' growth.
YEARS = range(2027, 2035)
SIZES = (1, 2, 3, 4, 8)
RATE = 0.1
UNIT_COST = 100.0


def expansion(exponent: float) -> Tables:
    """Demand 10, 20 ... 80 t/yr in one county; by the scale rule n years' growth costs 100 * n ** exponent."""
    design = {"name": "Plant", "good": "bread", "scale": "only", "lead_years": 0, "max_plants": len(YEARS)}
    return {
        "Settings": settings(
            last_year=YEARS[-1], discount_rate=RATE, build_window=len(YEARS) - 1, investment_exponent=exponent
        ),
        "Provinces": LAND,
        "Counties": counties(["town"]),
        "Goods": [{"good": "bread", "name": "Bread"}],
        "Scales": [{"scale": "only", "name": "Only"}],
        "Designs": [
            design | {"design": "n1", "capacity": 10, "investment": UNIT_COST},
            *(design | {"design": f"n{size}", "capacity": 10 * size, "reference": "n1"} for size in SIZES[1:]),
        ],
        "Demand": [
            {"county": "town", "good": "bread", "year": year, "tonnes": 10 * (position + 1)}
            for position, year in enumerate(YEARS)
        ],
    }


def cost_of(sequence: tuple[int, ...], exponent: float) -> float:
    """Discounted cost of plants of these sizes, each begun when those before it are full."""
    return sum(
        UNIT_COST * size**exponent * (1 + RATE) ** -sum(sequence[:position]) for position, size in enumerate(sequence)
    )


@cache
def every_sequence(growth: int) -> tuple[tuple[int, ...], ...]:
    """Every sequence of sizes that together meet so many years' growth, none of them to spare.

    No plan needs others: a plant begun before those before it are full can be put off to a later year at a
    lower discounted cost, and one that is not needed can be left out.
    """
    if growth <= 0:
        return ((),)
    return tuple((size, *rest) for size in SIZES for rest in every_sequence(growth - size))


class TestCapacityExpansion:
    @pytest.mark.parametrize(
        ("exponent", "size", "least"),
        [
            # Nothing gained by size: each year's growth when it comes. 100 * (1 + 1/1.1 + ... + 1/1.1**7) = 586.84.
            (1.0, 1, 586.841882),
            # Four plants of 100 * 2 ** 0.9 = 186.6066: times 1 + 0.826446 + 0.683013 + 0.564474 = 573.62.
            # The next best is 2, 3, 3 for 575.64.
            (0.9, 2, 573.616305),
            # Two of 100 * 4 ** 0.8 = 303.1433, four years apart: times 1 + 0.683013 = 510.19. One of 8: 527.80.
            (0.8, 4, 510.194275),
            # One of 100 * 8 ** 0.5 = 282.84. Two of 4, 200 each: 336.60.
            (0.5, 8, 282.842712),
            # All sizes cost the same.
            (0.0, 8, 100.0),
        ],
    )
    def test_optimum(self, tmp_path: Path, exponent: float, size: int, least: float) -> None:
        sequence = (size,) * (len(YEARS) // size)
        best = min(every_sequence(len(YEARS)), key=lambda sizes: cost_of(sizes, exponent))
        assert (best, cost_of(best, exponent)) == (sequence, pytest.approx(least, rel=1e-6))
        cost, plan = optimum(tmp_path, expansion(exponent))
        assert cost == pytest.approx(cost_of(best, exponent), rel=1e-6)
        assert plants(plan) == {("town", f"n{size}", year): 1 for year in YEARS[::size]}

    @pytest.mark.parametrize(("exponent", "size"), [(1.0, 1), (0.9, 2), (0.8, 4), (0.5, 8)])
    def test_sizes_are_those_of_an_endless_plan(self, exponent: float, size: int) -> None:
        """Manne's own rule, for growth without end: the n with the least n ** exponent / (1 - 1.1 ** -n)."""
        assert min(SIZES, key=lambda n: n**exponent / (1 - (1 + RATE) ** -n)) == size


def two_scales(towns: int, exponent: float, freight_rate: float, large: float) -> Tables:
    """Towns 100 km from each other that want 100 t each. A small plant makes 100 t and costs 1000; a large one makes
    `large`, costs 1000 * (large / 100) ** exponent and may stand anywhere and send anywhere."""
    codes = [f"t{number}" for number in range(towns)]
    return {
        "Settings": settings(freight_rate=freight_rate, investment_exponent=exponent),
        "Provinces": LAND,
        "Counties": counties(codes),
        "Goods": [{"good": "bread", "name": "Bread"}],
        "Scales": [
            {"scale": "county", "name": "County", "lanes": "own county"},
            {"scale": "provincial", "name": "Provincial", "lanes": "everywhere"},
        ],
        "Designs": [
            {
                "design": "small", "name": "Small", "good": "bread", "scale": "county", "lead_years": 0,
                "capacity": 100, "investment": 1000,
            },
            {
                "design": "large", "name": "Large", "good": "bread", "scale": "provincial", "lead_years": 0,
                "capacity": large, "reference": "small",
            },
        ],
        "Demand": [{"county": town, "good": "bread", "year": 2027, "tonnes": 100} for town in codes],
        "Lanes": [
            {"origin": here, "destination": there, "distance": 100} for here, there in permutations(codes, 2)
        ],
    }  # fmt: skip


class TestScaleAgainstFreight:
    @pytest.mark.parametrize("freight_rate", [0.001, 0.1, 10])
    def test_without_economies_of_scale_no_large_plant_bears_freight(self, tmp_path: Path, freight_rate: float) -> None:
        # Three small plants cost 3000. A large one of 300 t costs 1000 * 3 ** 1 = 3000 and the freight of 200 t.
        cost, plan = optimum(tmp_path, two_scales(3, 1.0, freight_rate, 300))
        assert cost == pytest.approx(3000, rel=1e-6)
        assert plants(plan) == {(f"t{number}", "small", 2027): 1 for number in range(3)}

    def test_without_freight_economies_of_scale_win(self, tmp_path: Path) -> None:
        # A large plant of 300 t costs 1000 * 3 ** 0.6 = 1933.18, three small ones 3000.
        cost, plan = optimum(tmp_path, two_scales(3, 0.6, 0.0, 300))
        assert cost == pytest.approx(1933.182045, rel=1e-6)
        ((_, design, _),) = plants(plan)
        assert design == "large"

    def test_without_either_both_scales_cost_the_same(self, tmp_path: Path) -> None:
        cost, _ = optimum(tmp_path, two_scales(3, 1.0, 0.0, 300))
        assert cost == pytest.approx(3000, rel=1e-6)

    @pytest.mark.parametrize(
        ("variant", "least", "designs"),
        [
            ("cheap", 1990, ["large"]),  # 1500 + 10,000 * 0.049
            ("dear", 2000, ["small", "small"]),  # against 1500 + 10,000 * 0.051 = 2010
        ],
    )
    def test_break_even_freight(self, tmp_path: Path, variant: str, least: float, designs: list[str]) -> None:
        """The cheaper scale changes at the freight rate where freight eats up what size saves.

        Two small plants cost 2000, a large one of 225 t 1000 * 2.25 ** 0.5 = 1500, and it sends 100 t over 100 km. So
        the break-even is 500 / 10,000 = 0.05 a tonne and km. The two sides of it are two variants of one workbook.
        """
        tables = two_scales(2, 0.5, 0.05, 225)
        tables["Variants"] = [{"variant": name, "name": name} for name in ("cheap", "dear")]
        tables["Overrides"] = [
            {
                "variant": name,
                "target_sheet": "Settings",
                "key": "freight_rate",
                "target_column": "value",
                "value": rate,
            }
            for name, rate in (("cheap", 0.049), ("dear", 0.051))
        ]
        cost, plan = optimum(tmp_path, tables, variant)
        assert cost == pytest.approx(least, rel=1e-6)
        assert sorted(design for _, design, _ in plants(plan)) == designs
