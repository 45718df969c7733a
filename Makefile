# The two commands of the README. Each makes a virtual environment of its own and needs nothing
# but make and Python 3.11 or later.

PYTHON ?= python3
OUT ?= out
ARTICLE := japan-europe-cooperation
SECOND := corpora/japan-europe-sea-lanes
DEMO := .venv/demo
TEST := .venv/test
PIP_FLAGS := --quiet --disable-pip-version-check

# Tests of the transformers encoder and of data sets run where the machine promises all that
# integration needs.
comma := ,
TEST_EXTRAS := test$(if $(ALIGN_REQUIRE_INTEGRATION),$(comma)transformers$(comma)datasets)

.PHONY: demo test wheel clean

# An article becomes memories, a report and terms; with these a draft of another is checked.
demo: $(DEMO)/ready
	$(DEMO)/bin/align build corpora/$(ARTICLE) -o $(OUT)
	$(DEMO)/bin/align terms $(OUT)/$(ARTICLE).alignment.json -q --fail-on never -o $(OUT)/terms.tbx
	$(DEMO)/bin/align check $(SECOND)/en.md $(SECOND)/draft/fr.md --fail-on never \
	    --termbase $(OUT)/terms.tbx --memory $(OUT)/$(ARTICLE).en-fr.tmx -o $(OUT)/findings.html
	@echo
	@echo "Open in a browser:"
	@echo "  $(OUT)/report.html    what matches what in eight languages"
	@echo "  $(OUT)/terms.html     the key terms and what renders them"
	@echo "  $(OUT)/findings.html  a careless French draft of a second article, checked with both"

test: $(TEST)/ready
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/mypy
	$(TEST)/bin/pytest -n auto $(PYTEST_FLAGS)

# What is installed elsewhere, with pip: dist/align_editions-VERSION-py3-none-any.whl.
wheel:
	$(PYTHON) -m pip wheel $(PIP_FLAGS) --no-deps --wheel-dir dist .

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
	rm -rf .venv dist $(OUT)
