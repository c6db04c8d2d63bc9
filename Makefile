# make run [ARGS="summarize FILE"]   the main job; without ARGS the first example
# make test                          checks and tests; both set up .venv by themselves

PYTHON ?= python3
ARGS ?= summarize examples/attribution-and-denial.txt
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check gate format coverage clean

run: $(VENV)/.run
	@$(BIN)/python cli.py $(ARGS)

test: check
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Measured figures on sets of our own may only rise.
gate: $(VENV)/.dev
	$(BIN)/python -m benchmarks.boilerplate
	$(BIN)/python -m benchmarks.claims
	$(BIN)/python -m benchmarks.fidelity
	$(BIN)/python -m benchmarks.choosing
	$(BIN)/python -m benchmarks.confidence
	$(BIN)/python -m benchmarks.preediting --fast
	$(BIN)/python -m benchmarks.translation own --fast
	$(BIN)/python -m benchmarks.translation flores-100 --fast

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(VENV)/.dev
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

clean:
	rm -rf $(VENV)

# The stamps are written last, so an installation that was cut short is taken up again.
$(VENV)/.run: requirements.txt
	@echo "Setting up $(VENV) from requirements.txt (once, about two minutes)..." >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "sunto needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Adding what the tests need from requirements-dev.txt..." >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
