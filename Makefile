# The few commands of the project; each works on a fresh clone with Python 3.11+ and make.
NAMES := python3 python3.13 python3.12 python3.11 python
PYTHON ?= $(firstword $(foreach name,$(NAMES),$(shell command -v $(name))))
PY := .venv/bin/python
ARGS ?=
FAST := $(wildcard tests/tidy tests/lender tests/domain tests/store tests/services tests/adapters)
FAST += $(wildcard tests/jobs tests/web)
SLOW := $(wildcard tests/journeys tests/faults)
TYPED := $(wildcard site/madoguchi/domain site/madoguchi/services site/madoguchi/ports)

.PHONY: setup run test test-fast check style faults bench setup-tests
.DEFAULT_GOAL := run

setup:        ## builds .venv once, again when the pins change
	@$(PYTHON) -m tools.setup

run: setup    ## the demo at http://localhost:8000; make run ARGS="--port 8123 --data elsewhere"
	@exec $(PY) run.py $(ARGS)

setup-tests:  ## browser, databases, Java and checkers for the tests
	@$(PYTHON) -m tools.setup_tests
	@$(PYTHON) -m tools.setup --tests

test: setup-tests  ## every test: the fast ones on all cores, then real browsers and short faults
	$(PY) -m pytest -n auto $(FAST)
	$(PY) -m pytest $(SLOW)

test-fast: setup-tests  ## no browser, SQLite alone, and a quarter of the examples of each property
	$(PY) -m pytest -n auto --hypothesis-profile=brisk -m "not postgres and not redis" $(FAST)

style: setup-tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy $(TYPED)
	$(PY) -m tools.audit

check: style test  ## what CI runs

faults: setup-tests  ## the long reliability runs: kill -9, power cut, full disk
	LIVES=$${LIVES:-2500} $(PY) -m pytest -n auto tests/domain/test_lives.py
	FAULT_ROUNDS=$${FAULT_ROUNDS:-100} $(PY) -m pytest tests/faults

bench: setup-tests   ## what performance claims rest on, printed as ratios
	$(PY) -m bench $(ARGS)
