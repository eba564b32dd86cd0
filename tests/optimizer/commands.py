"""Commands of the command line, called as a user calls them."""

from collections.abc import Mapping

from typer.testing import CliRunner, Result

from optimizer.command_line import app

VERBOSE = ("-v", "--verbose")


def run(*arguments: object, env: Mapping[str, str] | None = None) -> Result:
    """A command in this process; unless it is asked for, it shows no traceback."""
    words = [str(argument) for argument in arguments]
    result = CliRunner().invoke(app, words, env=env)
    assert "Traceback" not in (result.stdout if set(words) & set(VERBOSE) else result.output)
    return result
