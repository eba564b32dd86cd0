"""The shipped workbook: whole, marked with its sources, made from its tables, and solvable."""

from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest

from inputs.cases.dprk_20x10 import generate
from inputs.located import rows_of
from inputs.reader import read_workbook
from inputs.sheets import SHEETS, County, Decided, Override, Province, Source, Variant
from inputs.shipped import shipped_workbook
from inputs.workbook import Workbook
from models.plan import Status
from models.verifier import verify, verify_costs
from optimizer.options import SolveOptions
from optimizer.solve import TOLERANCE, solve


@pytest.fixture(scope="module")
def shipped() -> Workbook:
    return read_workbook(shipped_workbook())


def test_size(shipped: Workbook) -> None:
    assert len(rows_of(shipped.rows, County)) == 182
    assert len(rows_of(shipped.rows, Province)) == 13
    assert len({row.record.province for row in rows_of(shipped.rows, County)}) == 13
    assert sum(row.record.population for row in rows_of(shipped.rows, County)) == 23_349_859


def test_known_choices(shipped: Workbook) -> None:
    decided = [row.record for row in rows_of(shipped.rows, Decided)]
    assert len(decided) == 57
    by_year = Counter(choice.year for choice in decided)
    assert set(by_year) == {2024, 2025, 2026}
    assert max(by_year.values()) <= 20


@pytest.mark.parametrize(
    ("variant", "scales", "choices"),
    [
        ("county", {"county"}, 0),
        ("provincial", {"provincial"}, 0),
        ("hybrid", {"county", "provincial"}, 0),
        ("announced", {"county", "provincial"}, 57),
        ("partial-funds", {"county", "provincial"}, 0),
        ("smaller", {"county", "modernised"}, 0),
    ],
)
def test_variants(shipped: Workbook, variant: str, scales: set[str], choices: int) -> None:
    assert shipped.variants == ["county", "provincial", "hybrid", "announced", "partial-funds", "smaller"]
    instance = shipped.instance(variant)
    assert set(instance.scales) == scales
    assert {design.scale for design in instance.designs.values()} == scales
    assert len(instance.decided) == choices
    assert instance.years == tuple(range(2024, 2034))


def test_every_row_tells_where_it_comes_from(shipped: Workbook) -> None:
    told_otherwise = {Source.sheet}
    bare = [
        f"{sheet.sheet} {'/'.join(row.key)}"
        for sheet in SHEETS
        if sheet.sheet not in told_otherwise
        for row in shipped.rows[sheet.sheet]
        if row.record.status is None or not (row.record.source or row.record.note)
    ]
    assert bare == []


def test_a_source_is_named_where_a_row_claims_one(shipped: Workbook) -> None:
    bare = [
        f"{sheet.sheet} {'/'.join(row.key)}"
        for sheet in SHEETS
        for row in shipped.rows[sheet.sheet]
        if sheet is not Source and row.record.status in ("source", "derived") and not row.record.source
    ]
    assert bare == []
    cited = {
        code.strip()
        for rows in shipped.rows.values()
        for row in rows
        if row.record.source
        for code in row.record.source.split(",")
    }
    assert cited <= {source.source_code for source in shipped.sources()}


def test_overrides_belong_to_variants(shipped: Workbook) -> None:
    variants = {row.record.variant for row in rows_of(shipped.rows, Variant)}
    assert {row.record.variant for row in rows_of(shipped.rows, Override)} <= variants


def test_workbook_is_made_from_its_tables(tmp_path: Path) -> None:
    """Compared unpacked: two zlibs may pack the same parts into different bytes."""
    made = tmp_path / "made.xlsx"
    generate.main([str(made)])
    assert parts(made) == parts(shipped_workbook()), "the workbook is out of date; run: make workbook"


def parts(path: Path) -> dict[str, bytes]:
    """The files inside a workbook."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_county_plants_are_planned(shipped: Workbook) -> None:
    """The policy as announced is planned, for its first four years: all ten take minutes."""
    instance = shipped.instance("county", ["Settings.last_year.value=2027"])
    result = solve(instance, SolveOptions(gap=0.1, time_limit=300.0, threads=1, seed=0, solver="HiGHS"))
    assert result.status is Status.SOLVED
    assert result.plan is not None
    assert result.objective is not None
    assert result.gap is not None
    assert result.gap <= 0.1
    assert verify(instance, result.plan, TOLERANCE) == ()
    assert verify_costs(instance, result.plan, result.charges) == ()
    assert sum(charge.amount for charge in result.charges) == pytest.approx(result.objective, rel=1e-9)
    joining = Counter(year for _, year in result.plan.select)
    assert joining == dict.fromkeys(range(2024, 2028), 20)
    # Some counties owe more than they take in, most do not; budgets carry a part of the building.
    short = {county for county, _ in result.plan.remittance_shortfall}
    assert 0 < len(short) < len(instance.counties) / 10
    assert sum(result.plan.local_funds.values()) > 0
