/* product.c - see product.h. */
#include "product.h"

#include "db/migrate.h"

const struct role roles[ROLES] = {
    {"citizen", &sql_catalogue_citizen, sql_grants_citizen}, {"staff", &sql_catalogue_staff, sql_grants_staff},
    {"open", &sql_catalogue_open, sql_grants_open},          {"worker", &sql_catalogue_worker, sql_grants_worker},
    {"ctl", &sql_catalogue_ctl, sql_grants_ctl},
};
struct need *needs;
size_t n_needs;

void product_migrate(void)
{
    struct fault f = {0};
    struct db_config config = harness_config("owner");
    int applied;
    config.max_statement_ms = 0;
    config.read_timeout_ms = 0;
    struct db_admin *d = db_admin_open(&config, &f);
    const char *folder = getenv("SQL_SCHEMA");
    if (!d || !folder || db_migrate(d, folder, NULL, NULL, &applied) != ERR_OK)
        fail_msg("migration: %s", f.detail);
    db_admin_close(d);
}

void product_apply_grants(const struct role *r)
{
    struct fault f = {0};
    struct db_config config = harness_config("owner");
    struct db_admin *d = db_admin_open(&config, &f);
    char user[40];
    snprintf(user, sizeof user, "suda_%s", r->user);
    if (!d || db_apply_grants(d, &(struct db_account){.user = user, .grants = r->grants}) != ERR_OK)
        fail_msg("grants of %s: %s", r->user, f.detail);
    db_admin_close(d);
}

void product_read_needs(void)
{
    FILE *in = fopen(getenv("SQL_TABLES") ? getenv("SQL_TABLES") : "", "r");
    enum { MAX = 5000 };
    needs = calloc(MAX, sizeof *needs);
    assert_non_null(in);
    assert_non_null(needs);
    for (struct need *n = needs; n_needs < MAX && fscanf(in, "%63s %63s %u", n->statement, n->table, &n->privileges) == 3; n++)
        n_needs++;
    fclose(in);
    assert_true(n_needs > 0 && n_needs < MAX);
}

const char *product_refusal(const struct role *r, const struct db_stmt *const *statements, uint16_t n)
{
    static char why[300];
    const struct db_catalogue some = {.role = DB_CTL, .role_name = "any", .statements = statements, .n = n,
                                      .n_all = r->catalogue->n_all};
    struct conn *c = conn_open(r->user, &some);
    enum err e = db_check_statements(c->db);
    snprintf(why, sizeof why, "%s", c->f.detail);
    conn_close(c);
    return e == ERR_OK ? NULL : why;
}

static unsigned granted(const struct role *r, const char *table)
{
    unsigned bits = 0;
    static const char *const words[] = {"SELECT", "INSERT", "UPDATE", "DELETE"};
    char on[100];
    snprintf(on, sizeof on, " ON `@DB@`.`%s` ", table);
    for (const char *line = r->grants; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        size_t n = strcspn(line, "\n");
        const char *at = strstr(line, on);
        if (strncmp(line, "GRANT ", 6) != 0 || !at || at > line + n)
            continue;
        for (unsigned i = 0; i < 4; i++) {
            const char *word = strstr(line, words[i]);
            if (word && word < at)
                bits |= 1u << i;
        }
    }
    return bits;
}

bool product_may_run(const struct role *r, const struct db_stmt *s)
{
    for (size_t i = 0; i < n_needs; i++)
        if (strcmp(needs[i].statement, s->name) == 0 && (needs[i].privileges & ~granted(r, needs[i].table)))
            return false;
    return true;
}
