"""The command that repeats what was done, as text for a shell."""

import shlex
from collections.abc import Iterable, Mapping, Sequence


def command_text(command: str, words: Sequence[str], overrides: Iterable[str], options: Mapping[str, object]) -> str:
    """A command of the program: its own words, then what is set in the workbook, then its options, all spelt out."""
    return shlex.join(["countyplan", command, *words, *each("--set", overrides), *option_words(options)])


def each(option: str, values: Iterable[str]) -> list[str]:
    """The words of an option that is given once for each value."""
    return [word for value in values for word in (option, value)]


def option_words(options: Mapping[str, object]) -> list[str]:
    """The words of options by the names of their arguments; those that are None are left out."""
    return [
        word
        for name, value in options.items()
        if value is not None
        for word in (f"--{name.replace('_', '-')}", str(value))
    ]
