"""Arguments and options that several commands take, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.charts_of_saved import FORMS

WorkbookArgument = Annotated[
    str, typer.Argument(metavar="WORKBOOK", help="An .xlsx file, or the name of a shipped workbook.")
]  # fmt: skip
VariantOption = Annotated[
    str | None,
    typer.Option("--variant", metavar="CODE", help="Variant of the workbook; without it, the workbook's default."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="SHEET.KEY.COLUMN=VALUE",
        help="Replace a value of the workbook for this run, after the variant's own overrides; may be repeated. "
        "Parts of a key are joined by /, and * stands for every row.",
    ),
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell more: every note, each step, the traceback of an internal error.")
]  # fmt: skip
GapOption = Annotated[
    float | None,
    typer.Option("--gap", metavar="SHARE", help="Stop when the plan is proven to be within this share of the best."),
]
TimeLimitOption = Annotated[
    float | None,
    typer.Option("--time-limit", metavar="SECONDS", help="Stop after this time, with the best so far."),
]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", metavar="NUMBER", help="Threads that the solver may use.")
]  # fmt: skip
SeedOption = Annotated[int | None, typer.Option("--seed", metavar="NUMBER", help="Random seed of the solver.")]
SolverOption = Annotated[
    str | None, typer.Option("--solver", metavar="NAME", help="HiGHS, or another solver on this machine.")
]  # fmt: skip
FolderOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the results, made if need be.")
]  # fmt: skip
CountySheetsOption = Annotated[
    bool, typer.Option("--county-sheets", help="Add each county's allocation letter to the Excel report, as a sheet.")
]  # fmt: skip
BoundariesOption = Annotated[
    Path | None,
    typer.Option("--boundaries", metavar="FILE", help="GeoJSON or TopoJSON file with the areas of counties, for maps."),
]
BeginWithOption = Annotated[
    str | None,
    typer.Option(
        "--begin-with",
        metavar="RESULT",
        help="A saved result, whose plan is tried first; one of the same problem that is within the gap is not "
        "searched for again.",
    ),
]
ChartsOption = Annotated[
    str | None,
    typer.Option("--charts", metavar="FORM", help=f"Write every chart as a file too: {' or '.join(FORMS)}."),
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", metavar="NUMBER", min=1, help="Solve so many at a time, each in its own process.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="Solve on the Dask cluster there, instead of on this machine."),
]
