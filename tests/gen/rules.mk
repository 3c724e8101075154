# The sample templates and messages of tests/gen, compiled for the unit tests of the web layer that render them. They
# have message tables of their own, so these tests do not follow the product's wording.
SAMPLE := $(B)/test/sample
$(SAMPLE)/gen/.made: $(B)/bin/tmplgen $(B)/bin/msggen $(wildcard tests/gen/tmpl/ok/* tests/gen/msg/ok/*/*.msg)
	@mkdir -p $(@D) && $(B)/bin/msggen -o $(@D) tests/gen/msg/ok && \
	  $(B)/bin/tmplgen -o $(@D) -m tests/gen/msg/ok $(wildcard tests/gen/tmpl/ok/*) && touch $@
$(B)/test/web/test_tmpl $(B)/test/web/test_msg: $(SAMPLE)/gen/.made
$(B)/test/web/test_tmpl $(B)/test/web/test_msg: private CPPFLAGS := -I$(SAMPLE) -Itests $(CPPFLAGS)
