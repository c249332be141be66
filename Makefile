# The only command surface. CI calls these too.
PYTHON ?= python3
BIN := .venv/bin
export RECKONER_PORT ?= 8000
# What Python compiled is kept, whatever the machine's own wish: compiling all anew costs three seconds at every start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test check fix bench soak paper lock

help:            ## what there is to type
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup:           ## everything that is needed, nothing started
	@bin/setup

run: setup       ## the demo office on http://localhost:8000, from nothing; Ctrl-C stops it
	@exec $(BIN)/python manage.py up --migrate --demo --verbosity 0

test: setup      ## the suite, pages in a real browser included
	@bin/setup --tests
	@bin/test

check: setup     ## style, import rules, migrations, generated docs, types, deployment settings
	@bin/setup --tests
	@bin/check

fix: setup       ## put the style right, regenerate docs/states.md and docs/roles.md
	@bin/setup --tests
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
	@$(BIN)/python manage.py generated_docs --write

bench: setup     ## ratios in one run; the table in docs/benchmarks.md
	@bin/setup --tests
	@$(BIN)/python -m bench

soak: setup      ## the slow proofs: the log under load, killed writers, every goal; writes docs/assurance.md
	@bin/setup --tests
	@$(BIN)/python -m bench.assurance

paper: setup     ## the demo quarter's PDF into out/, without a server
	@$(BIN)/python manage.py demo_paper out/

lock: setup      ## compile requirements*.txt: pinned and hashed
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 requirements-dev.in -o requirements-dev.txt
