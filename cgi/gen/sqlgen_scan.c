/*
 * sqlgen_scan.c - the words of one SQL statement: parameters become `?`, comments go, the rest is kept.
 *
 * Refuses what a stored statement must not have: raw `?`, session variables, executable comments, NUL. Strings follow
 * MariaDB's rules with backslash escapes. What the words mean is the business of sqlgen_tables.c.
 */
#include "gen/sqlgen.h"

enum { TOKENS_MAX = 4000, SQL_MAX = 1 << 16 };

struct scan {
    struct sqlgen *g;
    struct sql_stmt *s;
    struct str text;
    size_t at;
    int line;
    struct buf out;
    struct sql_token *t;
    size_t n;
    bool gap; /* white space or a comment since the last token */
};

static bool fail(struct scan *c, const char *why)
{
    sqlgen_error(c->g, c->s->file, c->line, STR_FMT ": %s", STR_ARG(c->s->name), why);
    return false;
}

static bool word_start(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' || (unsigned char)ch >= 0x80;
}

static bool word_char(char ch)
{
    return word_start(ch) || (ch >= '0' && ch <= '9') || ch == '$';
}

static char peek(const struct scan *c, size_t ahead)
{
    return c->at + ahead < c->text.n ? c->text.p[c->at + ahead] : '\0';
}

static bool push(struct scan *c, enum sql_token_kind kind, struct str text, struct str as)
{
    if (c->n == TOKENS_MAX)
        return fail(c, "the statement is too long");
    if (c->gap && c->n > 0)
        buf_putc(&c->out, ' ');
    c->gap = false;
    buf_put(&c->out, as);
    c->t[c->n++] = (struct sql_token){.kind = kind, .text = text, .line = c->line};
    return true;
}

/* White space and comments. */
static bool skip(struct scan *c)
{
    for (;;) {
        char ch = peek(c, 0), next = peek(c, 1);
        size_t end = c->at;
        if (c->at >= c->text.n)
            return true;
        if (ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n') {
            end = c->at + 1;
        } else if (ch == '#' || (ch == '-' && next == '-' && (unsigned char)peek(c, 2) <= ' ')) {
            while (end < c->text.n && c->text.p[end] != '\n')
                end++;
        } else if (ch == '/' && next == '*') {
            if (peek(c, 2) == '!' || peek(c, 2) == '+' || (peek(c, 2) == 'M' && peek(c, 3) == '!'))
                return fail(c, "comments that the server executes are not allowed");
            struct str rest = str_slice(c->text, c->at + 2, c->text.n);
            const char *close = str_find(rest, STR("*/"));
            if (!close)
                return fail(c, "a comment is not closed");
            end = (size_t)(close - c->text.p) + 2;
        } else {
            return true;
        }
        for (; c->at < end; c->at++)
            c->line += c->text.p[c->at] == '\n';
        c->gap = true;
    }
}

static bool quoted(struct scan *c)
{
    char quote = peek(c, 0);
    size_t from = c->at, i = c->at + 1;
    for (;; i++) {
        if (i >= c->text.n || c->text.p[i] == '\0')
            return fail(c, "a string or quoted name is not closed");
        if (c->text.p[i] == '\\' && quote != '`')
            i++;
        else if (c->text.p[i] == quote && i + 1 < c->text.n && c->text.p[i + 1] == quote)
            i++;
        else if (c->text.p[i] == quote)
            break;
    }
    c->at = i + 1;
    struct str whole = str_slice(c->text, from, i + 1), inner = str_slice(c->text, from + 1, i);
    for (size_t k = 0; k < whole.n; k++)
        if (whole.p[k] == '\n')
            return fail(c, "a string must not go over the end of the line");
    return push(c, quote == '`' ? TOK_QUOTED : TOK_STRING, inner, whole);
}

static bool parameter(struct scan *c)
{
    size_t end = c->at + 1;
    while (end < c->text.n && word_char(c->text.p[end]))
        end++;
    struct str name = str_slice(c->text, c->at + 1, end);
    c->at = end;
    for (size_t i = 0; i < c->s->n_in; i++) {
        if (!str_eq(c->s->in[i].name, name))
            continue;
        if (c->s->n_bind == SQL_BINDS_MAX)
            return fail(c, "too many parameters");
        c->s->in[i].used = true;
        c->s->bind[c->s->n_bind++] = (uint16_t)i;
        return push(c, TOK_PARAM, name, STR("?"));
    }
    sqlgen_error(c->g, c->s->file, c->line, STR_FMT ": parameter `:" STR_FMT "` is not declared in `in:`",
                 STR_ARG(c->s->name), STR_ARG(name));
    return false;
}

static bool token(struct scan *c)
{
    char ch = peek(c, 0);
    size_t end = c->at + 1;
    if (ch == '\'' || ch == '"' || ch == '`')
        return quoted(c);
    if (ch == ':' && word_start(peek(c, 1)))
        return parameter(c);
    if (ch == '?')
        return fail(c, "a raw `?`: name the parameter, `:name`");
    if (ch == '@')
        return fail(c, "variables of the session are not allowed");
    if (ch == ':' || ch == '\\' || ch == '{' || ch == '}' || (unsigned char)ch < ' ' || ch == 0x7f)
        return fail(c, "a character that has no place here");
    bool word = word_start(ch), number = ch >= '0' && ch <= '9';
    if (word || number)
        while (end < c->text.n && (word_char(c->text.p[end]) || (number && c->text.p[end] == '.')))
            end++;
    struct str text = str_slice(c->text, c->at, end);
    c->at = end;
    return push(c, word ? TOK_WORD : number ? TOK_NUMBER : TOK_PUNCT, text, text);
}

/* Joins each ( with its ). */
static bool pair(struct scan *c)
{
    size_t open[64], depth = 0;
    for (size_t i = 0; i < c->n; i++) {
        c->line = c->t[i].line;
        if (c->t[i].kind != TOK_PUNCT)
            continue;
        if (c->t[i].text.p[0] == '(') {
            if (depth == sizeof open / sizeof *open)
                return fail(c, "too many brackets inside each other");
            open[depth++] = i;
        } else if (c->t[i].text.p[0] == ')') {
            if (depth == 0)
                return fail(c, "a `)` without its `(`");
            c->t[open[--depth]].match = i;
        }
    }
    return depth == 0 || fail(c, "a `(` is not closed");
}

bool sqlgen_scan(struct sqlgen *g, struct sql_stmt *s, struct str text, size_t *ret_used)
{
    struct scan c = {.g = g, .s = s, .text = text, .line = s->line};
    buf_init(&c.out, g->a, SQL_MAX);
    if (!g->tokens)
        g->tokens = ARENA_ARRAY(g->a, struct sql_token, TOKENS_MAX);
    c.t = g->tokens;
    for (;;) {
        if (!skip(&c))
            return false;
        if (c.at >= text.n)
            return fail(&c, "the statement does not end with `;`");
        if (peek(&c, 0) == ';')
            break;
        if (!token(&c))
            return false;
    }
    if (c.n == 0)
        return fail(&c, "the statement is empty");
    if (c.out.full)
        return fail(&c, "the statement is too long");
    if (!pair(&c))
        return false;
    s->sql = buf_str(&c.out);
    *ret_used = c.at + 1;
    return sqlgen_tables(g, s, c.t, c.n);
}
