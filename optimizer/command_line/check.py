"""The command `check`."""

import typer

from optimizer.command_line.arguments import SetOption, VariantOption, VerboseOption, WorkbookArgument
from optimizer.command_line.session import open_session
from optimizer.outcome import size
from optimizer.run import read_case


def check(
    context: typer.Context,
    workbook: WorkbookArgument,
    variant: VariantOption = None,
    replace: SetOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Read and check a workbook, every variant of it, and list every problem with its cell.

    Remarks, such as defaults used and columns ignored, are listed too; they stop nothing.

    \b
    Examples:
      countyplan check my-plan.xlsx
      countyplan check my-plan.xlsx --variant county --set Settings.discount_rate.value=0.08
    """
    with open_session(context, verbose) as session:
        case = read_case(workbook, variant, replace or ())
        for note in case.workbook.notes:
            session.output.print(f"Note: {note}", soft_wrap=True)
        variants = ", ".join(case.workbook.variants)
        session.output.print(f"Variants: {variants} (default: {case.workbook.default_variant})", soft_wrap=True)
        where = f"{case.workbook.path.name}, variant {case.instance.variant}"
        session.output.print(f"{where}: {size(case.instance)}: no problem", soft_wrap=True)
