# What can be done here; `make` alone lists it. Each target is one line: the work is in scripts/.

.DEFAULT_GOAL := help
.PHONY: help run demo test lint format openapi bench clean-cache

CACHE = $${XDG_CACHE_HOME:-$$HOME/.cache}/huijie

help: ## this list
	@sed -n 's/^\([a-z-]*\): ## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

run: ## the server on an embedded SQLite file in data/; prints its address and what to try
	@cargo run --locked -- serve

demo: ## fills the empty database in data/ with a realistic station and prints who can log in; then `make run`
	@cargo run --locked -- demo

test: ## everything: tests on SQLite and PostgreSQL, API document, schemathesis; installs what it needs
	@scripts/test.sh

lint: ## formatting, clippy, documentation
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --document-private-items

format: ## puts the code into its form
	cargo fmt --all

openapi: ## writes openapi/ anew from the code
	@mkdir -p openapi && cargo run --locked -- openapi --write openapi

bench: ## measures the server beside its references; see docs/benchmarks.md
	@scripts/bench.sh

clean-cache: ## removes the tools and compiled files kept outside of this directory
	rm -rf "$(CACHE)"
