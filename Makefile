# `make run` and `make test` install what they need into .venv; README.md has the plain lines.
PYTHON ?= python3
PORT ?= 8501
CITY ?= minden
ADDRESS ?= localhost
AUDIENCE ?= public
INSIDE := $(if $(filter file,$(origin PORT)),8503,$(PORT))
DESK := $(if $(filter file,$(origin PORT)),8502,$(PORT))

BIN := .venv/bin
CURRENT := data/$(if $(filter internal,$(AUDIENCE)),internal/)releases/current
TEXTS := model loaders documents components pages streamlit_app.py
UV := uv==0.13.9

# uv is fast; where it is not to be had, or fails, pip does the same from the same hashes.
define install
	@echo "Installing $(1) into .venv"
	@uv=$$(command -v uv || command -v $(BIN)/uv); \
	  { [ -n "$$uv" ] && "$$uv" pip install -q --python $(BIN)/python --require-hashes $(1); } || \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes $(1)
endef

.PHONY: run internal workbench release test lock texts bench clean

run: release  ## serve the city's release: PORT=8501 CITY=minden
	@echo "Quartierspuls: http://localhost:$(PORT)"
	@$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

# Only this computer reaches it, for it knows no passwords; a process of its own, beside the app.
workbench: .venv/app.installed  ## check, build and publish deliveries by clicking: CITY=minden
	@echo "Werkbank: http://localhost:$(DESK)/werkbank"
	@QUARTIERSPULS_WORKBENCH=data/$(CITY) $(BIN)/python -m streamlit run streamlit_app.py \
	  --server.port $(DESK) --server.address localhost --server.maxUploadSize 50

# What is not for everybody: another process, another folder, only this computer unless there is
# a login, see docs/intern.md.
internal: .venv/app.installed  ## serve the internal release on this computer: CITY=minden
	@$(MAKE) --no-print-directory release AUDIENCE=internal
	@echo "Quartierspuls intern: http://localhost:$(INSIDE)"
	@QUARTIERSPULS_AUDIENCE=internal QUARTIERSPULS_RELEASES=data/internal/releases \
	  $(BIN)/python -m streamlit run streamlit_app.py --server.port $(INSIDE) \
	  --server.address $(ADDRESS)

# A demonstration: make stands in for both persons. Where numbers matter, two people run the two
# commands of the statistics unit themselves.
release: .venv/app.installed  ## build and publish, unless what is shown is newer than its sources
	@if ! grep -qs "^$(CITY)-" $(CURRENT) || [ -n "$$(find data/$(CITY) model prepare \
	    -type f ! -name '*.pyc' -newer $(CURRENT) | head -n 1)" ]; then \
	  built=$$($(BIN)/python -m prepare build data/$(CITY) --audience $(AUDIENCE) \
	    --by "Vorführung" --json) && \
	  id=$$(echo "$$built" | $(BIN)/python -c "import json, sys; \
	    print(json.load(sys.stdin)['release'])") && \
	  $(BIN)/python -m prepare publish $$id --audience $(AUDIENCE) \
	    --approved-by "Vorführung, zweite Person" && \
	  touch $(CURRENT); fi

test: .venv/dev.installed  ## lint, format, types, import contracts, all tests
	$(BIN)/python tests/browser.py
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n auto --dist worksteal

lock: .venv/dev.installed  ## resolve pyproject.toml anew into requirements*.txt
	uv=$$(command -v uv || command -v $(BIN)/uv) && \
	lock="$$uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes" && \
	UV_CUSTOM_COMPILE_COMMAND="make lock" $$lock pyproject.toml -o requirements.txt && \
	UV_CUSTOM_COMPILE_COMMAND="make lock" $$lock --group dev -c requirements.txt \
	  -o requirements-dev.txt

texts: .venv/dev.installed  ## collect the interface's texts for translators
	@mkdir -p locale
	$(BIN)/pybabel -q extract -k plural:1,2 --omit-header --no-wrap --sort-output \
	  --add-location=file -o locale/quartierspuls.pot $(TEXTS)

bench: release  ## an indicator change, the Sozialatlas, preparation, confidentiality, beside the obvious build
	$(BIN)/python benchmarks/indicator_change.py data/releases
	$(BIN)/python benchmarks/needs_change.py data/releases
	$(BIN)/python benchmarks/report.py data/releases
	$(BIN)/python benchmarks/prepare_speed.py
	$(BIN)/python benchmarks/disclosure_speed.py data/releases

clean:  ## remove what make made, but not the releases, their logs and the vault
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, for example: make \
	  PYTHON=python3.12 run" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get update -q && apt-get install -qy python3-venv; } || { \
	  echo "Python cannot make environments here. Install python3-venv, then try again."; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@command -v uv >/dev/null || $(BIN)/python -m pip install -q --disable-pip-version-check \
	  $(UV) || echo "uv is not to be had; pip installs, which takes longer."

.venv/app.installed: requirements.txt | $(BIN)/python
	$(call install,-r requirements.txt)
	@touch $@

.venv/dev.installed: requirements.txt requirements-dev.txt | $(BIN)/python
	$(call install,-r requirements.txt -r requirements-dev.txt)
	@touch $@ .venv/app.installed
