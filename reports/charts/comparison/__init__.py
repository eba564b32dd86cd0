"""Charts of a comparison: each is a function that takes it and gives a `Picture`, or None where it has nothing to show.

Variants go by their codes, each with the same colour and dash in every chart.
"""
