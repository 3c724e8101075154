/*
 * sqlgen_tables.c - which tables a statement touches, and with which privileges.
 *
 * Not a parser of SQL: it follows the words that name tables (FROM, JOIN, INTO, UPDATE, DELETE FROM) through brackets,
 * leaves out names made by WITH and derived tables, and refuses what it cannot follow, so that a grant is never guessed.
 * The role × statement test against a real server shows that what it derives is enough.
 */
#include "gen/sqlgen.h"

struct walk {
    struct sqlgen *g;
    struct sql_stmt *s;
    const struct sql_token *t;
    size_t n, fuel; /* fuel bounds the work: a token is looked at once per nesting at most */
};

static bool walk_query(struct walk *w, size_t from, size_t to, bool tables_first);

static bool fail(struct walk *w, size_t at, const char *why)
{
    const struct sql_token *t = &w->t[at < w->n ? at : w->n - 1];
    sqlgen_error(w->g, w->s->file, t->line, STR_FMT ": %s", STR_ARG(w->s->name), why);
    return false;
}

static bool is_word(const struct walk *w, size_t i, size_t to, const char *word)
{
    return i < to && w->t[i].kind == TOK_WORD && str_eq_nocase(w->t[i].text, str_from_c(word));
}

static bool is_punct(const struct walk *w, size_t i, size_t to, char ch)
{
    return i < to && w->t[i].kind == TOK_PUNCT && w->t[i].text.p[0] == ch;
}

static bool is_one_of(const struct walk *w, size_t i, size_t to, const char *const *words)
{
    for (; *words; words++)
        if (is_word(w, i, to, *words))
            return true;
    return false;
}

static bool is_ident(const struct walk *w, size_t i, size_t to)
{
    return i < to && (w->t[i].kind == TOK_WORD || w->t[i].kind == TOK_QUOTED);
}

static bool is_cte(const struct walk *w, struct str name)
{
    for (size_t i = 0; i < w->s->n_tables; i++)
        if (w->s->tables[i].is_cte && str_eq(w->s->tables[i].name, name))
            return true;
    return false;
}

static bool add(struct walk *w, size_t at, struct str name, struct str alias, unsigned privileges, bool cte)
{
    if (!cte && is_cte(w, name))
        privileges = 0;
    for (size_t i = 0; i < w->s->n_tables; i++) {
        struct sql_table *t = &w->s->tables[i];
        if (str_eq(t->name, name) && str_eq(t->alias, alias)) {
            t->privileges |= privileges;
            return true;
        }
    }
    if (w->s->n_tables == SQL_TABLES_MAX)
        return fail(w, at, "too many tables");
    for (size_t i = 0; i < name.n; i++)
        if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '_'))
            return fail(w, at, "tables are named in lower-case letters, digits and _");
    w->s->tables[w->s->n_tables++] =
        (struct sql_table){.name = name, .alias = alias, .privileges = privileges, .is_cte = cte};
    return true;
}

static const char *const after_table[] = {"join", "inner", "left", "right", "cross", "natural", "straight_join", "on",
    "using", "use", "force", "ignore", "partition", "where", "group", "having", "order", "limit", "union", "except",
    "intersect", "set", "for", "lock", "window", "values", "value", "select", "with", "returning", "offset", "fetch",
    "procedure", "into", NULL};

