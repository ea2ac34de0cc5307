# scribelint: make [all|test|test-site|fuzz|demo|golden|check|bench|corpus|positions|install|clean]
#
#   V=1                         show the commands
#   WERROR=1                    warnings are errors
#   SANITIZE=address,undefined  build and test with sanitizers, in a folder of their own
#   BUILD=folder                where everything built goes (default: build)
#   TESTS='slice yaml'          run only the tests whose names contain one of these words
#   TARGET=markdown SECONDS=600 what `make fuzz` fuzzes (a file tests/fuzz/fuzz_*.c), and how long
#   OWNER=account               the account on GitHub whose action `init --github` writes down
#   CC, CFLAGS, LDFLAGS, PKG_CONFIG, PREFIX, DESTDIR as usual; put lasting choices into local.mk
#
# Written for GNU make; uses nothing newer than 3.81.

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

ifeq ($(origin CC),default)
CC := cc
endif
AR         ?= ar
CFLAGS     ?= -O2 -g
PKG_CONFIG ?= pkg-config
PREFIX     ?= /usr/local
BUILD      ?= build
OWNER      :=
-include local.mk

# --- Flags ------------------------------------------------------------------------------------

PACKAGES      := libgit2 libcmark libpcre2-8 yaml-0.1 jansson gumbo
TEST_PACKAGES := cmocka
WARNINGS      := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
                 -Wvla -Wformat=2

# One shell for every question about the system: make runs this each time it starts.
supports = $(shell for flag in $(1); do $(CC) -Werror $$flag -x c -c /dev/null -o /dev/null \
             2>/dev/null && printf '%s ' "$$flag"; done)

ifneq ($(SANITIZE),)
OUT       := $(BUILD)/sanitize-$(shell echo '$(SANITIZE)' | tr ',' '-')
HARDENING := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
LINKING   := -fsanitize=$(SANITIZE)
else
OUT       := $(BUILD)
HARDENING := $(call supports,-fstack-protector-strong -fstack-clash-protection -fPIE)
ifneq ($(filter -O -O1 -O2 -O3 -Os,$(CFLAGS)),)
HARDENING += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
endif
ifeq ($(shell uname -s),Linux)
LINKING   := -pie -Wl,-z,relro,-z,now
endif
endif

COMPILE := $(CC) -std=c11 -D_GNU_SOURCE -pthread -Isrc $(WARNINGS) $(if $(WERROR),-Werror) $(HARDENING) \
           $(if $(OWNER),-DSCRIBELINT_OWNER=$(OWNER)) \
           $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null) $(CPPFLAGS) $(CFLAGS)
LINK    := $(CC) -pthread $(CFLAGS) $(LINKING) $(LDFLAGS)
# Those that few programs have in memory go into the program where an archive of them is there: a
# hook would load them anew for each commit. ARCHIVES= links them like the others. libcsv brings
# nothing for pkg-config.
ARCHIVES ?= cmark yaml jansson gumbo csv
shared   := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) -lcsv
archived := $(shell for name in $(ARCHIVES); do file=$$($(CC) -print-file-name=lib$$name.a); \
              [ "$$file" = "lib$$name.a" ] || echo "$$name=$$file"; done)
archive_of = $(patsubst $(1)=%,%,$(filter $(1)=%,$(archived)))
LIBS     := $(foreach word,$(shared),$(or $(call archive_of,$(word:-l%=%)),$(word))) -lm $(LDLIBS)

# scribelint-pdf stands apart, so that the main program is not linked with a PDF library. It is built
# where that library is, and held by seccomp where libseccomp is.
PDF_PACKAGES := $(shell $(PKG_CONFIG) --exists 'poppler-glib >= 0.90' 2>/dev/null && echo poppler-glib)
SECCOMP      := $(shell $(PKG_CONFIG) --exists libseccomp 2>/dev/null && echo libseccomp)
POPPLER_DATA := $(shell $(PKG_CONFIG) --variable=poppler_datadir poppler-data 2>/dev/null)
ifneq ($(PDF_PACKAGES),)
PDF_FLAGS := -I. $(shell $(PKG_CONFIG) --cflags $(PDF_PACKAGES) $(SECCOMP)) \
             $(if $(SECCOMP),-DHAVE_SECCOMP) $(if $(POPPLER_DATA),-DPOPPLER_DATA='"$(POPPLER_DATA)"')
