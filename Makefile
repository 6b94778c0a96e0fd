# Developer verbs; `make` lists them.
UV_COMPILE = .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet
EXTRAS = requirements-dev.txt requirements-easyocr.txt requirements-observability.txt \
	requirements-openvino.txt requirements-paddle.txt requirements-scale.txt
LOCKS = requirements.txt requirements-pyuwsgi.txt $(EXTRAS) requirements-compat.txt

.PHONY: help run test format lint types lock upgrade audit sbom hooks clean

help: ## list these verbs
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: ## serve the site on http://127.0.0.1:9999
	./start.sh

test: ## every check and test, as in CI
	./start.sh test

format: ## rewrite the code in the house style
	.venv/bin/ruff check --fix-only --exit-zero --quiet .
	.venv/bin/ruff format .

lint: ## what needs no running site
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates

types: ## mypy
	.venv/bin/mypy

lock: $(LOCKS) docs/sbom.json ## resolve requirements*.in anew where they changed

upgrade: ## take the newest versions of everything
	$(MAKE) --always-make lock UV_COMPILE='$(UV_COMPILE) --upgrade'

$(EXTRAS): requirements.txt
requirements-compat.txt: requirements-dev.txt
%.txt: %.in
	$(UV_COMPILE) $< -o $@

audit: ## known vulnerabilities of what is locked; needs the network
	.venv/bin/uv tool run pip-audit --disable-pip --require-hashes --requirement requirements.txt

sbom: docs/sbom.json ## write the list of what is shipped

docs/sbom.json: requirements.txt
	.venv/bin/cyclonedx-py requirements --output-reproducible --output-format JSON \
		--output-file $@ $<

hooks: ## run the quick checks at every commit
	.venv/bin/pre-commit install

clean: ## remove caches; keeps db/ and media/
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage htmlcov staticfiles
