# How the programs of tests/domain are built: the domain, its statements, and the connections of tests/db.
DOMT := $(B)/test/domain
DOM_TESTS := $(patsubst tests/domain/%.c,$(DOMT)/%,$(wildcard tests/domain/test_*.c))
DOM_LIBA := $(B)/libapp.a $(B)/libgen.a $(B)/libdb.a $(B)/libbase.a
$(DOM_TESTS): $(DOMT)/%: tests/domain/%.c tests/domain/fixture.c tests/domain/fixture.h tests/db/harness.c tests/db/harness.h $(DOM_LIBA)
	@mkdir -p $(@D) && $(CC) -Itests/db $(CPPFLAGS) $(CFLAGS) $(filter %.c,$^) -Wl,--start-group $(DOM_LIBA) -Wl,--end-group $(LDFLAGS) -lcmocka -lmariadb -lsodium -ljwt -lutf8proc -lcmark-gfm -lqrencode -lm -lpthread -o $@
.PHONY: domain-tests
domain-tests: $(DOM_TESTS)
