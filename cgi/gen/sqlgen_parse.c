/*
 * sqlgen_parse.c - annotation lines and the order of things in one file of statements.
 *
 * A statement is its comment lines (`-- key: value`), then SQL ended by `;`. Free comments are allowed before
 * `-- name:`, and after it when they do not look like an annotation. `in` and `out` may be repeated to break long lines.
 * Knows nothing of what the SQL means; that is sqlgen_scan.c.
 */
#include <stdarg.h>

#include "gen/sqlgen.h"

const char *const sql_role_names[SQL_ROLES] = {"citizen", "staff", "open", "worker", "ctl"};

static const char *const c_words[] = {"auto", "bool", "break", "case", "char", "const", "continue", "default", "do",
    "double", "else", "enum", "extern", "false", "float", "for", "goto", "if", "inline", "int", "long", "register",
    "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "true", "typedef", "union",
    "unsigned", "void", "volatile", "while", "asm", "typeof"};

void sqlgen_init(struct sqlgen *g, struct arena *a)
{
    *g = (struct sqlgen){.a = a};
    buf_init(&g->errors, a, 1 << 20);
}

void sqlgen_error(struct sqlgen *g, struct str file, int line, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    buf_printf(&g->errors, STR_FMT ":%d: %s\n", STR_ARG(file), line, text);
    g->n_errors++;
}

static bool is_name(struct str s)
{
    if (s.n == 0 || s.n > SQL_NAME_MAX || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
            return false;
    for (size_t i = 0; i < sizeof c_words / sizeof *c_words; i++)
        if (str_eq_c(s, c_words[i]))
            return false;
    return true;
}

/* The next blank-separated word; empty at the end. */
static struct str next_word(struct str *s)
{
    struct str head, tail;
    *s = str_trim(*s);
    (void)str_cut(*s, ' ', &head, &tail);
    *s = tail;
    return head;
}

static bool parse_type(struct str t, struct sql_col *c)
{
    static const struct {
        const char *word;
        enum sql_type type;
    } plain[] = {{"i64", SQL_I64}, {"u64", SQL_U64}, {"i32", SQL_I32}, {"bool", SQL_BOOL}, {"double", SQL_DOUBLE}};
    if (t.n > 0 && t.p[t.n - 1] == '?') {
        c->nullable = true;
        t.n--;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (str_eq_c(t, plain[i].word)) {
            c->type = plain[i].type;
            return true;
        }
    struct str word, size;
    uint64_t max;
    if (t.n < 3 || t.p[t.n - 1] != ')' || !str_cut((struct str){t.p, t.n - 1}, '(', &word, &size))
        return false;
    if (!parse_u64(size, 1, UINT64_C(64) << 20, &max) || (!str_eq_c(word, "text") && !str_eq_c(word, "blob")))
        return false;
    c->type = str_eq_c(word, "text") ? SQL_TEXT : SQL_BLOB;
    c->max_bytes = (uint32_t)max;
    return true;
}

static bool name_taken(const struct sql_col *cols, size_t n, const struct sql_col *c)
{
    for (size_t i = 0; i < n; i++) {
        struct str a = cols[i].name, b = c->name;
        if (str_eq(a, b))
            return true;
        if (cols[i].nullable && b.n == a.n + 4 && memcmp(b.p, "has_", 4) == 0 && memcmp(b.p + 4, a.p, a.n) == 0)
            return true;
        if (c->nullable && a.n == b.n + 4 && memcmp(a.p, "has_", 4) == 0 && memcmp(a.p + 4, b.p, b.n) == 0)
            return true;
    }
    return false;
}

static bool parse_cols(struct sqlgen *g, struct sql_stmt *s, int line, struct str list, struct sql_col *cols, size_t *n)
{
    for (bool more = true; more;) {
        struct str item, name;
        more = str_cut(list, ',', &item, &list);
        struct str rest = str_trim(item);
        if (rest.n == 0 && !more)
            return true; /* a comma at the end of a line that goes on */
        name = next_word(&rest);
        if (*n == SQL_COLS_MAX) {
            sqlgen_error(g, s->file, line, "more than %d columns or parameters", SQL_COLS_MAX);
            return false;
        }
        struct sql_col *c = &cols[*n];
        *c = (struct sql_col){.name = name};
        if (!is_name(name) || !parse_type(str_trim(rest), c)) {
            sqlgen_error(g, s->file, line, "cannot read `" STR_FMT "`: wanted `name type`, the name no word of C, the type one of i64 u64 i32 bool "
                         "double text(max bytes) blob(max bytes), `?` after it when it may be NULL", STR_ARG(str_trim(item)));
            return false;
        }
        if (name_taken(cols, *n, c)) {
            sqlgen_error(g, s->file, line, "`" STR_FMT "` stands twice", STR_ARG(name));
            return false;
        }
        ++*n;
    }
    return true;
}

static bool parse_roles(struct sqlgen *g, struct sql_stmt *s, int line, struct str v)
{
    for (struct str w = next_word(&v); w.n > 0; w = next_word(&v)) {
        unsigned bit = 0;
        for (int i = 0; i < SQL_ROLES; i++)
            if (str_eq_c(w, sql_role_names[i]))
                bit = 1u << i;
        if (bit == 0) {
            sqlgen_error(g, s->file, line, "unknown role `" STR_FMT "`: citizen staff open worker ctl", STR_ARG(w));
            return false;
        }
        s->roles |= bit;
    }
    return true;
}

static bool parse_rows(struct sqlgen *g, struct sql_stmt *s, int line, struct str v)
{
    uint64_t max;
    s->has_rows = true;
    s->max_rows = 1;
    if (str_eq_c(v, "one"))
        s->rows = SQL_ONE;
    else if (str_eq_c(v, "change"))
        s->rows = SQL_CHANGE;
    else if (str_eq_c(v, "change=1"))
        s->rows = SQL_CHANGE_ONE;
    else if (str_eq_c(v, "later"))
        s->rows = SQL_LATER;
    else if (str_starts(v, STR("many<=")) && parse_u64(str_slice(v, 6, v.n), 1, 1000000, &max)) {
        s->rows = SQL_MANY;
        s->max_rows = (uint32_t)max;
    } else {
        sqlgen_error(g, s->file, line, "rows: wanted one, many<=N, change, change=1 or later");
        return false;
    }
    return true;
}

static bool parse_reads(struct sqlgen *g, struct sql_stmt *s, int line, struct str v)
{
    uint64_t bound;
    s->has_reads = true;
    if (str_eq_c(v, "job"))
        return true;
    if (!parse_u64(v, 1, 10000000, &bound)) {
        sqlgen_error(g, s->file, line, "reads: wanted a number of rows, or `job`");
        return false;
    }
    s->reads = (uint32_t)bound;
    return true;
}

/* True when the line is `-- key: value` with a key of one lower-case word. */
static bool annotation(struct str line, struct str *ret_key, struct str *ret_value)
{
    struct str key, value;
    if (!str_starts(line, STR("-- ")) || !str_cut(str_slice(line, 3, line.n), ':', &key, &value))
        return false;
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] < 'a' || key.p[i] > 'z')
            return false;
    *ret_key = key;
    *ret_value = str_trim(value);
    return key.n > 0;
}

