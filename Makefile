# make tour      the main job on the shipped papers, from nothing but Python
# make test      all tests, from nothing but Python
# make lint      formatting, lint and types, as CI checks them
# make mappings  the table of public counterparts, judged by the sssom package
# make fmt       graphs in canonical form, code formatted, the JSON-LD context written
# make docs      the pages of questions and discrepancies, from headers and golden answers
# make bench     how long a cold question takes against a bare script

PYTHON ?= python3
TOUR := .venv-tour
DEV := .venv
SSSOM := .venv-sssom
MAPPINGS := ontology/mappings.sssom.tsv

.PHONY: tour test lint mappings fmt docs bench clean

tour: $(TOUR)/installed
	$(TOUR)/bin/mscgraph tour

test: $(DEV)/installed
	$(DEV)/bin/python -m pytest --numprocesses 2 --dist loadfile

lint: $(DEV)/installed
	$(DEV)/bin/ruff format --check src tests benchmarks docs
	$(DEV)/bin/ruff check src tests benchmarks docs
	$(DEV)/bin/mypy
	$(DEV)/bin/mscgraph fmt --check graphs/*.ttl

# The validator passes over a row that it cannot use; what it writes back must be what it read.
mappings: $(SSSOM)/installed
	$(SSSOM)/bin/sssom validate $(MAPPINGS)
	$(SSSOM)/bin/sssom parse $(MAPPINGS) --output $(SSSOM)/read-back.sssom.tsv
	grep -v '^#' $(SSSOM)/read-back.sssom.tsv > $(SSSOM)/read-back.tsv
	grep -v '^#' $(MAPPINGS) | diff $(SSSOM)/read-back.tsv -

fmt: $(DEV)/installed
	$(DEV)/bin/ruff format src tests benchmarks docs
	$(DEV)/bin/mscgraph fmt graphs/*.ttl
	$(DEV)/bin/mscgraph export --format context --output ontology/context.jsonld

docs: $(DEV)/installed
	$(DEV)/bin/python docs/build.py

bench: $(DEV)/installed
	$(DEV)/bin/python benchmarks/cold_ask.py

# A plain install, as a user has it: the data folders come from the wheel.
$(TOUR)/installed: pyproject.toml constraints.txt $(shell find src graphs ontology queries shapes -type f -not -name '*.pyc')
	$(PYTHON) -m venv $(TOUR)
	$(TOUR)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt .
	touch $@

# An editable install with the tools of a developer.
$(DEV)/installed: pyproject.toml constraints.txt requirements-dev.txt
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[all]' --requirement requirements-dev.txt
	touch $@

# The validator brings some hundred packages, so it has an environment of its own.
$(SSSOM)/installed: requirements-sssom.txt constraints.txt
	$(PYTHON) -m venv $(SSSOM)
	$(SSSOM)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --requirement requirements-sssom.txt
	touch $@

clean:
	rm -rf $(TOUR) $(DEV) $(SSSOM) build dist .mypy_cache .pytest_cache .ruff_cache
