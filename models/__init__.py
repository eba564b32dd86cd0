"""The planning problem in the words of the field.

An `instance` has the data, as `records`; `variables`, `rules`, `costs` and `objectives` make the problem of it; a
`plan` is what is decided. The `verifier` checks a plan by itself, and `measures` say what it achieves.
"""
