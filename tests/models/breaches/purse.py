"""What counties take in, owe the centre, spend and keep."""

from models.records import Purse
from tests.models.breaches.breach import PLAN, SMALL, Breach, Obeying
from tests.models.budgeted_instance import budgeted_instance, budgeted_plan
from tests.models.small_instance import changed, with_county, with_entries, with_policy

BUDGETED = budgeted_instance()
BUDGETED_PLAN = budgeted_plan(BUDGETED)

# With a base of 40, alder has 40 - 40.5 in 2028, remits nothing and spends 100 out of a subsidy of 20.5 and 80 from its
# fund, which held 80 + 5. The centre: 14.625 - 10 = 4.625; 4.625 + 250 + 60.125 - 257 = 57.75.
RUINED = with_entries(
    with_county(BUDGETED, "alder", priority_fund=80), "purses", {("alder", 2028): Purse(40, 60, 30, 0.2)}
)
PLAN_OF_RUIN = changed(
    BUDGETED_PLAN,
    remittance={("alder", 2028): None},
    remittance_shortfall={("alder", 2028): 30},
    subsidy={("alder", 2028): 20.5},
    draw={("alder", 2028): 80},
    priority_fund={("alder", 2027): 85},
    reserve={(2028,): 4.625, (2029,): 57.75},
)

# Alder remits 40 of the 37.1 it owes in 2029; the surplus is 77.5, the fund 5 + 38.75.
PLAN_WITH_EXTRA = changed(
    BUDGETED_PLAN,
    remittance={("alder", 2029): 40},
    surplus={("alder", 2029): 77.5},
    priority_fund={("alder", 2029): 43.75},
)

