# The two commands of the README, and what they are made of. Needs only make and Python >= 3.11.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
WORKERS ?= 2
export JAX_COMPILATION_CACHE_DIR ?= $(CURDIR)/.jax_cache

.PHONY: study test test-all lint types tests docs benchmarks lock format clean

study: .venv/installed  ## install, then run the main job on a bundled recording
	$(BIN)/cocycle study $(CURDIR)/src/cocycle/data/santa_fe_laser.csv --quick --out study-laser

test: .venv/dev-installed lint types tests docs  ## everything that must hold before a change lands

test-all: test  ## the slow statistical and paper-size checks as well; records them in docs/concepts/checks.md
	$(BIN)/python -m pytest -m slow -n $(WORKERS) --junitxml=.pytest_cache/slow.xml; status=$$?; \
	$(BIN)/python tests/record.py .pytest_cache/slow.xml docs/concepts/checks.md && exit $$status

lint: .venv/dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev-installed
	$(BIN)/pyright

tests: .venv/dev-installed
	$(BIN)/python -m pytest -n $(WORKERS)

docs: .venv/dev-installed
	$(BIN)/cocycle catalogue pages
	$(BIN)/cocycle atlas pages
	$(BIN)/zensical build --strict --clean

format: .venv/dev-installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmarks: .venv/dev-installed  ## ratios against the peers; they are an extra
	$(PIP) install -q -e ".[peers]" -c requirements/lock.txt
	taskset -c 0 $(BIN)/python -m benchmarks

lock:  ## write requirements/lock.txt anew from what is installed
	$(PIP) freeze --exclude-editable | grep -iv '^cocycle' > requirements/lock.txt

.venv/created:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "cocycle needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=/path/to/python3.11.")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/installed: .venv/created pyproject.toml requirements/lock.txt
	$(PIP) install -q -e . -c requirements/lock.txt
	touch $@

.venv/dev-installed: .venv/installed requirements/dev.txt
	$(PIP) install -q -r requirements/dev.txt -c requirements/lock.txt
	touch $@

clean:
	rm -rf .venv .cache .jax_cache site .pytest_cache .ruff_cache
