"""Money for construction, the centre's budget and foreign currency."""

from models.records import NO_LIMIT
from tests.models.breaches.breach import PLAN, SMALL, Breach, Obeying
from tests.models.budgeted_instance import budgeted_instance, budgeted_plan
from tests.models.small_instance import changed, with_county, with_entries, with_policy, with_province

BUDGETED = budgeted_instance()
BUDGETED_PLAN = budgeted_plan(BUDGETED)

# Of the 20 of alder in 2029 donors pay 5, a quarter.
DONORS = with_policy(with_county(SMALL, "alder", donations=5), most_donated_share=0.25)
PLAN_WITH_DONORS = changed(PLAN, local_funds={("alder", 2029): 3}, donations={("alder", 2029): 5})

# Without a reserve 200, 210 + 50.5 and 257 are spent of 200, 200 + 75.125 and 250 + 75.125.
NOT_CARRIED = with_policy(BUDGETED, reserve_carried=False)
PLAN_NOT_CARRIED = changed(BUDGETED_PLAN, reserve={(2028,): None, (2029,): None})

BREACHES = (
    Breach("investment_funded", "unpaid", ("birch", 2028), 10, SMALL,
           changed(PLAN, local_funds={("birch", 2028): 20})),
    Breach("investment_funded", "more than the county has", ("alder", 2028), 1,
           with_county(SMALL, "alder", local_funds=39)),
    # The centre pays 12 of 20 there, and 0.65 x 20 = 13; 245 of 285, and 0.85 x 285 = 242.25.
    Breach("investment_funded", "central share too small", ("alder", 2029), 1,
           with_policy(SMALL, least_central_share=0.65)),
    Breach("investment_funded", "central share too large", ("cedar", 2029), 2.75,
           with_policy(SMALL, most_central_share=0.85)),
    Breach("central_budget", "money lost", (2029,), 3, SMALL, changed(PLAN, reserve={(2029,): 20})),
    # Without a reserve the 210 of 2028 are 10 over, and the 257 of 2029 within 260.
    Breach(
        "central_budget", "nothing carried", (2028,), 10,
        with_policy(with_entries(SMALL, "central_funds", {2029: 260}), reserve_carried=False),
        changed(PLAN, reserve={(2027,): None, (2028,): None, (2029,): None}),
    ),
    # Where funds have no limit nothing can be left of them: 2028 may spend all it likes, but keep nothing for 2029.
    Breach(
        "central_budget", "reserve out of nothing", (2028,), 30,
        with_entries(SMALL, "central_funds", {2028: NO_LIMIT}), PLAN,
    ),
    Breach("import_budget", "too little currency", (2029,), 1, with_entries(SMALL, "import_currency", {2029: 299})),
    Breach("investment_funded", "donors pay too much", ("alder", 2029), 1,
           with_county(SMALL, "alder", donations=5), changed(PLAN, donations={("alder", 2029): 1})),
    # Donors' money is part of the whole of which the centre pays its share: 12 of 20, not of 15.
    Breach("investment_funded", "central share of all three", ("alder", 2029), 1,
           with_policy(DONORS, least_central_share=0.65), PLAN_WITH_DONORS),
    Breach("donation_limit", "more than donors have", ("alder", 2029), 1,
           with_county(DONORS, "alder", donations=4), PLAN_WITH_DONORS),
    Breach("donation_limit", "more than their share", ("alder", 2029), 1,
           with_policy(DONORS, most_donated_share=0.2), PLAN_WITH_DONORS),
    Breach("central_budget", "remittances not counted", (2029,), 75.125, BUDGETED,
           changed(BUDGETED_PLAN, reserve={(2029,): 7.625})),
    # Where all is kept, what a subsidy takes is missing until the end.
    Breach("central_budget", "subsidies not counted", (2028,), 50.5, BUDGETED,
           changed(BUDGETED_PLAN, reserve={(2028,): 65.125, (2029,): 133.25})),
    Breach("central_budget", "support base not counted", (2028,), 8,
           with_province(SMALL, "south", support_uplift=0.1, support_cost=8),
           changed(PLAN, support={("south", 2028): 1})),
    # 210 + 50.5 of 180 + 75.125.
    Breach("central_budget", "more than came back", (2028,), 5.375,
           with_entries(NOT_CARRIED, "central_funds", {2028: 180}), PLAN_NOT_CARRIED),
)  # fmt: skip

OBEYING = (
    Obeying("investment_funded", "the centre's share of all three",
            with_policy(DONORS, least_central_share=0.6), PLAN_WITH_DONORS),
    Obeying("donation_limit", "a quarter", DONORS, PLAN_WITH_DONORS),
    Obeying("central_budget", "a part of remittances comes back", BUDGETED, BUDGETED_PLAN),
    Obeying("central_budget", "nothing carried", with_entries(NOT_CARRIED, "central_funds", {2028: 185.375}),
            PLAN_NOT_CARRIED),
)  # fmt: skip
