"""Charts of a run: the same drawings for the HTML report and for files that go into a paper."""
