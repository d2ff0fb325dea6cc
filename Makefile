# The front door: make demo, make test, make check, make bench, make serve. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --python $(BIN)/python --quiet --disable-pip-version-check

.PHONY: demo setup test check bench serve lock clean

demo: setup
	@$(BIN)/python -m scripts.demo

setup: $(VENV)/ready

# The environment is made without pip and filled by the pip outside, so that Debian's python3-venv is not needed.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Career Ledger needs Python 3.11 or newer; try make PYTHON=python3.11")'
	@$(PYTHON) -m pip --version >/dev/null || { echo "pip is missing; on Debian: apt-get install python3-pip" >&2; exit 1; }
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

test: setup
	@.ci/servers
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m scripts.bench

# Options go in OPTIONS, as in: make serve OPTIONS="--port 8080"
serve: setup
	@$(BIN)/career-ledger serve $(OPTIONS)

# Needs uv; run after changing a dependency in pyproject.toml.
lock:
	uv pip compile pyproject.toml --extra dev --extra postgres --generate-hashes --no-emit-index-url --universal --no-header --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV)
