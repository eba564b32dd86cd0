"""The command `explain`."""

import typer

from optimizer.command_line.arguments import (
    FolderOption,
    SetOption,
    TimeLimitOption,
    VariantOption,
    VerboseOption,
    WorkbookArgument,
)
from optimizer.command_line.progress_display import ProgressDisplay
from optimizer.command_line.session import open_session
from optimizer.command_line.stopping import stoppable
from optimizer.exit_codes import ExitCode
from optimizer.explain import explain as find_out
from optimizer.files import RESULTS
from reports.explanation import Verdict, explanation_lines

EXIT_CODES = {
    Verdict.PLAN: ExitCode.SOLVED,
    Verdict.INFEASIBLE: ExitCode.INFEASIBLE,
    Verdict.UNBOUNDED: ExitCode.INVALID_WORKBOOK,
    Verdict.UNKNOWN: ExitCode.NO_PLAN,
}


def explain(
    context: typer.Context,
    workbook: WorkbookArgument,
    variant: VariantOption = None,
    replace: SetOption = None,
    time_limit: TimeLimitOption = None,
    folder: FolderOption = RESULTS,
    verbose: VerboseOption = False,
) -> None:
    """Find out why no plan can satisfy every rule, in the workbook's own cells, and what would mend it.

    Tells what cannot be by arithmetic alone, a smallest set of cells that cannot hold together, and the cheapest
    changes that make room for a plan, each tried by solving. FOLDER/WORKBOOK-explained.xlsx is a copy of the workbook
    with these cells marked; the workbook itself is never written to.

    \b
    Examples:
      countyplan explain my-plan.xlsx
      countyplan explain my-plan.xlsx --variant county --set Resources.central_funds.2027=100 --time-limit 60
    """
    with open_session(context, verbose) as session:
        display = ProgressDisplay(session.errors)
        with stoppable(display) as stopping:
            found = find_out(
                workbook,
                variant=variant,
                overrides=replace or (),
                folder=folder,
                time_limit=time_limit,
                progress=display.show,
                should_stop=stopping.should_stop,
            )
        for line in explanation_lines(found.explanation):
            session.output.print(line, soft_wrap=True)
        if found.copy is not None:
            session.output.print(f"\nMarked copy: {found.copy}", soft_wrap=True)
        if found.lost:
            session.output.print(f"The copy may have lost or changed: {', '.join(found.lost)}", soft_wrap=True)
        code = ExitCode.INTERRUPTED if found.explanation.interrupted else EXIT_CODES[found.explanation.verdict]
        raise typer.Exit(code)
