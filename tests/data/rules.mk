# How the programs of tests/data are built: against the product's own libraries, run by tests/data/run.
DATA_TESTS := $(patsubst tests/data/%.c,$(B)/test/data/%,$(wildcard tests/data/test_*.c))
$(DATA_TESTS): $(B)/test/data/%: tests/data/%.c $(LIBA)
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $< -Wl,--start-group $(LIBA) -Wl,--end-group $(LDFLAGS) -lcmocka $(LIBS) -o $@
.PHONY: data-tests
data-tests: $(DATA_TESTS)
