# Everything a person or CI calls. Needs python3 (3.11 or newer) with its venv module, nothing else.
.DEFAULT_GOAL := help
.SECONDEXPANSION:
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/requirements.lock
DOSSIERS := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard datasets/*/claims.csv)))))
DOSSIER ?= $(DOSSIERS)
CODE := $(shell find analyzer -type f ! -name '*.pyc')
FLAGS ?=

.PHONY: help report gallery check test lint format spark bench bench-wording bench-errors bench-accounting bench-causes
.PHONY: lock clean always

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  dossiers: $(DOSSIERS)"

report: $(foreach one,$(DOSSIER),reports/$(one)/report.pdf) ## build the reports that changed (DOSSIER=name for one, FLAGS=--keep-going to leave out bad rows)

# with flags it is always made: make can't know whether the last run had the same
reports/%/report.pdf: $$(wildcard datasets/%/*) $(CODE) $(if $(FLAGS),always) | $(READY)
	@$(BIN)/analyzer report $* $(FLAGS)
	@if [ -n "$(FLAGS)" ]; then touch -t 198001010000 $@; fi # flags count for one run only

gallery: report ## rebuild docs/gallery from the reports
	@$(BIN)/python docs/gallery/build.py

check: $(READY) ## only validate the dossiers
	@$(BIN)/analyzer check $(DOSSIER)

test: lint ## lint, types and the whole test suite
	@$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

lint: $(READY) ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

spark: $(READY) ## add Spark to the environment (needs Java; only its engine and tests use it)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock

format: $(READY) ## put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY) .peers/requirements-peers.lock ## measure speed and memory, as ratios within one run (LARGEST=1000000 claims)
	@$(BIN)/python -m bench $(LARGEST)

.peers/requirements-peers.lock: requirements-peers.lock
	@$(PYTHON) -m venv --clear .peers
	@.peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@cp $< $@

bench-wording: $(READY) ## score the reading of figures on its cases
	@$(BIN)/python -m bench.wording

bench-accounting: $(READY) ## measure the accounts against the number of claims
	@$(BIN)/python -m bench.accounting

bench-errors: $(READY) ## score the search for typing errors
	@$(BIN)/python -m bench.errors

bench-causes: $(READY) ## precision and recall by cause on made-up dossiers
	@$(BIN)/python -m bench.causes

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header

lock: ## renew the requirements*.lock (needs uv)
	$(COMPILE) --extra duckdb --extra dask --group test --group lint --group build pyproject.toml \
	  -o requirements.lock
	$(COMPILE) --extra spark --constraint requirements.lock --group build pyproject.toml \
	  -o requirements-spark.lock
	$(COMPILE) --prerelease allow --group peers -o requirements-peers.lock

clean: ## delete the reports and the virtual environment
	@find reports -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no '$(PYTHON)'. Install Python 3.11 or newer, or name yours: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, but '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' lacks its venv module. Install it (Debian: apt-get install python3-venv)." >&2; exit 2; }
	@if ! cmp -s requirements.lock $(READY) || ! $(BIN)/python -c '' 2>/dev/null; then \
	  echo "Setting up $(VENV) (once, about half a minute) ..." >&2; \
	  $(PYTHON) -m venv --clear $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@cp requirements.lock $(READY)
