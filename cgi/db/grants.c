/*
 * grants.c - an account may do in this database what its role's statements need, and nothing else.
 *
 * First grants, then revokes what is over, table by table: there is no moment in which a running program lacks a right
 * it needs. The owner cannot read the server's grant tables, so what is over is not looked up but taken away everywhere.
 */
#include <mysqld_error.h>

#include "db/admin_internal.h"
#include "db/migrate.h"

enum { TABLES_MAX = 512, SQL_MAX = 1000 };

static const char *const words[] = {"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "REFERENCES", "INDEX",
    "ALTER", "CREATE VIEW", "SHOW VIEW", "TRIGGER", "DELETE HISTORY"};
enum { WORDS = sizeof words / sizeof *words, WORD_EVERY = (1 << WORDS) - 1 };

struct table {
    char name[65];
    unsigned wanted; /* bits of words */
};

struct work {
    struct db_admin *d;
    struct fault *f;
    const struct db_account *account;
    struct table *tables;
    size_t n;
};

static bool safe_name(struct str s, size_t max)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
              s.p[i] == '_' || s.p[i] == '-'))
            return false;
    return s.n > 0 && s.n <= max;
}

static enum err add_table(void *arg, const struct str *cells, size_t n)
{
    struct work *w = arg;
    if (n != 1 || w->n == TABLES_MAX || !safe_name(cells[0], 64))
        return fault_set(w->f, ERR_INTERNAL, "INTERNAL", "too many tables, or one with a name that is not ours");
    snprintf(w->tables[w->n++].name, sizeof w->tables->name, STR_FMT, STR_ARG(cells[0]));
    return ERR_OK;
}

static bool take(struct str *s, const char *what)
{
    struct str w = str_from_c(what);
    if (!str_starts(*s, w))
        return false;
    *s = str_slice(*s, w.n, s->n);
    return true;
}

/* SELECT, INSERT ... ON: the bits of the words before ON. */
static bool take_words(struct str *s, unsigned *ret)
{
    *ret = 0;
    for (;;) {
        unsigned bit = 0;
        for (unsigned i = 0; i < WORDS && !bit; i++) {
            struct str try = *s;
            if (take(&try, words[i]) && (str_starts(try, STR(", ")) || str_starts(try, STR(" ON ")))) {
                bit = 1u << i;
                *s = try;
            }
        }
        if (!bit)
            return false;
        *ret |= bit;
        if (take(s, " ON "))
            return true;
        if (!take(s, ", "))
            return false;
    }
}

static enum err note_wanted(struct work *w, const struct sql_piece *p)
{
    struct str s = p->text, name, rest;
    unsigned bits;
    if (!take(&s, "GRANT ") || !take_words(&s, &bits) || !take(&s, "`@DB@`.`") || !str_cut(s, '`', &name, &rest) ||
        !str_eq(rest, STR(" TO '@USER@'@'localhost'")))
        return fault_set(w->f, ERR_INTERNAL, "INTERNAL", "grants, line %d: cannot read `" STR_FMT "`", p->line,
                         STR_ARG(p->text));
    for (size_t i = 0; i < w->n; i++)
        if (str_eq_c(name, w->tables[i].name)) {
            w->tables[i].wanted |= bits;
            return ERR_OK;
        }
    return fault_set(w->f, ERR_INTERNAL, "INTERNAL", "grants, line %d: there is no table " STR_FMT, p->line, STR_ARG(name));
}

static void list_words(char *to, size_t size, unsigned bits)
{
    size_t n = 0;
    to[0] = '\0';
    for (unsigned i = 0; i < WORDS; i++)
        if (bits & (1u << i))
            n += (size_t)snprintf(to + n, size - n, "%s%s", n ? ", " : "", words[i]);
}

/* A right that is not there cannot be taken away: the server says so with an error of its own. */
static enum err revoke(struct work *w, const char *sql)
{
    enum err e = db_admin_run(w->d, sql, NULL);
    unsigned number = db_admin_errno(w->d);
    if (e != ERR_OK && (number == ER_NONEXISTING_TABLE_GRANT || number == ER_NONEXISTING_GRANT)) {
        fault_clear(w->f);
        return ERR_OK;
    }
    return e;
}

static enum err revoke_all_else(struct work *w)
{
    char sql[SQL_MAX], list[300];
    enum err e = ERR_OK;
    for (size_t i = 0; i < w->n && e == ERR_OK; i++) {
        list_words(list, sizeof list, (unsigned)WORD_EVERY & ~w->tables[i].wanted);
        snprintf(sql, sizeof sql, "REVOKE %s, GRANT OPTION ON `%s`.`%s` FROM '%s'@'localhost'", list,
                 db_admin_database(w->d), w->tables[i].name, w->account->user);
        e = revoke(w, sql);
    }
    /* For a whole database the two cannot be taken in one statement. */
    snprintf(sql, sizeof sql, "REVOKE ALL PRIVILEGES ON `%s`.* FROM '%s'@'localhost'", db_admin_database(w->d),
             w->account->user);
    if (e == ERR_OK)
        e = revoke(w, sql);
    snprintf(sql, sizeof sql, "REVOKE GRANT OPTION ON `%s`.* FROM '%s'@'localhost'", db_admin_database(w->d),
             w->account->user);
    return e == ERR_OK ? revoke(w, sql) : e;
}

static enum err grant_and_revoke(struct work *w)
{
    char sql[SQL_MAX], list[300];
    enum err e = ERR_OK;
    for (size_t i = 0; i < w->n && e == ERR_OK; i++) {
        if (!w->tables[i].wanted)
            continue;
        list_words(list, sizeof list, w->tables[i].wanted);
        snprintf(sql, sizeof sql, "GRANT %s ON `%s`.`%s` TO '%s'@'localhost'", list, db_admin_database(w->d),
                 w->tables[i].name, w->account->user);
        e = db_admin_run(w->d, sql, NULL);
    }
    return e == ERR_OK && !w->account->add ? revoke_all_else(w) : e;
}

/* The password goes as a quoted text, because CREATE USER takes no parameters; only harmless characters are let in. */
static enum err make_account(struct work *w)
{
    char sql[SQL_MAX];
    const struct db_account *a = w->account;
    if (!a->password)
        return ERR_OK;
    if (!safe_name(str_from_c(a->password), 128))
        return fault_set(w->f, ERR_INTERNAL, "INTERNAL", "passwords of accounts are letters, digits, - and _");
    snprintf(sql, sizeof sql, "CREATE USER IF NOT EXISTS '%s'@'localhost'", a->user);
    enum err e = db_admin_run(w->d, sql, NULL);
    if (e == ERR_OK) {
        snprintf(sql, sizeof sql, "ALTER USER '%s'@'localhost' IDENTIFIED BY '%s'", a->user, a->password);
        e = db_admin_run(w->d, sql, NULL);
    }
    explicit_bzero(sql, sizeof sql);
    return e;
}

enum err db_apply_grants(struct db_admin *d, const struct db_account *account)
{
    struct work w = {.d = d, .f = d->db->f, .account = account};
    struct str rest = str_from_c(account->grants), delimiter = STR(";");
    struct sql_piece p;
    int line = 1;
    if (!safe_name(str_from_c(account->user), 64) || !safe_name(str_from_c(d->database), 64))
        return fault_set(w.f, ERR_INTERNAL, "INTERNAL", "names of accounts and databases are letters, digits, - and _");
    w.tables = calloc(TABLES_MAX, sizeof *w.tables);
    enum err e = w.tables ? make_account(&w) : fault_set(w.f, ERR_INTERNAL, "INTERNAL", "no memory");
    if (e == ERR_OK)
        e = db_admin_each(d, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                             " ORDER BY table_name", add_table, &w);
    while (e == ERR_OK && sql_next_piece(&rest, &line, &delimiter, &p))
        e = note_wanted(&w, &p);
    if (e == ERR_OK)
        e = grant_and_revoke(&w);
    free(w.tables);
    return e;
}
