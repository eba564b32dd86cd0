"""Generated instances: of the size asked, the same each time, solvable, and like the shipped case."""

import math
import statistics

import pytest

from benchmarks.generator import Size, generate, size_of
from inputs.reader import read_workbook
from inputs.shipped import shipped_workbook
from models.instance import Instance
from models.plan import Status
from models.records import NO_LIMIT
from optimizer.options import SolveOptions
from optimizer.solve import solve

TINY = Size(4, 2, years=3, goods=2, seed=3)


class TestSize:
    @pytest.mark.parametrize("size", [Size(180, 13), Size(12, 3, 4, 2, tightness=0, seed=7), Size(9, 1, 2, 7, 1.5)])
    def test_name_tells_all_of_it(self, size: Size) -> None:
        assert size_of(size.name) == size

    def test_tightness_and_seed_may_be_left_out(self) -> None:
        assert size_of("40x3x5x2") == Size(40, 3, 5, 2)

    @pytest.mark.parametrize("name", ["", "40x3x5", "40x3x5x2y", "shipped"])
    def test_other_names_are_refused(self, name: str) -> None:
        with pytest.raises(ValueError, match="is no size"):
            size_of(name)

    @pytest.mark.parametrize("size", [Size(2, 3), Size(3, 0), Size(3, 1, years=0), Size(3, 1, goods=0)])
    def test_sizes_that_cannot_be(self, size: Size) -> None:
        with pytest.raises(ValueError):  # noqa: PT011  each tells another reason
            generate(size)


class TestInstance:
    @pytest.mark.parametrize("size", [Size(1, 1, 1, 1), Size(50, 4, 6, 3, seed=2), Size(61, 7, 5, 7)])
    def test_has_the_size_asked(self, size: Size) -> None:
        made = generate(size)
        wanted = {good for (_, good, _), tonnes in made.demand.items() if tonnes > 0}
        found = (len(made.counties), len(made.provinces), len(made.years), len(wanted))
        assert found == (size.counties, size.provinces, size.years, size.goods)
        assert all(made.counties_of.values())

    def test_is_the_same_for_the_same_seed_only(self) -> None:
        size = Size(30, 3, 5, 5, seed=1)
        assert generate(size) == generate(size)
        assert generate(size) != generate(Size(30, 3, 5, 5, seed=2))

    def test_has_every_mechanism(self) -> None:
        made = generate(Size(60, 5, seed=1))
        policy = made.policy
        assert {design.scale for design in made.designs.values()} == {"county", "provincial"}
        assert any(design.modernisation for design in made.designs.values())
        assert any(entry.good for entry in made.inputs.values())
        assert min(policy.plant_income_share, policy.least_stipend, policy.recycled_share, policy.fund_share) > 0
        assert all(design.quota > 0 for design in made.designs.values())
        assert all(province.support_uplift > 0 for province in made.provinces.values())
        assert made.existing
        assert made.items
        assert made.purses
        assert made.national_remittance
        assert made.tail_years > 0
        assert made.may_fall_short

    def test_provincial_plants_serve_their_province_alone(self) -> None:
        made = generate(Size(60, 5, seed=1))
        assert any(origin != end for origin, end, _ in made.lanes)
        for origin, end, _ in made.lanes:
            assert made.counties[origin].province == made.counties[end].province

    def test_tightness_divides_what_the_centre_has(self) -> None:
        loose, tight = (generate(Size(20, 2, 4, 2, tightness=tightness)) for tightness in (1.0, 2.0))
        for year, funds in loose.central_funds.items():
            assert tight.central_funds[year] == pytest.approx(funds / 2, abs=1)
        assert loose.demand == tight.demand
        without = generate(Size(20, 2, 4, 2, tightness=0))
        means = (without.central_funds, without.central_labour, without.central_material, without.import_currency)
        assert {amount for table in means for amount in table.values()} == {NO_LIMIT}


@pytest.fixture(scope="module")
def shipped() -> Instance:
    return read_workbook(shipped_workbook()).instance("hybrid")


def _shares(instance: Instance) -> dict[str, float]:
    """What does not depend on how large an instance is."""
    people = sum(county.population for county in instance.counties.values())
    counties, year = len(instance.counties), instance.years[len(instance.years) // 2]
    logs = [math.log(county.population) for county in instance.counties.values()]
    purses = [purse for (_, when), purse in instance.purses.items() if when == year]
    longer = [lane.distance for (origin, end, _), lane in instance.lanes.items() if origin != end]
    plants = [option for (_, code), option in instance.options.items() if instance.designs[code].scale == "county"]
    return {
        "people a county": people / counties,
        "spread of people": statistics.stdev(logs),
        "picks": sum(instance.picks.values()) / counties,
        "workers": sum(county.workers for county in instance.counties.values()) / people,
        "own money": sum(county.local_funds for county in instance.counties.values()) / people,
        "revenue": sum(purse.base_revenue for purse in purses) / people,
        "essential": sum(purse.essential for purse in purses) / people,
        "remittances": instance.national_remittance[year] / people,
        "central funds": instance.central_funds[year] / people,
        "central labour": instance.central_labour[year] / people,
        "cement": instance.central_material["cement", year] / people,
        "import currency": instance.import_currency[year] / people,
        "existing plants": len(instance.existing) / counties,
        "lanes": len(longer) / counties,
        "distance": statistics.mean(longer),
        "options": len(instance.options) / counties,
        "size of a plant": statistics.mean(option.investment for option in plants),
        "grain": sum(t for (_, entry), t in instance.input_supply.items() if entry == "grain") / people,
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_is_like_the_shipped_case(shipped: Instance, seed: int) -> None:
    expected = _shares(shipped)
    found = _shares(generate(Size(182, 13, seed=seed)))
    far = {name: (found[name], value) for name, value in expected.items() if not 0.6 < found[name] / value < 1.6}
    assert far == {}


@pytest.mark.parametrize("tightness", [0.0, 1.0, 2.0])
def test_a_plan_exists(tightness: float) -> None:
    size = Size(TINY.counties, TINY.provinces, TINY.years, TINY.goods, tightness, TINY.seed)
    result = solve(generate(size), SolveOptions(0.05, 60.0, 1, 0, "HiGHS"))
    assert result.status is Status.SOLVED
