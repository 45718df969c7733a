# The two commands of the README. Each makes a virtual environment of its own and needs nothing
# but make and Python 3.11 or later.

PYTHON ?= python3
CORPUS ?= corpora/japan-europe-cooperation
OUT ?= out
DEMO := .venv/demo
TEST := .venv/test
PIP_FLAGS := --quiet --disable-pip-version-check

# Tests of the transformers encoder run where the machine promises all that integration needs.
comma := ,
TEST_EXTRAS := test$(if $(ALIGN_REQUIRE_INTEGRATION),$(comma)transformers)

.PHONY: demo test clean

demo: $(DEMO)/ready
	$(DEMO)/bin/align build $(CORPUS) -o $(OUT)

test: $(TEST)/ready
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/mypy
	$(TEST)/bin/pytest -n auto $(PYTEST_FLAGS)

$(DEMO)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "align needs Python 3.11 or later; say make PYTHON=…")'
	$(PYTHON) -m venv --clear $(DEMO)
	$(DEMO)/bin/python -m pip install $(PIP_FLAGS) --editable .
	@touch $@

$(TEST)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "align needs Python 3.11 or later; say make PYTHON=…")'
	$(PYTHON) -m venv --clear $(TEST)
	$(if $(ALIGN_REQUIRE_INTEGRATION),$(TEST)/bin/python -m pip install $(PIP_FLAGS) "torch==2.13.0")
	$(TEST)/bin/python -m pip install $(PIP_FLAGS) --editable ".[$(TEST_EXTRAS)]"
	@touch $@

clean:
	rm -rf .venv $(OUT)
