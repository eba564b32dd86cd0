"""The peer's model is the same as the core of ours: as many columns and rows, and the same optimum."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.building import BUILDERS, Built, missing_builder
from benchmarks.core_model import CORE, CORE_NAMES, core_of
from benchmarks.generator import Size, generate
from models.instance import Instance
from models.problem import build_problem
from models.records import NO_LIMIT
from optimizer.options import SolveOptions
from optimizer.solvers import HighsProblem, constraints_of

SMALL = Size(5, 2, years=2, goods=3, seed=1)


def changed(instance: Instance) -> Instance:
    """With what generated instances have none of: barred counties, free existing plants, reserves that lapse, means
    without limit in some years, and fewer picks than there are."""
    first, second, *_ = instance.counties
    return replace(
        instance,
        policy=replace(instance.policy, existing_held=False, reserve_carried=False, most_central_share=0.9,
                       build_window=0, picks_exact=False, most_donated_share=1.0),
        counties={
            code: replace(
                county,
                eligible_from=None if code == first else instance.years[1] if code == second else county.eligible_from,
                workers=NO_LIMIT if code == first else county.workers,
                local_funds=NO_LIMIT if code == second else county.local_funds,
                donations=0.0 if code == first else county.donations,
            )
            for code, county in instance.counties.items()
        },
        central_funds={**instance.central_funds, instance.years[0]: NO_LIMIT},
        central_labour={**instance.central_labour, instance.years[1]: NO_LIMIT},
    )  # fmt: skip


def test_rules_of_the_core_are_rules() -> None:
    assert [rule.__name__ for rule in CORE] == list(CORE_NAMES)


def test_the_core_of_what_the_peer_is_not_written_for_is_refused() -> None:
    made = generate(SMALL)
    with pytest.raises(ValueError, match="has what the peer's model is not written for"):
        core_of(replace(made, picks={**made.picks, made.first_year: NO_LIMIT}))


def test_the_core_has_no_other_columns_or_rows() -> None:
    part = core_of(generate(SMALL))
    whole, _ = build_problem(part, tightenings=())
    core, _ = build_problem(part, rules=CORE, tightenings=())
    assert whole.numVariables() == core.numVariables()
    assert whole.numConstraints() == core.numConstraints()


@pytest.mark.slow  # the first model of a process takes linopy seconds
@pytest.mark.skipif(missing_builder("linopy") is not None, reason="linopy, of the extra benchmark, is not installed")
class TestPeer:
    @pytest.fixture(params=["generated", "changed"])
    def part(self, request: pytest.FixtureRequest) -> Instance:
        made = generate(SMALL)
        return core_of(made if request.param == "generated" else changed(made))

    def test_has_the_same_columns_rows_and_optimum(self, part: Instance) -> None:
        from benchmarks.linopy_model import timed

        theirs, _, _ = timed(part)
        problem, _ = build_problem(part, rules=CORE, tightenings=())
        rows: Counter[str] = Counter(name.split(".")[0] for name, _ in constraints_of(problem))
        found: Counter[str] = Counter()
        for name in theirs.constraints:
            found[name.split("-")[0]] += int((theirs.constraints[name].labels.values >= 0).sum())
        assert +found == rows
        columns = Counter(column.name.split(".")[0] for column in problem.variables())
        assert +Counter({name: int(theirs.variables[name].labels.size) for name in theirs.variables}) == columns
        theirs.solve(solver_name="highs", mip_rel_gap=1e-6, output_flag=False)
        ours = HighsProblem(problem, SolveOptions(1e-6, 60.0, 1, 0, "HiGHS"))
        answer = ours.solve(1e-6, 60.0, lambda: False)
        assert theirs.objective.value == pytest.approx(answer.objective, rel=1e-5)

    def test_is_built_in_three_parts(self) -> None:
        built = BUILDERS["linopy"](generate(SMALL))
        assert set(built.parts) == {"arrays", "model", "handing to HiGHS"}


def test_pulp_alone_makes_the_same_problem() -> None:
    made = generate(SMALL)
    ours, alone = (BUILDERS[name](made) for name in ("countyplan", "PuLP alone"))
    sizes = [(built.columns, built.rows) for built in (ours, alone) if isinstance(built, Built)]
    assert sizes[0] == sizes[1]
