# `make run` and `make test` are enough to start; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8080
DAY ?= 2023-05-05
SHARED ?= ../shared
DATA ?= $(SHARED)/data
N ?= 5000
BIN := .venv/bin
# The name holds a checksum of what is installed: a changed file installs again, a new date on the same file does not.
INSTALLED := .venv/.installed-$(shell cat requirements.lock pyproject.toml | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help install run test lint up down training-tools models evaluate-models evaluate-meetings evaluate-extraction dictionary structure docs-check fuzz hostile faults-collect faults-load explorer-vendor browser-tools faults lock

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 20

install: $(INSTALLED) ## create .venv from requirements.lock

$(INSTALLED):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 is required: install it, or give its path: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@echo "installing requirements.lock into .venv (a few minutes the first time) …"
	@echo "pip downloads the default torch wheel with several GB of CUDA unless a CPU wheel is installed: see README"
	@set -o pipefail; $(BIN)/pip install --disable-pip-version-check -r requirements.lock 2> .venv/pip.log \
	  | awk '/^Collecting/ && ++count % 20 == 0 { print "  " count " packages downloaded …"; fflush() } /^Installing/ { print "  installing them …" }' \
	  || { grep -v 'is ignored' .venv/pip.log; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>> .venv/pip.log \
	  || { grep -v 'is ignored' .venv/pip.log; exit 1; }
	@rm -f .venv/.installed* && touch $@

run: install ## run the Airflow DAG on the seed article (DAY=…) and print the meetings
	@$(BIN)/python -m deploy.local_airflow run $(DAY)
	@$(BIN)/mulaqat meetings

# Processes share out files, not tests, so that each file's fixtures are set up once.
test: install ## run the whole test suite
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: install ## check style, types and import floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

up: install ## start Airflow's UI on 127.0.0.1 (PORT=8080) with a generated password
	@$(BIN)/python -m deploy.local_airflow up --port $(PORT)

down: ## stop the processes that `make up` started
	@$(BIN)/python -m deploy.local_airflow down

training-tools: install ## install the training dependencies into .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -r training/requirements.txt

models: training-tools ## rebuild models/ from public corpora (DATA=…); takes hours on two cores
	@$(BIN)/python -m training.build --data $(DATA) --out models

evaluate-models: install ## measure models/ on the dev slices (DATA=…), write models/hi/MODEL_CARD.md
	@$(BIN)/python -m training.evaluate --data $(DATA) --models models

evaluate-meetings: install ## score the pipeline against the hand-made gold standard (SHARED=…)
	@test -d $(SHARED)/gold || { echo "no gold standard in $(SHARED)/gold: it is not part of this repository"; exit 1; }
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

structure: install ## draw docs/images/structure.svg from the imports
	@$(BIN)/python -m docs.structure

docs-check: install ## run the commands and SQL of README, cookbook and CONTRIBUTING
	@$(BIN)/python -m pytest tests/docs tests/warehouse/test_cookbook.py

fuzz: install ## run the page extractor over N mutated pages (N=5000)
	@MULAQAT_FUZZ_PAGES=$(N) $(BIN)/python -m pytest tests/faults/test_fuzz_pages.py -o timeout=1800

hostile: install ## mix N times faults among good records, pages, feeds, sitemaps, WARC and Parquet files (for example N=500)
	@MULAQAT_HOSTILE=$(N) $(BIN)/python -m pytest tests/faults/test_hostile.py

faults-collect: install ## crawl a day of N pages, killed and restarted at random (for example N=2000)
	@MULAQAT_COLLECT_PAGES=$(N) MULAQAT_COLLECT_KILLS=10 $(BIN)/python -m pytest tests/faults/test_collect_killed.py -o timeout=1800

faults-load: install ## kill N loads and publishes (for example N=100), with a reader open through 50 of them
	@MULAQAT_LOAD_KILLS=$(N) MULAQAT_PUBLISHES=50 $(BIN)/python -m pytest tests/faults/test_load_killed.py -o timeout=3600

faults: install ## disturb backfills N times in seven ways (for example N=200); the rows must come out right
	@MULAQAT_FAULTS=$(N) $(BIN)/python -m pytest tests/faults/test_airflow_harmed.py -s

explorer-vendor: ## copy the Explorer's libraries and fonts again from their npm packages
	@etl/explorer/vendor/build.sh

browser-tools: ## install axe-core, which the browser tests run on the Explorer's pages
	@cd etl/explorer/vendor && npm ci --ignore-scripts --no-audit --no-fund --silent

lock: install ## resolve requirements.lock from pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@{ echo "# Made by make lock from pyproject.toml; torch without +cpu and hashes, so that any wheel of it fits."; \
	   $(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --no-annotate --no-header --quiet \
	   | sed -e 's/+cpu$$//' -e '/^--/d'; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock
