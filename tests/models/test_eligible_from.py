"""`eligible_from`: a county cannot join before the first year in which it may, or at all when it is barred."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county
from tests.models.tiny_instance import a_plan, tiny_instance

THREE = tiny_instance(["alder", "birch", "cedar"], years=2)
EXAMPLE = with_county(with_county(THREE, "birch", eligible_from=2028), "cedar", eligible_from=None)


def test_golden() -> None:
    assert rendered("eligible_from", EXAMPLE) == stored("eligible_from")


def test_obeys() -> None:
    assert judge("eligible_from", EXAMPLE, a_plan(select={("alder", 2027): 1, ("birch", 2028): 1})) == ([], [])


@pytest.mark.parametrize(("county", "year"), [("birch", 2027), ("cedar", 2027), ("cedar", 2028)])
def test_breaks(county: str, year: int) -> None:
    found = judge("eligible_from", EXAMPLE, a_plan(select={(county, year): 1}))
    assert found == ([f"eligible_from.{county}"], [(county, year)])


def test_effect() -> None:
    # Joining in 2028 only, the county imports 10 t in 2027 for 100 and builds for 30; it would build in 2027.
    late = with_county(tiny_instance(years=2), "alder", eligible_from=2028)
    assert optimum(late) == pytest.approx(130)
    assert optimum(late, without="eligible_from") == pytest.approx(30)
