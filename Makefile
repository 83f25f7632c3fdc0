# Needs Python 3.11 or newer, make, and a package index that pip can reach.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO_LANG ?= en

.DEFAULT_GOAL := help
.PHONY: help demo test index lint format types contracts bench docs data check-data wheel clean distclean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## Install into .venv and normalise the example texts
	$(BIN)/entnorm run --to $(DEMO_LANG) examples/*.txt

test: index ## The whole test suite
	$(BIN)/python -m pytest $(ARGS)

index: $(VENV)/.developing ## Compile the shipped index if its sources have changed
	@$(BIN)/python hatch_build.py

lint: $(VENV)/.developing ## Style: ruff check and ruff format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.developing ## Mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.developing ## Types: mypy, strict
	$(BIN)/mypy

contracts: $(VENV)/.developing ## Architecture: who may import whom
	$(BIN)/lint-imports

bench: index ## Measurements: one report per benchmark
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

docs: index ## Run the examples of the documentation
	$(BIN)/python -m pytest tests/docs $(ARGS)

data: $(VENV)/.data build/names ## Rebuild the gazetteers from their sources (downloads 330 MB)
	$(BIN)/python tools/build_places.py
	$(BIN)/python tools/build_people.py
	$(BIN)/python tools/names/build.py build/names

check-data: $(VENV)/.data build/names ## Fail when the gazetteers differ from what their sources give
	$(BIN)/python tools/build_places.py --check
	$(BIN)/python tools/build_people.py --check
	rm -rf build/check && mkdir -p build/check
	cp -R data/gazetteers/names build/check/names
	$(BIN)/python tools/names/build.py build/names --out build/check/names
	diff -r data/gazetteers/names build/check/names

build/names: tools/names/sources.toml $(VENV)/.data
	mkdir -p $@
	$(BIN)/python tools/names/fetch.py $@
	@touch $@

wheel: $(VENV)/.developing ## Build the wheel and the source distribution into dist/
	$(BIN)/python -m build --no-isolation --outdir dist .

clean: ## Remove what was built, except downloads
	rm -rf dist build/check src/entnorm/_index .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +

distclean: clean ## Also remove downloads and the virtual environment
	rm -rf build $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "entnorm needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

# One environment serves demo and tests; the index is compiled once, beside the sources.
$(VENV)/.installed: pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing into $(VENV) and compiling the index: some three minutes, once." >&2
	$(PIP) install --editable .
	@touch $@

$(VENV)/.developing: pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing the development tools into $(VENV) and compiling the index: some three minutes, once." >&2
	$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.data: tools/names/requirements.txt $(VENV)/.developing
	$(PIP) install --requirement tools/names/requirements.txt
	@touch $@
