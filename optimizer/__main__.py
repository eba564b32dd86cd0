"""`python -m optimizer` is the program `countyplan`."""

from optimizer.command_line_start import main

if __name__ == "__main__":
    main()
