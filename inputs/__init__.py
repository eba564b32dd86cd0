"""From a workbook to an instance: sheets, reader, checks, template, shipped workbooks.

`sheets` and `settings` declare every column once; reader, checks, template and manual follow from them. `read_workbook`
in `reader` gives a workbook, and that the instance of each of its variants.
"""
