# Developer commands; `make` lists them.
SBOM = .venv/bin/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py

.PHONY: help run test format lint types lock upgrade audit sbom hooks clean

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: ## serve the site on http://127.0.0.1:9999
	./start.sh

test: ## every check and test, as in CI
	./start.sh test

format: ## rewrite the code in the house style
	.venv/bin/ruff check --fix-only --exit-zero --quiet .
	.venv/bin/ruff format .

lint: ## checks that need no running site
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates

types: ## mypy
	.venv/bin/mypy

lock: ## resolve every requirements*.in, keeping versions; lists changes
	@.venv/bin/python scripts/lock.py $(LOCK_OPTIONS)
	@$(MAKE) --silent --always-make docs/sbom.json

upgrade: ## take the newest versions of everything; lists changes
	$(MAKE) lock LOCK_OPTIONS=--upgrade

audit: ## known vulnerabilities of locked packages; needs the network
	.venv/bin/uv tool run pip-audit --disable-pip --require-hashes --requirement requirements.txt

sbom: docs/sbom.json ## write the list of shipped packages

docs/sbom.json: requirements.txt
	$(SBOM) requirements --output-reproducible --output-format JSON --output-file $@ $<

hooks: ## run the quick checks at every commit
	.venv/bin/pre-commit install

clean: ## remove caches; keeps db/ and media/
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage htmlcov staticfiles
