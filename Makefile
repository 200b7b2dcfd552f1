# The verbs of the house.  `make demo` and `make test` need only Python 3.11+, make and git.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEV    := $(VENV)/.dev
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

.PHONY: demo test lint types layers unit gate bench soak clean help

help:            ## what can be made
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):[^#]*## /make \1\t/'

# Relative paths only, so that a checkout under a path with blanks or Chinese characters works.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "govnews needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(PIP) '.[speed,warc,web]'
	@touch $(READY)

# What the tests, checks and benchmarks need besides: it takes a minute more, which a first look should not wait for.
$(DEV): $(READY)
	$(PIP) '.[dev,speed,warc,web]'
	@touch $(DEV)

demo: $(READY)   ## crawl the demo counties into data/demo.db and show what came out
	@$(BIN)/python -m govnews demo

test: $(DEV) lint types layers gate unit   ## lint, types, layers, corpus floors, all tests

lint: $(DEV)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

types: $(DEV)
	$(BIN)/python -m mypy

layers: $(DEV)
	$(BIN)/python -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'

unit: $(DEV)
	$(BIN)/python -m pytest -n auto --dist worksteal -m 'not soak'

gate: $(DEV)   ## score the labelled corpus against the pinned floors
	$(BIN)/python bench/gate.py

bench: $(DEV)  ## measure speed against named floors
	$(BIN)/python bench/extract.py
	$(BIN)/python bench/listing.py
	$(BIN)/python bench/import_export.py
	$(BIN)/python bench/search.py
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/archive.py
	$(BIN)/python bench/sources.py
	$(BIN)/python bench/reprints.py
	$(BIN)/python bench/panel.py
	$(BIN)/python bench/directory.py
	$(BIN)/python bench/health.py

soak: $(DEV)   ## the long tests
	$(BIN)/python -m pytest -n auto --dist worksteal -m soak

clean:           ## remove the environment
	rm -rf $(VENV)
