"""The map: where things lie, what is drawn, and boundaries from files."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import shapely
from shapely.geometry import Polygon, box, mapping

from models.instance import Instance
from reports.html.map_part import map_part
from reports.html.page import html_content
from reports.map.boundaries import UnusableBoundaries, read_boundaries
from reports.map.content import map_content
from reports.map.drawing import map_of_joining, map_of_year, periods_of, small_maps
from reports.map.places import places_of
from tests.reports.example import BACKGROUND, build_instance, build_plan, build_result
from tests.reports.html_pages import HOSTILE, PLACES, named_instance, placed_instance

SQUARES = {
    "anju": box(125.0, 39.0, 126.0, 40.0),
    "buk": box(126.0, 39.0, 127.0, 40.0),
    "chong": box(125.0, 38.0, 127.0, 39.0),
}
"""Boundaries of the example's counties, in degrees."""

NAMES = {"north": "North", "south": "South"}
"""Names of its provinces."""


def at(places: Mapping[str, tuple[float | None, float | None]]) -> Instance:
    """The example, with other coordinates."""
    instance = build_instance()
    counties = {
        code: replace(county, latitude=places[code][0], longitude=places[code][1])
        for code, county in instance.counties.items()
    }
    return replace(instance, counties=counties)


def collection(squares: Mapping[str, Polygon], name: str = "code") -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"other": 1, name: code}, "geometry": mapping(square)}
            for code, square in squares.items()
        ],
    }


def written(folder: Path, content: object) -> Path:
    path = folder / "areas.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def polygon(path: str) -> Polygon:
    """The first ring of an SVG path."""
    corners = [tuple(map(float, pair.split(","))) for pair in path[1 : path.index("Z")].split("L")]
    return Polygon(corners)


class TestPlaces:
    def test_each_point_lies_in_its_own_area_and_areas_do_not_overlap(self) -> None:
        places = places_of(placed_instance())
        shapes = {code: polygon(path) for code, path in places.areas.items()}
        assert set(shapes) == set(PLACES)
        for code, point in places.points.items():
            assert [other for other, shape in shapes.items() if shape.contains(shapely.Point(point))] == [code]
        assert sum(shape.area for shape in shapes.values()) == pytest.approx(
            shapely.union_all(list(shapes.values())).area, rel=1e-3
        )

    def test_north_is_up_and_east_is_right(self) -> None:
        points = places_of(placed_instance()).points
        assert points["anju"][1] < points["chong"][1]
        assert points["anju"][0] < points["buk"][0]

    def test_distances_are_true_near_the_middle(self) -> None:
        """At 60 degrees a degree of longitude is half as long as one of latitude."""
        points = places_of(at({"anju": (60.0, 10.0), "buk": (60.0, 12.0), "chong": (59.0, 10.0)})).points
        east, south = math.dist(points["anju"], points["buk"]), math.dist(points["anju"], points["chong"])
        assert east / south == pytest.approx(2 * math.cos(math.radians(59.5)), rel=1e-3)

    def test_a_country_across_180_degrees_stays_whole(self) -> None:
        points = places_of(at({"anju": (-17.0, 179.5), "buk": (-17.0, -179.5), "chong": (-18.0, 179.9)})).points
        assert points["anju"][0] < points["chong"][0] < points["buk"][0]

    def test_counties_at_one_place_each_have_an_area(self) -> None:
        places = places_of(at({"anju": (39.0, 125.0), "buk": (39.0, 125.0), "chong": (39.0, 125.0)}))
        assert all(polygon(path).area > 0 for path in places.areas.values())

    @pytest.mark.parametrize("known", [1, 2])
    def test_few_places_make_a_map_too(self, known: int) -> None:
        spots = {code: (spot if rank < known else (None, None)) for rank, (code, spot) in enumerate(PLACES.items())}
        places = places_of(at(spots))
        assert len(places.areas) == known
        assert places.missing == tuple(code for code in build_instance().counties if spots[code][0] is None)

    def test_no_coordinates_make_no_map(self) -> None:
        assert places_of(build_instance()) is None

    def test_outlines_hold_the_areas_of_their_province(self) -> None:
        places = places_of(placed_instance())
        north = polygon(places.outlines["north"]).buffer(1)
        assert all(north.contains(polygon(places.areas[code])) for code in ("anju", "buk"))
        assert not north.contains(polygon(places.areas["chong"]))


