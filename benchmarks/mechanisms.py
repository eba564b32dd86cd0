"""What each mechanism of the model does to the plan: the case with everything on, then with each one turned off.

    python -m benchmarks.mechanisms [WORKBOOK] [--variant hybrid] [--only NAME ...] [--last-year YEAR]
                                    [--gap 0.01] [--time-limit 300] [-o FILE] [--into FILE]

Every solve runs in a process of its own. The table goes to the file of -o, and what it is made of to a CSV file
beside it as it comes: a run that was interrupted goes on from there, and solves again only what has changed since.
With --into, the finished table also replaces what stands between two marks in a page of the manual.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.mechanism_table import Solved, header, line, put_between, read_rows, shown, write, write_rows
from inputs.located import rows_of
from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from inputs.sheets import Design, Input, Setting, Variant
from inputs.shipped import shipped_workbook
from inputs.workbook import Workbook
from models.instance import Instance
from models.measures.equity import equity
from models.measures.funding import central_budget
from models.measures.shares import whole
from models.measures.supply import ALL_GOODS
from models.plan import Plan
from optimizer.files import UnusablePath, find_workbook
from optimizer.options import InvalidOption, SolveOptions, options_from
from optimizer.same_choices import same_choices
from optimizer.solve import solve
from optimizer.versions import versions

ROOT = Path(__file__).resolve().parents[1]
DECIDING = ("inputs", "models", "optimizer")
"""Packages that decide what a solve comes to."""

MODERNISED = "modernised"
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A row of the table: what is changed, in words, and by which overrides, variant or seed.

    In overrides YEAR stands for each plan year, LAST for the last one and AFTER for the one after it, MODERNISATION
    for each such design and INTERMEDIATE for each raw material that is also a good. Sheets that the workbook leaves
    empty are passed over.
    """

    name: str
    words: str
    overrides: tuple[str, ...] = ()
    variant: str | None = None
    another_seed: bool = False


BASE = Mechanism("base", "everything on")

MECHANISMS = (
    Mechanism("again", "everything on, solved with another seed", another_seed=True),
    Mechanism(
        "county-budgets",
        "without county budgets, and so without remittances, subsidies and priority funds",
        ("Settings.county_budgets.value=no", "Resources.remittances.YEAR="),
    ),
    Mechanism("recycling", "without remittances that come back as central funds", ("Settings.recycled_share.value=0",)),
    Mechanism(
        "priority-funds",
        "without priority funds",
        ("Settings.fund_share.value=0", "Counties.*.priority_fund=0"),
    ),
    Mechanism("plant-income", "without income of counties from their plants", ("Settings.plant_income_share.value=0",)),
    Mechanism("donors", "without donors", ("Settings.most_donated_share.value=0",)),
    Mechanism("quotas", "without quotas of the state", ("Settings.quota.value=0", "Designs.*.quota=")),
    Mechanism(
        "stipends",
        "without a least stipend",
        ("Settings.least_stipend.value=0",),
    ),
    Mechanism("own-inputs", "without a least share of own raw materials", ("Settings.local_input_share.value=0",)),
    Mechanism("intermediates", "without intermediate products", ("Inputs.INTERMEDIATE.good=",)),
    Mechanism("support-bases", "without technical support bases", ("Provinces.*.support_uplift=0",)),
    Mechanism(
        "crowding-out",
        "without crowding out of existing plants",
        ("Settings.crowded_out.value=0", "ExistingPlants.*.crowded_out="),
    ),
    Mechanism(
        "existing-held",
        "with existing plants that make what suits the plan, rather than what they can",
        ("Settings.existing_output.value=as planned",),
    ),
    Mechanism("modernisation", "without modernisation of existing plants", ("Designs.MODERNISATION.max_plants=0",)),
    Mechanism("package-items", "without package items", ("PackageItems.*.from_year=AFTER",)),
    Mechanism("yearly-utilisation", "with the same utilisation in every year", ("Utilisation.*.YEAR=",)),
    Mechanism(
        "labour-cost",
        "with workers who would produce nothing elsewhere, and so without a least stipend as well",
        ("Counties.*.market_product=0",),
    ),
    Mechanism("labour-pool", "without limits on workers", ("Counties.*.workers=",)),
    Mechanism("part-of-funds", "with 60 % of the central funds", ("Settings.funds_arriving.value=0.6",)),
    Mechanism(
        "coverage-floor",
        "with 15 % of each county's demand met from domestic output in the last year",
        ("Settings.coverage_floor.value=0.15", "Settings.coverage_floor_from.value=LAST"),
    ),
    Mechanism(
        "disparity-limit",
        "with coverage of a good at most 50 points apart between provinces in the last year",
        ("Settings.disparity_limit.value=0.5", "Settings.disparity_limit_from.value=LAST"),
    ),
    Mechanism(
        "dispersion-cap",
        "with at most 12 % of a good's new capacity in one province (none where fewer than nine may make it)",
        ("Settings.dispersion_cap.value=0.12",),
    ),
    Mechanism("smaller", "the variant smaller", variant="smaller"),
)

