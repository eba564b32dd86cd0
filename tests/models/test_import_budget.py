"""`import_budget`: imports of a year cost at most the year's foreign currency."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_entries, with_good, with_option
from tests.models.tiny_instance import a_plan, tiny_instance

BOTH = tiny_instance(["alder", "birch"], years=2, goods=["food", "cloth"], import_currency={2027: 25, 2028: NO_LIMIT})
# A tonne of food takes 1 of foreign currency, one of cloth 2.5.
EXAMPLE = with_good(BOTH, "cloth", import_currency=2.5)
PLAN = a_plan(
    imports={
        ("alder", "food", 2027): 3,
        ("birch", "food", 2027): 2,
        ("alder", "cloth", 2027): 8,
        ("alder", "cloth", 2028): 99,
    }
)


def test_golden() -> None:
    assert rendered("import_budget", EXAMPLE) == stored("import_budget")


def test_obeys() -> None:
    assert judge("import_budget", EXAMPLE, PLAN) == ([], [])


def test_obeys_each_year_by_itself() -> None:
    limited = with_entries(EXAMPLE, "import_currency", {2028: 247.5})
    assert judge("import_budget", limited, PLAN) == ([], [])
    fewer = with_entries(EXAMPLE, "import_currency", {2028: 247.4})
    assert judge("import_budget", fewer, PLAN) == (["import_budget.2028"], [(2028,)])


def test_breaks() -> None:
    more = changed(PLAN, imports={("alder", "cloth", 2027): 8.1})
    assert judge("import_budget", EXAMPLE, more) == (["import_budget.2027"], [(2027,)])


def test_effect() -> None:
    # A plant of 130 where 10 t would be imported for 100: there is currency for 9.
    poor = with_option(tiny_instance(import_currency={2027: 9}), "alder", "mill", investment=130)
    assert optimum(poor) == pytest.approx(130)
    assert optimum(poor, without="import_budget") == pytest.approx(100)
