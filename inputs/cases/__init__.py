"""Plain tables and scripts behind the shipped workbooks, one folder a case."""
