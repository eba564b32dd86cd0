"""Maps as SVG: the state of a year, small maps of many years, and the years of joining for a file."""

import math
import textwrap
from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from reports.charts.style import FILE, PAGE, Style
from reports.map.content import MapContent, Site
from reports.map.labels import SIZE, Circle, placed_names, shown_name
from reports.map.places import Places

SPACE = "http://www.w3.org/2000/svg"
MOST_SMALL = 12
"""Small maps side by side at most."""
LEAST_MARK, MARK = 4.0, 2.6
"""Radius of a marker without plants, and what the square root of their number adds, in units of the drawing."""
WIDEST_FLOW = 7.0
"""Width of the largest flow, in units of the drawing."""
NEVER = "never"


def map_of_year(content: MapContent, places: Places, year: int, names: Mapping[str, str]) -> str:
    """The map of a page: counties by what they are in a year, plants built until then, flows of the year; `names` of
    provinces by code.

    Areas carry `data-county`, the rank of the county, so that the page's script can change them.
    """
    svg = canvas(places, PAGE)
    svg.set("class", "map")
    svg.set("aria-hidden", "true")
    _shapes(svg, content, places)
    _areas(svg, content, places, lambda site: _state(site, year, PAGE), PAGE)
    _outlines(svg, places, PAGE)
    _flows(svg, content, places, year, PAGE)
    _marks(svg, content, places, year, PAGE, every=True)
    _names(svg, content, places, names, PAGE)
    SubElement(svg, "use", {"id": "map-chosen", "fill": "none", "stroke": PAGE.ink, "stroke-width": "4"})
    return tostring(svg, encoding="unicode", short_empty_elements=True)


def small_maps(content: MapContent, places: Places) -> list[tuple[int, str]]:
    """(year, map) of every plan year, or of some spread over the plan where it has many; areas are those of
    `map_of_year`, on the same page."""
    years = content.years
    if len(years) > MOST_SMALL:
        step = (len(years) - 1) / (MOST_SMALL - 1)
        years = tuple(years[round(step * place)] for place in range(MOST_SMALL))
    return [(year, _small(content, places, year)) for year in years]


def map_of_joining(content: MapContent, places: Places, title: str, reading: str) -> str:
    """A map for a file: counties by the year in which they join, and the plants built in all years."""
    style, periods = FILE, periods_of(content.years)
    lines = [*textwrap.wrap(title, 62)], [*textwrap.wrap(reading, 92)]
    head = 30 + 30 * len(lines[0]) + 22 * len(lines[1])
    legend = [*((period, style.steps[rank]) for rank, period in enumerate(_spans(periods))), (NEVER, style.waiting)]
    built = sorted({entry.scale for site in content.sites for entry in site.built})
    foot = 40 + 30 * (1 + len(built))
    margin = 24.0
    width, height = places.width + 2 * margin, head + places.height + foot
    svg = Element("svg", {"xmlns": SPACE, "viewBox": f"0 0 {width:g} {height:g}", "width": f"{width:g}"})
    svg.set("height", f"{height:g}")
    svg.set("font-family", style.font)
    SubElement(svg, "title").text = title
    SubElement(svg, "desc").text = reading
    SubElement(svg, "rect", {"width": f"{width:g}", "height": f"{height:g}", "fill": style.paper})
    top = 16.0
    for line in lines[0]:
        top += 30
        _text(svg, (margin, top), line, style.ink, 24, bold=True)
    for line in lines[1]:
        top += 22
        _text(svg, (margin, top), line, style.muted, 17)
    inner = SubElement(svg, "g", {"transform": f"translate({margin:g},{head:g})"})
    _shapes(inner, content, places)

    def colour(site: Site) -> str:
        if site.joins is None:
            return style.waiting
        return style.steps[next(rank for rank, (_, last) in enumerate(periods) if site.joins <= last)]

    _areas(inner, content, places, colour, style)
    _outlines(inner, places, style)
    _marks(inner, content, places, content.years[-1], style)
    across, down = margin, head + places.height + 34
    for name, shade in legend:
        SubElement(
            svg, "rect", {"x": f"{across:g}", "y": f"{down - 13:g}", "width": "18", "height": "14", "fill": shade}
        )
        _text(svg, (across + 25, down), name, style.ink, 17)
        across += 45 + 10.0 * len(name)
    for rank in built:
        down += 30
        mark = SubElement(svg, "path", {"d": _mark(rank, margin + 9, down - 6, 8), "fill": style.scale(rank)})
        mark.set("stroke", style.paper)
        _text(svg, (margin + 25, down), f"{content.scales[rank]}: the larger, the more plants", style.ink, 17)
    return tostring(svg, encoding="unicode")


