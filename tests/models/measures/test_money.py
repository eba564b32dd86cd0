"""Who pays for construction, the centre's money, and what package items take."""

from dataclasses import replace

import pytest

from models.measures.funding import Payment, central_budget, central_use, payments
from models.measures.package import mean_plant, package_use
from models.records import NO_LIMIT
from tests.models.measures.programme import programme, programme_plan
from tests.models.tiny_instance import a_plan, tiny_instance

INSTANCE, PLAN = programme(), programme_plan()


def test_payments() -> None:
    found = payments(INSTANCE, PLAN)
    # Alder: 70 + 10 + 20; birch: 200. Donors are repaid a tenth of 20.
    assert found["north", 2030] == Payment(central=270, local=10, donated=20, premium=2)
    assert (found["north", 2030].central_share, found["north", 2030].local_share) == (0.9, pytest.approx(1 / 30))
    assert found["north", 2030].donated_share == pytest.approx(2 / 30)
    assert found["north", 2031].central_share is None
    assert (found["north", 2030] + found["south", 2031]).total == 400


def test_central_budget_adds_up() -> None:
    first, second = central_budget(INSTANCE, PLAN)
    assert (first.available, first.construction, first.subsidies, first.support, first.reserve) == (
        400,
        270,
        50,
        10,
        70,
    )
    # 150 + half of the 120 remitted + 70 kept; spent 85 + 15.
    assert (second.recycled, second.reserve_before, second.available) == (60, 70, 280)
    assert (second.spent, second.reserve, second.lapsed) == (100, 180, 0)
    assert second.use == pytest.approx(100 / 280)


def test_central_budget_without_reserve_or_limit() -> None:
    plan = replace(PLAN, reserve={})
    assert central_budget(INSTANCE, plan)[0].lapsed == 70
    unlimited = replace(INSTANCE, central_funds=dict.fromkeys(INSTANCE.years, NO_LIMIT))
    assert (central_budget(unlimited, plan)[0].lapsed, central_budget(unlimited, plan)[0].use) == (NO_LIMIT, None)


def test_central_use() -> None:
    found = central_use(INSTANCE, PLAN)
    assert found["money", 2030] == (330, 400)
    assert found["labour", 2031] == (9, 10)
    assert found["material:steel", 2030] == (40, 40)


def test_mean_plant_leaves_modernisations_out() -> None:
    found = mean_plant(INSTANCE, PLAN)
    assert found is not None
    # Of 100 and 200 money, 20 and 30 person-years, 10 and 30 t of steel.
    assert (found.plants, found.money, found.labour, found.materials) == (2, 150, 25, {"steel": 20})
    assert mean_plant(INSTANCE, a_plan()) is None


def test_package_use() -> None:
    (clinic,) = package_use(INSTANCE, PLAN)
    # Cedar alone joins in 2031, where all costs twice as much.
    assert (clinic.year, clinic.counties, clinic.money, clinic.labour, clinic.materials) == (
        2031,
        1,
        60,
        4,
        {"steel": 2},
    )
    assert (clinic.money_share, clinic.labour_share) == (pytest.approx(60 / 280), 0.4)
    assert clinic.material_shares == {"steel": 0.5}
    # The plan uses 9 of 10 person-years, 2 of 4 t of steel, 100 of 280: labour is scarcest, and 4 of 25 a plant.
    assert (clinic.scarcest, clinic.plants) == ("labour", pytest.approx(0.16))


def test_package_use_counts_in_the_scarcest_means() -> None:
    instance = replace(INSTANCE, central_material={("steel", 2030): 40, ("steel", 2031): 2})
    (clinic,) = package_use(instance, PLAN)
    # All steel is used: 2 of 20 a plant.
    assert (clinic.scarcest, clinic.plants) == ("material:steel", pytest.approx(0.1))
    # Both wholly used: the fewer plants.
    both = replace(instance, central_labour={2030: 60, 2031: 9})
    assert package_use(both, PLAN)[0].scarcest == "material:steel"


def test_package_use_without_plants_or_limits() -> None:
    (clinic,) = package_use(INSTANCE, replace(PLAN, start={}))
    assert (clinic.scarcest, clinic.plants) == ("", None)
    free = replace(
        INSTANCE,
        central_funds=dict.fromkeys(INSTANCE.years, NO_LIMIT),
        central_labour=dict.fromkeys(INSTANCE.years, NO_LIMIT),
        central_material={("steel", year): NO_LIMIT for year in INSTANCE.years},
    )
    (clinic,) = package_use(free, PLAN)
    # Nothing is scarce: the fewest plants that any of the means would have built, here 2 of 20 t of steel.
    assert (clinic.money_share, clinic.scarcest, clinic.plants) == (None, "material:steel", pytest.approx(0.1))
    assert package_use(tiny_instance(), a_plan()) == ()
