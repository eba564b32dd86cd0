"""The table of package items: what they take, and the plants that the same means would have built."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.package import package_use
from models.plan import Result
from reports.columns import (
    COUNTIES,
    MONEY,
    PERSON_YEARS,
    PLANTS,
    SHARE,
    TEXT,
    TONNES,
    YEAR_COLUMN,
    Column,
    Row,
    plan_of,
    table,
)
from reports.mechanisms import has_items


def _columns(instance: Instance) -> tuple[Column, ...]:
    materials: list[Column] = []
    for code, material in instance.materials.items():
        materials.append(Column(f"tonnes_{code}", TONNES, f"{material.name} that it takes", material.name))
        part = f"that as a share of the centre's {material.name} of the year"
        materials.append(Column(f"share_{code}", SHARE, part, f"of central {material.name}"))
    return (
        YEAR_COLUMN,
        Column("item", TEXT, "code of the package item", "item code"),
        Column("item_name", TEXT, "package item", "item"),
        Column("counties", COUNTIES, "counties that receive it"),
        Column("money", MONEY, "what it costs, not discounted", "cost"),
        Column("money_share", SHARE, "that as a share of what the centre has to spend in the year", "of central money"),
        Column("labour", PERSON_YEARS, "construction labour that it takes"),
        Column("labour_share", SHARE, "that as a share of the centre's labour of the year", "of central labour"),
        *materials,
        Column("scarcest", TEXT, "means that it takes of which the centre has least to spare", "scarcest means"),
        Column("plants", PLANTS, "average new plants that as much of that means would have built", "plants forgone"),
    )


@table("Package items", _columns, key_columns=3, concerns=has_items)
def package_items(instance: Instance, result: Result) -> Iterator[Row]:
    """What package items take of the means of construction, whoever gives them, and how many average new plants of the
    plan the same means would have built, counted in the scarcest.
    """
    for use in sorted(package_use(instance, plan_of(result)), key=lambda use: use.year):
        row: dict[str, object] = {
            "year": use.year,
            "item": use.item,
            "item_name": instance.items[use.item].name,
            "counties": use.counties,
            "money": use.money,
            "money_share": use.money_share,
            "labour": use.labour,
            "labour_share": use.labour_share,
            "scarcest": means_name(instance, use.scarcest),
            "plants": use.plants,
        }
        for code in instance.materials:
            row[f"tonnes_{code}"] = use.materials[code]
            row[f"share_{code}"] = use.material_shares[code]
        yield row


def means_name(instance: Instance, means: str) -> str:
    """Name of a means of construction, as `models.measures.funding.central_use` calls them."""
    kind, _, code = means.partition(":")
    return instance.materials[code].name if kind == "material" else kind
