# make tour   the main job on the shipped papers, from nothing but Python
# make test   all tests, from nothing but Python
# make lint   formatting, lint and types, as CI checks them
# make fmt    graphs in canonical form, code formatted, the JSON-LD context written
# make bench  how long a cold question takes against a bare script

PYTHON ?= python3
TOUR := .venv-tour
DEV := .venv

.PHONY: tour test lint fmt bench clean

tour: $(TOUR)/installed
	$(TOUR)/bin/mscgraph tour

test: $(DEV)/installed
	$(DEV)/bin/python -m pytest --numprocesses 2 --dist loadfile

lint: $(DEV)/installed
	$(DEV)/bin/ruff format --check src tests benchmarks
	$(DEV)/bin/ruff check src tests benchmarks
	$(DEV)/bin/mypy
	$(DEV)/bin/mscgraph fmt --check graphs/*.ttl

fmt: $(DEV)/installed
	$(DEV)/bin/ruff format src tests benchmarks
	$(DEV)/bin/mscgraph fmt graphs/*.ttl
	$(DEV)/bin/mscgraph export --format context --output ontology/context.jsonld

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

clean:
	rm -rf $(TOUR) $(DEV) build dist .mypy_cache .pytest_cache .ruff_cache
