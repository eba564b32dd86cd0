"""Making goods and getting them to people."""

from models.instance import Instance
from models.records import ExistingPlant, Input
from tests.models.breaches.breach import PLAN, SMALL, Breach, Obeying
from tests.models.budgeted_instance import priced_instance
from tests.models.small_instance import (
    changed,
    with_design,
    with_entries,
    with_good,
    with_policy,
    with_province,
    without_entries,
)

PRICED = priced_instance()

# Alder's people want 10 t/yr of cloth, less than a plant of 12 t/yr can make before seven tenths are crowded out.
LARGE_EXISTING = with_policy(
    with_entries(SMALL, "existing", {("alder", "cloth"): ExistingPlant(12, 3, 0.7)}), existing_held=True
)
PLAN_OF_LARGE_EXISTING = changed(
    PLAN,
    produce_existing={("alder", "cloth", 2027): 10},
    ship={("alder", "alder", "cloth", 2027): 10},
    shortage={("alder", "cloth", 2027): None},
)


def uplifted(utilisation: float, support_cost: float = 20) -> Instance:
    """The north may found a support base, and birch's provincial plant of 500 t/yr has this utilisation without it."""
    found = with_design(SMALL, "food-provincial", utilisation=utilisation)
    return with_province(found, "north", support_uplift=0.1, support_cost=support_cost)


# Founded in 2028 for 20, the base is at work in 2029; the centre keeps 30 - 20 and 23 - 20.
PLAN_WITH_BASE = changed(PLAN, support={("north", 2028): 1}, reserve={(2028,): 10, (2029,): 3})

# A tonne of food of a county plant takes 0.1 t of sacking, which may be cloth. Of the 7 t that alder's plant needs in
# 2029, 3 come from its modernised plant, which then makes 10 t of 10 t of fibre; its people still get 3 + 7 t.
SACKS = with_design(
    with_entries(
        SMALL, "inputs", {"sacking": Input("sacking", "Sacking", local_price=1, bought_price=9, good="cloth")}
    ),
    "food-county",
    inputs={"grain": 1.5, "sacking": 0.1},
)
PLAN_OF_SACKS = changed(
    PLAN,
    produce={("alder", "cloth-modern", 2029): 10},
    ship={("alder", "alder", "cloth", 2029): 13},
    bought_input={("alder", "fibre", 2029): 5, ("alder", "sacking", 2029): 4},
    made_input={("alder", "sacking", 2029): 3},
)

# Without cedar's cloth 405 of 650 + 160 are local, and sacking is bought for 36; the 3 t of cloth are worth 27.
PRICED_SACKS = with_good(SACKS, "cloth", market_price=9)
PLAN_WITHOUT_FIBRE = changed(
    PLAN_OF_SACKS,
    produce={("cedar", "cloth-county", 2029): None},
    ship={("cedar", "cedar", "cloth", 2029): None},
    shortage={("cedar", "cloth", 2029): 30},
    bought_input={("cedar", "fibre", 2029): None},
)