def periods_of(years: tuple[int, ...]) -> list[tuple[int, int]]:
    """The plan years in at most five spans of like length, each (first, last)."""
    count = min(5, len(years))
    ends = [len(years) * (place + 1) // count for place in range(count)]
    return [
        (years[begin], years[end - 1]) for begin, end in zip([0, *ends[:-1]], ends, strict=True)
    ]  # fmt: skip


def _spans(periods: Iterable[tuple[int, int]]) -> list[str]:
    return [str(first) if first == last else f"{first}–{last}" for first, last in periods]


def canvas(places: Places, style: Style) -> Element:
    """An empty drawing of the size of a map."""
    size = f"0 0 {places.width:g} {places.height:g}"
    return Element("svg", {"viewBox": size, "font-family": style.font, "preserveAspectRatio": "xMidYMid meet"})


def _shapes(svg: Element, content: MapContent, places: Places) -> None:
    shapes = SubElement(svg, "defs")
    for rank, site in enumerate(content.sites):
        if site.code in places.areas:
            SubElement(shapes, "path", {"id": f"area-{rank}", "d": places.areas[site.code]})


def _areas(svg: Element, content: MapContent, places: Places, colour: Callable[[Site], str], style: Style) -> None:
    group = SubElement(svg, "g", {"class": "areas", "stroke": style.paper, "stroke-width": "1.2"})
    for rank, site in enumerate(content.sites):
        if site.code in places.areas:
            place = {"href": f"#area-{rank}", "fill": colour(site), "data-county": str(rank)}
            SubElement(group, "use", place)


def _outlines(svg: Element, places: Places, style: Style) -> None:
    look = {"fill": "none", "stroke": style.muted, "stroke-width": "1.6", "pointer-events": "none"}
    group = SubElement(svg, "g", {"class": "outlines", **look})
    for outline in places.outlines.values():
        SubElement(group, "path", {"d": outline})


def _names(svg: Element, content: MapContent, places: Places, names: Mapping[str, str], style: Style) -> None:
    """Names of provinces, clear of each other and of the markers of all years as far as there is room, over a seam of
    paper so that they can be read on whatever is below."""
    look = {"fill": style.ink, "font-size": f"{SIZE:g}", "font-weight": "600", "text-anchor": "middle"}
    seam = {"stroke": style.paper, "stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke"}
    group = SubElement(svg, "g", {"class": "names", "pointer-events": "none", **look, **seam})
    marks = [
        Circle(*places.points[site.code], LEAST_MARK + MARK * math.sqrt(max(count for *_, count in stages)))
        for site in content.sites
        if site.code in places.points and (stages := _stages(site, content.years[-1] + 1))
    ]
    for code, (x, y) in placed_names(names, places.labels, marks, places.width, places.height).items():
        SubElement(group, "text", {"x": f"{x:g}", "y": f"{y:g}"}).text = shown_name(names[code])


def _marks(svg: Element, content: MapContent, places: Places, year: int, style: Style, *, every: bool = False) -> None:
    """A marker for each county and scale, larger with the number of plants started until the year.

    `every`: markers of other years too, hidden, each with the years (from, and before which) for which it stands.
    """
    look = {"stroke": style.paper, "stroke-width": "1.4", "pointer-events": "none"}
    group = SubElement(svg, "g", {"id": "map-marks", **look} if every else look)
    for site in content.sites:
        if site.code not in places.points:
            continue
        x, y = places.points[site.code]
        for scale, begin, end, count in _stages(site, content.years[-1] + 1):
            if not every and not begin <= year < end:
                continue
            radius = LEAST_MARK + MARK * math.sqrt(count)
            mark = SubElement(group, "path", {"d": _mark(scale, x, y, radius), "fill": style.scale(scale)})
            if every:
                mark.set("data-from", str(begin))
                mark.set("data-before", str(end))
                if not begin <= year < end:
                    mark.set("display", "none")


def _stages(site: Site, after: int) -> list[tuple[int, int, int, float]]:
    """(scale, first year, year after the last, plants started until then) of each number of plants in a county."""
    found = []
    for scale in sorted({built.scale for built in site.built}):
        starts: dict[int, float] = {}
        for built in site.built:
            if built.scale == scale:
                starts[built.year] = starts.get(built.year, 0.0) + built.count
        years, total = sorted(starts), 0.0
        for year, end in zip(years, [*years[1:], after], strict=True):
            total += starts[year]
            found.append((scale, year, end, total))
    return found


def _flows(svg: Element, content: MapContent, places: Places, year: int, style: Style) -> None:
    """Lines from county to county by good and year, wider with the tonnes; those of other years are hidden."""
    look = {"fill": "none", "stroke": style.ink, "stroke-opacity": "0.5", "stroke-linecap": "round"}
    group = SubElement(svg, "g", {"id": "map-flows", "pointer-events": "none", **look})
    most = max((tonnes for found in content.flows.values() for _, _, tonnes in found), default=1.0)
    codes = [site.code for site in content.sites]
    for (good, when), found in sorted(content.flows.items()):
        part = SubElement(group, "g", {"data-good": str(good), "data-year": str(when)})
        if when != year:
            part.set("display", "none")
        for origin, destination, tonnes in found:
            start, end = places.points.get(codes[origin]), places.points.get(codes[destination])
            if start is not None and end is not None:
                width = max(0.6, WIDEST_FLOW * math.sqrt(tonnes / most))
                SubElement(part, "path", {"d": _bow(start, end), "stroke-width": f"{width:.1f}"})


def _bow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line from one place to another, bent a little to the left so that the way back is another."""
    (x, y), (to_x, to_y) = start, end
    bend_x, bend_y = (x + to_x) / 2 + (to_y - y) * 0.12, (y + to_y) / 2 - (to_x - x) * 0.12
    return f"M{x:g},{y:g}Q{bend_x:.1f},{bend_y:.1f},{to_x:g},{to_y:g}"


def _mark(rank: int, x: float, y: float, radius: float) -> str:
    """The shape of a scale's marker: circle, diamond, square, triangle."""
    r = round(radius, 1)
    match rank % 4:
        case 0:
            return f"M{x - r:.1f},{y:g}a{r:g},{r:g},0,1,0,{2 * r:g},0a{r:g},{r:g},0,1,0,{-2 * r:g},0Z"
        case 1:
            s = r * 1.25
            return f"M{x:g},{y - s:.1f}L{x + s:.1f},{y:g}L{x:g},{y + s:.1f}L{x - s:.1f},{y:g}Z"
        case 2:
            s = r * 0.9
            return f"M{x - s:.1f},{y - s:.1f}h{2 * s:.1f}v{2 * s:.1f}h{-2 * s:.1f}Z"
        case _:
            s = r * 1.15
            return f"M{x:g},{y - s:.1f}L{x + s:.1f},{y + s:.1f}L{x - s:.1f},{y + s:.1f}Z"


def _state(site: Site, year: int, style: Style) -> str:
    if site.joins is None or site.joins > year:
        return style.waiting
    return style.joins if site.joins == year else style.joined


def _small(content: MapContent, places: Places, year: int) -> str:
    svg = canvas(places, PAGE)
    svg.set("aria-hidden", "true")
    groups: dict[str, list[int]] = {}
    for rank, site in enumerate(content.sites):
        if site.code in places.areas:
            groups.setdefault(_state(site, year, PAGE), []).append(rank)
    for colour, ranks in groups.items():
        group = SubElement(svg, "g", {"fill": colour, "stroke": PAGE.paper, "stroke-width": "1"})
        for rank in ranks:
            SubElement(group, "use", {"href": f"#area-{rank}"})
    return tostring(svg, encoding="unicode")


def _text(svg: Element, place: tuple[float, float], words: str, colour: str, size: int, *, bold: bool = False) -> None:
    look = {"x": f"{place[0]:g}", "y": f"{place[1]:g}", "fill": colour, "font-size": str(size)}
    text = SubElement(svg, "text", {**look, "font-weight": "600"} if bold else look)
    text.text = words


def map_reading(surveyed: bool) -> str:
    """How areas of a map came about."""
    if surveyed:
        return "Areas are the boundaries that were given. Thick lines are provinces."
    return (
        "Each area is what lies nearest to a county's coordinates: neighbours, not borders. Thick lines are provinces."
    )
