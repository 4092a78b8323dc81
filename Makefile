# make run · make test are all a newcomer needs; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8080
DAY ?= 2023-05-05
SHARED ?= ../shared
DATA ?= $(SHARED)/data
N ?= 5000
BIN := .venv/bin
# Named by what is to be installed: a new date on an old file installs nothing, a changed one does.
INSTALLED := .venv/.installed-$(shell cat requirements.lock pyproject.toml | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help install run test lint up down training-tools models evaluate-models evaluate-meetings evaluate-extraction dictionary fuzz faults-collect faults-load explorer-vendor browser-tools faults lock

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 20

install: $(INSTALLED) ## make .venv from requirements.lock

$(INSTALLED):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 is needed: install it, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@echo "installing what requirements.lock lists into .venv (some minutes the first time) …"
	@echo "without a CPU wheel of torch at hand pip takes the default one, several GB of CUDA: README says how to avoid it"
	@set -o pipefail; $(BIN)/pip install --disable-pip-version-check -r requirements.lock 2> .venv/pip.log \
	  | awk '/^Collecting/ && ++count % 20 == 0 { print "  " count " packages read …"; fflush() } /^Installing/ { print "  writing them …" }' \
	  || { grep -v 'is ignored' .venv/pip.log; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>> .venv/pip.log \
	  || { grep -v 'is ignored' .venv/pip.log; exit 1; }
	@rm -f .venv/.installed* && touch $@

run: install ## run the Airflow DAG on the seed article (DAY=…) and print the meetings
	@$(BIN)/python -m deploy.local_airflow run $(DAY)
	@$(BIN)/mulaqat meetings

# Files, not tests, are dealt out: what a file has set up stays with one process.
test: install ## the whole test suite
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: install ## style, types, import floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

up: install ## Airflow's UI on 127.0.0.1 (PORT=8080), with a generated password
	@$(BIN)/python -m deploy.local_airflow up --port $(PORT)

down: ## stop what `make up` started
	@$(BIN)/python -m deploy.local_airflow down

training-tools: install ## what only training needs, into .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -r training/requirements.txt

models: training-tools ## rebuild models/ from public corpora (DATA=…), hours on two cores
	@$(BIN)/python -m training.build --data $(DATA) --out models

evaluate-models: install ## measure models/ on the dev slices (DATA=…), write models/hi/MODEL_CARD.md
	@$(BIN)/python -m training.evaluate --data $(DATA) --models models

evaluate-meetings: install ## score the pipeline against the hand-made gold (SHARED=…)
	@test -d $(SHARED)/gold || { echo "no gold in $(SHARED)/gold: it is not part of the project"; exit 1; }
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	for pair in seeds/articles:seed $(SHARED)/gold/dev.jsonl:dev; do \
	  name=$${pair##*:}; echo "== $$name"; \
	  $(BIN)/mulaqat run --articles $${pair%:*} --warehouse $$scratch/$$name.duckdb 2>$$scratch/log || { cat $$scratch/log; exit 1; }; \
	  $(BIN)/python $(SHARED)/tools/score_meetings.py $(SHARED)/gold/$$name.json $$scratch/$$name.duckdb; \
	done

evaluate-extraction: install ## compare page extraction with trafilatura, newspaper4k, news-please (DATA=…)
	@$(BIN)/python -m benchmarks.extract --pages $(DATA)/html

dictionary: install ## write docs/data_dictionary.md from the comments in the schema
	@$(BIN)/mulaqat dictionary > docs/data_dictionary.md

fuzz: install ## mutated pages against the extractor (N=5000)
	@MULAQAT_FUZZ_PAGES=$(N) $(BIN)/python -m pytest tests/faults/test_fuzz_pages.py -o timeout=1800

faults-collect: install ## a day of N pages, crawled, killed at random, started again (N=2000)
	@MULAQAT_COLLECT_PAGES=$(N) MULAQAT_COLLECT_KILLS=10 $(BIN)/python -m pytest tests/faults/test_collect_killed.py -o timeout=1800

faults-load: install ## loads and publishes killed N times (N=100), and a reader through 50 of them
	@MULAQAT_LOAD_KILLS=$(N) MULAQAT_PUBLISHES=50 $(BIN)/python -m pytest tests/faults/test_load_killed.py -o timeout=3600

faults: install ## backfills harmed N times in seven ways (N=200), by Airflow's retries back to the right rows
	@MULAQAT_FAULTS=$(N) $(BIN)/python -m pytest tests/faults/test_airflow_harmed.py -s

explorer-vendor: ## copy the Explorer's libraries and fonts anew from their npm packages
	@etl/explorer/vendor/build.sh

browser-tools: ## axe-core, with which the browser tests check the Explorer's pages
	@cd etl/explorer/vendor && npm ci --ignore-scripts --no-audit --no-fund --silent

lock: install ## resolve requirements.lock anew from pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@{ echo "# Made by make lock from pyproject.toml; torch without +cpu and hashes, so that any wheel of it fits."; \
	   $(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --no-annotate --no-header --quiet \
	   | sed -e 's/+cpu$$//' -e '/^--/d'; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock
