# A thin front door: each target is a line or two over CMake's presets and the
# scripts in tools/. `make` alone lists them.
PREFIX ?= /usr/local
LOAD_SECONDS ?= 600
FUZZ_SECONDS ?= 60

.PHONY: help quickstart test amalgam load fuzz bench tidy format install clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

quickstart: ## build the library and run the example "world"
	tools/setup.sh build
	cmake --preset release
	cmake --build --preset release --target world
	build/release/examples/world/world

test: ## every test: gcc, clang, sanitizers, valgrind
	tools/setup.sh test
	tools/test.sh

amalgam: ## write build/amalgam/virga.h and virga.c, the library in two files; JSON, seeding
	tools/amalgam

load: ## ten minutes of load on a pool, ten with kill -9, ten on PostgreSQL
	tools/setup.sh test
	cmake --preset release -DVIRGA_BUILD_TESTS=ON
	cmake --build --preset release --target load load_pg
	build/release/tests/load run $(LOAD_SECONDS)
	build/release/tests/load crash $(LOAD_SECONDS)
	VIRGA_SOURCE_DIR=$(CURDIR) build/release/tests/load_pg $(LOAD_SECONDS)

fuzz: ## random inputs from a random seed, a minute for each fuzzer
	tools/setup.sh test
	cmake --preset clang
	cmake --build --preset clang --target tests_fuzz
	tests/fuzz/long.sh build/clang/tests $(FUZZ_SECONDS)

bench: ## build for release and run the benchmarks
	tools/setup.sh bench
	cmake --preset release -DVIRGA_BUILD_BENCH=ON
	cmake --build --preset release
	cmake --preset size
	cmake --build --preset size --target virga_static
	bench/run.sh

tidy: ## check the rules of the house
	tools/setup.sh test
	tools/tidy.sh

format: ## let clang-format rewrite the sources
	tools/tidy.sh --format

install: ## install to PREFIX (default /usr/local; DESTDIR is honoured)
	tools/setup.sh build
	cmake --preset release -DCMAKE_INSTALL_PREFIX=$(PREFIX)
	cmake --build --preset release
	cmake --install build/release

clean: ## remove everything that was built
	rm -rf build
