# The chores. `make help` lists them; `make run` and `make test` are the two that matter.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help setup assets build run test test-rust test-browser soak bench release screenshots tidy format deny clean-data clean

LISTEN ?= 127.0.0.1:8080
DATA ?= data
WEEKS ?= 12
CONTACTS_A_DAY ?=

help: ## list the chores
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

setup: ## look whether Rust, a C compiler and Node are here, and say what is missing
	@scripts/setup.sh

assets: setup ## install the pinned npm packages and compile the styles into assets/
	@cargo xtask assets

build: assets ## build the answerable binary (development profile)
	@began=$$SECONDS
	cargo build -p answerable
	echo "Built in $$((SECONDS - began)) s."

run: build ## serve on 127.0.0.1:8080 with demonstration data (LISTEN=, DATA=, WEEKS=, CONTACTS_A_DAY= to change)
	@exec target/debug/answerable serve --data-dir "$(DATA)" --listen "$(LISTEN)" --demo --demo-weeks "$(WEEKS)" $(if $(CONTACTS_A_DAY),--demo-contacts-a-day "$(CONTACTS_A_DAY)")

test: ## everything: format, clippy, tidy, tests on both databases, browser with axe, papers, licences
	@scripts/test.sh

test-rust: ## only the Rust tests, on SQLite and PostgreSQL
	@scripts/test.sh setup assets rust

test-browser: ## only the journeys in a browser
	@scripts/test.sh setup assets browser

soak: assets ## the long tests whole: many random sequences, kills under writes
	@scripts/soak.sh

bench: assets ## the benchmarks, side by side with a named peer
	@scripts/bench.sh

release: assets ## an optimised binary in target/release
	@cargo build --release -p answerable
	ls -lh target/release/answerable

screenshots: build ## pictures of every page into target/screenshots
	@cargo xtask screenshots

tidy: ## hold what the compiler cannot
	@cargo xtask tidy

format: ## format the Rust
	@cargo fmt --all

deny: ## licences, sources and doubles of all dependencies
	@scripts/deny.sh

clean-data: ## throw the demonstration data away
	@rm -rf "$(DATA)"

clean: ## throw away what was built (not the data)
	@rm -rf assets node_modules
	cargo clean
