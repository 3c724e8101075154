/*
 * pieces.c - cuts a file of SQL into statements, as the command-line client does, without running anything.
 */
#include "db/migrate.h"

/* Length of the comment or white space at the start; 0 = neither. */
static size_t blank(struct str s)
{
    if (s.n == 0)
        return 0;
    if (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n')
        return 1;
    bool dashes = str_starts(s, STR("--")) && (s.n == 2 || (unsigned char)s.p[2] <= ' ');
    const char *end;
    if (s.p[0] == '#' || dashes) {
        end = memchr(s.p, '\n', s.n);
        return end ? (size_t)(end - s.p) + 1 : s.n;
    }
    if (str_starts(s, STR("/*")) && !str_starts(s, STR("/*!"))) {
        end = str_find(str_slice(s, 2, s.n), STR("*/"));
        return end ? (size_t)(end - s.p) + 2 : s.n;
    }
    return 0;
}

/* Length of the string or quoted name at the start; 0 = none. One that is not closed reaches to the end. */
static size_t quoted(struct str s)
{
    char quote = s.p[0];
    if (quote != '\'' && quote != '"' && quote != '`')
        return 0;
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == '\\' && quote != '`')
            i++;
        else if (s.p[i] == quote && i + 1 < s.n && s.p[i + 1] == quote)
            i++;
        else if (s.p[i] == quote)
            return i + 1;
    }
    return s.n;
}

static void advance(struct str *rest, int *line, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *line += rest->p[i] == '\n';
    *rest = str_slice(*rest, n, rest->n);
}

/* A line `DELIMITER xx` at the start of rest. */
static bool take_delimiter(struct str *rest, int *line, struct str *delimiter)
{
    struct str text, tail;
    if (rest->n < 11 || !str_eq_nocase(str_slice(*rest, 0, 10), STR("delimiter ")))
        return false;
    (void)str_cut(*rest, '\n', &text, &tail);
    *delimiter = str_trim(str_slice(text, 10, text.n));
    advance(rest, line, text.n);
    return true;
}

bool sql_next_piece(struct str *rest, int *line, struct str *delimiter, struct sql_piece *ret)
{
    for (size_t n; (n = blank(*rest)) > 0 || take_delimiter(rest, line, delimiter) ||
                   (str_starts(*rest, *delimiter) && (n = delimiter->n));)
        advance(rest, line, n);
    if (rest->n == 0)
        return false;
    struct str from = *rest;
    int start = *line;
    while (rest->n > 0 && !str_starts(*rest, *delimiter)) {
        size_t n = blank(*rest);
        if (n == 0)
            n = quoted(*rest);
        advance(rest, line, n ? n : 1);
    }
    *ret = (struct sql_piece){.text = str_trim((struct str){from.p, from.n - rest->n}), .line = start};
    advance(rest, line, rest->n < delimiter->n ? rest->n : delimiter->n);
    return true;
}
