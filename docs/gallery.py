"""Takes the pictures of docs/gallery.md anew: reports of the shipped case, and of a small made-up one.

python docs/gallery.py RESULTS

RESULTS is a folder with saved results of `countyplan compare` of the shipped workbook, out/ without it. Where it has
fewer than two, the shipped workbook is compared first. Break-even, frontier and ranking are searched for in the case of
docs/gallery_case.py, within a minute or two.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gallery_camera import Camera, lacking, take_sheet
from gallery_case import gallery_tables

from inputs.shipped import shipped_names, shipped_workbook
from inputs.template import write_workbook
from optimizer.breakeven import BreakevenOptions, carry_out_breakeven, prepare_breakeven
from optimizer.compare import carry_out_comparison, prepare_comparison
from optimizer.compare_saved import reports_of_saved
from optimizer.files import RESULTS
from optimizer.frontier.run import carry_out_frontier, prepare_frontier
from optimizer.rank.run import carry_out_ranking, prepare_ranking
from optimizer.report_formats import report_of_saved
from reports.saved_result import ENDING, load_result

FOLDER = Path(__file__).resolve().parent / "gallery"

VARIANTS = ("hybrid", "county", "provincial", "announced")
"""Variants of the shipped workbook that are compared, if they are there; the plan shown is the first one's."""


@dataclass(frozen=True)
class Shot:
    """A picture: of which page, which part of it (blank: its top), and of how many pixels in height at most."""

    page: str
    part: str = ""
    height: int = 900


SHOTS: Mapping[str, Shot] = {
    "plan": Shot("plan", height=860),
    "map": Shot("plan", "#map", 945),
    "supply": Shot("plan", "#figure-supply_by_source", 900),
    "comparison": Shot("comparison", height=980),
    "intervals": Shot("comparison", "#figure-intervals", 900),
    "breakeven": Shot("breakeven", "#costs .chart", 900),
    "breakeven-map": Shot("breakeven", "#map .chart", 900),
    "frontier": Shot("frontier", "#figure-frontier", 900),
    "ranking": Shot("ranking", "#figure-certainty", 900),
    "picks": Shot("ranking", "#picks", 760),
}
"""Pictures of pages by name."""

CHEAP_IMPORTS = ("Goods.food.import_price=0.32", "Goods.cloth.import_price=2.4")
"""With these the made-up case has plants that do not pay, and so a choice between cost and coverage."""

SHEET = "excel"
"""The picture of the Excel report's first sheet."""


def main(results: Path) -> None:
    """Take every picture."""
    if wanted := lacking():
        raise SystemExit("The pictures need more than is installed here:\n  " + "\n  ".join(wanted))
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = {**of_the_shipped_case(results, folder), **of_the_made_up_case(folder)}
        with Camera() as camera:
            for picture, shot in SHOTS.items():
                camera.take(pages[shot.page], shot.part, shot.height, FOLDER / f"{picture}.png")
        take_sheet(pages[SHEET], FOLDER / f"{SHEET}.png")
    size = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    sys.stdout.write(f"{len(SHOTS) + 1} pictures in {FOLDER}, {size / 1e6:.1f} MB\n")


def of_the_shipped_case(results: Path, folder: Path) -> dict[str, Path]:
    """Report, page and comparison of the shipped workbook, from saved results or else solved."""
    (name, *_) = shipped_names()
    paths = [path for variant in VARIANTS if (path := results / f"{name}-{variant}{ENDING}").is_file()]
    if len(paths) < 2:
        sys.stdout.write(f"{results} has no two saved results of {name}; comparing its variants, which takes minutes\n")
        prepared = prepare_comparison(shipped_workbook(name), variants=VARIANTS, folder=results, gap=0.01, threads=1)
        saved = carry_out_comparison(prepared, jobs=2).saved
        paths = [saved[variant] for variant in VARIANTS]
    plan = load_result(paths[0])
    _, comparison, _ = reports_of_saved(paths, folder, ["html"], plan.instance.variant)
    return {
        SHEET: report_of_saved(plan, paths[0], folder, "excel"),
        "plan": report_of_saved(plan, paths[0], folder, "html"),
        "comparison": comparison["html"],
    }


def of_the_made_up_case(folder: Path) -> dict[str, Path]:
    """Pages of the searches, in the made-up case."""
    workbook = folder / "made-up.xlsx"
    write_workbook(workbook, gallery_tables())
    searches: dict[str, Callable[[], Path]] = {
        "breakeven": lambda: (
            carry_out_breakeven(
                prepare_breakeven(
                    workbook,
                    "freight",
                    start=0.0,
                    end=0.008,
                    variants=("county", "provincial"),
                    choice=BreakevenOptions(goods=("food",), with_map=True, map_size=6, by=("nation",)),
                    folder=folder,
                ),
                jobs=2,
            ).page
        ),
        "frontier": lambda: (
            carry_out_frontier(
                prepare_frontier(
                    workbook, "coverage", variant="county", overrides=CHEAP_IMPORTS, points=7, folder=folder, gap=0.002
                ),
                jobs=2,
            ).page
        ),
        "ranking": lambda: (
            carry_out_ranking(
                prepare_ranking(
                    workbook,
                    variant="county",
                    overrides=CHEAP_IMPORTS,
                    within=0.002,
                    plans=12,
                    gap=0.001,
                    depth="none",
                    folder=folder,
                ),
                jobs=2,
            ).page
        ),
    }
    return {name: search() for name, search in searches.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else RESULTS)
