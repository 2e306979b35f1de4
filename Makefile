# One obvious command per task. Every target sets up what it needs; `make help` lists them.
.DEFAULT_GOAL := help
# The first interpreter on PATH that is new enough; override with `make PYTHON=/path/to/python test`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
# Windows has another layout; the recipes need a POSIX shell there, as git brings one.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where the environment forbids byte code, each of the many processes of the tests would compile the packages anew.
export PYTHONDONTWRITEBYTECODE :=

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "anyqpu needs Python 3.11 or newer on PATH (or: make PYTHON=/path/to/python ...)"; exit 2; }
	@# Some systems ship Python without what venv needs; virtualenv brings its own.
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV) && \
		$(PYTHON) -m pip install --quiet --target $(VENV)-tool virtualenv && \
		PYTHONPATH=$(VENV)-tool $(PYTHON) -m virtualenv --quiet $(VENV); }

# Two steps, so that `make demo` installs only what a user would.
$(VENV)/.user: pyproject.toml | $(BIN)/python
	@echo "installing anyqpu with its command line and emulator ..."
	@$(BIN)/python -m pip install --quiet --editable ".[cli,emulator]"
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "installing the development tools ..."
	@# Eager, so that an older environment gets what a new one would.
	@$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --editable ".[dev]"
	@touch $@ $(VENV)/.user

# The client generator, whose pins would hold back the development tools.
GENERATOR := .venv-generator/.done
$(GENERATOR): scripts/generator/requirements.txt | $(VENV)/.dev
	@$(BIN)/python -m scripts.generator.environment
	@touch $@

# The tools that build and check a release.
$(VENV)/.release: pyproject.toml | $(BIN)/python
	@echo "installing the release tools ..."
	@$(BIN)/python -m pip install --quiet --editable ".[release]"
	@touch $@ $(VENV)/.dev $(VENV)/.user

.PHONY: docs recordings setup api-check api-release dist-check bench bench-quick spec-update spec-watch spec-restore spec-diff help demo test lint types regenerate check-generated test-peers test-engines test-meaning test-faults test-page test-fleet soak-fleet fuzz soak clean
help: ## list the tasks
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

demo: $(VENV)/.user ## run a program on each of the four emulated clouds, offline
	$(BIN)/anyqpu demo

setup: $(VENV)/.dev $(GENERATOR) ## the environment .venv with all tools, and .venv-generator

# Each file stays in one process. A third of the time tests wait for sockets and timeouts: one process more than cores.
JOBS ?= 3
test: $(VENV)/.dev $(GENERATOR) ## every test, in random order; repeat an order: make test SEED=N
	@$(BIN)/python -m tests.support.browser
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(if $(SEED),--randomly-seed=$(SEED))

lint: $(VENV)/.dev ## ruff: rules and formatting
	$(BIN)/ruff check src scripts tests
	$(BIN)/ruff format --check src scripts tests

types: $(VENV)/.dev ## mypy and pyright, both strict
	$(BIN)/mypy
	$(BIN)/pyright

api-check: $(VENV)/.dev ## compare the public API with the last release, and check the version
	$(BIN)/python -m scripts.api_check

api-release: $(VENV)/.dev ## keep the sources of this version for later comparisons, as a release does
	$(BIN)/python -m scripts.api_check --release

dist-check: $(VENV)/.release ## build sdist and wheel, check them, and try every extra in clean environments
	$(BIN)/python -m scripts.dist_check $(if $(ARGS),$(ARGS))

regenerate: $(VENV)/.dev $(GENERATOR) ## write final.json and the generated clients from the specs, and the types of anyqpu.sync
	$(BIN)/python -m scripts.regenerate
	$(BIN)/python -m scripts.sync

check-generated: $(VENV)/.dev $(GENERATOR) ## fail if a restored spec, final.json or generated file differs from its sources
	$(BIN)/python -m scripts.regenerate --check
	$(BIN)/python -m scripts.sync --check

