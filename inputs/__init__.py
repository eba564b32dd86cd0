"""From a workbook to an instance: sheets, reader, checks, template, shipped workbooks."""
