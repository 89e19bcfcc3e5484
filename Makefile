# What people type. The work is done one step away from here: site/local/install.py, site/local/supervisor/, manage.py,
# tests/run.
export PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python

.DEFAULT_GOAL := help
# Drills by the names of their files: tests/browser/test_durability.py, test_admin_words.py, tests/core/jobs/test_worker.py.
DRILLS := durability worker admin_words stale slow_clients growth
.PHONY: help run reset test coverage drill bench soak $(DRILLS) lint format messages requirements install tools welcome
.NOTPARALLEL:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: welcome install ## Serve the demo at http://127.0.0.1:8000/ (another port: make run PORT=8080)
	@PYTHONPATH=site exec $(PY) -m local.supervisor

reset: install ## Delete the demo's database and uploads, after a question, and make them anew
	@PYTHONPATH=site exec $(PY) -m local.supervisor reset

test: ## Check everything: style, types, walls, migrations, tests, browser (BROWSER=0 leaves it out)
	@exec tests/run

coverage: ## The same, and which lines no test runs: takes two thirds longer
	@COVERAGE=1 exec tests/run

drill: ## What takes long: kill what runs, read each word of the admin (make drill durability, worker, slow_clients)
	@exec tests/run drill $(filter $(DRILLS),$(MAKECMDGOALS))

$(DRILLS):
	@:

bench: tools ## How fast it is, beside a bare Django view and `wagtail start` (QUICK=1: three rounds instead of five)
	@PYTHONPATH=site:. exec $(PY) -m bench $(if $(QUICK),--quick)

soak: tools ## What a web process holds in memory after minutes of mixed load, beside `wagtail start` (MINUTES=6)
	@PYTHONPATH=site:. exec $(PY) -m bench.soak $(MINUTES)

lint: tools ## Check style, types, import walls and migrations
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@git ls-files '*.html' | xargs -r .venv/bin/djhtml --check --tabwidth 2
	@.venv/bin/mypy .
	@PYTHONPATH=site:. .venv/bin/lint-imports
	@DJANGO_SETTINGS_MODULE=config.settings.test LOG_LEVEL=WARNING $(PY) manage.py lintmigrations

format: tools ## Put code and templates in order
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@git ls-files '*.html' | xargs -r .venv/bin/djhtml --tabwidth 2

messages: install ## Gather the interface's words into locale/ for translation (needs gettext)
	@command -v xgettext >/dev/null || { echo "gettext is needed: apt install gettext"; exit 1; }
	@$(PY) manage.py makemessages --all --add-location file --ignore var --ignore .venv --ignore tests

# One answer for every Python that we support: markers in the lists say what only some need.
COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make requirements"

requirements: tools ## Compile both lists from pyproject.toml; what is pinned stays where it can (UPGRADE=1: all newest)
	@$(COMPILE) $(if $(UPGRADE),--upgrade) -o requirements.txt pyproject.toml
	@$(COMPILE) $(if $(UPGRADE),--upgrade) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

install: ## Make .venv and install what the site needs, where requirements.txt has changed
	@$(call installed,requirements.txt)

tools:
	@$(call installed,requirements.txt requirements-dev.txt)

# Said before the first start, which writes logins.json last.
welcome:
	@[ -e "$${VAR_DIR:-var}/logins.json" ] || printf '%s\n' \
		"The first start takes about two minutes, later ones take seconds. It installs the packages into .venv, starts" \
		"a PostgreSQL of its own in var/, loads the demo, and serves it at http://127.0.0.1:$(PORT)/ until Ctrl-C." ""

# The installer (site/local/install.py) is called by .venv's own Python, or by the system's where there is none yet.
define installed
	python=$(PY); $$python -c '' 2>/dev/null || { python=$(PYTHON); \
		command -v $$python >/dev/null || { echo "Python 3.11 or newer is needed: apt install python3 python3-venv"; exit 1; }; \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
			echo "Python 3.11 or newer is needed, this is $$($$python --version 2>&1). Another: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }; \
		$$python -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: apt install python3-venv"; exit 1; }; }; \
	PYTHONPATH=site $$python -m local.install $(1)
endef
