"""The command `verify`."""

from typing import Annotated

import typer

from optimizer.command_line.arguments import VerboseOption
from optimizer.command_line.saved import SavedArgument
from optimizer.command_line.session import open_session, tell_pairs
from optimizer.files import find_saved_result
from optimizer.verify_saved import broken_lines, verification_lines, verify_saved
from reports.saved_result import load_result


def verify(
    context: typer.Context,
    saved: SavedArgument,
    workbook: Annotated[
        str | None,
        typer.Argument(
            metavar="[WORKBOOK]", help="Check the plan against this workbook too, or a shipped one by name."
        ),
    ] = None,
    verbose: VerboseOption = False,
) -> None:
    """Check a saved result again, without solving: every rule, every cost, the objective and the gap from the plan.

    With a workbook, its problem is made again in the variant and with the values set of the saved run. Then it is told
    whether that is the same problem and, whether or not it is, which of its rules the plan breaks. The bound is the
    solver's: to prove it again is to solve again.

    Exit code 0: all holds. 3: something is broken, or the file is damaged or was changed; everything is listed. 2:
    there is no plan to check.

    \b
    Examples:
      countyplan verify out/my-plan-both.result.zip
      countyplan verify out/my-plan-both.result.zip my-plan.xlsx
    """
    with open_session(context, verbose) as session:
        verification = verify_saved(load_result(find_saved_result(saved)), workbook)
        tell_pairs(session.output, verification_lines(verification))
        for line in broken_lines(verification, every=session.verbose):
            session.output.print(line, soft_wrap=True)
        raise typer.Exit(verification.exit_code)