/* A table's name and alias at *i. Moves *i behind them. */
static bool table_ref(struct walk *w, size_t *i, size_t to, unsigned privileges)
{
    size_t at = *i;
    if (is_word(w, at, to, "lateral"))
        return fail(w, at, "LATERAL is not followed here");
    if (!is_ident(w, at, to))
        return fail(w, at, "a table's name was expected");
    if (is_word(w, at, to, "dual")) {
        *i = at + 1;
        return true;
    }
    if (w->t[at].kind == TOK_WORD && is_one_of(w, at, to, after_table))
        return fail(w, at, "a table's name was expected");
    if (is_punct(w, at + 1, to, '.'))
        return fail(w, at, "a table is named without its database");
    if (is_punct(w, at + 1, to, '(')) { /* a table function: JSON_TABLE(...); sequences are not used */
        if (!is_word(w, at, to, "json_table"))
            return privileges == PRIV_INSERT ? add(w, at, w->t[at].text, w->t[at].text, privileges, false) && (*i = at + 1)
                                             : fail(w, at, "a function where a table was expected");
        *i = w->t[at + 1].match + 1;
        if (!walk_query(w, at + 2, *i - 1, false))
            return false;
        *i += is_word(w, *i, to, "as");
        *i += is_ident(w, *i, to) && !is_one_of(w, *i, to, after_table);
        return true;
    }
    struct str name = w->t[at].text, alias = name;
    size_t next = at + 1;
    if (is_word(w, next, to, "partition") && is_punct(w, next + 1, to, '('))
        next = w->t[next + 1].match + 1;
    next += is_word(w, next, to, "as");
    if (is_ident(w, next, to) && !is_one_of(w, next, to, after_table))
        alias = w->t[next++].text;
    *i = next;
    return add(w, at, name, alias, privileges, false);
}

/* WITH [RECURSIVE] name [(columns)] AS (query), ... : remembers the names, walks the queries. */
static bool walk_with(struct walk *w, size_t *i, size_t to)
{
    size_t at = *i + 1;
    at += is_word(w, at, to, "recursive");
    for (;;) {
        if (!is_ident(w, at, to))
            return fail(w, at, "a name was expected after WITH");
        if (!add(w, at, w->t[at].text, w->t[at].text, 0, true))
            return false;
        at++;
        if (is_punct(w, at, to, '('))
            at = w->t[at].match + 1;
        if (!is_word(w, at, to, "as") || !is_punct(w, at + 1, to, '('))
            return fail(w, at, "AS ( was expected after the name of a WITH");
        size_t close = w->t[at + 1].match;
        if (!walk_query(w, at + 2, close, false))
            return false;
        at = close + 1;
        if (!is_punct(w, at, to, ','))
            break;
        at++;
    }
    *i = at;
    return true;
}

static const char *const ends_from[] = {"where", "group", "having", "order", "limit", "window", "for", "lock", "set",
    "values", "returning", "union", "except", "intersect", "duplicate", "procedure", NULL};
static const char *const refused_words[] = {"outfile", "dumpfile", "offset", "procedure", "sql_calc_found_rows", NULL};
static const char *const refused_calls[] = {"nextval", "lastval", "setval", "load_file", "get_lock", "release_lock",
    "sleep", "benchmark", "found_rows", "row_count", "last_insert_id", NULL};

static bool is_refused(const struct walk *w, size_t i, size_t to)
{
    if (is_punct(w, i - 1, to, '.'))
        return false;
    return is_one_of(w, i, to, refused_words) || is_word(w, i, to, "into") ||
           (is_punct(w, i + 1, to, '(') && is_one_of(w, i, to, refused_calls));
}

/* Does a bracket, or brackets within it, begin with a query? */
static bool begins_query(const struct walk *w, size_t i, size_t to)
{
    static const char *const words[] = {"select", "with", "values", NULL};
    while (is_punct(w, i, to, '('))
        i++;
    return is_one_of(w, i, to, words);
}

