.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo serve test check browser shots bench fmt manual messages pictures
BIN := .venv/bin
PACKAGES ?=

help:  ## What one can ask for
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup:  ## Make .venv ready to run the product
	@bin/setup

setup-dev:  ## The same with what tests and linters need
	@bin/setup dev

demo: setup  ## Load the demonstration and serve it
	@$(BIN)/bonphuong demo

serve: setup  ## Serve the data of $BONPHUONG_DATA (default var/)
	@$(BIN)/bonphuong serve

test: setup-dev  ## All tests on SQLite, then on PostgreSQL where one is at hand
	@bin/test

check: setup-dev  ## Format, linters, layers, types, templates, contracts
	@bin/check

browser: setup-dev  ## Journeys in a real browser
	@bin/browser

shots: setup-dev  ## Pictures of every page, and what is wrong with them, into build/shots
	@bin/shots

bench: setup-dev  ## Measure, print a table and write it as JSON
	@$(BIN)/python -m bench

fmt: setup-dev  ## Put code and templates in order
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format --quiet . ; bin/templates fmt

manual: setup-dev  ## Write the generated pages of the manual anew
	@bin/manual

pictures: setup-dev  ## Take the pictures of the manual and of the README anew
	@bin/pictures

messages: setup-dev  ## Add new phrases to the catalogues and compile them (PACKAGES="papers …" for some only)
	@bin/messages update $(PACKAGES)
