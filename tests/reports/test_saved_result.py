"""What is saved is read again exactly, and what cannot be read is told in a sentence."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest

from inputs.reader import read_workbook
from inputs.shipped import shipped_names, shipped_workbook
from models.plan import Status
from reports.saved_result import (
    ENDING,
    VERSION,
    SavedResult,
    UnreadableResult,
    has_plan,
    instance_hash,
    is_saved_result,
    load_result,
    save_result,
)
from reports.saved_result.meanings import ENTRIES, FILES, VALUES
from reports.saved_result.members import members_of, value_of
from reports.saved_result.readme import described
from reports.saved_result.tables import KEYS
from reports.saved_result.values import as_json, form_of
from tests.models.measures.programme import programme
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance
from tests.models.tiny_instance import a_plan, tiny_instance
from tests.reports.example import BACKGROUND, build_result, without_plan
from tests.reports.example import build_instance as example_instance
from tests.reports.programme_result import programme_result
from tests.reports.saved_runs import MANIFEST, drawn_run, members, rewrite

EXAMPLE = SavedResult(example_instance(), build_result(), BACKGROUND)
PROGRAMME = SavedResult(programme(), programme_result(), BACKGROUND)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / f"case-both{ENDING}"


@pytest.fixture
def saved(path: Path) -> Path:
    """The example, saved."""
    save_result(path, EXAMPLE)
    return path


def order(value: Any) -> Any:
    """Keys of every mapping in a record, in order, and the types of what is in them."""
    if isinstance(value, Mapping):
        return [(key, type(key), order(entry)) for key, entry in value.items()]
    if hasattr(value, "__dataclass_fields__"):
        return [(entry.name, order(getattr(value, entry.name))) for entry in fields(value)]
    if isinstance(value, tuple):
        return [order(entry) for entry in value]
    return type(value) if not isinstance(value, float | int) else "number"


class TestRoundTrip:
    @pytest.mark.parametrize("run", [EXAMPLE, PROGRAMME], ids=["example", "programme"])
    def test_of_the_examples(self, path: Path, run: SavedResult) -> None:
        save_result(path, run)
        found = load_result(path)
        assert found == run
        assert order(found) == order(run)
        assert instance_hash(found.instance) == instance_hash(run.instance)

    @pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INFEASIBLE, Status.UNBOUNDED])
    def test_without_a_plan(self, path: Path, status: Status) -> None:
        run = replace(EXAMPLE, result=without_plan(status))
        save_result(path, run)
        assert load_result(path) == run
        assert not has_plan(path)

    @pytest.mark.parametrize("seed", range(20))
    @pytest.mark.parametrize("draw", [random_instance, random_full_instance])
    def test_of_problems_drawn_at_random(self, path: Path, draw: Any, seed: int) -> None:
        run = drawn_run(draw(seed), seed)
        save_result(path, run)
        found = load_result(path)
        assert found == run
        assert order(found) == order(run)
        assert has_plan(path) == (run.result.plan is not None)

    def test_an_empty_plan_is_not_none(self, path: Path) -> None:
        run = replace(EXAMPLE, result=replace(EXAMPLE.result, plan=a_plan()))
        save_result(path, run)
        assert load_result(path).result.plan == a_plan()

    @pytest.mark.parametrize(
        "text", ["a,b", 'say "so"', "two\nlines", "a\rb", "=1+1", " edge ", "NA", "안주시", "", "null", "1e3", "'"]
    )
    def test_of_texts_that_a_table_could_take_for_something_else(self, path: Path, text: str) -> None:
        instance = example_instance()
        counties = {code: replace(county, local_name=text, kind=text) for code, county in instance.counties.items()}
        run = replace(EXAMPLE, instance=replace(instance, title=text, counties=counties))
        save_result(path, run)
        assert load_result(path) == run

    def test_the_same_run_makes_the_same_file(self, path: Path, tmp_path: Path) -> None:
        save_result(path, EXAMPLE)
        again = tmp_path / f"again{ENDING}"
        save_result(again, SavedResult(example_instance(), build_result(), BACKGROUND))
        assert again.read_bytes() == path.read_bytes()
        save_result(again, load_result(path))
        assert again.read_bytes() == path.read_bytes()

    def test_whole_numbers_given_as_such_are_the_same(self, path: Path, tmp_path: Path) -> None:
        """A test's `1` and the reader's `1.0` are one figure."""
        again = tmp_path / "again.zip"
        for file, amount in ((path, 3), (again, 3.0)):
            instance = replace(EXAMPLE.instance, picks={2024: amount, 2025: amount})
            save_result(file, replace(EXAMPLE, instance=instance))
        assert path.read_bytes() == again.read_bytes()

    def test_of_the_shipped_case(self, path: Path) -> None:
        instance = read_workbook(shipped_workbook(shipped_names()[0])).instance()
        draw = Random(0)
        ship = {(*lane, year): draw.random() for lane in instance.lanes for year in instance.years}
        produce = {(*place, year): draw.random() for place in instance.options for year in instance.years}
        result = replace(build_result(), plan=a_plan(ship=ship, produce=produce), charges=(), limits=())
        run = SavedResult(instance, result, BACKGROUND)
        save_result(path, run)
        assert load_result(path) == run

    def test_an_unfinished_file_leaves_the_earlier_one(self, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = saved.read_bytes()

        def fail(*arguments: object) -> None:
            raise OSError(28, "no space left on device")

        monkeypatch.setattr("zipfile.ZipFile.writestr", fail)
        with pytest.raises(OSError, match="no space"):
            save_result(saved, PROGRAMME)
        assert saved.read_bytes() == before
        assert list(saved.parent.iterdir()) == [saved]

    def test_a_value_of_another_type_is_refused_when_saved(self, path: Path) -> None:
        instance = replace(EXAMPLE.instance, tail_years=1.5)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="no whole number"):
            save_result(path, replace(EXAMPLE, instance=instance))
        assert not path.exists()


class TestHash:
    def test_is_of_everything_that_the_problem_says(self) -> None:
        seen = {instance_hash(tiny_instance())}
        changes: tuple[dict[str, Any], ...] = (
            {"title": "Another"},
            {"years": (2028,)},
            {"demand": {("alder", "food", 2027): math.nextafter(10.0, 11.0)}},
            {"existing": random_instance(3).existing},
            {"policy": replace(tiny_instance().policy, build_window=1)},
            {"decided": {"alder": 2027}},
        )
        for change in changes:
            seen.add(instance_hash(replace(tiny_instance(), **change)))
        assert len(seen) == 7

    def test_takes_the_order_for_a_part_of_it(self) -> None:
        instance = tiny_instance(("alder", "birch"))
        turned = replace(instance, counties=dict(reversed(instance.counties.items())))
        assert turned == instance
        assert instance_hash(turned) != instance_hash(instance)

    def test_is_the_same_for_the_same_problem(self) -> None:
        for seed in range(5):
            assert instance_hash(random_full_instance(seed)) == instance_hash(random_full_instance(seed))

    def test_stays_when_a_later_program_has_more_to_say(self) -> None:
        @dataclass(frozen=True)
        class Now:
            size: float

        @dataclass(frozen=True)
        class Later:
            lanes: Mapping[str, float] = field(default_factory=dict)
            colour: str = "red"
            size: float = 0.0

        now, later = form_of(Now).plain(Now(2.0), sparse=True), form_of(Later).plain(Later(size=2), sparse=True)
        assert as_json(now) == as_json(later) == '{"size": 2.0}'


class TestLaterPrograms:
    """Files of a program that has more fields, or fewer, than this one."""

    def test_members_columns_and_entries_that_are_not_known_are_ignored(self, saved: Path) -> None:
        found = members(saved)
        result = {**json.loads(found["result.json"]), "colour": "red"}
        charges = found["charges.csv"].decode().splitlines()
        wider = [f"{charges[0]},colour", *(f"{line},red" for line in charges[1:])]
        rewrite(
            saved,
            {
                "result.json": json.dumps(result).encode(),
                "charges.csv": "\r\n".join(wider).encode(),
                "prospects.csv": b"colour\r\nred\r\n",
                "instance/colours.csv": b"colour\r\nred\r\n",
            },
        )
        assert load_result(saved) == EXAMPLE

    def test_columns_in_another_order_are_found_by_name(self, saved: Path) -> None:
        lines = [line.split(",") for line in members(saved)["plan/imports.csv"].decode().splitlines()]
        turned = "\r\n".join(",".join(reversed(line)) for line in lines)
        rewrite(saved, {"plan/imports.csv": turned.encode()})
        assert load_result(saved) == EXAMPLE

    def test_what_an_earlier_program_did_not_have_is_at_its_default(self, saved: Path) -> None:
        background = json.loads(members(saved)["background.json"])
        del background["overrides"]
        gone = dict.fromkeys(["plan/draw.csv", "instance/purses.csv", "instance/designs.yearly_utilisation.csv"])
        rewrite(saved, {**gone, "background.json": json.dumps(background).encode()})
        assert load_result(saved) == EXAMPLE

    def test_a_problem_with_more_than_this_program_knows_is_refused(self, saved: Path) -> None:
        result = {**json.loads(members(saved)["result.json"]), "instance_hash": "0" * 64}
        rewrite(saved, {"result.json": json.dumps(result).encode()})
        with pytest.raises(UnreadableResult, match="cannot read in full; it was saved by another version"):
            load_result(saved)

    def test_any_record_can_be_saved_by_its_types_alone(self) -> None:
        @dataclass(frozen=True)
        class Price:
            rule: str
            index: tuple[str | int, ...]
            price: float | None

        @dataclass(frozen=True)
        class Priced:
            name: str
            prices: tuple[Price, ...]
            by_year: Mapping[int, float]
            by_place: Mapping[tuple[str, int], Price] | None

        run = Priced(
            "a", (Price("r", ("x", 2027), None), Price("s", (), 0.1)), {2027: 0.5}, {("x", 1): Price("", (), 1.0)}
        )
        module = globals()
        module["Price"] = Price  # where the types of a local class are looked up
        try:
            written = dict(members_of(run, "priced"))
            assert value_of(Priced, written, "priced") == run
            assert value_of(Priced, dict(members_of(replace(run, by_place=None), "priced")), "priced").by_place is None
        finally:
            del module["Price"]
        assert written["by_year.csv"] == "key,value\r\n2027,0.5\r\n"
        assert set(written) == {"priced.json", "prices.csv", "by_year.csv", "by_place.csv"}


def trouble(path: Path) -> str:
    """Why a file cannot be read: one sentence, on one line, with its name."""
    with pytest.raises(UnreadableResult) as raised:
        load_result(path)
    message = str(raised.value)
    assert str(path) in message
    assert "\n" not in message
    assert len(message) < 400
    return message


class TestUnreadable:
    def test_a_later_format(self, saved: Path) -> None:
        rewrite(saved, {}, version=VERSION + 1)
        assert "saved by a later version of the program, in format 2; this one reads up to format 1" in trouble(saved)
        assert is_saved_result(saved)
        assert has_plan(saved)

    @pytest.mark.parametrize("version", [0, -1, None, "1", 1.5])
    def test_a_format_that_there_never_was(self, saved: Path, version: object) -> None:
        rewrite(saved, {}, version=version)
        assert "its manifest.json is not as it should be" in trouble(saved)

    def test_a_changed_number(self, saved: Path) -> None:
        imports = members(saved)["plan/imports.csv"].replace(b"40.0", b"41.0")
        rewrite(saved, {"plan/imports.csv": imports}, listed=False)
        assert "has been changed since it was saved: its plan/imports.csv" in trouble(saved)

    def test_a_missing_member(self, saved: Path) -> None:
        rewrite(saved, {"plan/imports.csv": None}, listed=False)
        assert "is damaged: its plan/imports.csv is missing" in trouble(saved)

    @pytest.mark.parametrize("member", ["result.json", "charges.csv", "instance/goods.csv", "instance/instance.json"])
    def test_a_part_that_every_version_has(self, saved: Path, member: str) -> None:
        rewrite(saved, {member: None})
        assert "cannot be understood" in trouble(saved)

    @pytest.mark.parametrize(
        ("member", "content", "message"),
        [
            (
                "plan/imports.csv",
                b"county,good,year,value\r\nanju,food,2024,many\r\n",
                "line 2, value: 'many' is no number",
            ),
            (
                "plan/imports.csv",
                b"county,good,year,value\r\nanju,food,2024.5,1\r\n",
                "line 2, year: '2024.5' is no whole",
            ),
            (
                "plan/imports.csv",
                b"county,good,year,value\r\nanju,food\r\n",
                "line 2: there are 2 cells under 4 headings",
            ),
            ("plan/imports.csv", b"county,good,value\r\n", "there is no column year"),
            ("plan/imports.csv", b"", "there is no column county, good, year, value"),
            ("plan/imports.csv", b'county,good,year,value\r\n"anju', "plan/imports.csv, line 2: "),
            (
                "plan/imports.csv",
                b"county,good,year,value\r\na,b,1,1.0\r\na,b,1,2.0\r\n",
                "('a', 'b', 1) is there twice",
            ),
            ("instance/designs.inputs.csv", b"design,input,value\r\nnone,grain,1.0\r\n", "there is no 'none'"),
            ("limits.csv", b"rule,index,used,allowed,slack\r\nr,anju,1.0,1.0,1.0\r\n", "index: 'anju' is no JSON"),
            ("limits.csv", b'rule,index,used,allowed,slack\r\nr,"[1.5]",1.0,1.0,1.0\r\n', "1.5 is no whole number"),
            ("result.json", b"{", "result.json: '{' is no JSON"),
            ("result.json", b"[]", "result.json: it has no names and values"),
            ("result.json", b"\xff", "damaged"),
            ("background.json", b"{}", "background.json: workbook, sha256 is missing"),
        ],
    )
    def test_a_member_that_says_nothing_sensible(self, saved: Path, member: str, content: bytes, message: str) -> None:
        rewrite(saved, {member: content})
        assert message in trouble(saved)

    @pytest.mark.parametrize(
        ("entry", "value", "message"),
        [
            ("status", "splendid", "'splendid' is none of solved, stopped"),
            ("objective", "much", "'much' is no number"),
            ("objective", True, "True is no number"),
            ("interrupted", 1, "1 is neither true nor false"),
            ("solver", 1, "1 is no text"),
            ("provenance", [1], "[1] is no mapping"),
        ],
    )
    def test_an_entry_of_another_kind(self, saved: Path, entry: str, value: object, message: str) -> None:
        result = {**json.loads(members(saved)["result.json"]), entry: value}
        rewrite(saved, {"result.json": json.dumps(result).encode()})
        assert f"result.json, {entry}: {message}" in trouble(saved)

    @pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"PK\x05\x06" + bytes(18)])
    def test_no_saved_result_at_all(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        assert "is no saved result" in trouble(path)
        assert not is_saved_result(path)

    def test_another_zip_file(self, path: Path, saved: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.zip"
        rewritten = members(saved)
        for content in (None, b"{}", b'{"format": "holiday pictures"}', b"[]", b"\xff"):
            with ZipFile(other, "w") as archive:
                archive.writestr("result.json", rewritten["result.json"])
                if content is not None:
                    archive.writestr(MANIFEST, content)
            assert "is no saved result" in trouble(other) or "is damaged" in trouble(other)
            assert not is_saved_result(other)

    def test_a_file_that_is_not_there_or_is_a_folder(self, path: Path, tmp_path: Path) -> None:
        assert "there is no file" in trouble(path)
        assert "cannot be read" in trouble(tmp_path)

    def test_a_file_that_ends_too_early(self, saved: Path) -> None:
        content = saved.read_bytes()
        for length in range(0, len(content), 499):
            saved.write_bytes(content[:length])
            trouble(saved)

    def test_a_changed_byte_is_told_or_does_not_matter(self, saved: Path) -> None:
        """What does not matter are dates and the like, which say nothing of the run."""
        content, draw, told = saved.read_bytes(), Random(0), 0
        for _ in range(150):
            place = draw.randrange(len(content))
            changed = bytearray(content)
            changed[place] ^= 1 << draw.randrange(8)
            saved.write_bytes(bytes(changed))
            try:
                assert load_result(saved) == EXAMPLE
            except UnreadableResult:
                told += 1
        assert told > 100

    def test_a_file_that_may_not_be_read(self, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*arguments: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("reports.saved_result.archive.ZipFile", refuse)
        assert "cannot be read: Permission denied" in trouble(saved)
        assert not is_saved_result(saved)


class TestReadme:
    @pytest.fixture
    def written(self, path: Path) -> Mapping[str, str]:
        save_result(path, PROGRAMME)
        return {name: content.decode() for name, content in members(path).items()}

    def test_every_file_and_column_is_explained(self, written: Mapping[str, str]) -> None:
        tables = {name: text for name, text in written.items() if name not in (MANIFEST, "README.txt", "columns.csv")}
        unexplained = [name for name in tables if name not in FILES]
        assert not unexplained, f"add them to FILES in reports/saved_result/meanings.py: {unexplained}"
        lacking = [
            f"{name}: {entry.column}"
            for name in tables
            for entry in described(PROGRAMME.instance, tables, name)
            if not entry.meaning
        ]
        assert not lacking, f"add them to ENTRIES or VALUES in reports/saved_result/meanings.py: {lacking}"
        for name in tables:
            assert f"\n{name}\n" in written["README.txt"]

    def test_nothing_is_explained_that_is_not_there(self, written: Mapping[str, str]) -> None:
        assert set(FILES) <= set(written)
        assert set(VALUES) <= set(written)
        for name, entries in ENTRIES.items():
            there = {entry.column for entry in described(PROGRAMME.instance, written, name)}
            assert set(entries) <= there, name

    def test_every_mapping_of_a_problem_names_the_parts_of_its_key(self, written: Mapping[str, str]) -> None:
        nameless = [
            name for name, text in written.items() if text.startswith(("key,", "key_1,")) or ",key" in text[:60]
        ]
        assert not nameless, f"add them to KEYS in reports/saved_result/tables.py: {nameless}"
        assert {f"instance/{name}.csv" for name in KEYS} <= set(written)

    def test_units_are_in_the_words_of_the_workbook(self, written: Mapping[str, str]) -> None:
        assert "instance/lanes.csv,cost,crowns/t,cost of carrying a tonne" in written["columns.csv"].splitlines()
        assert "plan/local_funds.csv,value,crowns,amount" in written["columns.csv"].splitlines()
        assert "money in crowns" in written["README.txt"]

    def test_what_the_run_came_to_comes_first(self, written: Mapping[str, str]) -> None:
        assert list(written)[:6] == [
            MANIFEST, "README.txt", "columns.csv", "result.json", "background.json", "charges.csv",
        ]  # fmt: skip
        assert list(written).index("plan/select.csv") < list(written).index("instance/instance.json")

    def test_figures_can_be_read_in_any_language(self, written: Mapping[str, str]) -> None:
        told = json.loads(written["result.json"])
        assert told["format"] == "countyplan result"
        assert told["version"] == VERSION
        assert told["instance_hash"] == instance_hash(PROGRAMME.instance)
        assert told["status"] == "solved"
        assert json.loads(written["instance/instance.json"])["policy"]["cost_cap"] == "inf"
        assert written["plan/select.csv"].splitlines()[0] == "county,year,value"
