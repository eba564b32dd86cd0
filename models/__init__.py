"""The planning problem in the words of the field: instance, variables, rules, costs, plan, verifier."""