CHOSEN = ("select", "start", "support")
"""Decisions of a plan that are choices."""

IMPOSSIBLE, UNKNOWN = "impossible", "not known in time"

READING = """Every row is the case solved again with one thing changed; its figures are changes from the first row, but
for remittances. Cost: the change between the two plans found and, in brackets, what the bounds prove of the change of
the least cost; *not proven* where they leave its direction open. Where a mechanism is a cost itself, that cost is in
the change. *The same choices*: what the first row's counties, years, plants and bases cost under what the row changes,
all else planned anew, exactly; *impossible* where they would break a rule. *Choices back*: what the row's own choices
cost with everything on, from which the mechanism keeps the plan where it says *impossible*. All else compares the plans
found, and plans within the gap of the best differ without cause as well: by how much, the row with another seed
shows."""

HOW = "How each is changed, as `--set` takes it (YEAR: each plan year):"


@dataclass(frozen=True)
class Run:
    """A workbook and variant, and how it is to be solved; `last_year` ends the plan earlier than the workbook."""

    workbook: Workbook
    variant: str
    options: SolveOptions
    last_year: int | None = None

    def variant_of(self, mechanism: Mechanism) -> str:
        """The variant that a row solves."""
        return mechanism.variant or self.variant

    @property
    def shortened(self) -> tuple[str, ...]:
        """The overrides of every row, the base included."""
        return () if self.last_year is None else (f"Settings.last_year.value={self.last_year}",)

    def overrides(self, mechanism: Mechanism) -> tuple[str, ...]:
        """All overrides of a row."""
        return (*self.shortened, *self.changes(mechanism))

    def changes(self, mechanism: Mechanism) -> tuple[str, ...]:
        """The overrides of a mechanism, with codes and years of the workbook; none for sheets that it leaves empty."""
        settings = self.workbook.settings_of(self.variant_of(mechanism), self.shortened)
        rows = self.workbook.rows
        stand_ins = {
            "YEAR": [str(year) for year in range(settings.first_year, settings.last_year + 1)],
            "LAST": [str(settings.last_year)],
            "AFTER": [str(settings.last_year + 1)],
            "MODERNISATION": [row.record.design for row in rows_of(rows, Design) if row.record.kind == "modernisation"],
            "INTERMEDIATE": [row.record.input for row in rows_of(rows, Input) if row.record.good is not None],
        }
        found = []
        for override in mechanism.overrides:
            sheet = override.partition(".")[0]
            if sheet == Setting.sheet or rows[sheet]:
                word = next((word for word in stand_ins if word in override), None)
                found += [override] if word is None else [override.replace(word, code) for code in stand_ins[word]]
        return tuple(found)

    def words(self, mechanism: Mechanism) -> str:
        """What is changed, with the name of the variant where that is it."""
        names = {row.record.variant: row.record.name for row in rows_of(self.workbook.rows, Variant)}
        return mechanism.words if mechanism.variant is None else f"{mechanism.words}: {names[mechanism.variant]}"

    def means(self, mechanism: Mechanism) -> str:
        """How it is changed on the command line, with YEAR left as it is."""
        if mechanism.another_seed:
            return f"`--seed {self.options_of(mechanism).seed}`"
        if mechanism.variant:
            return f"`--variant {mechanism.variant}`"
        found: list[str] = []
        for override in mechanism.overrides:
            each = self.changes(replace(mechanism, overrides=(override,)))
            found += [override] if each and "YEAR" in override else each
        return ", ".join(f"`{override}`" for override in found)

    def instance(self, mechanism: Mechanism) -> Instance:
        """The problem of a row. Raises `InvalidWorkbook` where the workbook does not allow it."""
        return self.workbook.instance(self.variant_of(mechanism), self.overrides(mechanism))

    def options_of(self, mechanism: Mechanism) -> SolveOptions:
        """How a row is solved."""
        return replace(self.options, seed=self.options.seed + mechanism.another_seed)

    def key(self, mechanism: Mechanism) -> str:
        """What a row rests on, hashed: workbook, changes, options, versions and code."""
        parts = [
            self.workbook.sha256,
            self.variant_of(mechanism),
            self.overrides(mechanism),
            asdict(self.options_of(mechanism)),
            dict(versions()),
        ]
        digest = hashlib.sha256(json.dumps(parts).encode())
        for package in DECIDING:
            for path in sorted((ROOT / package).rglob("*.py")):
                if "cases" not in path.relative_to(ROOT).parts:  # scripts that make workbooks
                    digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def unused(self, mechanism: Mechanism) -> str | None:
        """Why a row would have nothing to tell, in words; None where it has."""
        if self.variant_of(mechanism) not in self.workbook.variants:
            return "no such variant"
        try:
            same = not mechanism.another_seed and self.instance(mechanism) == self.instance(BASE)
        except InvalidWorkbook as invalid:
            return str(invalid.problems[0])
        return "not used in this workbook" if same else None

    def solve(self, mechanism: Mechanism, base: Solved | None = None) -> Solved:
        """Solve a row in this process; `base` is the first row, whose choices are tried here, and these there."""
        instance = self.instance(mechanism)
        result = solve(instance, self.options_of(mechanism))
        row = Solved(
            name=mechanism.name,
            key=self.key(mechanism),
            variant=instance.variant,
            overrides=" ".join(self.overrides(mechanism)),
            day=datetime.now(tz=UTC).date().isoformat(),
            status=result.status.value,
            seconds=round(result.seconds, 1),
            objective=result.objective,
            bound=result.bound,
            gap=result.gap,
        )
        if base is not None and base.choices is not None:
            row = replace(row, same_choices=self._held(instance, base.choices))
        if result.plan is None:
            return row
        row = replace(row, **_figures(instance, result.plan))
        if base is not None and row.choices is not None:
            row = replace(row, choices_back=self._held(self.instance(BASE), row.choices))
        return row

    def _held(self, instance: Instance, choices: Mapping[str, Sequence[Sequence[Any]]]) -> float | str:
        """What choices cost in an instance, or why there is no cost."""
        nothing: dict[str, Any] = {entry.name: {} for entry in fields(Plan)}
        chosen = {family: {tuple(index): value for *index, value in rows} for family, rows in choices.items()}
        found = same_choices(instance, Plan(**(nothing | chosen)), self.options)
        if found.cost is None:
            return IMPOSSIBLE if found.impossible else UNKNOWN
        return found.cost


