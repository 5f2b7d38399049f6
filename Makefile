# `make help` lists the targets. On a system without apt-get: make PREREQUISITES=true TARGET
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREREQUISITES ?= deploy/prerequisites.sh
# For `make demo`: a scenario by name, options of `sabueso demo`.
SCENARIO ?=
# A program that runs `sabueso analyze` on labelled cases and prints how well it ranked, if there is one at hand.
SCORER ?= $(firstword $(wildcard ../*/rca/score.py))

program := .build/release/sabueso
results := .build/test-results
strict := --explicit-target-dependency-import-check error

.NOTPARALLEL:
.PHONY: help demo test lint bench build build-prerequisites test-prerequisites

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s  %s\n", $$1, $$2 }' Makefile

demo: build ## Build, and play a recorded incident through the whole service on this machine
	$(program) demo $(SCENARIO)

build: build-prerequisites ## Build .build/release/sabueso, installing what that needs
	swift build --configuration release --product sabueso $(strict)

test: test-prerequisites lint build ## Run every check: format, build, tests, deploy/, labelled cases
	rm -rf $(results) && mkdir -p $(results)
	swift test --parallel $(strict) --xunit-output $(results)/tests.xml
	if [ -x deploy/check.sh ]; then deploy/check.sh --require-tools; fi
	if [ -n "$(SCORER)" ]; then .ci/score "$(SCORER)" $(program); fi

lint: ## Check the format of all Swift files
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

bench: build ## Measure ranking, time and memory on labelled cases: SCORER=PATH
	@if [ -z "$(SCORER)" ]; then echo "There are no labelled cases here: make bench SCORER=PATH" >&2; exit 2; fi
	.ci/score "$(SCORER)" $(program)

build-prerequisites:
	@$(PREREQUISITES) build

test-prerequisites:
	@$(PREREQUISITES) build test
