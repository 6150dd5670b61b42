# make install | run | test | sheet | bench | lint          everything lives in .venv and var/
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install install-test install-bench run test sheet pictures bench lint clean
SIZE ?= small
ARGS ?=
MANAGE = DJANGO_SETTINGS_MODULE=qyzmet.config.settings .venv/bin/python -m django

help:
	@echo "make run      install and start Qyzmet with its demo (QYZMET_PORT, QYZMET_DATA, DATABASE_URL, QYZMET_CLOCK)"
	@echo "make test     install and run the quick tests (DATABASE_URL; ARGS for pytest)"
	@echo "make sheet    every page of every role in pictures, with axe on all of them, in out/sheet (ARGS)"
	@echo "make pictures walk the five walks in a browser and renew the pictures of docs/"
	@echo "make bench    install and measure (SIZE=small|full)"
	@echo "make lint     ruff, mypy, Django's own checks"
	@echo "make install  only install; then .venv/bin/qyzmet"

install:
	@scripts/install run

install-test:
	@scripts/install dev

install-bench:
	@scripts/install bench

run: install
	@exec .venv/bin/qyzmet run

test: install-test
	@.venv/bin/pytest -m "not full" -n 2 --dist worksteal -q $(ARGS)

sheet: install-test
	@.venv/bin/python -m tests.reach.sheet --out out/sheet $(ARGS)

pictures: install-test install-bench
	@QYZMET_PICTURES=out/pictures .venv/bin/pytest -q $$(ls tests/shown/test_4_1_*.py)
	@.venv/bin/python -m tests.walking.pictures out/pictures docs/images

bench: install-bench
	@exec .venv/bin/python -m bench --size $(SIZE)

lint: install-test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@$(MANAGE) check
	@mkdir -p var && $(MANAGE) makemigrations --check --dry-run

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis out
