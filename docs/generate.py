"""Writes the pages of the manual that follow from the code: rules, sheets, commands.

python docs/generate.py
"""

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer

from inputs.reference import sheet_reference
from models.costs import COSTS
from models.dominance import useful_plants
from models.instance import Instance
from models.objectives import OBJECTIVES
from models.plan import Plan
from models.problem import BOOKKEEPING, KEPT
from models.rules import RULES
from models.tightening import TIGHTENINGS
from optimizer.command_line import app
from optimizer.exit_codes import ExitCode

FOLDER = Path(__file__).resolve().parent
GENERATED = "<!-- Made by docs/generate.py from the code; `make docs` writes it anew. -->"

RULES_PAGE = """# Rules, costs, objectives and variables

The best plan has the least of what the objective counts, by default the sum of all costs, among those that keep every
rule. Each rule, cost and objective is one function, under the name that it has here, in the rows of an LP file and in
the report. `c`, `j`, `k` stand for counties (`j` where goods arrive), `d`, `e` for designs, `g` for goods, `m` for
materials, `w` for raw materials, `p` for provinces, `t`, `s` for years. Names without an index are settings. With
another index the same name is another figure: `local_funds[c,t]` is what a county pays, `local_funds[c]` the most it
may."""

VARIABLES_INTRO = """What a plan consists of; all are at least 0."""

FURTHER_INTRO = """Some follow from these, and are in the LP file only, each only where it is needed:"""

FURTHER = (
    ("joined", "county, year", "1 = has joined; follows from `select`"),
    ("running", "county, design, year", "plants that run; follows from `start`"),
    ("revenue", "county, year", "money that a county takes in, where its budget is planned"),
    ("short", "county, year", "1 = its revenue does not reach its quota, where the data leave it open"),
    ("rated", "county, year", "1 = it owes its rate rather than its quota, where the data leave it open"),
    ("least_covered", "good, year", "least coverage of a province, 0 to 1, with a `disparity_limit`"),
    ("worst_uncovered", "", "what `greatest_least_coverage` makes least"),
    ("covered", "county, year", "coverage of a county's people, 0 to 1, mean over goods; for `unevenness`"),
    ("unevenness", "year", "half the mean difference in coverage between two people, 0 to 1, with a `gini_cap`"),
    ("apart", "county, county, year", "by how much the first is covered better, up to 24 counties"),
    ("level", "part, year", "coverage that a part of the people, in twentieths, does not reach, beyond 24 counties"),
    ("below", "part, county, year", "by how much a county falls short of that"),
    ("least_coverage", "year", "a year's least coverage of a county, beyond 24 counties"),
    ("most_coverage", "year", "a year's greatest coverage of a county, beyond 24 counties"),
    ("concentration", "", "what `least_concentration` makes least"),
)

DERIVED_INTRO = """What the formulas use besides decisions and what the workbook gives."""

DERIVED = ("capital_weight", "running_weight", "usable_capacity", "supported_capacity", "quota", "existing_usual")
"""Properties of `Instance` that formulas name."""

BUDGETS = """- `base_revenue[c,t]`, `essential[c,t]`, `quota[c,t]`: of a county with a budget, its `revenue`,
  `essential` and `remittance_quota` x `(1 + budget_growth) ** (t - first_year)`; `rate[c,t]`: its `remittance_rate`, or
  else the setting."""

OBJECTIVES_INTRO = f"""What the setting `objective` may ask for. Each is made least. With another than `least cost` the
problem is solved twice: for the objective, then for the least cost among plans that are as good in it to a millionth;
the row `{KEPT}` of the second problem sees to that."""

TIGHTENINGS_INTRO = """Rows that bring the relaxation, and so the proven bound, closer to plans with whole plants. They
leave at least one of the best plans, and so change no optimum."""


def pages() -> dict[str, str]:
    """The text of every generated page, by file name."""
    return {
        "rules.md": rules_page(),
        "sheets.md": f"{GENERATED}\n\n{sheet_reference().strip()}\n",
        "commands.md": commands_page(),
    }


def rules_page() -> str:
    """Every variable, rule, cost, objective and tightening, from the docstrings."""
    parts = [GENERATED, RULES_PAGE, "## Variables", VARIABLES_INTRO, variables_table(), FURTHER_INTRO, further_table()]
    parts += ["## Figures that follow from the workbook", DERIVED_INTRO, derived_list(), "## Rules", subjects()]
    parts += [part for rule in RULES for part in described(rule, "Relation")]
    parts += ["## Costs", module_text(inspect.getmodule(COSTS[0]))]
    parts += [part for cost in COSTS for part in described(cost, "Term")]
    parts += ["## Objectives", OBJECTIVES_INTRO]
    for setting, objective in OBJECTIVES.items():
        heading, *rest = described(objective, "Term")
        parts += [heading, f"Setting: `{setting}`.", *rest]
    parts += [part for rule in BOOKKEEPING for part in described(rule, "Relation")]
    parts += ["## Tightenings", TIGHTENINGS_INTRO]
    parts += [part for tightening in TIGHTENINGS for part in described(tightening, "Relation")]
    return "\n\n".join(parts) + "\n"


def variables_table() -> str:
    """The decisions of a plan, with index and unit."""
    rows = [
        f"| `{field.name}` | {', '.join(field.metadata['index'])} | {field.metadata['unit']} |"
        for field in fields(Plan)
    ]
    return "\n".join(["| variable | index | unit |", "| --- | --- | --- |", *rows])


def further_table() -> str:
    """Variables that follow from a plan's decisions."""
    rows = [f"| `{name}` | {index} | {meaning} |" for name, index, meaning in FURTHER]
    return "\n".join(["| variable | index | meaning |", "| --- | --- | --- |", *rows])


def derived_list() -> str:
    """Figures that follow from the workbook's, as their docstrings say."""
    meanings = {name: inspect.cleandoc(getattr(Instance, name).__doc__) for name in DERIVED}
    meanings["useful_plants"] = paragraphs(inspect.cleandoc(useful_plants.__doc__ or "").splitlines())[0]
    return "\n".join([*(wrapped(f"- `{name}`: {meaning}") for name, meaning in meanings.items()), BUDGETS])


def wrapped(line: str) -> str:
    """An entry of a list in lines of 120 characters at most."""
    return textwrap.fill(line, 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def subjects() -> str:
    """The rules by subject, each with a link to its section: an entry for each module of them."""
    found: dict[str, list[str]] = {}
    for rule in RULES:
        subject = inspect.cleandoc(inspect.getmodule(rule).__doc__ or "").splitlines()[0].rstrip(".")
        found.setdefault(subject, []).append(f"[{rule.__name__}](#{rule.__name__})")
    return "\n".join(wrapped(f"- {subject}: {', '.join(names)}") for subject, names in found.items())


def described(function: Callable[..., object], opening: str) -> Iterator[str]:
    """The parts of a section: heading, intent, relation or term, if given, as a block of code, where the code is."""
    lines = inspect.cleandoc(function.__doc__ or "").splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith(opening)), len(lines))
    end = next((n for n in range(start + 1, len(lines)) if lines[n] and not lines[n].startswith(" ")), len(lines))
    yield f"### {function.__name__}"
    yield from paragraphs(lines[:start])
    if start < end:
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
