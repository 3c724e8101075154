# Template states: a program that draws every page with invented samples, in every state, language and type size.
STATES_SRC := $(sort $(wildcard tests/e2e/states/*.c))
$(B)/test/states: $(STATES_SRC) $(wildcard tests/e2e/states/*.h) $(LIBA)
	@mkdir -p $(@D) && echo "cc tests/e2e/states" && $(CC) $(CPPFLAGS) -Itests/e2e $(CFLAGS) $(STATES_SRC) \
	  -Wl,--start-group $(LIBA) -Wl,--end-group $(LDFLAGS) $(LIBS) -o $@
.PHONY: e2e-tests
e2e-tests: $(B)/test/states
