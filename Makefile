# Each target does all of its own set-up and can be run again and again.

PYTHON   := /usr/bin/python3
VENV     := .venv
SWPROF   := .build/release/swprof

# Shared Swift libraries would be most of what starting swprof costs; GSL and zstd need not be where swprof is run.
STATIC   := --static-swift-stdlib --pkg-config-path .build/static

# Where the toolchain keeps what programs link.
RESOURCES = $$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')

# What the build needs, what the tests need beside that, and the file that shows each is there.
BUILD_PACKAGES := libpython3-dev:/usr/include/python3*/Python.h libgsl-dev:/usr/include/gsl/gsl_cdf.h \
                  zlib1g-dev:/usr/include/zlib.h libzstd-dev:/usr/include/zstd.h libsqlite3-dev:/usr/include/sqlite3.h \
                  g++:/usr/bin/g++ pkg-config:/usr/bin/pkg-config python3:/usr/bin/python3
TEST_PACKAGES  := python3-venv:/usr/lib/python3*/ensurepip/__main__.py binutils:/usr/bin/objdump \
                  chromium:/usr/bin/chromium golang-go:/usr/bin/go zstd:/usr/bin/zstd

# A C compiler with its sanitizer.
LANGUAGE_PACKAGES := gcc:/usr/bin/cc

# The short form, from the beginning; `make coverage COVERAGE=--full` goes on with the full one.
COVERAGE := --quick --anew

# TeX with the ACM's style, and the check of its text.
PAPER_PACKAGES := texlive-publishers:/usr/share/texlive/texmf-dist/tex/latex/acmart/acmart.cls \
                  texlive-latex-extra:/usr/share/texlive/texmf-dist/tex/latex/environ/environ.sty \
                  texlive-fonts-extra:/usr/share/texlive/texmf-dist/tex/latex/libertine/libertine.sty \
                  texlive-plain-generic:/usr/share/texlive/texmf-dist/tex/generic/kastrup/binhex.tex \
                  latexmk:/usr/bin/latexmk chktex:/usr/bin/chktex

# A folder of experiments, and its short form; `make experiment EXPERIMENT=rates FORM=` measures one whole.
EXPERIMENT := overhead
FORM       := --quick
SNAKEMAKE  := .build/snakemake

.PHONY: help build demo lint format test test-matrix test-snakemake cpython-tests harden fuzz peers languages bench \
        coverage coverage-report docs experiment manual paper notebooks notebooks-store wheel clean
.DELETE_ON_ERROR:

help:
	@echo "make build            .build/release/swprof, which works in place"
	@echo "make demo             profile the sieve with every design and compare them"
	@echo "make test             every test, and make lint"
	@echo "make lint             what the style of Swift, Python and scripts is held to"
	@echo "make format           set all Swift as make lint wants it"
	@echo "make test-matrix      the Python tests with every supported CPython that there is (takes half an hour)"
	@echo "make test-snakemake   run an experiment as jobs of Snakemake, and test what comes of it"
	@echo "make cpython-tests    CPython's own tests under every design, test by test against plain (half an hour)"
	@echo "make harden           kills, full disks, programs by chance, sessions without end (a quarter of an hour; HARDEN=--long: hours)"
	@echo "make fuzz             changes files of every format at random and reads them (minutes; FUZZ=--long: a million of each)"
	@echo "make peers            install other profilers, for \`swprof compare --peers\` (PYTHON=PATH for another Python)"
	@echo "make languages        time the sieve in Python, C and Swift, and what calling Swift from Python costs"
	@echo "make experiment       run and report a standing experiment, in its short form: EXPERIMENT=overhead, rates, bias, …"
	@echo "make bench            measure the figures that swprof is held to (takes an hour or more)"
	@echo "make coverage         measure whether the intervals cover, in a short form (under ten minutes)"
	@echo "make coverage-report  the stored table of the full form"
	@echo "make docs             .build/docs, a page of every library's public names, and one of each name"
	@echo "make manual           .build/manual/share: man pages, and completions of bash, zsh and fish (the wheel installs them)"
	@echo "make paper            .build/paper/paper.pdf, every number and figure of it from the stored results"
	@echo "make notebooks        make the course's labs, for students and for instructors, and run them all (four minutes)"
	@echo "make notebooks-store  measure anew what lab 6 shows where there is no compiler"
	@echo "make wheel            the Python package in dist, tested with every interpreter (takes half an hour)"

