# What one types here. Everything is made in .venv; nothing else on the machine is touched.

# The same on a bare machine as on a developer's: no user's pip or uv configuration is needed or harmful.
export UV_SYSTEM_CERTS := 1
export UV_NO_PROGRESS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
LOCKS := requirements.txt requirements-dev.txt
# Without --no-annotate the lock would say which path or host each name came from.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help setup run dev test quick test-one check fmt lock bench picture
.DELETE_ON_ERROR:

help: ## say what there is to type
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 ~ \2/p' Makefile | column -t -s '~' 2>/dev/null \
		|| sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1: \2/p' Makefile

setup: .venv/ready ## make .venv from the locked dependencies

.venv/ready: requirements-dev.txt pyproject.toml .ci/setup
	@.ci/setup
	@touch $@

run: setup ## start the product with the sample program
	@$(BIN)/tracker up --sample

dev: setup ## start it for changing it: reload Python, templates and styles, show errors in full
	@$(BIN)/python -m tests.support.dev

test: check ## run everything that CI runs: the checks, then the tests on SQLite and on PostgreSQL
	@$(BIN)/python -m tests.support.suite

quick: setup ## lint, house rules and the tests of models, services and indicators, in about a minute
	@$(BIN)/ruff check --quiet .
	@$(BIN)/python -m tests.architecture.rules
	@DATABASE_URL= $(BIN)/python -m pytest -q -n 2 --quick

# WHAT is an app, a path or a test's id; DATABASE is sqlite or postgresql.
WHAT ?= tests
DATABASE ?= sqlite
ONE = $(BIN)/python -m pytest -q $(if $(wildcard tests/$(WHAT)/),tests/$(WHAT),$(WHAT))

test-one: setup ## run the tests of WHAT=workstreams, of a path or of one id, on SQLite or with DATABASE=postgresql
	@$(if $(filter postgresql,$(DATABASE)),$(BIN)/python -m tests.support.postgres,DATABASE_URL= ) $(ONE)

check: setup ## refuse everything unclean, change nothing
	@$(BIN)/python -m tests.support.checks

fmt: setup ## format and sort what a machine can
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m tests.support.templates

lock: setup ## remake the locks from pyproject.toml, as new as it allows
	@$(BIN)/$(COMPILE) --upgrade pyproject.toml --output-file requirements.txt
	@$(BIN)/$(COMPILE) --upgrade pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt

bench: setup ## measure: lists of the API, expected dates, the overview under load, starting and memory; prints tables
	@$(BIN)/python -m tests.support.postgres $(BIN)/python -m tests.benchmarks.api_lists
	@$(BIN)/python -m tests.benchmarks.expected_dates
	@$(BIN)/python -m tests.benchmarks.overview
	@$(BIN)/python -m tests.benchmarks.start_up

picture: setup ## make the README's picture again
	@$(BIN)/python -m tests.support.picture
