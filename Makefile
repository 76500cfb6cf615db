# Two commands do all the set-up: `make build` (the main job on the sample documents) and `make test`.
PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
SOURCES := pyproject.toml README.md $(shell find esfdata datapackage checks -type f -not -name '*.pyc')

.PHONY: build dev environment test real lint accept bench clean

build: $(ENV)/installed  ## from the sample documents to a data package in dist/
	$(BIN)/esfdata build datapackage/documents --to dist

dev: $(ENV)/python  ## the checkout itself with all that tests and linters need: then `.venv/bin/pytest` works at once
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	rm -f $(ENV)/installed $(ENV)/tested $(ENV)/linted

environment: $(ENV)/tested  ## what the tests need, without running them

test: $(ENV)/tested  ## the whole suite, against the built wheel; a file of tests stays with one process
	$(BIN)/pytest -n logical --dist loadfile

real: $(ENV)/tested  ## the main job on the real documents and exports beside the checkout
	$(BIN)/esfdata build ../shared/documents ../shared/renditions --to dist-real/documents
	$(BIN)/esfdata build ../shared/documents ../shared/exports/eura2014-raw.csv --to dist-real/exports >/dev/null
	$(BIN)/esfdata extract ../shared/exports/eura2007-raw.head.csv --to dist-real/2007
	$(BIN)/esfdata diff ../shared/exports/eura2014-raw.csv ../shared/exports/eura2014-hand-repaired.csv

lint: $(ENV)/linted  ## form, types, workflows
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache
	$(BIN)/zizmor --offline --no-progress .github/workflows action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	.ci/actionlint

bench: $(ENV)/tested  ## a report on a thousand projects: the same findings as scripts by hand; times are no test
	$(BIN)/python benchmarks/validation/run.py --sizes 1000 --peers polars duckdb --runs 1

accept: $(ENV)/installed  ## take the present output as the golden one, and write the list of checks
	$(BIN)/esfdata extract datapackage/documents --to datapackage
	$(BIN)/esfdata explain --as markdown > checks/README.md
	$(BIN)/esfdata build datapackage/documents --to dist 2>&1 | $(PYTHON) tests/picture.py

# The environment is made without ensurepip, which Debian keeps in a package of its own.
$(ENV)/python:
	$(PYTHON) -m venv --without-pip $(ENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check 'pip>=24'
	touch $@

$(ENV)/installed: $(ENV)/python $(SOURCES)
	rm -rf wheel && $(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir wheel .
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps wheel/*.whl
	$(BIN)/python -m pip install --quiet wheel/*.whl
	touch $@

$(ENV)/tested: EXTRA = test
$(ENV)/linted: EXTRA = dev
$(ENV)/tested $(ENV)/linted: $(ENV)/installed
	$(BIN)/python -m pip install --quiet "$$(ls wheel/*.whl)[$(EXTRA)]"
	touch $@

clean:
	rm -rf $(ENV) wheel dist dist-real
