/*
 * test_roles.c - role × statement, against the real server with the grants as generated.
 *
 * Each account prepares every statement of its role; a statement of another role it prepares exactly when its own
 * grants happen to cover it; and each single grant is needed: with it revoked something of the role is refused.
 */
#include "product.h"

static void own_statements(void **state)
{
    (void)state;
    for (int r = 0; r < ROLES; r++) {
        const char *why = product_refusal(&roles[r], roles[r].catalogue->statements, roles[r].catalogue->n);
        if (why)
            fail_msg("%s: %s", roles[r].user, why);
    }
}

/* All statements of the product, each once. */
static const struct db_stmt *const *all(uint16_t *ret_n)
{
    static const struct db_stmt *found[4096];
    uint16_t n = 0;
    for (int r = 0; r < ROLES; r++)
        for (const struct db_stmt *const *s = roles[r].catalogue->statements; *s; s++) {
            uint16_t i = 0;
            while (i < n && found[i] != *s)
                i++;
            if (i == n)
                found[n++] = *s;
        }
    assert_int_equal(roles[0].catalogue->n_all, n);
    *ret_n = n;
    return found;
}

static void foreign_statements(void **state)
{
    (void)state;
    uint16_t n;
    size_t refused = 0, wrong = 0;
    const struct db_stmt *const *s = all(&n);
    for (int r = 0; r < ROLES; r++)
        for (uint16_t i = 0; i < n; i++) {
            if (s[i]->roles & roles[r].catalogue->role)
                continue;
            const char *why = product_refusal(&roles[r], &s[i], 1);
            bool may = product_may_run(&roles[r], s[i]);
            refused += why != NULL;
            if ((why == NULL) != may || (why && !strstr(why, " 1142 ") && !strstr(why, " 1143 ") && !strstr(why, " 1044 "))) {
                print_error("%s × %s: %s\n", roles[r].user, s[i]->name, why ? why : "was not refused");
                wrong++;
            }
        }
    assert_int_equal(0, wrong);
    assert_true(refused > 0); /* else this test shows nothing */
}

static void open_reads_only(void **state)
{
    (void)state;
    for (const struct db_stmt *const *s = sql_catalogue_open.statements; *s; s++)
        if ((*s)->writes)
            fail_msg("%s writes and open may run it", (*s)->name);
    for (const char *line = roles[2].grants; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (strncmp(line, "GRANT ", 6) == 0 && strncmp(line, "GRANT SELECT ON ", 16) != 0)
            fail_msg("open has more than SELECT: %.100s", line);
}

/* The control of all this, and the proof that no grant is idle. */
static void every_grant_counts(void **state)
{
    (void)state;
    static const char *const words[] = {"SELECT", "INSERT", "UPDATE", "DELETE"};
    size_t idle = 0, tried = 0;
    for (int r = 0; r < ROLES; r++)
        for (const char *line = roles[r].grants; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
            char list[60], table[65];
            const char *on = strstr(line, " ON ");
            if (!on || sscanf(on, " ON `@DB@`.`%64[^`]`", table) != 1 || strncmp(line, "GRANT ", 6) != 0)
                continue;
            snprintf(list, sizeof list, "%.*s", (int)(on - line), line);
            for (unsigned i = 0; i < 4; i++) {
                if (!strstr(list, words[i]))
                    continue;
                admin_run("REVOKE %s ON `%s` FROM 'suda_%s'@'localhost'", words[i], table, roles[r].user);
                const char *why = product_refusal(&roles[r], roles[r].catalogue->statements, roles[r].catalogue->n);
                admin_run("GRANT %s ON `%s` TO 'suda_%s'@'localhost'", words[i], table, roles[r].user);
                tried++;
                if (!why) {
                    print_error("%s does not need %s on %s\n", roles[r].user, words[i], table);
                    idle++;
                }
            }
        }
    assert_true(tried > 0);
    assert_int_equal(0, idle);
}

static int setup(void **state)
{
    (void)state;
    product_migrate();
    product_read_needs();
    for (int r = 0; r < ROLES; r++)
        product_apply_grants(&roles[r]);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(own_statements), cmocka_unit_test(foreign_statements),
                                       cmocka_unit_test(open_reads_only), cmocka_unit_test(every_grant_counts)};
    int failed = cmocka_run_group_tests_name("roles", tests, setup, NULL);
    db_admin_close(harness_admin());
    free(needs);
    return failed;
}
