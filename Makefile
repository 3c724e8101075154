# Suda. `make run` and `make test` are the two commands a newcomer needs.
#
# make run      installs what is missing, builds, starts an instance: PORT=8080 VAR=var DEMO=1
# make stop     ends the instance in VAR; the data stay
# make test     every test, ends with "N passed, N failed"; SUITES="db http" runs those alone
# make check    the fast part of the tests: lints, units, generators
# make lint     layers, words, sizes, shell
# make fault    kill -9, full disks, lost connections          make fuzz     libFuzzer on every parser
# make bench    ratios against calibrations of the same run    make e2e      the browser tests alone
# make clang    the same code by the second compiler           make install  programs, units, nginx site: DESTDIR= PREFIX=
#
# B=dir builds elsewhere. SAN=1 builds and tests under AddressSanitizer and UndefinedBehaviorSanitizer. CC=clang works.

SHELL := /bin/bash
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

SAN ?=
B ?= build$(if $(SAN),-san)
PORT ?= 8080
VAR ?= var
DEMO ?= 1
export PORT VAR DEMO B SAN

# ---- compiler -------------------------------------------------------------------------------------------------------
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
PKGS := libmariadb json-c libjwt libsodium
WARN := -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wimplicit-fallthrough -Wshadow -Wstrict-prototypes \
  -Wmissing-prototypes -Wvla -Wpointer-arith -Wwrite-strings -Wundef -Werror
# The product is safe against signed overflow by a definition; under SAN it stays a mistake, so that it is seen.
HARD := -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -fno-delete-null-pointer-checks \
  $(if $(SAN),,-fno-strict-overflow) -fno-strict-aliasing -fPIE $(if $(SAN),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -ftrivial-auto-var-init=zero)
ifneq (,$(findstring clang,$(CC)))
HARD := $(filter-out -ftrivial-auto-var-init=zero,$(HARD))
else
WARN += -Wbidi-chars=any -Wtrampolines
endif
comma := ,
SANFLAGS := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
# gcc's two shared runtimes would share one report path, and only one of them heed it; clang links its own statically anyway.
SANLINK := $(if $(SAN),$(if $(findstring clang,$(CC)),,-static-libasan -static-libubsan))
CFLAGS := -std=gnu17 $(if $(SAN),-O1,-O2) -g -MMD -MP $(WARN) $(HARD) $(SANFLAGS) -ffunction-sections -fdata-sections
CPPFLAGS := -D_GNU_SOURCE -Icgi -I$(B) -I$(B)/gen -include base/banned.h -isystem /usr/include/mariadb -isystem /usr/include/json-c
LDFLAGS := -pie -Wl,-z,nodlopen,-z,noexecstack,-z,relro,-z,now,--as-needed,--no-copy-dt-needed-entries,--gc-sections $(SANFLAGS) $(SANLINK)
LIBS := -lfcgi -lmariadb -ljson-c -ljwt -lsodium -linih -lqrencode -lcmark-gfm -lutf8proc -lm

# ---- layers ---------------------------------------------------------------------------------------------------------
# One archive a layer, named from the top of the house down: a layer may use those to its right (tests/lint holds it).
LAYERS := pages api web app db svc base
src = $(sort $(wildcard cgi/$(1)/*.c))
obj = $(patsubst cgi/%.c,$(B)/obj/%.o,$(call src,$(1)))
LIBA := $(foreach l,pages api web app gen db svc base,$(B)/lib$(l).a)

# ---- generated code -------------------------------------------------------------------------------------------------
# The three generators turn sql/query, templates and templates/messages into C under $(B)/gen. They need no database.
QUERIES := $(sort $(wildcard sql/query/*.sql))
TEMPLATES := $(sort $(shell find templates -name '*.html' -o -name '*.svg' -o -name '*.txt' 2>/dev/null))
MESSAGES := $(sort $(wildcard templates/messages/*/*.msg))
GENS := $(B)/bin/sqlgen $(B)/bin/tmplgen $(B)/bin/msggen
GEN_STAMP := $(B)/gen/.sql $(B)/gen/.tmpl $(B)/gen/.msg $(B)/gen/.static

# The list of inputs is one itself: a file that was removed takes its generated C with it.
INPUTS := $(QUERIES) $(TEMPLATES) $(MESSAGES)
.PHONY: always
$(B)/gen/.inputs: always
	@mkdir -p $(@D) && (echo '$(INPUTS)' | cmp -s - $@ || echo '$(INPUTS)' >$@)
$(GEN_STAMP): $(B)/gen/.inputs

$(B)/gen/.sql: $(B)/bin/sqlgen $(QUERIES) $(wildcard sql/grants/*.sql)
	@mkdir -p $(B)/gen/grants && $(B)/bin/sqlgen -o $(B)/gen -g sql/grants $(QUERIES) && touch $@
$(B)/gen/.msg: $(B)/bin/msggen $(MESSAGES)
	@mkdir -p $(B)/gen && $(B)/bin/msggen -o $(B)/gen templates/messages && touch $@
$(B)/gen/.tmpl: $(B)/bin/tmplgen $(TEMPLATES) $(MESSAGES)
	@mkdir -p $(B)/gen && $(B)/bin/tmplgen -o $(B)/gen -m templates/messages $(TEMPLATES) && touch $@

# Static files get names with a hash of their content; gen/assets.h holds their URLs.
$(B)/gen/.static: scripts/build-static $(sort $(shell find static -type f 2>/dev/null))
	@mkdir -p $(B)/gen static && scripts/build-static static $(B)/static $(B)/gen/assets.h && touch $@

# What is generated together is new together: without these, the first make after a change would keep old objects.
$(B)/gen/sql.h: $(B)/gen/.sql ;
$(B)/gen/msg.h: $(B)/gen/.msg ;
$(B)/gen/tmpl.h: $(B)/gen/.tmpl ;
$(B)/gen/assets.h: $(B)/gen/.static ;

# Generated .c files are known only after the generators ran, so a second make compiles them.
$(B)/libgen.a: $(GEN_STAMP)
	@$(MAKE) --no-print-directory B=$(B) $(B)/.gen-objects
GENOBJ := $(patsubst $(B)/gen/%.c,$(B)/obj/gen/%.o,$(wildcard $(B)/gen/*.c))
.PHONY: $(B)/.gen-objects
$(B)/.gen-objects: $(GENOBJ)
	@rm -f $(B)/libgen.a && ar rcs $(B)/libgen.a $(GENOBJ)
$(B)/obj/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

define layer
$(B)/lib$(1).a: $(call obj,$(1))
	@mkdir -p $$(@D) && rm -f $$@ && ar rcs $$@ $(call obj,$(1))
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$(l))))

# base, svc and the generators themselves need nothing generated; all else waits for the stamps.
$(B)/obj/base/%.o: cgi/base/%.c
	@mkdir -p $(@D) && echo "cc $<" && $(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@
$(B)/obj/svc/%.o: cgi/svc/%.c
	@mkdir -p $(@D) && echo "cc $<" && $(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@
$(B)/obj/gen/tool/%.o: cgi/gen/%.c
	@mkdir -p $(@D) && echo "cc $<" && $(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@
$(B)/obj/%.o: cgi/%.c | $(GEN_STAMP)
	@mkdir -p $(@D) && echo "cc $<" && $(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@
# The macros of mysql.h mention banned calls, so it is read before they are banned.
$(B)/obj/db/%.o: private CPPFLAGS := -isystem /usr/include/mariadb -include mysql.h $(CPPFLAGS)
# Each generator is <name>gen.c, <name>gen_*.c and the common*.c of all three.
gentool = $(patsubst cgi/gen/%.c,$(B)/obj/gen/tool/%.o,$(wildcard cgi/gen/$(1)gen.c cgi/gen/$(1)gen_*.c cgi/gen/common*.c))
$(foreach g,sql tmpl msg,$(eval $(B)/bin/$(g)gen: $(call gentool,$(g))))
$(B)/bin/sqlgen $(B)/bin/tmplgen $(B)/bin/msggen: $(B)/libbase.a
	@mkdir -p $(@D) && $(CC) $(filter %.o,$^) $(filter %.a,$^) $(LDFLAGS) -o $@

# ---- programs -------------------------------------------------------------------------------------------------------
# cgi/prog/<program>.c has main(); the other files there (portal*.c, ctl_*.c, job_*.c) belong to the programs below.
PROGS := citizen staff open worker sudactl
PORTAL := $(patsubst cgi/%.c,$(B)/obj/%.o,$(wildcard cgi/prog/portal*.c))
CTL := $(patsubst cgi/%.c,$(B)/obj/%.o,$(wildcard cgi/prog/ctl_*.c))
JOB := $(patsubst cgi/%.c,$(B)/obj/%.o,$(wildcard cgi/prog/job_*.c))
LINK = @mkdir -p $(@D) && echo "ld $@" && $(CC) $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LDFLAGS)
$(B)/bin/citizen $(B)/bin/staff $(B)/bin/open: $(B)/bin/%: $(B)/obj/prog/%.o $(PORTAL) $(LIBA)
	$(LINK) $(LIBS) -o $@
$(B)/bin/worker: $(B)/obj/prog/worker.o $(JOB) $(B)/obj/prog/portal_config.o $(LIBA)
	$(LINK) $(LIBS) -lcurl $(shell pkg-config --libs vips 2>/dev/null) -o $@
$(B)/bin/sudactl: $(B)/obj/prog/sudactl.o $(CTL) $(B)/obj/prog/portal_config.o $(LIBA)
	$(LINK) $(LIBS) -o $@
# libvips headers are wanted by one gate file alone; they mention banned calls, so they are read before these are banned.
$(B)/obj/prog/job_image.o: private CPPFLAGS := $(shell pkg-config --cflags vips 2>/dev/null | sed 's/-I/-isystem /g') -include vips/vips.h $(CPPFLAGS)

.PHONY: all help
all: $(foreach p,$(PROGS),$(if $(wildcard cgi/prog/$(p).c),$(B)/bin/$(p))) $(B)/gen/.static
help:
	@sed -n '1,/^$$/s/^# //p' Makefile

# ---- running --------------------------------------------------------------------------------------------------------
# Both make sure of the Debian packages first, then build in a make of their own, which sees what was just installed.
JOBS := $(shell nproc 2>/dev/null || echo 2)
.PHONY: run stop build
build:
	@$(MAKE) --no-print-directory -j$(JOBS) all
run:
	@scripts/install-deps run
	@echo "building" && $(MAKE) --no-print-directory build
	@scripts/run
stop:
	@scripts/stop

# ---- installing -----------------------------------------------------------------------------------------------------
# Copies only; says how to go on. DESTDIR=/tmp/x stages a package.
PREFIX ?= /usr/local
DESTDIR ?=
.PHONY: install
install: build
	@PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) scripts/install

# ---- testing --------------------------------------------------------------------------------------------------------
# SUITES="db http" runs those alone; SAN=1 runs all of it under the sanitizers.
.PHONY: test check lint fuzz bench fault e2e clang
test:
	@scripts/install-deps run test
	@echo "building" && $(MAKE) --no-print-directory build
	@scripts/run-tests $(SUITES)
check: build
	@scripts/run-tests lint unit gen
lint: build
	@scripts/run-tests lint
e2e: build
	@scripts/run-tests e2e
fuzz bench fault: build
	@tests/$@/run
# The second compiler sees what the first does not.
clang:
	@$(MAKE) --no-print-directory -j$(JOBS) B=build-clang CC="$(if $(shell command -v ccache),ccache )clang" all

# Calibrations and small programs of tests/bench: they need no generated code.
$(B)/bench/%: tests/bench/%.c $(B)/libsvc.a $(B)/libbase.a
	@mkdir -p $(@D) && echo "ld $@" && $(CC) $(CPPFLAGS) $(CFLAGS) $< $(B)/libsvc.a $(B)/libbase.a $(LDFLAGS) -lfcgi -linih -o $@

$(B)/bench/bare_tx: tests/bench/bare_tx.c $(B)/libbase.a
	@mkdir -p $(@D) && echo "ld $@" && $(CC) -isystem /usr/include/mariadb -include mysql.h $(CPPFLAGS) $(CFLAGS) $< $(B)/libbase.a $(LDFLAGS) -lmariadb -lpthread -o $@
$(B)/bench/tokens: tests/bench/tokens.c $(LIBA)
	@mkdir -p $(@D) && echo "ld $@" && $(CC) $(CPPFLAGS) $(CFLAGS) $< -Wl,--start-group $(LIBA) -Wl,--end-group $(LDFLAGS) $(LIBS) -o $@
$(B)/bench/hello_web: tests/bench/hello_web.c $(foreach l,web gen svc base,$(B)/lib$(l).a)
	@mkdir -p $(@D) && echo "ld $@" && $(CC) $(CPPFLAGS) $(CFLAGS) $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LDFLAGS) -lfcgi -linih -ljson-c -o $@

.PHONY: svc-tests bench-tests
svc-tests: $(B)/bench/hello_svc $(B)/bench/hello_fcgi $(B)/bench/hammer
bench-tests: $(B)/bench/hello_fcgi $(B)/bench/bare_tx $(B)/bench/tokens

# ---- unit tests -----------------------------------------------------------------------------------------------------
# tests/unit/<layer>/test_x.c is one cmocka program each.
UNIT := $(patsubst tests/unit/%.c,$(B)/test/%,$(sort $(wildcard tests/unit/*/test_*.c)))
$(B)/test/%: tests/unit/%.c $(LIBA)
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $< -Wl,--start-group $(LIBA) -Wl,--end-group $(LDFLAGS) -lcmocka $(LIBS) -o $@
# base tests need no generated code
$(B)/test/base/%: tests/unit/base/%.c $(B)/libbase.a
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $< $(B)/libbase.a $(LDFLAGS) -lcmocka -o $@
$(B)/test/svc/%: tests/unit/svc/%.c $(B)/libsvc.a $(B)/libbase.a
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $< $(B)/libsvc.a $(B)/libbase.a $(LDFLAGS) -lcmocka -lfcgi -linih -o $@
# web stands on base and generated code alone
WEBA := $(foreach l,web gen base,$(B)/lib$(l).a)
$(B)/test/web/%: tests/unit/web/%.c $(WEBA)
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $< -Wl,--start-group $(WEBA) -Wl,--end-group $(LDFLAGS) -lcmocka -ljson-c -o $@
$(B)/test/prog/%: tests/unit/prog/%.c $(JOB) $(LIBA)
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $< $(filter %/job_sandbox.o %/job_seccomp.o %/job_landlock.o,$^) $(B)/libbase.a $(LDFLAGS) -lcmocka -o $@
.PHONY: unit unit-tests
unit-tests: $(UNIT)
unit: $(UNIT)
	@scripts/run-unit $(UNIT)

-include tests/san/rules.mk
-include tests/gen/rules.mk
-include tests/db/rules.mk
-include tests/data/rules.mk
-include tests/worker/rules.mk
-include tests/domain/rules.mk
-include tests/e2e/rules.mk
-include $(shell find $(B)/obj $(B)/test $(B)/bench -name '*.d' 2>/dev/null)
