"""What a plan achieves, in figures: pure functions of an instance and a plan.

Units are those of `Instance`: money undiscounted unless said, tonnes per year, persons, person-years, km. Every mapping
that covers goods together has them under `ALL_GOODS`. The same functions serve the report of one plan and the
comparison of several.
"""
