"""Where plants start, and how many."""

from tests.models.breaches.breach import PLAN, SMALL, Breach, Obeying
from tests.models.breaches.choosing import NO_PACKAGE
from tests.models.small_instance import changed, with_design, with_entries, with_option, with_policy, without_entries

# Without the modernised plant alder has 3 t/yr of cloth in 2029, and the centre keeps 23 + 12 = 35.
PLAN_WITHOUT_MODERN = changed(
    PLAN,
    start={("alder", "cloth-modern", 2029): None},
    produce={("alder", "cloth-modern", 2029): None},
    ship={("alder", "alder", "cloth", 2029): 3},
    shortage={("alder", "cloth", 2029): 7},
    local_input={("alder", "fibre", 2029): None},
    bought_input={("alder", "fibre", 2029): None},
    central_funds={("alder", 2029): None},
    local_funds={("alder", 2029): None},
    reserve={(2029,): 35},
    local_labour={("alder", 2029): None},
    central_material={("alder", "steel", 2029): None},
)

# Without alder's existing plant.
PLAN_WITHOUT_EXISTING = changed(
    PLAN,
    produce_existing={("alder", "cloth", 2027): None, ("alder", "cloth", 2028): None, ("alder", "cloth", 2029): None},
    ship={
        ("alder", "alder", "cloth", 2027): None,
        ("alder", "alder", "cloth", 2028): None,
        ("alder", "alder", "cloth", 2029): 7,
    },
    shortage={("alder", "cloth", 2027): 10, ("alder", "cloth", 2028): 10, ("alder", "cloth", 2029): 3},
)


# The modernised plant starts a year after alder has joined.
ANYWHERE = with_policy(SMALL, build_window=0, modernise_anywhere=True, **NO_PACKAGE)

BREACHES = (
    Breach(
        "running_plants", "lifetime over", ("birch", "cloth-county", 2029), 20, SMALL,
        changed(
            PLAN,
            produce={("birch", "cloth-county", 2029): 20},
            ship={("birch", "birch", "cloth", 2029): 20},
            shortage={("birch", "cloth", 2029): None},
            local_input={("birch", "fibre", 2029): 12},
            bought_input={("birch", "fibre", 2029): 8},
        ),
    ),
    Breach(
        "running_plants", "lead time not passed", ("alder", "food-county", 2028), 40, SMALL,
        changed(
            PLAN,
            produce={("alder", "food-county", 2028): 40},
            ship={("alder", "alder", "food", 2028): 40},
            imports={("alder", "food", 2028): 60},
            local_input={("alder", "grain", 2028): 60},
        ),
    ),
    Breach("starts_where_selected", "after the window", ("alder", "cloth-modern", 2029), 1,
           with_policy(SMALL, build_window=0, **NO_PACKAGE)),
    Breach("package", "too few plants", ("alder", 2028), 1, with_policy(SMALL, one_per_good=False),
           PLAN_WITHOUT_MODERN),
    Breach("package", "a good without a plant", ("alder", 2028, "cloth"), 1, with_policy(SMALL, min_plants=1),
           PLAN_WITHOUT_MODERN),
    Breach("sites", "too many", ("birch", "food-provincial"), 1,
           with_option(SMALL, "birch", "food-provincial", max_plants=0)),
    Breach("sites", "not here", ("alder", "food-provincial"), 1, SMALL,
           changed(PLAN, start={("alder", "food-provincial", 2028): 1})),
    Breach("modernise_existing", "nothing to modernise", ("alder", "cloth"), 1,
           without_entries(SMALL, "existing", ("alder", "cloth")), PLAN_WITHOUT_EXISTING),
    Breach("starts_where_selected", "anywhere, but no modernisation", ("alder", "cloth-modern", 2029), 1,
           with_design(ANYWHERE, "cloth-modern", modernisation=False)),
    Breach("modernisations_per_year", "too many", (2029,), 1, with_entries(SMALL, "modernisations", {2029: 0})),
)  # fmt: skip

OBEYING = (
    Obeying("starts_where_selected", "modernised after the window", ANYWHERE),
    Obeying("modernisations_per_year", "one", with_entries(SMALL, "modernisations", {2027: 0, 2029: 1})),
)
