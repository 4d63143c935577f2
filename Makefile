# Two commands for people: `make run` and `make test`. The rest is for those who change Akcept.
.PHONY: run test check lint messages bench lock clean
.DEFAULT_GOAL := run
B := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONPATH := $(CURDIR)/src:$(CURDIR)/tests
ASSETS := $(shell find assets/src assets/stubs -type f) assets/build.mjs
# What they name of Tabler's classes is all that is kept of its styles.
PAGES := $(shell find src/akcept -name '*.html' -o -path '*/web/*.py')
WORDS := $(wildcard src/akcept/*/locale/*/LC_MESSAGES/*.po)

run: .venv/.run assets/.built $(WORDS:.po=.mo)
	@$(B)/python manage.py collectstatic --noinput --verbosity 0
	@exec $(B)/akcept serve

test: .venv/.dev assets/.built $(WORDS:.po=.mo)
	@sh scripts/need.sh chromium chromium-headless-shell libatomic1 fonts-dejavu-core curl
	@if [ -n "$$CI" ]; then sh scripts/need.sh nginx-light; fi
	$(B)/python -m pytest -n 2 --dist worksteal
	$(B)/python scripts/with_pg.py $(B)/python -m pytest -n 2 --dist worksteal -m "not axe and not look"

check: lint test

lint: .venv/.dev assets/.built
	$(B)/ruff format --check .
	$(B)/ruff check .
	$(B)/mypy
	$(B)/lint-imports
	$(B)/djlint --lint --quiet src
	AKCEPT_HOME=build/check AKCEPT_BASE_URL=https://akcept.example.com \
	AKCEPT_MAIL_URL=smtp://mail.example.com $(B)/python manage.py check --deploy --fail-level WARNING
	AKCEPT_HOME=build/check $(B)/python manage.py makemigrations --check --dry-run
	@sh scripts/need.sh gettext
	$(B)/python scripts/messages.py --check

# Write the words that are new in the code into every room's catalogue.
messages: .venv/.dev
	@sh scripts/need.sh gettext
	$(B)/python scripts/messages.py

bench: .venv/.dev assets/.built
	$(B)/python scripts/with_pg.py $(B)/python -m bench

lock: .venv/.dev
	$(B)/uv pip compile -q pyproject.toml -o requirements.lock --no-emit-index-url
	$(B)/uv pip compile -q pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock --no-emit-index-url

clean:
	rm -rf .venv assets/node_modules assets/.built staticfiles build

.venv/.run: requirements.lock assets/requirements.lock pyproject.toml
	@python3 -c 'import ensurepip' 2>/dev/null || sh scripts/need.sh python3-venv
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Akcept needs Python 3.11 or later." >&2; exit 1; }
	python3 -m venv .venv
	$(B)/python -m pip install -q --disable-pip-version-check uv
	$(B)/uv pip install -q -p $(B)/python -r requirements.lock -r assets/requirements.lock
	$(B)/uv pip install -q -p $(B)/python --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(B)/uv pip install -q -p $(B)/python -r requirements-dev.lock
	@touch $@

assets/node_modules/.installed: assets/package-lock.json assets/package.json .venv/.run
	cd assets && npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

assets/.built: $(ASSETS) $(PAGES) assets/node_modules/.installed
	cd assets && node build.mjs
	@touch $@

%.mo: %.po .venv/.run
	@$(B)/pybabel -q compile --input-file $< --output-file $@
