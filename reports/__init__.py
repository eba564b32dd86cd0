"""From an instance and a result to something to read.

Tables, a module a subject, are declared in `columns` and gathered in `tables`. Of them are made the Excel report
(`excel`), the page (`html`) with its `charts` and `map`, and files for other programs (`saved_result`, `iamc`). What is
told of several plans has a package or modules of its own, such as `comparison`, `diff` and `why`.
"""
