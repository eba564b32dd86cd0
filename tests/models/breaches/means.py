"""Labour and materials."""

from tests.models.breaches.breach import PLAN, SMALL, Breach, Obeying
from tests.models.budgeted_instance import priced_instance
from tests.models.small_instance import changed, with_county, with_entries, with_policy

PRICED = priced_instance()

BREACHES = (
    Breach("workers", "pool too small", ("birch", 2029), 1, with_county(SMALL, "birch", workers=9)),
    Breach("construction_labour", "too little", ("birch", 2027), 1, SMALL,
           changed(PLAN, central_labour={("birch", 2027): 15})),
    Breach("construction_labour", "more than the county has", ("alder", 2028), 1,
           with_county(SMALL, "alder", local_labour=7)),
    Breach("central_labour_pool", "regiments too few", (2028,), 1, with_entries(SMALL, "central_labour", {2028: 16})),
    Breach("construction_materials", "too little", ("birch", "steel", 2028), 1, SMALL,
           changed(PLAN, central_material={("birch", "steel", 2028): 9})),
    Breach("construction_materials", "more than the county has", ("alder", "cement", 2028), 1,
           with_entries(SMALL, "local_material", {("alder", "cement"): 9})),
    Breach("central_material_pool", "cement too little", ("cement", 2028), 1,
           with_entries(SMALL, "central_material", {("cement", 2028): 32})),
    # Beyond quotas alder sells 20 t of food and 7 of cloth, 6 x 20 + 30 x 7 = 330, of which workers get 66. Elsewhere
    # its 6 would make 12, and 5.75 x 12 = 69. Cedar's five get 0.2 x 30 x 15 = 90 and would make 15.
    Breach("stipends", "too little", ("alder", 2029), 3, with_policy(PRICED, least_stipend=5.75)),
)  # fmt: skip

OBEYING = (Obeying("stipends", "66 for 12", with_policy(PRICED, least_stipend=5.5)),)