static bool apply(struct sqlgen *g, struct sql_stmt *s, int line, struct str key, struct str v)
{
    if (str_eq_c(key, "run"))
        return parse_roles(g, s, line, v);
    if (str_eq_c(key, "in"))
        return parse_cols(g, s, line, v, s->in, &s->n_in);
    if (str_eq_c(key, "out"))
        return parse_cols(g, s, line, v, s->out, &s->n_out);
    if (str_eq_c(key, "rows") && !s->has_rows)
        return parse_rows(g, s, line, v);
    if (str_eq_c(key, "reads") && !s->has_reads)
        return parse_reads(g, s, line, v);
    sqlgen_error(g, s->file, line, "`" STR_FMT ":` is unknown or stands twice here", STR_ARG(key));
    return false;
}

/* What the annotations promise must fit together and fit the SQL. */
static bool check(struct sqlgen *g, struct sql_stmt *s)
{
    const char *why = NULL;
    bool reads_rows = s->rows == SQL_ONE || s->rows == SQL_MANY;
    if (s->roles == 0)
        why = "run: nobody may run this statement";
    else if (!s->has_rows || !s->has_reads)
        why = "rows: and reads: are both needed";
    else if (s->reads == 0 && (s->roles & ~(unsigned)ROLE_JOB))
        why = "reads: job is for worker and ctl alone";
    else if (s->writes && (s->roles & ROLE_OPEN))
        why = "open writes nothing, locks included";
    else if (reads_rows && s->n_out == 0)
        why = "out: is needed for one and many";
    else if (!reads_rows && s->n_out > 0)
        why = "out: stands with one or many only";
    else if (s->writes && reads_rows && !s->returning)
        why = "a statement that changes rows and returns some needs RETURNING or FOR UPDATE";
    else if (!reads_rows && !s->writes)
        why = "rows: change and later are for statements that change something";
    else if (s->n_bind > SQL_BINDS_MAX)
        why = "too many parameters";
    for (size_t i = 0; !why && i < s->n_in; i++)
        if (!s->in[i].used) {
            sqlgen_error(g, s->file, s->line, STR_FMT ": parameter `" STR_FMT "` is declared and never used",
                         STR_ARG(s->name), STR_ARG(s->in[i].name));
            return false;
        }
    if (why)
        sqlgen_error(g, s->file, s->line, STR_FMT ": %s", STR_ARG(s->name), why);
    return !why;
}