# make exits with 2 for every failure of a recipe: the script's own code is in the last line, and in report.json.
define REPORT_CODE
; code=$$?; echo "exit code $$code"; exit $$code
endef
spec-update: $(VENV)/.dev $(GENERATOR) ## replace the document of a cloud: make spec-update PROVIDER=kipu FILE=new.json
	@$(BIN)/python -m scripts.spec_update $(PROVIDER) $(FILE) $(if $(OVERLAY),--overlay $(OVERLAY)) \
		$(if $(TABLE),--table $(TABLE)) $(ARGS) $(REPORT_CODE)

spec-watch: $(VENV)/.dev $(GENERATOR) ## look for newer documents of the clouds: make spec-watch [PROVIDER=kipu]
	@$(BIN)/python -m scripts.spec_watch $(PROVIDER) $(ARGS) $(REPORT_CODE)

spec-restore: $(VENV)/.dev $(GENERATOR) ## undo the last update: make spec-restore PROVIDER=kipu
	$(BIN)/python -m scripts.spec_update $(PROVIDER) --restore

spec-diff: $(VENV)/.dev ## compare two documents: make spec-diff OLD=old.yaml NEW=new.yaml
	$(BIN)/python -m scripts.spec_diff $(OLD) $(NEW) $(if $(PROVIDER),--provider $(PROVIDER))

bench: $(VENV)/.dev $(GENERATOR) ## measure all costs beside those of alternatives (20 minutes); ARGS=--write-docs
	$(BIN)/python -m scripts.bench $(ARGS)

bench-quick: $(VENV)/.dev $(GENERATOR) ## the same with fewer rounds and no curves (some minutes)
	$(BIN)/python -m scripts.bench --quick

test-peers: $(VENV)/.dev ## run the clouds' own clients, unmodified, against the emulator (installs them)
	$(BIN)/python -m tests.peers

test-engines: $(VENV)/.dev ## compare the emulator's engines with Aer, Pulser and Perceval, and native programs with Aer (installs them)
	$(BIN)/python -m tests.peers engines native

test-meaning: $(VENV)/.dev ## compare programs on every route with Qiskit, Pulser and Perceval (15 minutes)
	$(BIN)/python -m tests.meaning $(ARGS)

test-faults: $(VENV)/.dev ## run every operation against every fault of tests/conformance, on both event loops (20 minutes)
	$(BIN)/python -m tests.conformance $(ARGS)

test-page: $(VENV)/.dev ## test the emulator's page in a headless Chromium, with pictures below build/page
	@$(BIN)/python -m tests.support.browser
	$(BIN)/python -m pytest -q tests/emulator/test_page.py tests/emulator/test_page_in_a_browser.py

fuzz: $(VENV)/.dev ## send a million odd responses, headers, files, handles, programs and requests (25 minutes); ARGS="--only kipu"
	$(BIN)/python -m tests.fuzz $(ARGS)

soak: $(VENV)/.dev ## work for ten minutes under faults and expiries, and watch for growth; ARGS="--minutes 60"
	$(BIN)/python -m tests.soak $(ARGS)

test-fleet: $(VENV)/.dev ## kill and stop fleets at every point of a send, on every cloud (10 minutes)
	$(BIN)/python -m tests.fleet_chaos $(ARGS)

soak-fleet: $(VENV)/.dev ## 10,000 submits of a fleet under faults, with 50 kills; ARGS="--jobs 1000 --kills 10"
	$(BIN)/python -m tests.fleet_chaos --soak $(ARGS)

docs: $(VENV)/.dev ## build the documentation site below build/site; a warning or a broken link is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

recordings: $(VENV)/.dev ## record a terminal while each tutorial is followed: make recordings [NAMES="kipu service"]
	$(BIN)/python -m scripts.recordings $(NAMES)

clean: ## remove the environments and caches
	rm -rf $(VENV) $(VENV)-tool $(dir $(GENERATOR)) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
