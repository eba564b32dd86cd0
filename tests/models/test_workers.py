"""`workers`: the staff of a county's running plants comes out of its pool of workers."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county, with_design, with_option
from tests.models.tiny_instance import a_plan, tiny_instance

BOTH = with_option(tiny_instance(goods=["food", "cloth"], years=2), "alder", "mill", workers=5)
# Five for a mill from the year after its start, three for a loom at once, of eight.
EXAMPLE = with_county(
    with_design(with_option(BOTH, "alder", "loom", workers=3), "mill", lead_years=1), "alder", workers=8
)
PLAN = a_plan(start={("alder", "mill", 2027): 1, ("alder", "loom", 2027): 1})


def test_golden() -> None:
    assert rendered("workers", EXAMPLE) == stored("workers")


def test_obeys() -> None:
    assert judge("workers", EXAMPLE, PLAN) == ([], [])


def test_breaks() -> None:
    # In 2027 only the loom runs.
    fewer = with_county(EXAMPLE, "alder", workers=7.9)
    assert judge("workers", fewer, PLAN) == (["workers.alder.2028"], [("alder", 2028)])
    more = a_plan(start={("alder", "loom", 2028): 3})
    assert judge("workers", EXAMPLE, more) == (["workers.alder.2028"], [("alder", 2028)])


def test_no_row_without_a_limit() -> None:
    assert rows_of("workers", with_county(EXAMPLE, "alder", workers=NO_LIMIT)) == []


def test_effect() -> None:
    # A plant needs 5 of 4 workers, so 10 t are imported for 100; it would be 30.
    few = with_county(with_option(tiny_instance(), "alder", "mill", workers=5), "alder", workers=4)
    assert optimum(few) == pytest.approx(100)
    assert optimum(few, without="workers") == pytest.approx(30)