BREACHES = (
    Breach("capacity", "over 0.75 x 500", ("birch", "food-provincial", 2029), 5,
           with_design(SMALL, "food-provincial", utilisation=0.75)),
    Breach(
        "existing_capacity", "crowded out since 2028", ("alder", "cloth", 2028), 1, SMALL,
        changed(
            PLAN,
            produce_existing={("alder", "cloth", 2028): 4},
            ship={("alder", "alder", "cloth", 2028): 4},
            shortage={("alder", "cloth", 2028): 6},
        ),
    ),
    Breach(
        "shipped_from_output", "output that nobody gets", ("alder", "food", 2029), 10, SMALL,
        changed(PLAN, produce={("alder", "food-county", 2029): 80}, bought_input={("alder", "grain", 2029): 30}),
    ),
    Breach("demand", "over-supplied", ("cedar", "food", 2029), 10, SMALL,
           changed(PLAN, imports={("cedar", "food", 2029): 160})),
    Breach("demand", "forgotten", ("cedar", "cloth", 2028), 30, SMALL,
           changed(PLAN, shortage={("cedar", "cloth", 2028): None})),
    Breach("lanes", "no such lane", ("birch", "alder", "food", 2029), 30,
           without_entries(SMALL, "lanes", ("birch", "alder", "food"))),
    Breach("inputs", "too little", ("birch", "grain", 2029), 5, SMALL,
           changed(PLAN, bought_input={("birch", "grain", 2029): 170})),
    Breach("inputs", "more than the county has", ("alder", "grain", 2029), 10,
           with_entries(SMALL, "input_supply", {("alder", "grain"): 80})),
    Breach("inputs", "the county has none", ("alder", "fibre", 2029), 5,
           without_entries(SMALL, "input_supply", ("alder", "fibre"))),
    Breach("capacity", "over 0.75 x 500 in a year of its own", ("birch", "food-provincial", 2029), 5,
           with_design(SMALL, "food-provincial", yearly_utilisation={2029: 0.75})),
    Breach("capacity", "over 0.75 x 500 with a base", ("birch", "food-provincial", 2029), 5,
           uplifted(0.65), PLAN_WITH_BASE),
    # 380 t are over 0.75 x 500 = 375, and under 0.85 x 500 = 425.
    Breach("support_uplift", "no base", ("birch", "food-provincial", 2029), 5, uplifted(0.75)),
    Breach("support_uplift", "base not yet at work", ("birch", "food-provincial", 2029), 5,
           uplifted(0.75), changed(PLAN, support={("north", 2029): 1}, reserve={(2029,): 3})),
    Breach("support_uplift", "base elsewhere", ("birch", "food-provincial", 2029), 5,
           with_province(uplifted(0.75), "south", support_uplift=0.1), changed(PLAN, support={("south", 2027): 1})),
    # Two bases of 10 take as much as one of 20: 40 - 10 - 10 + 200 - 210 = 20 - 10 in 2028.
    Breach("support_uplift", "founded twice", ("north",), 1, uplifted(0.75, support_cost=10),
           changed(PLAN, support={("north", 2027): 1, ("north", 2028): 1},
                   reserve={(2027,): 30, (2028,): 10, (2029,): 3})),
    Breach("support_uplift", "where it does not help", ("south",), 1, SMALL,
           changed(PLAN, support={("south", 2028): 1})),
    Breach(
        "existing_capacity", "not held", ("alder", "cloth", 2028), 1, with_policy(SMALL, existing_held=True),
        changed(
            PLAN,
            produce_existing={("alder", "cloth", 2028): 2},
            ship={("alder", "alder", "cloth", 2028): 2},
            shortage={("alder", "cloth", 2028): 8},
        ),
    ),
    Breach(
        "existing_capacity", "not held to what people want", ("alder", "cloth", 2027), 1, LARGE_EXISTING,
        changed(
            PLAN_OF_LARGE_EXISTING,
            produce_existing={("alder", "cloth", 2027): 9},
            ship={("alder", "alder", "cloth", 2027): 9},
            shortage={("alder", "cloth", 2027): 1},
        ),
    ),
    # Alder's food plant makes 70 t of 100, and 0.8 x 100 = 80.
    Breach("quota_first", "too little for the state", ("alder", "food-county", 2029), 10,
           with_design(PRICED, "food-county", quota=0.8)),
    # Birch can use no more than 20 t of its 0.75 x 40 = 30 t of cloth; with 0.75 x 20 = 15 t of quota 11 are 4 short.
    Breach(
        "quota_first", "quota of what can be sold", ("birch", "cloth-county", 2027), 4,
        with_design(SMALL, "cloth-county", utilisation=0.75, quota=0.75, yearly_utilisation={2028: 0.5, 2029: 0.5}),
        changed(
            PLAN,
            produce={("birch", "cloth-county", 2027): 11},
            ship={("birch", "birch", "cloth", 2027): 11},
            shortage={("birch", "cloth", 2027): 9},
            local_input={("birch", "fibre", 2027): 3},
        ),
    ),
    Breach("demand", "what plants take forgotten", ("alder", "cloth", 2029), 1, SACKS,
           changed(PLAN_OF_SACKS, made_input={("alder", "sacking", 2029): 4},
                   bought_input={("alder", "sacking", 2029): 3})),
    # Nothing is made of the 10 + 3 t that alder uses; its people can be short of 10 of them.
    Breach(
        "demand", "plants go short", ("alder", "cloth", 2029), 3, SACKS,
        changed(
            PLAN_OF_SACKS,
            produce={("alder", "cloth-modern", 2029): None},
            produce_existing={("alder", "cloth", 2029): None},
            ship={("alder", "alder", "cloth", 2029): None},
            local_input={("alder", "fibre", 2029): None},
            bought_input={("alder", "fibre", 2029): None},
            shortage={("alder", "cloth", 2029): 13},
        ),
    ),
    Breach("inputs", "too little beside what is made", ("alder", "sacking", 2029), 1, SACKS,
           changed(PLAN_OF_SACKS, bought_input={("alder", "sacking", 2029): 3})),
    Breach("inputs", "made of no good", ("birch", "fibre", 2027), 8, SMALL,
           changed(PLAN, bought_input={("birch", "fibre", 2027): None}, made_input={("birch", "fibre", 2027): 8})),
    # Cedar buys all of its fibre for 5 x 20 = 100. In 2029 alder has 90 + 15 of 145 of its own and birch 300 of 650,
    # 405 of 795 in the north and of 895 in the nation; in 2027 and 2028 birch has 36 of 76.
    Breach("local_input_share", "of a county", ("cedar", 2029), 40,
           with_policy(SMALL, local_input_share=0.4, local_input_scope="county")),
    Breach("local_input_share", "of a province", ("south", 2029), 47,
           with_policy(SMALL, local_input_share=0.47, local_input_scope="province")),
    Breach("local_input_share", "of the nation", (2029,), 6.7,
           with_policy(SMALL, local_input_share=0.46, local_input_scope="nation")),
    # 0.47 of 873 are 410.31.
    Breach("local_input_share", "a good counts as bought", (2029,), 5.31,
           with_policy(PRICED_SACKS, local_input_share=0.47, local_input_scope="nation"), PLAN_WITHOUT_FIBRE),
)  # fmt: skip

OBEYING = (
    Obeying("capacity", "0.76 x 500 in a year of its own",
            with_design(SMALL, "food-provincial", utilisation=0.1, yearly_utilisation={2028: 0, 2029: 0.76})),
    # 0.66 + 0.1 = 0.76, and 0.76 x 500 = 380.
    Obeying("support_uplift", "base at work", uplifted(0.66), PLAN_WITH_BASE),
    Obeying("support_uplift", "not needed", uplifted(0.76)),
    Obeying("existing_capacity", "held", with_policy(SMALL, existing_held=True)),
    Obeying("existing_capacity", "held to what people want", LARGE_EXISTING, PLAN_OF_LARGE_EXISTING),
    Obeying("quota_first", "70 t of 100", with_design(PRICED, "food-county", quota=0.7)),
    Obeying("demand", "people and plants", SACKS, PLAN_OF_SACKS),
    Obeying("local_input_share", "nation", with_policy(SMALL, local_input_share=405 / 895, local_input_scope="nation")),
    Obeying("local_input_share", "a good counts as bought",
            with_policy(PRICED_SACKS, local_input_share=405 / 873, local_input_scope="nation"), PLAN_WITHOUT_FIBRE),
)  # fmt: skip
