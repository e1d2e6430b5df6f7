# One Python environment in .venv, made from the lock files; every target brings it up to date.
SHELL := /bin/sh
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check install -qq
MADE := .venv/made
RUN := .venv/installed-run
DEV := .venv/installed-dev
ASSETS := services/portal/pages/static/vendor/.made

# A checkout that was moved, or whose Python is gone, gets a new environment.
ifneq ($(shell $(PYTHON) -c 'import sys; print(sys.prefix)' 2>/dev/null),$(CURDIR)/.venv)
$(shell rm -f $(MADE))
endif

.DEFAULT_GOAL := help
.PHONY: help run test check quick docs site pictures bench venv assets lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN) $(ASSETS) ## start the platform here; Ctrl-C stops it, the data stay in .data/
	@exec $(PYTHON) -m deploy.tongxin up

test: check $(ASSETS) ## everything the README promises (linters first)
	@$(PYTHON) -m pytest

quick: $(DEV) $(ASSETS) ## the tests that need no server: seconds
	@$(PYTHON) -m pytest -q -m "not servers and not browser and not slow"

check: $(DEV) ## format, linters, types, the import law, SQL, tables in documents
	@$(call quietly,$(PYTHON) -m ruff format --check .)
	@$(call quietly,$(PYTHON) -m ruff check .)
	@$(call quietly,$(PYTHON) -m mypy)
	@$(call quietly,.venv/bin/lint-imports)
	@$(call quietly,$(PYTHON) -m sqlfluff lint shared services)
	@$(call quietly,$(PYTHON) -m docs.tables --check)
	@$(call quietly,$(PYTHON) -m deploy.contracts --check)
	@$(call quietly,$(PYTHON) -m deploy.ship --check)
	@echo "check: nothing to complain about"

# A tool speaks only when it has something to say.
quietly = $(1) >.venv/said 2>&1 || { cat .venv/said; echo "failed: $(1)"; exit 1; }

docs: $(DEV) ## write the tables of documents, and the manifests, from the code
	@$(PYTHON) -m docs.tables
	@$(PYTHON) -m deploy.contracts
	@$(PYTHON) -m deploy.ship

site: $(DEV) ## the site of the documents, in .site/html
	@$(PYTHON) -m docs.site

pictures: $(DEV) $(ASSETS) ## the pictures of that site, of the platform that runs here
	@$(PYTHON) -m tests.docs.camera

bench: $(DEV) $(ASSETS) ## the figures, as a table and in .bench/latest.json
	@$(PYTHON) -m tests.bench

venv: $(DEV) ## everything needed to work on the platform, in .venv

assets: $(ASSETS) ## what the pages use in a browser, by npm, which Python brought along

# `uv` makes the lock files, and is not in them: install it any way you like.
lock: ## renew requirements.lock and requirements-dev.lock (needs uv ≥ 0.8)
	uv pip compile pyproject.toml -o requirements.lock $(COMPILE)
	uv pip compile pyproject.toml --group dev -o requirements-dev.lock $(COMPILE)

COMPILE := --extra embedded --extra assets --universal --python-version 3.12 --generate-hashes \
  --no-header --no-annotate --quiet

# A shim of pyenv exists and fails, and Debian's python3 may lack venv: so each is tried, not found.
$(MADE):
	@for python in "$$TONGXIN_PYTHON" python3.13 python3.14 python3.12 python3 \
	    "$$HOME"/.pyenv/versions/3.1[3-9]*/bin/python "$$HOME"/.pyenv/versions/3.12*/bin/python; do \
	  "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null \
	    && "$$python" -m venv --clear .venv && touch $@ && exit 0; \
	done; \
	echo "Python ≥ 3.12 with venv is needed; set TONGXIN_PYTHON to one." >&2; exit 1

$(RUN): $(MADE) requirements.lock pyproject.toml
	@echo "installing what requirements.lock names …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(MADE) requirements-dev.lock pyproject.toml
	@echo "installing what requirements-dev.lock names …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(RUN)

$(ASSETS): package-lock.json deploy/tongxin/assets.py | $(RUN)
	@$(PYTHON) -m deploy.tongxin.assets
	@touch $@
