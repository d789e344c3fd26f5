# SPDX-License-Identifier: MIT OR Apache-2.0
# make demo   builds examples/hello and runs it; needs Python >= 3.11 and nothing else
# make test   runs all tests; installs what they need beyond Python packages where it can
# make env    creates .venv/

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/installed
JOBS   ?= auto

# Where it is set, every build step compiles this package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: env demo test bench executors tools lint docs constraints clean

env: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "zeroos-build needs Python 3.11 or newer; set PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "cannot create a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "installing the packages of pyproject.toml into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: env
	$(BIN)/zeroos-build -C examples/hello run --executor embedded

# What tests need beyond Python packages. Says what is missing where it cannot install it.
tools: env
	@$(BIN)/python -m tests.support.tools

executors: env
	@$(BIN)/python -m tests.support.tools --executors

test: tools
	$(BIN)/python -m pytest -n $(JOBS)
	$(BIN)/python -m tests.coverage --check
	$(BIN)/python -m benchmarks --check

bench: env
	$(BIN)/python -m benchmarks

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: env
	$(BIN)/zeroos-build docs --write

# The exact versions of an installation with their hashes; needs the network.
constraints: env
	@{ sed '/^[^#]/,$$d' constraints.txt && \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	  --python-version 3.11 pyproject.toml; } > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