PDF_LIBS  := $(shell $(PKG_CONFIG) --libs $(PDF_PACKAGES) $(SECCOMP) jansson) -lm $(LDLIBS)
endif

# --- Files ------------------------------------------------------------------------------------

LIBRARY := $(OUT)/libscribelint.a
HERE    := $(if $(filter /%,$(OUT)),,$(CURDIR)/)$(OUT)
PROGRAM := $(if $(wildcard src/main.c),$(OUT)/scribelint)
MANUAL  := $(if $(PROGRAM),$(OUT)/scribelint.1)
COMPLETIONS := $(if $(PROGRAM),$(addprefix $(OUT)/completion.,bash zsh fish))

SOURCES  := $(sort $(filter-out src/main.c,$(wildcard src/*.c src/*/*.c src/*/*/*.c)))
PDF_SOURCES := $(if $(PDF_PACKAGES),$(sort $(wildcard pdf/*.c)))
PDF_OBJECTS := $(PDF_SOURCES:%.c=$(OUT)/%.o)
BASE_OBJECTS := $(patsubst %.c,$(OUT)/%.o,$(filter src/base/%,$(SOURCES)))
TEXT_OBJECTS := $(patsubst %.c,$(OUT)/%.o,$(filter src/text/%,$(SOURCES)))
PDF_PROGRAM := $(if $(PDF_SOURCES),$(OUT)/scribelint-pdf)
RULES    := $(sort $(wildcard rules/*.yml))
HOOKS    := $(sort $(wildcard hooks/*))
OBJECTS  := $(SOURCES:%.c=$(OUT)/%.o) $(if $(wildcard src/rules/builtin.h),$(OUT)/builtin.o) $(OUT)/hooks.o
# tests/unit/test_reader_*.c are about scribelint-pdf.
UNITS    := $(sort $(filter-out $(if $(PDF_PROGRAM),,tests/unit/test_reader_%),$(wildcard tests/unit/test_*.c)))
FIXTURES := $(sort $(wildcard tests/unit/*_fixture.c))
PROGRAMS := $(UNITS:tests/unit/%.c=$(OUT)/unit/%)
FUZZERS  := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

quiet = $(if $(V),,@printf '  %-7s %s\n' '$(1)' '$(2)';)

.PHONY: all no-pdf unit test run-tests fuzz fuzz-program demo golden check bench corpus positions test-site install clean FORCE
.SECONDARY:

all: $(LIBRARY) $(PROGRAM) $(MANUAL) $(COMPLETIONS) $(if $(PDF_PROGRAM),$(PDF_PROGRAM),no-pdf)
unit: $(PROGRAMS) $(FUZZERS)

$(OUT)/scribelint: $(OUT)/src/main.o $(LIBRARY)
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(LIBS)

$(OUT)/scribelint-pdf: $(PDF_OBJECTS) $(BASE_OBJECTS)
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(PDF_LIBS)

no-pdf:
	@echo '  scribelint-pdf is not built: poppler-glib is not here (libpoppler-glib-dev), so PDF notes are not read'

$(LIBRARY): $(OBJECTS) $(OUT)/objects
	$(call quiet,AR,$@) rm -f $@ && $(AR) rcs $@ $(OBJECTS)

# Before the next one: make 3.81 takes the first that fits.
$(OUT)/pdf/%.o: pdf/%.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<) $(COMPILE) $(PDF_FLAGS) -MMD -MP -c -o $@ $<

$(OUT)/%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

# --- The rules and the hooks, compiled in -------------------------------------------------------

$(OUT)/builtin.o $(OUT)/hooks.o: $(OUT)/%.o: $(OUT)/%.c $(OUT)/flags
	$(call quiet,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(OUT)/embed_rules: $(OUT)/tests/tools/embed_rules.o $(OUT)/src/git/content_id.o $(TEXT_OBJECTS) \
                    $(BASE_OBJECTS)
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(LIBS)

# By way of another name: what was left half written is no file to compile.
$(OUT)/builtin.c: $(OUT)/embed_rules $(RULES) $(OUT)/objects
	$(call quiet,EMBED,rules/*.yml) '$(HERE)/embed_rules' $(RULES) >$@.new && mv $@.new $@

$(OUT)/hooks.c: tests/tools/embed_hooks.sh $(HOOKS) $(OUT)/objects
	$(call quiet,EMBED,hooks/*) sh tests/tools/embed_hooks.sh $(HOOKS) >$@

# --- What the program says about itself ---------------------------------------------------------

$(OUT)/scribelint.1: $(OUT)/scribelint
	$(call quiet,MANUAL,$@) '$(HERE)/scribelint' manual >$@

$(OUT)/completion.%: $(OUT)/scribelint
	$(call quiet,SHELL,$@) '$(HERE)/scribelint' completion $* >$@

# --- Tests ------------------------------------------------------------------------------------

$(OUT)/tests/unit/test_reader_%.o: tests/unit/test_reader_%.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<) $(COMPILE) $(PDF_FLAGS) -MMD -MP -c -o $@ $<

$(OUT)/unit/test_reader_%: $(OUT)/tests/unit/test_reader_%.o $(filter-out $(OUT)/pdf/main.o,$(PDF_OBJECTS)) $(BASE_OBJECTS)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(PDF_LIBS) $(shell $(PKG_CONFIG) --libs $(TEST_PACKAGES))

$(OUT)/unit/%: $(OUT)/tests/unit/%.o $(FIXTURES:%.c=$(OUT)/%.o) $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(LIBS) $(shell $(PKG_CONFIG) --libs $(TEST_PACKAGES))

# The fuzz targets as ordinary programs, which replay what is in tests/fuzz/corpus.
$(OUT)/fuzz/%: $(OUT)/tests/fuzz/%.o $(OUT)/tests/fuzz/walk.o $(OUT)/tests/fuzz/replay.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(LIBS)

test:
	@sh tests/setup.sh build test
	@$(MAKE) --no-print-directory run-tests

run-tests: all unit
	@TESTS='$(TESTS)' sh tests/run '$(OUT)'

# libFuzzer needs clang; everything is built once more, in a folder of its own. New inputs go to
# $(BUILD)/fuzz-corpus, an input that breaks something to $(BUILD)/fuzz-found.
TARGET  ?= markdown
SECONDS ?= 600
fuzz:
	@test -f 'tests/fuzz/fuzz_$(TARGET).c' || { echo 'no target $(TARGET); there are:' \
	  $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c))) >&2; exit 2; }
	@sh tests/setup.sh --advice build fuzz
	@$(MAKE) --no-print-directory CC=clang SANITIZE=fuzzer-no-link,address,undefined fuzz-program
	@mkdir -p '$(BUILD)/fuzz-corpus/$(TARGET)' '$(BUILD)/fuzz-found'
	'$(BUILD)/sanitize-fuzzer-no-link-address-undefined/libfuzzer/$(TARGET)' \
	  -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	  -artifact_prefix='$(BUILD)/fuzz-found/$(TARGET)-' $(FUZZ_FLAGS) \
	  '$(BUILD)/fuzz-corpus/$(TARGET)' 'tests/fuzz/corpus/$(TARGET)'

fuzz-program: $(OUT)/libfuzzer/$(TARGET)
$(OUT)/libfuzzer/%: $(OUT)/tests/fuzz/fuzz_%.o $(OUT)/tests/fuzz/walk.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@) $(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

demo:
	@sh tests/setup.sh build
	@$(MAKE) --no-print-directory all
	@SCRIBELINT='$(HERE)/scribelint' sh tests/demo.sh '$(HERE)/demo'

# What is compared with files, written anew: the reports of the demo, the table of rules.
golden: all
	@for scenario in demo docs; do SCRIBELINT='$(HERE)/scribelint' UPDATE_GOLDEN=yes \
	  sh tests/scenarios/$$scenario.sh || exit 1; done

check:
	@sh tests/setup.sh --advice build test check
	@COMPILE='$(COMPILE)' PDF_FLAGS='$(subst ','\'',$(PDF_FLAGS))' sh tests/tools/check.sh

# Against other linters and a bare program on libgit2; fixtures and peers stay in $(OUT)/bench.
bench: all $(OUT)/bare_libgit2 $(OUT)/stopwatch
	@SCRIBELINT='$(HERE)/scribelint' BARE='$(HERE)/bare_libgit2' STOPWATCH='$(HERE)/stopwatch' \
	FOLDER='$(HERE)/bench' sh tests/bench.sh

$(OUT)/bare_libgit2 $(OUT)/stopwatch: $(OUT)/%: $(OUT)/tests/tools/%.o
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(LIBS)

corpus: all
	@if command -v python3 >/dev/null; then \
	python3 tests/corpus/score.py --scribelint '$(HERE)/scribelint'; \
	else echo 'corpus: skipped, no python3'; fi

# Where links, images and anchors lead by scribelint and by Jekyll: fixtures, and the course
# repositories where they are.
test-site: all
	@if command -v python3 >/dev/null; then \
	python3 tests/site/compare.py --scribelint '$(HERE)/scribelint'; \
	else echo 'site: skipped, no python3'; fi

# The places that the reader reports, checked byte by byte on real course repositories.
positions: $(OUT)/positions
	@POSITIONS='$(HERE)/positions' FOLDER='$(HERE)/positions-corpus' sh tests/tools/positions.sh

$(OUT)/positions $(OUT)/formulas: $(OUT)/%: $(OUT)/tests/tools/%.o $(LIBRARY)
	$(call quiet,LINK,$@) $(LINK) -o $@ $^ $(LIBS)

# --- Installing, cleaning ---------------------------------------------------------------------

SHARE := $(DESTDIR)$(PREFIX)/share
# Where the program looks for it, after its own folder.
LIBEXEC := $(DESTDIR)$(PREFIX)/libexec/scribelint
DOC   := $(SHARE)/doc/scribelint
BASH  := $(SHARE)/bash-completion/completions
ZSH   := $(SHARE)/zsh/site-functions
FISH  := $(SHARE)/fish/vendor_completions.d

install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DOC)/docs' '$(SHARE)/man/man1' '$(BASH)' '$(ZSH)' '$(FISH)'
	install -m 755 '$(OUT)/scribelint' '$(DESTDIR)$(PREFIX)/bin/scribelint'
	$(if $(PDF_PROGRAM),install -d '$(LIBEXEC)')
	$(if $(PDF_PROGRAM),install -m 755 '$(PDF_PROGRAM)' '$(LIBEXEC)/scribelint-pdf')
	install -m 644 README.md LICENSE '$(DOC)/'
	install -m 644 docs/* '$(DOC)/docs/'
	install -m 644 '$(OUT)/scribelint.1' '$(SHARE)/man/man1/scribelint.1'
	install -m 644 '$(OUT)/completion.bash' '$(BASH)/scribelint'
	install -m 644 '$(OUT)/completion.zsh' '$(ZSH)/_scribelint'
	install -m 644 '$(OUT)/completion.fish' '$(FISH)/scribelint.fish'

clean:
	rm -rf '$(BUILD)'

# --- Stamps: rewritten only when their content changes ------------------------------------------

write_stamp = mkdir -p $(@D) && printf '%s\n' '$(1)' | cmp -s - $@ || printf '%s\n' '$(1)' >$@

# Everything compiled depends on this one, so that changed flags rebuild it, and a missing package
# is told once, in words, before the compiler complains about headers.
$(OUT)/flags: FORCE
	@{ $(PKG_CONFIG) --exists $(PACKAGES) && echo '#include <csv.h>' | $(COMPILE) -E -x c - >/dev/null 2>&1; } || \
	  { sh tests/setup.sh --advice build; exit 2; }
	@$(call write_stamp,$(COMPILE) / $(LINK) $(LIBS) / $(PDF_FLAGS) $(PDF_LIBS))

# Sources that went away must leave the library too.
$(OUT)/objects: FORCE
	@$(call write_stamp,$(OBJECTS) $(RULES) $(HOOKS))

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
