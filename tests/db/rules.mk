# How the programs of tests/db are built: those of the layer itself from the statements in tests/db/query, those of the
# product (test_roles, test_reads, test_shapes) from the product's own.
DBT := $(B)/test/db
DBT_GEN := $(patsubst tests/db/query/%.sql,$(DBT)/gen/sql_%.o,$(wildcard tests/db/query/*.sql)) \
  $(foreach r,citizen staff open worker ctl,$(DBT)/gen/sql_table_$(r).o) $(DBT)/gen/sql_grants.o
DBT_OWN := $(patsubst %,$(DBT)/test_%,exec tx admin)
DBT_PRODUCT := $(patsubst tests/db/%.c,$(DBT)/%,$(wildcard tests/db/test_roles.c tests/db/test_reads.c tests/db/test_shapes.c))
DBT_CPP = -Itests/db -isystem /usr/include/mariadb -include mysql.h $(CPPFLAGS)

$(DBT)/gen/.made: $(B)/bin/sqlgen $(wildcard tests/db/query/*.sql)
	@mkdir -p $(@D) && $(B)/bin/sqlgen -o $(@D) $(wildcard tests/db/query/*.sql) && touch $@
$(DBT_GEN): $(DBT)/gen/.made
	@$(CC) -I$(DBT)/gen $(CPPFLAGS) $(CFLAGS) -c $(@:.o=.c) -o $@
$(DBT)/libgen.a: $(DBT_GEN)
	@rm -f $@ && ar rcs $@ $^
$(DBT_OWN): $(DBT)/%: tests/db/%.c tests/db/harness.c tests/db/harness.h $(DBT)/libgen.a $(B)/libdb.a $(B)/libbase.a
	@$(CC) -I$(DBT)/gen $(DBT_CPP) $(CFLAGS) $(filter %.c,$^) $(filter %.a,$^) $(LDFLAGS) -lcmocka -lmariadb -lpthread -o $@
$(DBT_PRODUCT): $(DBT)/%: tests/db/%.c tests/db/product.c tests/db/harness.c tests/db/product.h tests/db/harness.h $(B)/libgen.a $(B)/libdb.a $(B)/libbase.a
	@mkdir -p $(@D) && $(CC) $(DBT_CPP) $(CFLAGS) $(filter %.c,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LDFLAGS) -lcmocka -lmariadb -o $@
.PHONY: db-tests
db-tests: $(DBT_OWN) $(DBT_PRODUCT)
