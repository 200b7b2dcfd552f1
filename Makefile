# The verbs of the house.  `make demo` and `make test` need only Python 3.11+, make and git.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test lint types layers unit gate bench soak clean help

help:            ## what can be made
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):[^#]*## /make \1\t/'

# Relative paths only, so that a checkout under a path with blanks or Chinese characters works.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "govnews needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,speed,warc]'
	@touch $(READY)

demo: $(READY)   ## crawl the demo counties into data/demo.db and show what came out
	@$(BIN)/python -m govnews demo

test: $(READY) lint types layers gate unit   ## lint, types, layers, corpus floors, all tests

lint: $(READY)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

types: $(READY)
	$(BIN)/python -m mypy

layers: $(READY)
	$(BIN)/python -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'

unit: $(READY)
	$(BIN)/python -m pytest -n auto -m 'not soak'

gate: $(READY)   ## score the labelled corpus against the pinned floors
	$(BIN)/python bench/gate.py

bench: $(READY)  ## measure speed against named floors
	$(BIN)/python bench/extract.py
	$(BIN)/python bench/listing.py

soak: $(READY)   ## the long tests
	$(BIN)/python -m pytest -n auto -m soak

clean:           ## remove the environment
	rm -rf $(VENV)
