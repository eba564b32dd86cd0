"""Maps of the same counties side by side, one for each variant, that a page's script colours."""

from collections.abc import Mapping
from xml.etree.ElementTree import SubElement, tostring

from models.instance import Instance
from reports.charts.style import PAGE
from reports.map.drawing import canvas
from reports.map.places import Places


def maps_side_by_side(
    instance: Instance, places: Places, colours: Mapping[str, Mapping[str, str]], prefix: str
) -> Mapping[str, str]:
    """A map for each key of `colours`, its counties in the colours given by their codes.

    Areas carry `data-county`, the rank of the county. The first map holds the shapes of all, under ids that begin with
    `prefix`.
    """
    ranks = {code: rank for rank, code in enumerate(instance.counties)}
    drawn: dict[str, str] = {}
    for key, colour_of in colours.items():
        svg = canvas(places, PAGE)
        svg.set("class", "map")
        svg.set("aria-hidden", "true")
        if not drawn:
            shapes = SubElement(svg, "defs")
            for code, shape in places.areas.items():
                SubElement(shapes, "path", {"id": f"{prefix}{ranks[code]}", "d": shape})
            lines = SubElement(shapes, "g", {"id": f"{prefix}lines"})
            for outline in places.outlines.values():
                SubElement(lines, "path", {"d": outline})
        group = SubElement(svg, "g", {"class": "areas", "stroke": PAGE.paper, "stroke-width": "1.6"})
        for code in places.areas:
            area = {"href": f"#{prefix}{ranks[code]}", "fill": colour_of[code], "data-county": str(ranks[code])}
            SubElement(group, "use", area)
        look = {"fill": "none", "stroke": PAGE.muted, "stroke-width": "2.4", "pointer-events": "none"}
        SubElement(svg, "use", {"href": f"#{prefix}lines", **look})
        SubElement(svg, "use", {"class": "chosen", "fill": "none", "stroke": PAGE.ink, "stroke-width": "6"})
        drawn[key] = tostring(svg, encoding="unicode", short_empty_elements=True)
    return drawn
