# Everything runs in .venv, which is made on first use. PYTHON chooses the interpreter to make it with.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test prove faults corpus lint fmt bench stall reset clean

help: ## Show what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

demo: export DATABASE_URL = sqlite:///./dev.db
demo: $(VENV)/.backend ## Check the schema, build it in dev.db, say what to try next
	$(BIN)/schemagen check
	$(BIN)/schemagen diff
	$(BIN)/schemagen log
	$(BIN)/alembic upgrade head
	$(BIN)/alembic current
	@echo
	@echo "dev.db is at the head. Now add a line under 'columns:' in schema/tables/processes.yaml,"
	@echo
	@echo "    remark: varchar(200)?"
	@echo
	@echo "and try:"
	@echo "    $(BIN)/schemagen diff          what it changes"
	@echo "    $(BIN)/schemagen generate      write the revision; read it in backend/alembic/versions/"
	@echo "    $(BIN)/alembic upgrade head    run it"
	@echo "    $(BIN)/alembic downgrade -1    and back"
	@echo "    $(BIN)/schemagen undo          take the revision away again"

# Hundreds of tests start Python anew, which would compile all modules each time.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.test lint ## Run linters and all tests, on SQLite and embedded PostgreSQL
	$(BIN)/pytest -n $(or $(JOBS),2)

prove: $(VENV)/.test ## Take N=2000 random pairs of schemas the whole road on each database, from SEED=0 on
	SCHEMAGEN_PAIRS=$(or $(N),2000) SCHEMAGEN_SEED=$(or $(SEED),0) \
		$(BIN)/pytest -n $(or $(JOBS),2) -v -rP tests/property/test_road.py

faults: $(VENV)/.test ## Kill the process at every statement of N=40 revisions on each database, both ways
	SCHEMAGEN_FAULTS=$(or $(N),40) $(BIN)/pytest -n $(or $(JOBS),2) tests/database/test_kill.py

corpus: $(VENV)/.test ## Take pairs of schemas from the field there and back: CORPUS=pairs.json
	CORPUS=$(CORPUS) $(BIN)/python bench/corpus.py

lint: $(VENV)/.test ## Run ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(VENV)/.test ## Format the code
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.test ## Time commands beside Alembic and Django, and a rebuild; ARGS="--sizes 10 100"
	$(BIN)/python -m bench.scale $(ARGS)
	$(BIN)/python bench/rebuild.py

stall: $(VENV)/.test ## Measure how long clients wait for revisions on N=2 million rows; ARGS="--only index"
	$(BIN)/python -m bench.stall --rows $(or $(N),2) $(ARGS)

reset: $(VENV)/.backend ## Recreate the development database, DATABASE_URL; its rows are lost
	$(BIN)/python -m backend.reset

clean: ## Remove the environment, caches and build results; dev.db stays
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .schemagen
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp per set of packages: pip runs again only when what it reads has changed.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.backend: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e '.[backend]'
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e '.[test,postgresql,backend]'
	@touch $@ $(VENV)/.backend
