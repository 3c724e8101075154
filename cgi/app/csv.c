/*
 * csv.c - RFC 4180, read strictly and written safely.
 *
 * Contract: csv.h. It knows no file and no table; the caller names columns.
 */
#include "app/csv.h"

#include "base/utf8.h"

static int fail(struct csv *c, const char *what)
{
    snprintf(c->why, sizeof c->why, "line %zu: %s", c->line, what);
    return -1;
}

/* Takes one line end (LF or CRLF) from the front; false when there is none. */
static bool take_eol(struct csv *c)
{
    size_t n = str_starts(c->rest, STR("\r\n")) ? 2 : str_starts(c->rest, STR("\n")) ? 1 : 0;
    if (!n)
        return false;
    c->rest = str_slice(c->rest, n, c->rest.n);
    c->next_line++;
    return true;
}

static bool take_quoted(struct csv *c, struct str *ret)
{
    char *out = arena_alloc(c->a, c->rest.n + 1);
    size_t n = 0, i = 1;
    for (; i < c->rest.n; i++) {
        if (c->rest.p[i] == '\n')
            c->next_line++;
        if (c->rest.p[i] != '"') {
            out[n++] = c->rest.p[i];
            continue;
        }
        if (i + 1 < c->rest.n && c->rest.p[i + 1] == '"') {
            out[n++] = '"';
            i++;
            continue;
        }
        *ret = (struct str){out, n};
        c->rest = str_slice(c->rest, i + 1, c->rest.n);
        return true;
    }
    return false;
}

/* -1 = fault, 0 = last field of the row, 1 = more follow. */
static int take_field(struct csv *c, struct str *ret)
{
    if (c->rest.n && c->rest.p[0] == '"') {
        if (!take_quoted(c, ret))
            return fail(c, "a quoted field is not closed");
    } else {
        size_t n = 0;
        while (n < c->rest.n && c->rest.p[n] != ',' && c->rest.p[n] != '\n' && c->rest.p[n] != '\r') {
            if (c->rest.p[n] == '"')
                return fail(c, "a quote inside an unquoted field");
            n++;
        }
        *ret = str_slice(c->rest, 0, n);
        c->rest = str_slice(c->rest, n, c->rest.n);
    }
    if (c->rest.n && c->rest.p[0] == ',') {
        c->rest = str_slice(c->rest, 1, c->rest.n);
        return 1;
    }
    if (!c->rest.n || take_eol(c))
        return 0;
    return fail(c, c->rest.p[0] == '\r' ? "a carriage return without a line feed" : "text after a closing quote");
}

/* Reads one row into fields; -1, or the number of fields. */
static int take_row(struct csv *c, struct str *fields)
{
    c->line = c->next_line;
    for (int n = 0; n < CSV_COLUMNS_MAX; n++) {
        int more = take_field(c, &fields[n]);
        if (more < 0)
            return -1;
        if (!more)
            return n + 1;
    }
    return fail(c, "too many fields");
}

bool csv_open(struct csv *c, struct arena *a, struct str text)
{
    *c = (struct csv){.a = a, .rest = text, .next_line = 1, .line = 1};
    if (!utf8_valid(text)) {
        fail(c, "not valid UTF-8");
        return false;
    }
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        c->rest = str_slice(text, 3, text.n);
    int n = take_row(c, c->columns);
    if (n < 0)
        return false;
    c->n_columns = (size_t)n;
    for (size_t i = 0; i < c->n_columns; i++)
        if (!c->columns[i].n || csv_column(c, arena_cstr(a, c->columns[i])) != (int)i) {
            fail(c, "a column name is empty or stands twice");
            return false;
        }
    return true;
}

int csv_next(struct csv *c)
{
    if (!c->rest.n)
        return 0;
    int n = take_row(c, c->fields);
    if (n < 0)
        return -1;
    return (size_t)n == c->n_columns ? 1 : fail(c, "another number of fields than the header has");
}

int csv_column(const struct csv *c, const char *name)
{
    for (size_t i = 0; i < c->n_columns; i++)
        if (str_eq_c(c->columns[i], name))
            return (int)i;
    return -1;
}

/* ---- writing -------------------------------------------------------------------------------------------------------- */

static void put_separator(struct buf *b)
{
    if (b->n && b->p[b->n - 1] != '\n')
        buf_putc(b, ',');
}

/* Blanks as spreadsheets drop them, the ideographic one too. */
static struct str without_blanks(struct str s)
{
    const struct str wide = STR("\xe3\x80\x80");
    for (;;) {
        if (s.n && strchr(" \t\r\n", s.p[0]))
            s = str_slice(s, 1, s.n);
        else if (str_starts(s, wide))
            s = str_slice(s, wide.n, s.n);
        else
            return s;
    }
}

/* Spreadsheets take a text that begins so for a formula, also after blanks; some make full-width forms narrow first, and some drop
 * a leading tab or line break together with the guard that came before it. */
static bool looks_like_formula(struct str s)
{
    static const char *const signs[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    if (s.n && strchr("\t\r\n", s.p[0]))
        return true;
    s = without_blanks(s);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(s, str_from_c(signs[i])))
            return true;
    return false;
}

void csv_put_text(struct buf *b, struct str s)
{
    put_separator(b);
    bool formula = looks_like_formula(s), quote = formula || s.n == 0;
    for (size_t i = 0; i < s.n && !quote; i++)
        quote = strchr(",\"\r\n", s.p[i]) != NULL;
    if (!quote) {
        buf_put(b, s);
        return;
    }
    buf_putc(b, '"');
    if (formula)
        buf_putc(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_putc(b, '"');
        buf_putc(b, s.p[i]);
    }
    buf_putc(b, '"');
}

void csv_put_i64(struct buf *b, int64_t v)
{
    put_separator(b);
    buf_put_i64(b, v);
}

/* An empty first field would hide the separator of the second, so an empty field is written as "". */
void csv_put_empty(struct buf *b)
{
    csv_put_text(b, STR_NONE);
}

void csv_put_end(struct buf *b)
{
    buf_put(b, STR("\r\n"));
}
