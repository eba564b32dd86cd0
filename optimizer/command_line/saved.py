"""Arguments of the commands that take a saved result."""

from pathlib import Path
from typing import Annotated

import typer

SavedArgument = Annotated[
    Path, typer.Argument(metavar="RESULT", help="A saved result, written by solve: a file that ends in .result.zip.")
]
