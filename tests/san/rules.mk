# The planted mistakes, by the flags of the product.
$(B)/test/planted: tests/san/planted.c
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) $< $(LDFLAGS) -o $@