build:
	@tools/need-swift
	@tools/need-packages $(BUILD_PACKAGES)
	@mkdir -p .build/static
	@ln -sf "$(RESOURCES)/embedded/$$(uname -m)-unknown-linux-gnu/libswiftUnicodeDataTables.a" .build/static/
	@folder=$$(pkg-config --variable=libdir gsl); [ ! -e "$$folder/libgsl.a" ] || \
		printf 'Name: GSL\nDescription: its static libraries\nVersion: %s\nLibs: -L%s -l:libgsl.a -l:libgslcblas.a -lm\n' \
		"$$(pkg-config --modversion gsl)" "$$folder" >.build/static/gsl.pc
	@archive=$$(g++ -print-file-name=libzstd.a); [ ! -e "$$archive" ] || \
		printf 'Name: zstd\nDescription: its static library\nVersion: %s\nLibs: -L%s -l:libzstd.a\n' \
		"$$(pkg-config --modversion libzstd)" "$$(dirname "$$archive")" >.build/static/libzstd.pc
	@SWPROF_PART=extension swift build -c release --scratch-path .build/extension --product _swprof
	@swift build -c release $(STATIC) --product swprof
	@cp --remove-destination .build/extension/release/lib_swprof.so .build/release/

demo: build
	@$(SWPROF) compare --html demo.html experiments/workloads/sieve.py 2000000

SWIFT_SOURCES := Package.swift Sources Tests experiments
SCRIPTS       := .ci/run tools/docs tools/manual tools/matrix tools/need-packages tools/need-swift tools/peers tools/pythons tools/test-python

lint: $(VENV)/ready
	@tools/need-swift
	@swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy --no-error-summary
	@$(VENV)/bin/shellcheck $(SCRIPTS)

format:
	@tools/need-swift
	@swift format format --in-place --recursive --parallel $(SWIFT_SOURCES)

test: build lint
	-@tools/pythons >/dev/null
	-@tools/peers $(PYTHON) >/dev/null
	-@tools/need-packages libpython3.11-testsuite:/usr/lib/python3.11/test/test_signal.py
	@swift test -c release --scratch-path .build/tests -Xswiftc -enable-testing
	@$(VENV)/bin/python -m pytest -q Tests/PythonTests

# Every test that asks an interpreter, of each of these; `make test` asks most of one, and of all what differs most.
test-matrix: build $(VENV)/ready
	@pythons=$$(tools/matrix) && echo "$$pythons" | xargs -P 2 -n 1 tools/test-python

# CPYTHON takes designs and modules, such as CPYTHON="--designs signal test_signal".
cpython-tests: build
	@tools/need-packages libpython3.11-testsuite:/usr/lib/python3.11/test/test_signal.py
	@python3 -B experiments/cpython/run.py $(CPYTHON)

# HARDEN takes what experiments/harden/run.py takes, such as HARDEN="--long --only kills".
harden: build
	@tools/need-packages python3-dbg:/usr/bin/python3.11-dbg
	@python3 -B experiments/harden/run.py $(HARDEN)

# FUZZ takes what swprof-fuzz takes, such as FUZZ="--long --only gecko".
fuzz: build
	@swift build -c release $(STATIC) --product swprof-fuzz
	@.build/release/swprof-fuzz $(FUZZ)

languages: build
	@tools/need-packages $(LANGUAGE_PACKAGES)
	@experiments/languages/build
	@swift build -c release $(STATIC) --product swprof-bench
	@.build/release/swprof-bench --only languages $(BENCH)

# Other profilers, each in a folder of its own, where `swprof compare --peers` looks for them.
peers: $(VENV)/ready
	@tools/peers $(PYTHON)

bench: build $(VENV)/ready
	@tools/pythons >/dev/null
	@tools/need-packages $(LANGUAGE_PACKAGES)
	@experiments/languages/build
	@swift build -c release $(STATIC) --product swprof-bench
	@.build/release/swprof-bench $(BENCH)

coverage: build
	@swift build -c release $(STATIC) --product swprof-coverage
	@.build/release/swprof-coverage $(COVERAGE)

