# `make` alone lists what can be made.
# PYTHON and VENV may be given: make plan PYTHON=python3.12 VENV=.venv-3.12
# The tests of a file stay in one process, as they share what the file's fixtures make.

PYTHON ?= python3
VENV ?= .venv
OUT ?= out
RESULTS ?= $(OUT)
WORKERS ?= logical
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
EACH_PYTHON = MAKE='$(MAKE)' sh tests/packaging/each_python.sh

help: ## list what can be made
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):.*## /  \1#/p' Makefile | awk -F '#' '{ printf "%-14s %s\n", $$1, $$2 }'

plan: $(VENV)/.installed ## install, then solve the shipped workbook into out/
	@echo "Solving inputs/dprk-20x10.xlsx; the results go to $(OUT)/ ..."
	$(BIN)/countyplan solve inputs/dprk-20x10.xlsx --time-limit 900 -o $(OUT)/ || test $$? -eq 5 # 5: a usable plan, stopped by the limit

test: check pytest ## install, then linters, types and all tests

check: $(VENV)/.installed-test ## linters and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

pytest: $(VENV)/.installed-test ## tests only, in a process for each core; WORKERS=0 keeps them in one
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-all: ## tests on every Python found among 3.11, 3.12 and 3.13
	@$(EACH_PYTHON) all 3.11 3.12 3.13

test-other: $(VENV)/.installed ## tests beside the other line of PuLP, if a Python for it is found
	@case "$$($(BIN)/python --version)" in \
	    *" 3.11."*) $(EACH_PYTHON) first 3.13 3.12 ;; \
	    *) $(EACH_PYTHON) first 3.11 ;; \
	esac

workbook: $(VENV)/.installed ## write the shipped workbook anew from its sources
	$(BIN)/python -m inputs.cases.dprk_20x10.generate

docs: $(VENV)/.installed ## write the generated pages of the manual anew
	$(BIN)/python docs/generate.py

gallery: $(VENV)/.installed-test ## take the pictures of docs/gallery.md anew, from results in RESULTS=out/
	$(BIN)/python docs/gallery.py $(RESULTS)

constraints: ## write constraints.txt anew, with the newest allowed versions
	$(PYTHON) tests/packaging/refresh_constraints.py

clean: ## remove environments, caches and results
	rm -rf .venv .venv-3.* out build dist .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "countyplan needs Python 3.11 or later, and $(PYTHON) is none; try: make plan PYTHON=python3.12"; \
	    exit 1; \
	}
	@echo "Installing countyplan and its libraries into $(VENV) (once; about a minute) ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing the test tools into $(VENV) (once) ..."
	@$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@

.PHONY: help plan test check pytest test-all test-other workbook docs gallery constraints clean
