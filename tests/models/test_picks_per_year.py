"""`picks_per_year`: as many counties join in a year as its figure says, or fewer where picks are not exact."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county, with_entries, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

THREE = tiny_instance(["alder", "birch", "cedar"], years=2)
AT_MOST = with_entries(THREE, "picks", {2027: 1, 2028: 2})
EXACTLY = with_policy(AT_MOST, picks_exact=True)
AFTER_NO_FIGURE = with_entries(EXACTLY, "picks", {2027: NO_LIMIT})
# Two forms of the rule: in 2027 counties join freely, in 2028 two must, or all that are left.
EXAMPLE = AFTER_NO_FIGURE

NONE = a_plan()
ONE_AND_TWO = a_plan(select={("alder", 2027): 1, ("birch", 2028): 1, ("cedar", 2028): 1})
ONE_AND_ONE = a_plan(select={("alder", 2027): 1, ("birch", 2028): 1})
TWO_AND_ONE = a_plan(select={("alder", 2027): 1, ("birch", 2027): 1, ("cedar", 2028): 1})


def test_golden() -> None:
    assert rendered("picks_per_year", EXAMPLE) == stored("picks_per_year")


def test_obeys() -> None:
    assert judge("picks_per_year", AT_MOST, NONE) == ([], [])
    assert judge("picks_per_year", AT_MOST, ONE_AND_TWO) == ([], [])
    assert judge("picks_per_year", EXACTLY, ONE_AND_TWO) == ([], [])


def test_obeys_when_counties_run_out() -> None:
    one_left = with_county(EXACTLY, "cedar", eligible_from=None)
    assert judge("picks_per_year", one_left, ONE_AND_ONE) == ([], [])
    none_left = with_county(one_left, "birch", eligible_from=None)
    assert judge("picks_per_year", none_left, a_plan(select={("alder", 2027): 1})) == ([], [])
    assert judge("picks_per_year", AFTER_NO_FIGURE, TWO_AND_ONE) == ([], [])


def test_breaks_by_too_many() -> None:
    assert judge("picks_per_year", AT_MOST, TWO_AND_ONE) == (["picks_per_year.2027.most"], [(2027,)])
    assert judge("picks_per_year", EXACTLY, TWO_AND_ONE) == (["picks_per_year.2027", "picks_per_year.2028"], [(2027,)])


def test_breaks_by_too_few() -> None:
    assert judge("picks_per_year", EXACTLY, ONE_AND_ONE) == (["picks_per_year.2028"], [(2028,)])


def test_breaks_by_too_few_of_the_last() -> None:
    one_left = with_county(EXACTLY, "cedar", eligible_from=None)
    one = a_plan(select={("alder", 2027): 1})
    assert judge("picks_per_year", one_left, one) == (["picks_per_year.2028.least"], [(2028,)])


def test_breaks_by_too_few_after_a_year_without_a_figure() -> None:
    found = judge("picks_per_year", AFTER_NO_FIGURE, ONE_AND_ONE)
    assert found == (["picks_per_year.2028.least.cedar"], [(2028,)])
    late = with_county(AFTER_NO_FIGURE, "cedar", eligible_from=2028)
    assert judge("picks_per_year", late, ONE_AND_ONE) == found
    barred = with_county(AFTER_NO_FIGURE, "cedar", eligible_from=None)
    assert judge("picks_per_year", barred, ONE_AND_ONE) == ([], [])


def test_effect_of_the_most() -> None:
    # One county may join and builds for 30, the other imports for 100.
    one = tiny_instance(["alder", "birch"], picks={2027: 1})
    assert optimum(one) == pytest.approx(130)
    assert optimum(one, without="picks_per_year") == pytest.approx(60)


def test_effect_of_exact_picks() -> None:
    # The county must join, and so build for 130, though importing for 100 is cheaper.
    one = with_policy(tiny_instance(picks={2027: 1}), picks_exact=True, min_plants=1)
    dear = with_option(one, "alder", "mill", investment=130)
    assert optimum(dear) == pytest.approx(130)
    assert optimum(dear, without="picks_per_year") == pytest.approx(100)
