# How the helper of tests/worker is built: the domain as the program citizen uses it.
WORKERT := $(B)/test/worker
$(WORKERT)/hand: tests/worker/hand.c $(B)/obj/prog/portal_config.o $(LIBA)
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) $< $(filter %.o,$^) -Wl,--start-group $(LIBA) -Wl,--end-group $(LDFLAGS) $(LIBS) -o $@
.PHONY: worker-tests
worker-tests: $(WORKERT)/hand
