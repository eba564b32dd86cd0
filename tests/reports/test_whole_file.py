from pathlib import Path

import pytest

from reports.whole_file import whole_file


def test_what_was_written_takes_the_place_of_an_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("earlier")
    with whole_file(path) as unfinished:
        unfinished.write_text("new")
        assert path.read_text() == "earlier"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_earlier_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("earlier")

    def write() -> None:
        with whole_file(path) as unfinished:
            unfinished.write_text("half")
            raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        write()
    assert path.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [path]
