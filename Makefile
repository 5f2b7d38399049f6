# What people do here; `make help` lists it.
SHELL := /bin/bash
SWIFT := swift
PROGRAM := .build/release/sabueso
# Where `swift test` leaves its results, for the count at the end.
RESULTS := .build/test-results
# Where tests leave the chat messages that they sent, for the second opinion.
MESSAGES := .build/messages

# Rooms whose tests wait for answers within a time, over sockets or for files: one room after the other, or there are
# hundreds at once and every answer comes too late. All others compute, apart from these.
WAITING_ROOMS := BackendsTests ChainCheckTests ChatCommandsTests DeliveryTests HTTPTransportTests JournalTests LabTests \
	PictureConversionTests PostgreSQLTests ResponderTests
empty :=
WAITING_TESTS := $(subst $(empty) ,|,$(strip $(WAITING_ROOMS)))
# Tests that start servers or the program itself: one after the other, or they starve each other and time out.
PROCESS_TESTS := IntegrationTests|CommandLineTests|WebTests

.PHONY: help demo test lint build bench

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(PROGRAM) ## play a recorded incident through the whole service
	@$(PROGRAM) demo --once

build: $(PROGRAM) ## install what is missing and build the program: .build/release/sabueso

# Only when something changed: SwiftPM takes seconds to find out that nothing did.
$(PROGRAM): Package.swift $(shell find Sources -type f)
	@deploy/prerequisites.sh build
	@echo "Building (the first time takes some minutes)"
	@$(SWIFT) build --configuration release --product sabueso
	@touch $@

test: ## every test: lint, release build, checks of deploy/, all tests, a second opinion on the messages, scores where the labelled failures are
	@deploy/prerequisites.sh test
	@$(MAKE) --no-print-directory lint
	@deploy/check.sh --require-tools
	@$(MAKE) --no-print-directory build
	@deploy/check.sh --program $(PROGRAM)
	@rm -rf $(RESULTS) $(MESSAGES) && mkdir -p $(RESULTS)
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --parallel --skip '$(PROCESS_TESTS)|$(WAITING_TESTS)' --xunit-output $(RESULTS)/computing.xml
	for room in $(WAITING_ROOMS); do \
		$(SWIFT) test --skip-build --parallel --filter "^$$room\\." --xunit-output $(RESULTS)/$$room.xml || exit; done
	$(SWIFT) test --skip-build --no-parallel --filter '$(PROCESS_TESTS)' --xunit-output $(RESULTS)/processes.xml
	@.ci/second-opinion Tests/Fixtures/Golden Tests/Fixtures/Cards $(MESSAGES)
	@$(SWIFT) build --configuration release --product ScenarioScore
	@.ci/score $(PROGRAM)

lint: ## check the formatting
	@$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

bench: build ## time the program on the committed scenarios
	@$(SWIFT) build --configuration release --product ScenarioScore
	@.ci/bench $(PROGRAM)
