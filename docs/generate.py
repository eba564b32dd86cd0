"""Writes the pages of the manual that follow from the code: rules, sheets, commands.

python docs/generate.py
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer

from inputs.reference import sheet_reference
from models.costs import COSTS
from models.plan import Plan
from models.rules import RULES
from models.tightening import TIGHTENINGS
from optimizer.command_line import app
from optimizer.exit_codes import ExitCode

FOLDER = Path(__file__).resolve().parent
GENERATED = "<!-- Made by docs/generate.py from the code; `make docs` writes it anew. -->"

RULES_PAGE = """# Rules, costs and variables

The plan of least cost is the one with the least sum of all costs among those that keep every rule. Each rule and each
cost is one function, under the name that it has here, in the rows of an LP file and in the report. `c`, `j` stand for
counties (`j` where goods arrive), `d`, `e` for designs, `g` for goods, `m` for materials, `w` for raw materials, `p`
for provinces, `t`, `s` for years. Names without an index are settings."""

TIGHTENINGS_INTRO = """Rows that bring the relaxation, and so the proven bound, closer to plans with whole plants. They
leave at least one plan of least cost, and so change no optimum."""


def pages() -> dict[str, str]:
    """The text of every generated page, by file name."""
    return {
        "rules.md": rules_page(),
        "sheets.md": f"{GENERATED}\n\n{sheet_reference().strip()}\n",
        "commands.md": commands_page(),
    }


def rules_page() -> str:
    """Every variable, rule, cost and tightening, from the docstrings."""
    parts = [GENERATED, RULES_PAGE, "## Variables", variables_table(), "## Rules"]
    parts += [part for rule in RULES for part in described(rule, "Relation")]
    parts += ["## Costs", module_text(inspect.getmodule(COSTS[0]))]
    parts += [part for cost in COSTS for part in described(cost, "Term")]
    parts += ["## Tightenings", TIGHTENINGS_INTRO]
    parts += [part for tightening in TIGHTENINGS for part in described(tightening, "Relation")]
    return "\n\n".join(parts) + "\n"


def variables_table() -> str:
    """The decisions of a plan, with index and unit."""
    rows = [
        f"| `{field.name}` | {', '.join(field.metadata['index'])} | {field.metadata['unit']} |"
        for field in fields(Plan)
    ]
    further = [
        "| `joined` | county, year | 1 = has joined; follows from `select` |",
        "| `running` | county, design, year | plants that run; follows from `start` |",
    ]
    return "\n".join(["| variable | index | unit |", "| --- | --- | --- |", *rows, *further])


def described(function: Callable[..., object], opening: str) -> Iterator[str]:
    """The parts of a section: heading, intent, relation or term as a block of code, and where the code is."""
    lines = inspect.cleandoc(function.__doc__ or "").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(opening))
    end = next((n for n in range(start + 1, len(lines)) if lines[n] and not lines[n].startswith(" ")), len(lines))
    yield f"### {function.__name__}"
    yield from paragraphs(lines[:start])
    yield "```text\n" + "\n".join(lines[start:end]).rstrip() + "\n```"
    yield from paragraphs(lines[end:])
    place = function.__module__.replace(".", "/") + ".py"
    yield f"In [{place}](../{place})."


def module_text(module: Any) -> str:
    """What a module says about itself, below its first line."""
    _, _, text = inspect.cleandoc(module.__doc__).partition("\n\n")
    return text


def paragraphs(lines: list[str]) -> list[str]:
    """Lines joined into paragraphs; formulas, which are indented, into blocks of code."""
    return [
        f"```text\n{paragraph}\n```" if paragraph.startswith(" ") else paragraph.strip()
        for paragraph in re.split(r"\n\s*\n", "\n".join(lines))
        if paragraph.strip()
    ]


def commands_page() -> str:
    """Every command with its arguments, options and examples, and the exit codes."""
    program = typer.main.get_command(app)
    parts = [
        GENERATED,
        "# Commands",
        *help_text(program.help),
        "Options of the program itself:",
        options_table(program),
    ]
    for name, command in program.commands.items():
        parts += [f"## countyplan {name}", f"```text\n{usage(name, command)}\n```", *help_text(command.help)]
        parts.append(options_table(command))
    codes = ["| code | meaning |", "| --- | --- |", *(f"| {code} | {code.meaning} |" for code in ExitCode)]
    parts += ["## Exit codes", "\n".join(codes)]
    return "\n\n".join(parts) + "\n"


def usage(name: str, command: Any) -> str:
    """How a command is called."""
    arguments = " ".join(parameter.metavar for parameter in command.params if is_argument(parameter))
    return f"countyplan {name} {arguments} [OPTIONS]"


def help_text(text: str | None) -> list[str]:
    """A help text as paragraphs; those that keep their lines (after a backspace) as a line and a block of code."""
    found = []
    for paragraph in inspect.cleandoc(text or "").replace("\f", "").split("\n\n"):
        if "\b" in paragraph:
            first, *lines = paragraph.replace("\b", "").strip().splitlines()
            found += [first, "```text\n" + inspect.cleandoc("\n".join(["", *lines])) + "\n```"]
        elif paragraph.strip():
            found.append(paragraph.strip())
    return found


def options_table(command: Any) -> str:
    """The arguments and options of a command."""
    rows = ["| argument or option | meaning |", "| --- | --- |"]
    for parameter in command.params:
        if is_argument(parameter):
            name = f"`{parameter.metavar}`"
        else:
            value = f" {parameter.metavar}" if parameter.metavar else ""
            name = ", ".join(f"`{spelling}{value}`" for spelling in parameter.opts)
        default = parameter.default
        shown = f" Default: `{default}`." if isinstance(default, Path) else ""
        rows.append(f"| {name} | {parameter.help}{shown} |".replace("*", "\\*"))
    return "\n".join(rows)


def is_argument(parameter: Any) -> bool:
    """Whether a parameter is an argument rather than an option."""
    return bool(parameter.param_type_name == "argument")


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