BREACHES = (
    # A remittance is at least 0, and so over a revenue that is less.
    Breach("local_revenue", "losses over the base", ("alder", 2028), 0.5, RUINED, PLAN_OF_RUIN, also="remit_first"),
    # The surplus is then 82.5 and the fund 5 + 41.25.
    Breach(
        "remittance_due", "less than the rate", ("alder", 2029), 2.1, BUDGETED,
        changed(
            BUDGETED_PLAN,
            remittance={("alder", 2029): 35},
            surplus={("alder", 2029): 82.5},
            priority_fund={("alder", 2029): 46.25},
        ),
    ),
    Breach("remittance_due", "less than the quota", ("cedar", 2028), 2, BUDGETED,
           changed(BUDGETED_PLAN, remittance_shortfall={("cedar", 2028): 8})),
    Breach("remittance_due", "more than is owed", ("alder", 2029), 2.9, BUDGETED, PLAN_WITH_EXTRA),
    Breach("remittance_due", "short of more than is owed", ("cedar", 2027), 5,
           with_policy(BUDGETED, extra_remittance=True),
           changed(BUDGETED_PLAN, remittance_shortfall={("cedar", 2027): 15})),
    # Cedar has 10 in its fund and remits 30 of 20; 10 go to essential expenditure, and 5 to the centre in 2028.
    Breach(
        "remit_first", "more than revenue", ("cedar", 2027), 10, with_county(BUDGETED, "cedar", priority_fund=10),
        changed(
            BUDGETED_PLAN,
            remittance={("cedar", 2027): 30},
            remittance_shortfall={("cedar", 2027): None},
            draw={("cedar", 2027): 10},
            reserve={(2028,): 19.625, (2029,): 87.75},
        ),
    ),
    # Cedar remits 20 of 158.5, and has 138.5 - 80 over.
    Breach(
        "remit_first", "short of means it has", ("cedar", 2029), 10, BUDGETED,
        changed(
            BUDGETED_PLAN,
            remittance={("cedar", 2029): 20},
            remittance_shortfall={("cedar", 2029): 10},
            surplus={("cedar", 2029): 58.5},
            priority_fund={("cedar", 2029): 29.25},
        ),
    ),
    # It keeps 1 of 20; that is enough, however much it falls short.
    Breach(
        "remit_first", "short while little is left", ("cedar", 2028), 1, BUDGETED,
        changed(
            BUDGETED_PLAN,
            remittance={("cedar", 2028): 19},
            remittance_shortfall={("cedar", 2028): 11},
            subsidy={("cedar", 2028): 39},
            reserve={(2028,): 15.625, (2029,): 83.25},
        ),
    ),
    Breach("remit_first", "essential expenditure not paid", ("cedar", 2027), 5, BUDGETED,
           changed(BUDGETED_PLAN, subsidy={("cedar", 2027): 35},
                   reserve={(2027,): 5, (2028,): 19.625, (2029,): 87.75})),
    Breach(
        "remit_first", "local funds out of nothing", ("alder", 2028), 4, BUDGETED,
        changed(BUDGETED_PLAN, local_funds={("alder", 2028): 44}, central_funds={("alder", 2028): 86},
                reserve={(2028,): 18.625, (2029,): 86.75}),
    ),
    # Cedar saves 10 of the subsidy, half of it in its fund.
    Breach(
        "remit_first", "subsidy of more than is essential", ("cedar", 2028), 10, BUDGETED,
        changed(
            BUDGETED_PLAN,
            subsidy={("cedar", 2028): 50},
            surplus={("cedar", 2028): 10},
            priority_fund={("cedar", 2028): 5, ("cedar", 2029): 29.25},
            reserve={(2028,): 4.625, (2029,): 72.75},
        ),
    ),
    Breach("remit_first", "no budget is planned", ("surplus", "birch", 2027), 5, SMALL,
           changed(PLAN, surplus={("birch", 2027): 5})),
    Breach("priority_fund_balance", "more than it was given", ("alder", 2029), 4.8, BUDGETED,
           changed(BUDGETED_PLAN, priority_fund={("alder", 2029): 50})),
    Breach("priority_fund_balance", "nothing before the first year", ("alder", 2027), 20,
           with_county(BUDGETED, "alder", priority_fund=0), BUDGETED_PLAN),
    # Alder: 69.5 + 27 + 9.5 = 100 + 6; 25 - 27 + 3 = 1, and 1 + 40.2.
    Breach(
        "priority_fund_balance", "drawn before it comes in", ("alder", 2028), 2, BUDGETED,
        changed(
            BUDGETED_PLAN,
            draw={("alder", 2028): 27},
            subsidy={("alder", 2028): 9.5},
            surplus={("alder", 2028): 6},
            priority_fund={("alder", 2028): 1, ("alder", 2029): 41.2},
            reserve={(2028,): 15.625, (2029,): 83.75},
        ),
    ),
    # 37.1 + 110 + 30 = 177.1.
    Breach("national_remittance", "under the target", (2029,), 22.9,
           with_entries(BUDGETED, "national_remittance", {2029: 200}), BUDGETED_PLAN),
)  # fmt: skip

OBEYING = (
    # A little more to begin with, and revenue is 0.
    Obeying(
        "local_revenue", "losses take all", with_entries(RUINED, "purses", {("alder", 2028): Purse(40.5, 60, 30, 0.2)}),
        changed(PLAN_OF_RUIN, subsidy={("alder", 2028): 20}, reserve={(2028,): 5.125, (2029,): 58.25}),
    ),
    Obeying("remittance_due", "rates and quotas", BUDGETED, BUDGETED_PLAN),
    Obeying("remittance_due", "extra", with_policy(BUDGETED, extra_remittance=True), PLAN_WITH_EXTRA),
    Obeying("remit_first", "cedar falls short of all it has", BUDGETED, BUDGETED_PLAN),
    Obeying("priority_fund_balance", "all is drawn", BUDGETED,
            changed(BUDGETED_PLAN, draw={("alder", 2028): 25}, subsidy={("alder", 2028): 5.5},
                    priority_fund={("alder", 2028): None, ("alder", 2029): 40.2},
                    reserve={(2028,): 19.625, (2029,): 87.75})),
    Obeying("national_remittance", "just met",
            with_entries(BUDGETED, "national_remittance", {2027: 150.25, 2028: 150.25, 2029: 177.1}), BUDGETED_PLAN),
)  # fmt: skip
