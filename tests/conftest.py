"""What every test runs with."""

import gc

import pytest

# Libraries and tests stay loaded until the end. Searching all of them for garbage again and again takes a tenth of the
# whole time, and a quarter of loading: there is no search while they are loaded, and later ones leave them out.
gc.disable()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def plain_wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help texts and messages come out plain and unwrapped, whatever the terminal."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