static void keep(struct sqlgen *g, struct sql_stmt *s)
{
    for (size_t i = 0; i < g->n_stmts; i++)
        if (str_eq(g->stmts[i]->name, s->name)) {
            sqlgen_error(g, s->file, s->line, "`" STR_FMT "` stands already at " STR_FMT ":%d", STR_ARG(s->name),
                         STR_ARG(g->stmts[i]->file), g->stmts[i]->line);
            return;
        }
    if (g->n_stmts == g->cap_stmts) {
        size_t cap = g->cap_stmts ? g->cap_stmts * 2 : 64;
        struct sql_stmt **wider = ARENA_ARRAY(g->a, struct sql_stmt *, cap);
        if (g->n_stmts)
            memcpy(wider, g->stmts, g->n_stmts * sizeof *wider);
        g->stmts = wider;
        g->cap_stmts = cap;
    }
    g->stmts[g->n_stmts++] = s;
}

static struct str take_line(struct str *rest)
{
    struct str line;
    (void)str_cut(*rest, '\n', &line, rest);
    return str_trim(line);
}

static int lines_in(struct str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

/* Skips a broken statement: to the next `-- name:` line. */
static void resync(struct str *rest, int *line)
{
    while (rest->n > 0) {
        struct str ahead = *rest, key, value;
        if (annotation(take_line(&ahead), &key, &value) && str_eq_c(key, "name"))
            return;
        *rest = ahead;
        ++*line;
    }
}

/* Annotations after the name, then the SQL. */
static bool parse_statement(struct sqlgen *g, struct sql_stmt *s, struct str *rest, int *line)
{
    bool ok = true;
    while (rest->n > 0) {
        struct str ahead = *rest, key, value, text = take_line(&ahead);
        if (text.n > 0 && !str_starts(text, STR("--")))
            break;
        if (annotation(text, &key, &value))
            ok = apply(g, s, *line, key, value) && ok;
        else if (text.n == 0) {
            sqlgen_error(g, s->file, *line, STR_FMT ": an empty line between annotations and SQL", STR_ARG(s->name));
            return false;
        }
        *rest = ahead;
        ++*line;
    }
    size_t used = 0;
    s->line = *line;
    if (!ok || !sqlgen_scan(g, s, *rest, &used))
        return false;
    *line += lines_in((struct str){rest->p, used});
    *rest = (struct str){rest->p + used, rest->n - used};
    struct str tail = take_line(rest);
    ++*line;
    if (tail.n > 0) {
        sqlgen_error(g, s->file, *line - 1, STR_FMT ": text after the `;`", STR_ARG(s->name));
        return false;
    }
    return check(g, s);
}

static struct str aggregate_of(struct str file)
{
    size_t from = file.n, to = str_ends(file, STR(".sql")) ? file.n - 4 : file.n;
    while (from > 0 && file.p[from - 1] != '/')
        from--;
    return str_slice(file, from, to);
}

bool sqlgen_parse(struct sqlgen *g, struct str file, struct str text)
{
    int line = 1, before = g->n_errors;
    struct str aggregate = aggregate_of(file);
    if (!is_name(aggregate) || g->n_aggregates == sizeof g->aggregates / sizeof *g->aggregates) {
        sqlgen_error(g, file, 1, "a file is named after its aggregate: lower-case letters, digits, _");
        return false;
    }
    g->aggregates[g->n_aggregates++] = aggregate;
    while (text.n > 0) {
        struct str key, value, ahead = text, head = take_line(&ahead);
        bool named = annotation(head, &key, &value) && str_eq_c(key, "name");
        if (head.n > 0 && !str_starts(head, STR("--"))) {
            sqlgen_error(g, file, line, "SQL without a `-- name:` before it");
            resync(&text, &line);
            continue;
        }
        text = ahead;
        line++;
        if (!named)
            continue;
        struct sql_stmt *s = ARENA_NEW(g->a, struct sql_stmt);
        *s = (struct sql_stmt){.file = file, .aggregate = aggregate, .name = value, .line = line - 1};
        if (!is_name(value)) {
            sqlgen_error(g, file, line - 1, "name: wanted lower-case letters, digits and _, no word of C");
            resync(&text, &line);
        } else if (parse_statement(g, s, &text, &line))
            keep(g, s);
        else
            resync(&text, &line);
    }
    return g->n_errors == before;
}
