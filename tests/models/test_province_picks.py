"""`province_picks`: a province's joining counties in a year lie between its least and its most."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county, with_option, with_policy, with_province
from tests.models.tiny_instance import a_plan, tiny_instance

# At least two of three join in 2027; in 2028 the one that is left; and never three at once.
EXAMPLE = with_province(tiny_instance(["alder", "birch", "cedar"], years=2), "north", least_picks=2, most_picks=2)
TWO = {("alder", 2027): 1, ("birch", 2027): 1}


def test_golden() -> None:
    assert rendered("province_picks", EXAMPLE) == stored("province_picks")


def test_obeys() -> None:
    assert judge("province_picks", EXAMPLE, a_plan(select={**TWO, ("cedar", 2028): 1})) == ([], [])


def test_obeys_where_none_is_left_that_could_join() -> None:
    barred = with_county(EXAMPLE, "cedar", eligible_from=None)
    assert judge("province_picks", barred, a_plan(select=TWO)) == ([], [])


def test_breaks_by_too_many() -> None:
    three = a_plan(select={**TWO, ("cedar", 2027): 1})
    assert judge("province_picks", EXAMPLE, three) == (["province_picks.north.2027.most"], [("north", 2027)])


def test_breaks_by_too_few() -> None:
    found = judge("province_picks", EXAMPLE, a_plan(select=TWO))
    assert found == (["province_picks.north.2028.least.cedar"], [("north", 2028)])


def test_effect_of_the_most() -> None:
    # One county may join and builds for 30, the other imports for 100.
    one = with_province(tiny_instance(["alder", "birch"]), "north", most_picks=1)
    assert optimum(one) == pytest.approx(130)
    assert optimum(one, without="province_picks") == pytest.approx(60)


def test_effect_of_the_least() -> None:
    # The county must join, and so build for 130, though importing for 100 is cheaper.
    one = with_province(with_policy(tiny_instance(), min_plants=1), "north", least_picks=1)
    dear = with_option(one, "alder", "mill", investment=130)
    assert optimum(dear) == pytest.approx(130)
    assert optimum(dear, without="province_picks") == pytest.approx(100)
