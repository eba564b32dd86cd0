"""The program: from what is asked of a workbook to the solver, and back to what is written.

`solve` finds a plan of one problem, a large one in the `stages`, by the `solvers`; `run` does so for a workbook, files
included. Questions that take many solves have a package each (`assess`, `breakeven`, `conflict`, `frontier`, `prices`,
`rank`, `why`), and `runs` carries many solves out. `command_line` is what a user calls.
"""