/* One level of brackets. tables_first: a list of tables comes at once, as after FROM and UPDATE. */
static bool walk_query(struct walk *w, size_t from, size_t to, bool tables_first)
{
    bool in_from = tables_first, expect = tables_first, query = tables_first;
    for (size_t i = from; i < to;) {
        if (w->fuel-- == 0)
            return fail(w, i, "the statement is too deep");
        if (expect && !is_punct(w, i, to, '(')) {
            if (!table_ref(w, &i, to, PRIV_SELECT))
                return false;
            expect = false;
        } else if (is_punct(w, i, to, '(')) {
            size_t close = w->t[i].match;
            if (!walk_query(w, i + 1, close, expect && !begins_query(w, i + 1, close)))
                return false;
            i = close + 1;
            expect = false;
        } else if (is_word(w, i, to, "with") && i == from) {
            if (!walk_with(w, &i, to))
                return false;
        } else {
            if (is_refused(w, i, to))
                return fail(w, i, "a word or function that is not allowed in a statement");
            if (is_word(w, i, to, "select"))
                query = true, in_from = false;
            else if (is_word(w, i, to, "from") && query)
                in_from = expect = true;
            else if (in_from && (is_word(w, i, to, "join") || is_word(w, i, to, "straight_join") || is_punct(w, i, to, ',')))
                expect = true;
            else if (is_one_of(w, i, to, ends_from))
                in_from = false;
            if (is_word(w, i, to, "for") && is_word(w, i + 1, to, "update"))
                w->s->writes = w->s->returning = true;
            if (is_word(w, i, to, "lock") && is_word(w, i + 1, to, "in"))
                w->s->writes = w->s->returning = true;
            i++;
        }
    }
    return !expect || fail(w, to, "a table's name was expected");
}

static bool has_word(const struct walk *w, const char *word)
{
    for (size_t i = 0; i < w->n; i++)
        if (is_word(w, i, w->n, word))
            return true;
    return false;
}

static bool scan_insert(struct walk *w, bool replace)
{
    size_t i = 1;
    w->s->writes = true;
    i += is_word(w, i, w->n, "ignore");
    if (!is_word(w, i, w->n, "into"))
        return fail(w, i, "INSERT [IGNORE] INTO was expected");
    i++;
    unsigned privileges = PRIV_INSERT | (replace ? PRIV_DELETE : 0u);
    if (has_word(w, "duplicate"))
        privileges |= PRIV_UPDATE | PRIV_SELECT;
    if (has_word(w, "returning")) {
        privileges |= PRIV_SELECT;
        w->s->returning = true;
    }
    if (!is_ident(w, i, w->n) || is_punct(w, i + 1, w->n, '.'))
        return fail(w, i, "a table's name was expected, without its database");
    if (!add(w, i, w->t[i].text, w->t[i].text, privileges, false))
        return false;
    i++;
    if (is_punct(w, i, w->n, '(') && !is_word(w, i + 1, w->n, "select"))
        i = w->t[i].match + 1;
    else if (!is_word(w, i, w->n, "set"))
        return fail(w, i, "INSERT names its columns");
    return walk_query(w, i, w->n, false);
}

static struct sql_table *by_alias(struct walk *w, struct str alias)
{
    for (size_t i = 0; i < w->s->n_tables; i++)
        if (str_eq(w->s->tables[i].alias, alias) && !w->s->tables[i].is_cte)
            return &w->s->tables[i];
    return NULL;
}

/* The left sides of SET name the tables that change; with one table the alias may be left out. */
static bool set_targets(struct walk *w, size_t from, size_t n_tables)
{
    static const char *const ends[] = {"where", "order", "limit", NULL};
    for (size_t i = from; i < w->n && !is_one_of(w, i, w->n, ends);) {
        struct sql_table *target = NULL;
        if (is_ident(w, i, w->n) && is_punct(w, i + 1, w->n, '.'))
            target = by_alias(w, w->t[i].text);
        else if (n_tables == 1)
            target = &w->s->tables[0];
        if (!target)
            return fail(w, i, "with several tables, SET names the table of each column: alias.column = ...");
        target->privileges |= PRIV_UPDATE;
        while (i < w->n && !is_punct(w, i, w->n, ',') && !is_one_of(w, i, w->n, ends))
            i = is_punct(w, i, w->n, '(') ? w->t[i].match + 1 : i + 1;
        i += is_punct(w, i, w->n, ',');
    }
    return true;
}

