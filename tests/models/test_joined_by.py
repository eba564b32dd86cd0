"""`joined_by`: a county has joined by a year when it had the year before, or joins in it."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county
from tests.models.tiny_instance import a_plan, tiny_instance

EXAMPLE = tiny_instance(years=3)
PLAN = a_plan(select={("alder", 2028): 1})


def test_golden() -> None:
    assert rendered("joined_by", EXAMPLE) == stored("joined_by")


def test_obeys() -> None:
    assert judge("joined_by", EXAMPLE, PLAN, joined={("alder", 2028): 1, ("alder", 2029): 1}) == ([], [])


def test_breaks_by_having_joined_before() -> None:
    early = {("alder", 2027): 1, ("alder", 2028): 1, ("alder", 2029): 1}
    assert judge("joined_by", EXAMPLE, PLAN, joined=early).rows == ["joined_by.alder.2027", "joined_by.alder.2028"]


def test_breaks_by_leaving() -> None:
    assert judge("joined_by", EXAMPLE, PLAN, joined={("alder", 2028): 1}).rows == ["joined_by.alder.2029"]


def test_breaks_by_part_of_a_joining() -> None:
    # A plan has no `joined`, so the verifier looks at what it counts; in the problem `select` is 0 or 1 by its kind.
    part = a_plan(select={("alder", 2028): 0.5})
    assert judge("joined_by", EXAMPLE, part) == ([], [("alder", 2028)])


def test_effect() -> None:
    # A barred county imports 10 t for 100. Without the rule it has joined without joining, and builds for 30.
    barred = with_county(tiny_instance(), "alder", eligible_from=None)
    assert optimum(barred) == pytest.approx(100)
    assert optimum(barred, without="joined_by") == pytest.approx(30)
