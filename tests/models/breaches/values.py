"""Values and indices that no plan may have."""

from models.verifier import DOMAIN
from tests.models.breaches.breach import PLAN, SMALL, Breach
from tests.models.small_instance import changed, with_province

BREACHES = (
    Breach(
        DOMAIN, "not importable", ("imports", "birch", "cloth", 2029), 20, SMALL,
        changed(PLAN, imports={("birch", "cloth", 2029): 20}, shortage={("birch", "cloth", 2029): None}),
    ),
    Breach(
        DOMAIN, "must be met", ("shortage", "cedar", "food", 2029), 150, SMALL,
        changed(PLAN, shortage={("cedar", "food", 2029): 150}, imports={("cedar", "food", 2029): None}),
    ),
    Breach(
        DOMAIN, "below 0", ("central_labour", "alder", 2029), 1, SMALL,
        changed(PLAN, local_labour={("alder", 2029): 3}, central_labour={("alder", 2029): -1}),
    ),
    Breach(DOMAIN, "year beyond the plan", ("reserve", 2030), 5, SMALL, changed(PLAN, reserve={(2030,): 5})),
    Breach(DOMAIN, "unknown county", ("imports", "elm", "food", 2029), 5, SMALL,
           changed(PLAN, imports={("elm", "food", 2029): 5})),
    Breach(DOMAIN, "index too short", ("local_funds", "alder"), 5, SMALL, changed(PLAN, local_funds={("alder",): 5})),
    Breach(DOMAIN, "index no tuple", ("reserve", "2029"), 5, SMALL, changed(PLAN, reserve={2029: 5})),
    Breach(DOMAIN, "unknown province", ("support", "east", 2028), 1, SMALL,
           changed(PLAN, support={("east", 2028): 1})),
    Breach(DOMAIN, "part of a support base", ("support", "north", 2028), 0.4,
           with_province(SMALL, "north", support_uplift=0.1), changed(PLAN, support={("north", 2028): 0.4})),
)  # fmt: skip
