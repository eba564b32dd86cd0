from dataclasses import replace

import pytest

from models.plan import Status
from reports.comparison.proofs import difference, proven_differences, rounded, sentence, signed_outward
from tests.models.measures.programme import programme
from tests.reports.comparing import bounded, compared, comparison


def said(bound: float | None, value: float | None, base_bound: float | None, base_value: float | None) -> str:
    told = comparison(bounded("base", base_bound, base_value), bounded("other", bound, value))
    return sentence(difference(told.variants[1], told.variants[0]), told)


def test_the_difference_lies_between_bounds_and_values() -> None:
    """Optima in [120, 130] and [90, 100]: their difference is 120 - 100 at least and 130 - 90 at most."""
    found = difference(bounded("a", 120, 130), bounded("b", 90, 100))
    assert (found.found, found.least, found.most, found.proven) == (30, 20, 40, True)
    back = difference(bounded("b", 90, 100), bounded("a", 120, 130))
    assert (back.least, back.most, back.proven) == (-40, -20, True)


def test_overlapping_intervals_prove_nothing() -> None:
    found = difference(bounded("a", 95, 105), bounded("b", 90, 100))
    assert (found.least, found.most, found.proven) == (-5, 15, False)
    assert said(95, 105, 90, 100) == (
        "Not yet proven at this gap which of other and base is better: the difference lies between -5.00 and +15.0 "
        "crowns discounted to 2030."
    )


def test_sentences_say_who_is_cheaper_and_by_how_much() -> None:
    assert said(120, 130, 90, 100) == (
        "other costs at least 20.0 and at most 40.0 crowns discounted to 2030 (20.0 to 40.0 % of what was found for "
        "base) more than base: proven."
    )
    assert said(60, 70, 90, 100) == (
        "other costs at least 20.0 and at most 40.0 crowns discounted to 2030 (20.0 to 40.0 % of what was found for "
        "base) less than base: proven."
    )


def test_what_is_known_exactly_is_said_exactly() -> None:
    assert said(1234567, 1234567, 1000000, 1000000) == (
        "other costs 234,567 crowns discounted to 2030 (23.5 % of what was found for base) more than base: proven."
    )
    assert said(100, 100, 100, 100.00000001) == "other and base are equally good: proven."


def test_close_figures_get_the_digits_that_tell_them_apart() -> None:
    assert "at least 4,830.1 and at most 4,834.0" in said(104830.1, 104834.0, 100000, 100000)


def test_a_bound_without_a_plan_still_proves_the_one_side() -> None:
    assert said(150, None, 90, 100) == (
        "other costs at least 50.0 crowns discounted to 2030 (50.0 % of what was found for base) "
        "more than base: proven."
    )
    assert said(None, 130, 90, 100).startswith("Not yet proven at this gap")
    assert "no proven limit below" in said(None, 130, 90, 100)
    assert "nothing is proven" in said(None, None, None, 100)


def test_no_plan_at_all_is_no_difference() -> None:
    told = comparison(compared("base"), compared("other", status=Status.INFEASIBLE))
    words = sentence(difference(told.variants[1], told.variants[0]), told)
    assert words == "other: no plan can satisfy every rule, so there is nothing to compare."


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"discount_rate": 0.5}, "the discount rates differ"),
        ({"tail_years": 7}, "the years of the tail differ"),
        ({"currency": "dollar"}, "the currencies differ"),
        ({"years": (2030,)}, "the plan years differ"),
        ({"policy": replace(programme().policy, objective="greatest coverage")}, "the objectives differ"),
    ],
)
def test_what_measures_otherwise_is_not_compared(change: dict[str, object], why: str) -> None:
    other = bounded("other", 120, 130)
    told = comparison(bounded("base", 90, 100), replace(other, instance=replace(other.instance, **change)))
    found = difference(told.variants[1], told.variants[0])
    assert found.unlike.startswith(why)
    assert (found.found, found.least, found.most, found.proven) == (None, None, None, False)
    assert why in sentence(found, told)


def test_other_objectives_are_compared_with_their_own_words() -> None:
    policy = replace(programme().policy, objective="greatest coverage")
    covering = replace(programme(), policy=policy)
    told = comparison(bounded("base", 90, 100, covering), bounded("other", 120, 130, covering))
    assert sentence(difference(told.variants[1], told.variants[0]), told) == (
        "other leaves at least 20.0 and at most 40.0 person-years (20.0 to 40.0 % of what was found for "
        "base) more not covered than base: proven."
    )


def test_shares_are_told_in_percentage_points() -> None:
    policy = replace(programme().policy, objective="greatest least coverage")
    covering = replace(programme(), policy=policy)
    told = comparison(bounded("base", 0.09, 0.10, covering), bounded("other", 0.12, 0.13, covering))
    assert "at least 2.00 and at most 4.00 percentage points (20.0 to 40.0 %" in sentence(
        difference(told.variants[1], told.variants[0]), told
    )


@pytest.mark.parametrize(
    ("amount", "down", "up"),
    [(123456.0, "123,000", "124,000"), (0.012345, "0.0123", "0.0124"), (20.0, "20.0", "20.0"), (999.6, "999", "1,000")],
)
def test_rounding_goes_outwards(amount: float, down: str, up: str) -> None:
    assert rounded(amount, down=True) == down
    assert rounded(amount, down=False) == up
    assert signed_outward(-amount, down=True) == f"-{up}"
    assert signed_outward(-amount, down=False) == f"-{down}"


def test_every_pair_is_in_the_table_once_with_the_base_first() -> None:
    told = comparison(bounded("a", 90, 100), bounded("b", 120, 130), bounded("c", 95, 105))
    table = proven_differences(told)
    assert [tuple(pair) for pair in table[["variant", "against"]].to_numpy()] == [("b", "a"), ("c", "a"), ("c", "b")]
    assert list(table["proven"]) == [True, False, True]
    assert set(table["unit"]) == {"crowns discounted to 2030"}
