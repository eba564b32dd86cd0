"""The example of the measures obeys every rule, so that its figures could be those of a run."""

from models.verifier import verify
from tests.models.measures.programme import programme, programme_plan


def test_plan_keeps_every_rule() -> None:
    assert [str(violation) for violation in verify(programme(), programme_plan())] == []