coverage-report: build
	@swift build -c release $(STATIC) --product swprof-coverage
	@.build/release/swprof-coverage report

docs: build
	@tools/docs

manual: build
	@tools/manual

# Ends with one line where a result is missing or stale, or the text names one that is not there.
paper: build $(VENV)/paper-ready
	@tools/need-packages $(PAPER_PACKAGES)
	@swift build -c release $(STATIC) --product swprof-coverage
	@$(VENV)/bin/python -B paper/build.py

# Not with the packages of the tests: the paper needs none of them.
$(VENV)/paper-ready: paper/requirements.txt
	@tools/need-packages python3-venv:/usr/lib/python3*/ensurepip/__main__.py
	@[ -x $(VENV)/bin/python ] || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --quiet --disable-pip-version-check -r $<
	@touch $@

# The labs with the built checkout in place of an installed wheel: the package's files are the same.
LABS := PYTHONPATH=$$PWD/Sources/PythonPackage $(VENV)/bin/python notebooks

notebooks: build $(VENV)/ready
	@tools/need-packages $(LANGUAGE_PACKAGES)
	@$(LABS)/make.py >/dev/null
	@$(LABS)/run.py notebooks/student/*.ipynb notebooks/instructor/*.ipynb

notebooks-store: build $(VENV)/ready
	@tools/need-packages $(LANGUAGE_PACKAGES)
	@$(LABS)/make.py >/dev/null
	@SWPROF_LABS_STORE=$$PWD/Sources/PythonPackage/swprof/labs/stored/lab6.json $(LABS)/run.py notebooks/instructor/lab6.ipynb

# Of the source distribution, so that this is known to build, too. What is installed behaves as the checkout does, but for
# the tests of sources and of symbols, which are stripped.
INSTALLED := .build/installed
OF_SOURCES := $(addprefix --ignore=Tests/PythonTests/test_,layers.py machine_code.py reference.py)

wheel: $(VENV)/ready $(VENV)/wheel-ready
	-@tools/pythons >/dev/null
	@$(VENV)/bin/python Sources/PythonPackage/make_wheel.py
	@SWPROF_WHEEL="$$(ls $$PWD/dist/*.whl)" $(VENV)/bin/python -m pytest -q Tests/PythonTests/test_package_wheel.py
	@rm -rf $(INSTALLED)
	@$(PYTHON) -m venv --without-pip $(INSTALLED)
	@$(VENV)/bin/pip --python $(INSTALLED)/bin/python install --quiet --disable-pip-version-check --no-index dist/*.whl
	@SWPROF_INSTALLED=$$PWD/$(INSTALLED)/bin/python \
		SWPROF="$$(ls $$PWD/$(INSTALLED)/lib/python3*/site-packages/swprof/_bin/swprof)" \
		$(VENV)/bin/python -m pytest -q Tests/PythonTests $(OF_SOURCES) $(BEHAVIOUR)

$(VENV)/wheel-ready: Sources/PythonPackage/requirements.txt $(VENV)/ready
	@tools/need-packages binutils:/usr/bin/strip
	@$(VENV)/bin/pip install --quiet --quiet --disable-pip-version-check -r $<
	@touch $@

experiment: build $(VENV)/ready
	@$(SWPROF) experiment run $(FORM) experiments/$(EXPERIMENT)
	@$(SWPROF) experiment report experiments/$(EXPERIMENT)

test-snakemake: build $(VENV)/ready $(SNAKEMAKE)/bin/snakemake
	@$(VENV)/bin/python -m pytest -q Tests/PythonTests/test_snakemake.py

$(SNAKEMAKE)/bin/snakemake:
	@tools/need-packages $(TEST_PACKAGES)
	@$(PYTHON) -m venv $(SNAKEMAKE)
	@$(SNAKEMAKE)/bin/pip install --quiet --disable-pip-version-check snakemake==9.27.1

$(VENV)/ready: Tests/PythonTests/requirements.txt notebooks/requirements.txt
	@tools/need-packages $(TEST_PACKAGES)
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --quiet --disable-pip-version-check -r $<
	@touch $@

clean:
	rm -rf .build $(VENV) demo.html dist