def _figures(instance: Instance, plan: Plan) -> dict[str, Any]:
    plants: Counter[str] = Counter()
    for (_, code, _), count in plan.start.items():
        design = instance.designs[code]
        plants[MODERNISED if design.modernisation else design.scale] += round(whole(count))
    last = next(row for row in equity(instance, plan) if (row.year, row.good) == (instance.last_year, ALL_GOODS))
    imported = ((instance.goods[good].import_currency, tonnes) for (_, good, _), tonnes in plan.imports.items())
    return {
        "joining": {county: year for (county, year), value in plan.select.items() if value > 0.5},
        "choices": {
            family: [[*index, whole(value)] for index, value in getattr(plan, family).items()] for family in CHOSEN
        },
        "plants": {kind: count for kind, count in plants.items() if count},
        "central_funds": sum(year.spent for year in central_budget(instance, plan)),
        "import_currency": sum(currency * tonnes for currency, tonnes in imported),
        "coverage": last.coverage,
        "gini": last.gini,
        "remitted": sum(plan.remittance.values()),
        "short": sum(plan.remittance_shortfall.values()),
    }


def page(run: Run, rows: Mapping[str, Solved], unused: Mapping[str, str]) -> str:
    """The table of the rows that there are, with what is to be said of it."""
    base, options, used = rows[BASE.name], run.options, versions()
    instance = run.instance(BASE)
    there = [mechanism for mechanism in (BASE, *MECHANISMS) if mechanism.name in rows]
    years = "" if run.last_year is None else f", planned to {run.last_year} and the tail"
    origin = (
        f"Workbook `{run.workbook.path.name}` (SHA-256 `{run.workbook.sha256[:12]}`), variant `{run.variant}`{years}; "
        f"solved by countyplan {used['countyplan']} on {max(row.day for row in rows.values())}, each to a gap of "
        f"{100 * options.gap:g} % or for {options.time_limit:g} s, with {options.threads} threads on a machine of "
        f"{os.cpu_count()} cores; {options.solver}, PuLP {used['pulp']}, highspy {used['highspy']}, "
        f"Python {used['python']}. Money in {instance.currency}: cost discounted, the rest summed over "
        f"{instance.first_year} to {instance.last_year}."
    )
    table = header(instance.last_year)
    table += [shown(run.words(mechanism), base, rows[mechanism.name]) for mechanism in there]
    how = [line(["name", "changed", "by"]), line(["---"] * 3)]
    how += [line([f"`{one.name}`", run.words(one), run.means(one)]) for one in there if one is not BASE]
    parts = [origin, READING, "\n".join(table), HOW, "\n".join(how)]
    parts += [
        f"Left out ({why}): {', '.join(f'`{name}`' for name in unused if unused[name] == why)}."
        for why in dict.fromkeys(unused.values())
    ]
    return "\n\n".join(parts) + "\n"


