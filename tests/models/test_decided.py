"""`decided`: choices already made stand."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.tiny_instance import a_plan, tiny_instance

EXAMPLE = tiny_instance(["alder", "birch"], years=2, decided={"alder": 2028})


def test_golden() -> None:
    assert rendered("decided", EXAMPLE) == stored("decided")


def test_obeys() -> None:
    assert judge("decided", EXAMPLE, a_plan(select={("alder", 2028): 1, ("birch", 2027): 1})) == ([], [])


@pytest.mark.parametrize("select", [{}, {("alder", 2027): 1}])
def test_breaks(select: dict[tuple[str, int], float]) -> None:
    assert judge("decided", EXAMPLE, a_plan(select=select)) == (["decided.alder.2028"], [("alder", 2028)])


def test_effect() -> None:
    # Joining in 2028 only, the county imports 10 t in 2027 for 100 and builds for 30; it would build in 2027.
    late = tiny_instance(years=2, decided={"alder": 2028})
    assert optimum(late) == pytest.approx(130)
    assert optimum(late, without="decided") == pytest.approx(30)