class TestDrawing:
    def test_county_is_drawn_by_what_it_is_in_the_year(self) -> None:
        instance = placed_instance()
        content, places = map_content(instance, build_plan()), places_of(instance)
        colours = {}
        for year in (2024, 2025):
            drawing = map_of_year(content, places, year, NAMES)
            colours[year] = re.findall(r'fill="var\(--(\w+)\)" data-county="(\d)"', drawing)
        assert colours[2024] == [("joins", "0"), ("waiting", "1"), ("waiting", "2")]
        assert colours[2025] == [("joined", "0"), ("joins", "1"), ("waiting", "2")]

    def test_plants_stand_from_the_year_of_their_start(self) -> None:
        instance = placed_instance()
        drawing = map_of_year(map_content(instance, build_plan()), places_of(instance), 2024, NAMES)
        marks = re.findall(r'data-from="(\d+)" data-before="(\d+)"( display="none")?', drawing)
        assert marks == [("2024", "2026", ""), ("2025", "2026", ' display="none"')]

    def test_flows_are_those_of_the_year(self) -> None:
        instance = placed_instance()
        content = map_content(instance, build_plan())
        assert content.flows == {(0, 2025): ((0, 2, 30.0),), (1, 2025): ((1, 0, 100.0), (1, 2, 100.0))}
        assert map_of_year(content, places_of(instance), 2024, NAMES).count('data-year="2025" display="none"') == 2

    def test_small_maps_are_few(self) -> None:
        instance = placed_instance()
        content, places = map_content(instance, build_plan()), places_of(instance)
        assert [year for year, _ in small_maps(content, places)] == [2024, 2025]
        long = replace(content, years=tuple(range(2000, 2050)))
        shown = [year for year, _ in small_maps(long, places)]
        assert (len(shown), shown[0], shown[-1]) == (12, 2000, 2049)

    def test_map_of_a_file_is_complete_and_keeps_names_as_text(self) -> None:
        instance = named_instance(HOSTILE)
        drawing = map_of_joining(map_content(instance, build_plan()), places_of(instance), HOSTILE, "Areas.")
        words = [element.text or "" for element in fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
        assert any(HOSTILE in word for word in words)
        assert "2024" in words
        assert "var(" not in drawing

    @pytest.mark.parametrize(
        ("years", "periods"),
        [
            ((2024,), [(2024, 2024)]),
            ((2024, 2025), [(2024, 2024), (2025, 2025)]),
            (tuple(range(2024, 2034)), [(2024, 2025), (2026, 2027), (2028, 2029), (2030, 2031), (2032, 2033)]),
        ],
    )
    def test_years_are_grouped(self, years: tuple[int, ...], periods: list[tuple[int, int]]) -> None:
        assert periods_of(years) == periods

    def test_captions_count(self) -> None:
        part = map_part(placed_instance(), build_plan(), None, lambda surveyed: "")
        assert part.captions == (
            "2024: 1 county joins, 1 of 3 have joined by the end of the year; 3 plants have been started.",
            "2025: 1 county joins, 2 of 3 have joined by the end of the year; 4 plants have been started.",
        )


class TestBoundaries:
    @pytest.mark.parametrize("name", ["code", "ADM2_PCODE"])
    def test_geojson_is_keyed_by_whatever_property_names_counties(self, tmp_path: Path, name: str) -> None:
        areas = read_boundaries(written(tmp_path, collection(SQUARES, name)), set(SQUARES))
        assert {code: area.equals(SQUARES[code]) for code, area in areas.items()} == dict.fromkeys(SQUARES, True)

    def test_geojson_may_be_keyed_by_the_id_of_its_features(self, tmp_path: Path) -> None:
        features = [
            {"type": "Feature", "id": code, "properties": None, "geometry": mapping(square)}
            for code, square in SQUARES.items()
        ]
        path = written(tmp_path, {"type": "FeatureCollection", "features": features})
        assert set(read_boundaries(path, set(SQUARES))) == set(SQUARES)

    def test_topojson_shares_arcs_and_steps(self, tmp_path: Path) -> None:
        """Two unit squares side by side, in tenths of a degree from (125, 39), with the line between them shared."""
        topology = {
            "type": "Topology",
            "transform": {"scale": [0.1, 0.1], "translate": [125, 39]},
            "arcs": [
                [[10, 0], [0, 10]],
                [[10, 10], [-10, 0], [0, -10], [10, 0]],
                [[10, 0], [10, 0], [0, 10], [-10, 0]],
            ],
            "objects": {
                "areas": {
                    "type": "GeometryCollection",
                    "geometries": [
                        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "anju"}},
                        {"type": "MultiPolygon", "arcs": [[[-1, 2]]], "id": "buk"},
                        {"type": "Point", "coordinates": [0, 0], "id": "chong"},
                    ],
                }
            },
        }
        areas = read_boundaries(written(tmp_path, topology), {"buk"})
        assert areas["buk"].equals(box(126, 39, 127, 40))
        areas = read_boundaries(written(tmp_path, topology), {"anju"})
        assert areas["anju"].equals(box(125, 39, 126, 40))

    def test_map_is_drawn_from_boundaries(self, tmp_path: Path) -> None:
        areas = read_boundaries(written(tmp_path, collection(SQUARES)), set(SQUARES))
        places = places_of(build_instance(), areas)
        assert places.surveyed
        assert polygon(places.areas["chong"]).area == pytest.approx(2 * polygon(places.areas["anju"]).area, rel=1e-2)
        content = html_content(build_instance(), build_result(), BACKGROUND, areas)
        assert "Areas are the boundaries that were given." in content

    def test_county_without_a_boundary_is_a_dot(self, tmp_path: Path) -> None:
        two = {code: SQUARES[code] for code in ("anju", "buk")}
        places = places_of(placed_instance(), read_boundaries(written(tmp_path, collection(two)), set(SQUARES)))
        assert polygon(places.areas["chong"]).area < 200
        assert places.missing == ()

    def test_parts_of_a_county_are_joined(self, tmp_path: Path) -> None:
        content = collection(SQUARES)
        content["features"][1]["properties"]["code"] = "anju"
        areas = read_boundaries(written(tmp_path, content), set(SQUARES))
        assert areas["anju"].equals(box(125, 39, 127, 40))

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("no JSON", "neither GeoJSON nor TopoJSON"),
            (json.dumps([1]), "no valid GeoJSON or TopoJSON"),
            (json.dumps({"type": "Feature"}), "no areas"),
            (json.dumps({"type": "Topology", "arcs": [[]], "objects": {}}), "no areas"),
            (json.dumps({"type": "Topology"}), "no valid GeoJSON or TopoJSON"),
            (
                json.dumps(collection({"x": SQUARES["anju"]})),
                r"names a county.*such as anju, buk, chong",
            ),
            (json.dumps(collection({"anju": box(350000, 400000, 360000, 410000)})), "not degrees"),
            (json.dumps({"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon"}}]}), "no valid"),
        ],
    )
    def test_unusable_files_are_told_in_words(self, tmp_path: Path, content: str, message: str) -> None:
        path = tmp_path / "areas.json"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(UnusableBoundaries, match=message):
            read_boundaries(path, set(SQUARES))

    def test_missing_and_binary_files_are_told_in_words(self, tmp_path: Path) -> None:
        with pytest.raises(UnusableBoundaries, match="cannot be read"):
            read_boundaries(tmp_path / "none.json", set(SQUARES))
        path = tmp_path / "areas.json"
        path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(UnusableBoundaries, match="neither GeoJSON nor TopoJSON"):
            read_boundaries(path, set(SQUARES))
