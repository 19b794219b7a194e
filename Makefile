# Two commands do all: `make run` opens the app, `make test` proves it. Both set up what they need, with plain pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test fuzz torture bench peers recoll check calibrate formats translations screenshots apt clean demo

run: $(READY)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" != Linux ]; then \
	  $(BIN)/bge-desktop; \
	else \
	  $(MAKE) --no-print-directory demo; \
	fi

# The main job without a display: index the sample documents and search them.
DEMO := build/demo-library
demo: $(READY)
	@echo "No display: indexing the sample documents and searching them here. On a desktop, this opens the window."
	$(BIN)/bge-desktop index resources/samples --library $(DEMO)
	@for query in "how much notice must I give before moving out" "家里滚筒坏了，师傅上门收不收钱" "my model is great on the examples it has seen but fails on new ones"; do \
	  echo; echo "> $$query"; \
	  $(BIN)/bge-desktop search "$$query" --library $(DEMO) --limit 3 || exit 1; \
	done

test: check
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Broken and hostile files through every reader: BGE_DESKTOP_FUZZ=COUNT (default: 10000) mutations, and what takes long.
fuzz: $(READY)
	$(BIN)/python -m pytest tests/fuzz -s --override-ini addopts=--import-mode=importlib --override-ini timeout=7200

# Kills, failing disks and lost events: BGE_DESKTOP_TORTURE_ROUNDS=COUNT (default: 500) rounds of the kill test,
# BGE_DESKTOP_TORTURE_OPERATIONS=COUNT (100000) operations of the model test, BGE_DESKTOP_TORTURE_MINUTES=COUNT (10) of two
# processes on one library, and every BGE_DESKTOP_TORTURE_STRIDE-th (1) of the writes that fail.
torture: $(READY)
	$(BIN)/python -m pytest tests/torture -s --override-ini addopts=--import-mode=importlib --override-ini timeout=14400

# One table of all that is measured, each row against a peer or a limit in the same run; also in build/bench/bench.json.
# BGE_DESKTOP_EVAL names a folder with documents and queries to measure on: see tests/benchmarks/conftest.py.
# ONLY="embedding search" runs these parts alone (see tests/benchmarks/test_*.py), QUICK=1 less of everything.
MEASURED := $(if $(ONLY),$(foreach part,$(ONLY),tests/benchmarks/test_$(part).py),tests/benchmarks)
bench: $(READY) peers
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE BGE_DESKTOP_BENCH_QUICK=$(QUICK) $(BIN)/python -m pytest $(MEASURED) \
	  -q -s --override-ini addopts=--import-mode=importlib --override-ini timeout=7200 \
	  --override-ini tmp_path_retention_policy=none

# The programs to compare with, in environments of their own. One that cannot be installed is a row that says so.
PEERS := build/peers build/semantra
peers: $(PEERS:=/.ready)
build/%/.ready: packaging/%.txt
	-$(PYTHON) -m venv --clear build/$* && build/$*/bin/python -m pip install --quiet --requirement $<
	@touch $@

# Recoll, for comparison, with what it reads common files by, on Debian and its kin. Needs root.
recoll:
	apt-get update -q
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$(cat packaging/linux/recoll-packages.txt)

# Measure the ranges for int8 anew, on the passages of a library: needed when the weights change.
LIBRARY ?= build/bench/library
calibrate: $(READY)
	$(BIN)/python -m tests.calibration $(LIBRARY)

# Make the files of tests/data/formats anew, with zip, tar, gzip, bzip2, xz and zstd; LibreOffice, pandoc and ffmpeg.
formats:
	sh tests/data/formats/make_archives.sh
	$(PYTHON) tests/data/formats/make_office.py
	$(PYTHON) tests/data/formats/make_text.py
	$(BIN)/python tests/data/formats/make_media.py

# Bring the texts to be translated in step with the source, and what is translated in step with them. What is new or has
# changed is marked as unfinished in the .ts file, which `pyside6-linguist` or an editor opens.
TEXTS := resources/i18n/bge-desktop_zh_CN
translations: $(READY)
	$(BIN)/python -m tests.translations.core_texts
	$(BIN)/pyside6-lupdate $$(find bge_desktop/ui -name '*.py' | sort) -ts $(TEXTS).ts -locations none -no-obsolete
	$(BIN)/pyside6-lrelease -silent $(TEXTS).ts -qm $(TEXTS).qm

# Take the pictures of docs/screenshots anew: the real app, on the documents of somebody who does not exist.
screenshots: $(READY)
	$(BIN)/python -m tests.screenshots docs/screenshots

# What Qt and the tests need from the system, on Debian and its kin. Needs root.
apt:
	apt-get update -q
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$(cat packaging/linux/test-packages.txt)

$(READY): pyproject.toml packaging/constraints.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed: make PYTHON=/path/to/it')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=24"
	$(BIN)/python -m pip install --quiet --constraint packaging/constraints.txt --editable ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