def solve_apart(run: Run, mechanism: Mechanism, beside: Path) -> Solved | str:
    """Solve a row in a process of its own; the last line of what it complained about where it failed."""
    options = run.options
    command = [sys.executable, "-m", "benchmarks.mechanisms", str(run.workbook.path.resolve())]
    command += ["--variant", run.variant, "--gap", str(options.gap), "--time-limit", str(options.time_limit)]
    command += ["--threads", str(options.threads), "--one", mechanism.name, "--beside", str(beside.resolve())]
    command += [] if run.last_year is None else ["--last-year", str(run.last_year)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
    return Solved(**json.loads(done.stdout.splitlines()[-1]))


def solve_all(run: Run, chosen: Sequence[Mechanism], output: Path) -> tuple[str, int]:
    """Solve what has not been solved yet, the base first, writing the table after each; and how many failed."""
    beside = output.with_suffix(".csv")
    known = read_rows(beside)
    unused = {mechanism.name: why for mechanism in chosen if (why := run.unused(mechanism))}
    rows: dict[str, Solved] = {}
    text, failed = "", 0
    for mechanism in (BASE, *(one for one in chosen if one.name not in unused)):
        earlier = known.get(mechanism.name)
        row = (
            earlier
            if earlier is not None and earlier.key == run.key(mechanism)
            else solve_apart(run, mechanism, beside)
        )
        if isinstance(row, str):
            print(f"{mechanism.name} failed: {row}", file=sys.stderr, flush=True)
            failed += 1
        else:
            rows[mechanism.name] = known[mechanism.name] = row
            write_rows(beside, known)
        base = rows.get(BASE.name)
        if base is None or base.joining is None:
            print(f"without a plan for it nothing can be compared: {BASE.words}", file=sys.stderr)
            return "", max(1, failed)
        text = page(run, rows, unused)
        write(output, text)
        if not isinstance(row, str):
            print(shown(mechanism.name, base, row), flush=True)
    stale = [one.name for one in (BASE, *chosen) if one.name in rows and rows[one.name].key != run.key(one)]
    if stale:
        print(f"the program was changed meanwhile, after these were solved: {', '.join(stale)}", file=sys.stderr)
    return text, failed + len(stale)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line of the table for each solve, as it ends; 0 when all went well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = {mechanism.name: mechanism for mechanism in MECHANISMS}
    parser.add_argument("workbook", nargs="?", default=None, help="a file, or the name of a shipped one")
    parser.add_argument("--variant", default="hybrid")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--last-year", type=int, help="end the plan with this year, for quicker solves")
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--time-limit", type=float, default=300.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("-o", "--output", type=Path, default=Path("out/mechanisms.md"), help="default: %(default)s")
    parser.add_argument("--into", type=Path, help="page in which the finished table is put between its marks")
    parser.add_argument("--one", choices=[BASE.name, *names], help=argparse.SUPPRESS)
    parser.add_argument("--beside", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    try:
        path = shipped_workbook() if given.workbook is None else find_workbook(given.workbook)
        workbook = read_workbook(path)
        settings = workbook.settings_of(given.variant)
        options = options_from(settings, gap=given.gap, time_limit=given.time_limit, threads=given.threads)
        run = Run(workbook, given.variant, options, given.last_year)
        if given.into is not None:
            put_between(given.into.read_text(encoding="utf-8"), "")
    except (InvalidWorkbook, UnusablePath, InvalidOption, LookupError, OSError, ValueError) as error:
        parser.error(str(error))
    if settings.objective != "least cost":
        parser.error(f"costs are compared, but what {given.variant} makes best is: {settings.objective}")
    if given.output.suffix == ".csv":
        parser.error("-o names the file of the table; the CSV file is written beside it")
    if given.one:
        first = read_rows(given.beside).get(BASE.name) if given.beside and given.one != BASE.name else None
        print(json.dumps(asdict(run.solve(names.get(given.one, BASE), first))))
        return 0
    chosen = [mechanism for mechanism in MECHANISMS if given.only is None or mechanism.name in given.only]
    try:
        text, failed = solve_all(run, chosen, given.output)
    except KeyboardInterrupt:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        return INTERRUPTED
    if failed:
        print(f"{failed} failed or are out of date; the same command solves these again", file=sys.stderr)
        return 1
    if given.into is not None:
        write(given.into, put_between(given.into.read_text(encoding="utf-8"), text))
    return 0


if __name__ == "__main__":
    sys.exit(main())
