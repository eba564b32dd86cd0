"""The command line: takes the arguments, calls the program, prints what it came to, sets the exit code."""

import io
import sys
from typing import Annotated

import typer

from inputs.shipped import shipped_names
from optimizer.command_line.arguments import VerboseOption
from optimizer.command_line.assess import assess
from optimizer.command_line.breakeven import breakeven
from optimizer.command_line.check import check
from optimizer.command_line.compare import compare
from optimizer.command_line.diff import diff
from optimizer.command_line.explain import explain
from optimizer.command_line.export import export
from optimizer.command_line.frontier import frontier
from optimizer.command_line.prices import prices
from optimizer.command_line.rank import rank
from optimizer.command_line.report import report
from optimizer.command_line.solve import solve
from optimizer.command_line.template import template
from optimizer.command_line.verify import verify
from optimizer.command_line.why import why
from optimizer.exit_codes import ExitCode
from optimizer.versions import versions

HELP = """Which counties get which factories, where, when, at which scale and with whose means.

A plan's data come from an Excel workbook; the best plan goes back into one.

\b
Start with a blank workbook, fill it in, check it, solve it:
  countyplan template my-plan.xlsx
  countyplan check my-plan.xlsx
  countyplan solve my-plan.xlsx
"""

EPILOG = "\n\n".join(
    (
        "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {code.meaning}" for code in ExitCode),
        f"\b\nShipped workbooks, which may be named in place of a file: {', '.join(shipped_names())}",
    )
)

app = typer.Typer(
    name="countyplan",
    help=HELP,
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> None:
    """The program `countyplan`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the console cannot show must not end the program
    app(prog_name="countyplan")


def _show_version(wanted: bool) -> None:
    if wanted:
        found = dict(versions())
        others = ", ".join(f"{name} {version}" for name, version in found.items() if name != "countyplan")
        typer.echo(f"countyplan {found['countyplan']} ({others})")
        raise typer.Exit


@app.callback()
def _countyplan(
    context: typer.Context,
    verbose: VerboseOption = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    context.obj = verbose


app.command(short_help="Write a blank workbook to fill in.")(template)
app.command(short_help="Check a workbook and list every problem with its cell.")(check)
app.command(short_help="Find the best plan and write the report.")(solve)
app.command(short_help="Find the value at which one variant overtakes another on cost.")(breakeven)
app.command(short_help="Check a saved result again, without solving.")(verify)
app.command(short_help="Write the report of a saved result again.")(report)
app.command(short_help="Write the results as one long table for other programs.")(export)
app.command(short_help="Find out why there is no plan, and what would mend it.")(explain)
app.command(short_help="Judge given choices: what they cost, which rules they break.")(assess)
app.command(short_help="Tell how sure each pick is.")(rank)
app.command(short_help="Tell what one more of each scarce thing would save.")(prices)
app.command(short_help="Set cost against coverage, evenness, dispersion or central money.")(frontier)
app.command(short_help="Solve several variants and prove what differs.")(compare)
app.command(short_help="Tell which inputs differ, and which decisions moved with them.")(diff)
app.command(short_help="Tell why a county is picked when it is, or not.")(why)
