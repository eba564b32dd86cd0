"""Runs to save: problems drawn at random with plans drawn at random, which need keep no rule, and archives to alter."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

from models.instance import Instance
from models.plan import Charge, Limit, Plan, Result, Status
from reports.background import Background
from reports.saved_result import SavedResult

MANIFEST = "manifest.json"


def drawn_run(instance: Instance, seed: int) -> SavedResult:
    """A run of the problem whose plan has values at some of its indices: as many digits as a float may have."""
    draw = Random(seed)
    codes: Mapping[str, Any] = {
        "county": list(instance.counties),
        "origin": list(instance.counties),
        "destination": list(instance.counties),
        "design": list(instance.designs),
        "good": list(instance.goods),
        "input": list(instance.inputs),
        "material": list(instance.materials),
        "province": list(instance.provinces),
        "year": list(instance.years),
    }

    def index(names: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(draw.choice(codes[name]) for name in names)

    plan = Plan(
        **{
            entry.name: {index(entry.metadata["index"]): number(draw) for _ in range(draw.randint(0, 6))}
            for entry in fields(Plan)
        }
    )
    counties, years = list(instance.counties), instance.years
    charges = tuple(
        Charge(draw.choice(["investment", "transport"]), draw.choice(counties), draw.choice(years), number(draw))
        for _ in range(draw.randint(0, 9))
    )
    limits = tuple(
        Limit(
            "capacity",
            draw.choice([(), ("2027",), (2027,), (draw.choice(counties), draw.choice(years)), ("a b", "most")]),
            number(draw),
            draw.choice([math.inf, number(draw)]),
            draw.choice([-math.inf, math.inf, number(draw)]),
        )
        for _ in range(draw.randint(0, 9))
    )
    found = draw.random() < 0.8
    result = Result(
        status=draw.choice([Status.SOLVED, Status.STOPPED] if found else [Status.NO_PLAN, Status.INFEASIBLE]),
        plan=plan if found else None,
        objective=number(draw) if found else None,
        bound=draw.choice([None, -math.inf, number(draw)]),
        gap=draw.choice([None, 0.0, number(draw)]),
        seconds=draw.random(),
        solver="HiGHS",
        charges=charges,
        limits=limits,
        interrupted=draw.random() < 0.5,
        provenance={"seed": str(seed), "": "blank", "ü": "ö"},
    )
    origin = Background(
        "case.xlsx",
        f"{seed:064d}",
        options={"gap": "0.01"},
        seconds=draw.choice([None, 2.5]),
        notes=("a note",) * draw.randint(0, 2),
        assumptions=(("Goods", "food", 'guess, "roughly"\nor so'),),
        variant=instance.variant,
        overrides=("Goods.*.norm=9",),
    )
    return SavedResult(instance, result, origin)


def number(draw: Random) -> float:
    """A number of any size, with every digit."""
    return draw.choice(
        [draw.random(), draw.random() * 10 ** draw.randint(-300, 300), float(draw.randint(0, 9)), 5e-324]
    )


def members(path: Path) -> dict[str, bytes]:
    """Every member of a zip file."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, changes: Mapping[str, bytes | None], *, listed: bool = True, **manifest: Any) -> None:
    """Write a saved result again with members changed, added or (None) taken away.

    `listed`: its manifest agrees with the change, as if the program had made it. `manifest` replaces entries there.
    """
    found = members(path)
    for name, content in changes.items():
        if content is None:
            del found[name]
        else:
            found[name] = content
    known = json.loads(found.pop(MANIFEST))
    if listed:
        known["members"] = {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    with ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, json.dumps({**known, **manifest}))
        for name, content in found.items():
            archive.writestr(name, content)
