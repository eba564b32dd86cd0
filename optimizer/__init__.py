"""The program: command line, building, solving."""