static bool scan_update(struct walk *w)
{
    size_t i = 1, set;
    w->s->writes = true;
    i += is_word(w, i, w->n, "ignore");
    for (set = i; set < w->n && !is_word(w, set, w->n, "set");)
        set = is_punct(w, set, w->n, '(') ? w->t[set].match + 1 : set + 1;
    if (set >= w->n)
        return fail(w, i, "UPDATE without SET");
    if (!walk_query(w, i, set, true))
        return false;
    if (w->s->n_tables == 0)
        return fail(w, i, "a table's name was expected");
    return set_targets(w, set + 1, w->s->n_tables) && walk_query(w, set, w->n, false);
}

/* DELETE alias FROM tables joined: rows of one of them go, as far as the join reaches. */
static bool scan_delete_joined(struct walk *w, size_t i)
{
    if (!is_ident(w, i, w->n) || !is_word(w, i + 1, w->n, "from"))
        return fail(w, i, "DELETE FROM one table was expected, or DELETE alias FROM tables");
    if (!has_word(w, "join") && !has_word(w, "straight_join"))
        return fail(w, i, "DELETE of an alias without a join");
    if (!walk_query(w, i + 2, w->n, true))
        return false;
    struct sql_table *target = by_alias(w, w->t[i].text);
    if (!target)
        return fail(w, i, "DELETE names an alias that no table has");
    target->privileges |= PRIV_DELETE;
    return true;
}

static bool scan_delete(struct walk *w)
{
    size_t i = 1;
    w->s->writes = true;
    i += is_word(w, i, w->n, "ignore");
    if (!is_word(w, i, w->n, "from"))
        return scan_delete_joined(w, i);
    i++;
    if (!table_ref(w, &i, w->n, PRIV_DELETE | PRIV_SELECT))
        return false;
    if (w->s->n_tables == 0 || is_punct(w, i, w->n, ',') || is_word(w, i, w->n, "using") || is_word(w, i, w->n, "join"))
        return fail(w, i, "DELETE FROM one table was expected");
    if (!has_word(w, "where"))
        return fail(w, i, "DELETE without WHERE");
    w->s->returning = has_word(w, "returning");
    return walk_query(w, i, w->n, false);
}

/* LIMIT at the outermost level; a number there must not let more rows through than `many<=` says. */
static bool check_limit(struct walk *w)
{
    for (size_t i = 0; i < w->n; i = is_punct(w, i, w->n, '(') ? w->t[i].match + 1 : i + 1) {
        uint64_t limit;
        if (!is_word(w, i, w->n, "limit"))
            continue;
        if (is_punct(w, i + 2, w->n, ','))
            return fail(w, i, "LIMIT with an offset: pages go by key");
        bool rows = w->s->rows == SQL_ONE || w->s->rows == SQL_MANY;
        if (!rows || (i + 1 < w->n && w->t[i + 1].kind == TOK_PARAM))
            return true;
        if (i + 1 < w->n && parse_u64(w->t[i + 1].text, 0, UINT64_MAX, &limit) && limit <= w->s->max_rows)
            return true;
        return fail(w, i, "LIMIT lets more rows through than `rows:` says");
    }
    return w->s->rows != SQL_MANY || fail(w, 0, "many needs a LIMIT at the outermost level");
}

bool sqlgen_tables(struct sqlgen *g, struct sql_stmt *s, const struct sql_token *t, size_t n)
{
    struct walk w = {.g = g, .s = s, .t = t, .n = n, .fuel = 4 * n + 64};
    bool ok;
    if (is_word(&w, 0, n, "select") || is_word(&w, 0, n, "with") || is_punct(&w, 0, n, '('))
        ok = walk_query(&w, 0, n, false);
    else if (is_word(&w, 0, n, "insert") || is_word(&w, 0, n, "replace"))
        ok = scan_insert(&w, is_word(&w, 0, n, "replace"));
    else if (is_word(&w, 0, n, "update"))
        ok = scan_update(&w);
    else if (is_word(&w, 0, n, "delete"))
        ok = scan_delete(&w);
    else
        return fail(&w, 0, "a statement begins with SELECT, WITH, INSERT, REPLACE, UPDATE or DELETE");
    return ok && check_limit(&w);
}
