"""Charts of what was chosen: counties by province and year, plants by year."""

from collections import Counter

from pandas import DataFrame

from reports.charts.panels import cells, stacked
from reports.charts.picture import (
    Drawing,
    Layout,
    Picture,
    Told,
    good_names,
    listed,
    province_names,
    records,
    scale_names,
)
from reports.charts.style import Style


def counties_joining(told: Told) -> Picture | None:
    """Counties joining, by province and year."""
    instance, table = told.instance, told.tables["picks_by_province"]
    names = province_names(instance)
    counts = {
        (names[record["province"]], year): int(record[str(year)])
        for record in records(table)
        if record["province"]
        for year in instance.years
    }
    total = Counter({year: sum(counts[name, year] for name in names.values()) for year in instance.years})
    if not total.total():
        return None
    largest = max(counts.values())
    bands = _count_bands(largest)
    rows = [
        {
            "row": province,
            "year": str(year),
            "band": _band(count, bands),
            "text": str(count),
            "words": f"{province}, {year}: {count} {'county joins' if count == 1 else 'counties join'}",
        }
        for (province, year), count in counts.items()
        if count
    ]
    rows.sort(key=lambda row: row["year"])
    data = _with_every_year(rows, [str(year) for year in instance.years], next(iter(names.values())))

    def draw(style: Style, layout: Layout) -> Drawing:
        return cells(data, list(names.values()), style, layout, bands=bands, legend="counties joining")

    most = max(total.values())
    busiest = [str(year) for year, count in total.items() if count == most]
    when = f"in {listed(busiest)}" if len(busiest) <= 3 else f"in {len(busiest)} of {len(instance.years)} years"
    return Picture(
        title="Counties joining the programme, by province and year (number of counties)",
        reading=f"Each cell counts the counties of a province that join in a year; empty: none. "
        f"The nation's greatest number is {most} a year, {when}.",
        tables=("Chosen by province", "Chosen counties"),
        draw=draw,
    )


def plants_started(told: Told) -> Picture | None:
    """Plants whose construction starts, by year, good and scale."""
    instance, table = told.instance, told.tables["plants"]
    if table.empty:
        return None
    goods, scales = good_names(instance), scale_names(instance)
    counts = table.groupby(["scale", "good", "year"])["count"].sum()
    used_scales = [code for code in scales if code in set(table["scale"])]
    used_goods = [code for code in goods if code in set(table["good"])]
    rows = []
    for scale in used_scales:
        for rank, good in enumerate(used_goods):
            for year in instance.years:
                count = float(counts.get((scale, good, year), 0.0))
                name = f"{scales[scale]}: {goods[good]}"
                rows.append(
                    {
                        "panel": scales[scale],
                        "year": str(year),
                        "part": goods[good],
                        "rank": rank,
                        "amount": count,
                        "words": f"{name}, {year}: {count:,g} started",
                    }
                )
    data = DataFrame(rows)

    def draw(style: Style, layout: Layout) -> Drawing:
        palette = (*style.series, style.rest)
        colours = {goods[good]: palette[min(rank, len(palette) - 1)] for rank, good in enumerate(used_goods)}
        return stacked(data, colours, style, layout, panels=[scales[scale] for scale in used_scales])

    whole = float(table["count"].sum())
    parts = listed(
        f"{float(table.loc[table['scale'] == scale, 'count'].sum()):,g} of scale {scales[scale]}"
        for scale in used_scales
    )
    return Picture(
        title="Plants whose construction starts, by year, good and scale (number of plants)",
        reading=f"Each bar is a year, its parts are goods; panels have axes of their own. "
        f"In all {whole:,g} plants start: {parts}.",
        tables=("Plants",),
        draw=draw,
    )


def _count_bands(largest: int) -> tuple[str, ...]:
    """Steps of shade for counts from 1 to the largest, at most five."""
    if largest <= 5:
        return tuple(str(count) for count in range(1, largest + 1))
    width = -(-largest // 5)
    starts = range(1, largest + 1, width)
    return tuple(
        str(start) if width == 1 else f"{start}–{min(start + width - 1, largest)}" for start in starts
    )  # fmt: skip


def _band(count: int, bands: tuple[str, ...]) -> str:
    return next(band for band in bands if count <= int(band.rpartition("–")[2]))


def _with_every_year(rows: list[dict[str, str]], years: list[str], row: str) -> DataFrame:
    """Rows, and a cell without shade for each year that has none, so that no year is missing from the axis."""
    lacking = [year for year in years if year not in {entry["year"] for entry in rows}]
    blank = [{"row": row, "year": year, "band": "", "text": "", "words": ""} for year in lacking]
    return DataFrame([*rows, *blank])
