/*
 * csv.h - comma-separated values as RFC 4180 has them: strict reading, safe writing.
 *
 * Reading accepts LF and CRLF line ends and a leading BOM, and nothing else that the RFC does not: a quote inside an
 * unquoted field, text after a closing quote, an unclosed quote, or a row with another number of fields is an error that
 * names its line. Writing quotes what must be quoted, ends lines with CRLF, and puts an apostrophe before a text that a
 * spreadsheet would take for a formula.
 */
#ifndef APP_CSV_H
#define APP_CSV_H

#include "base/buf.h"

enum { CSV_COLUMNS_MAX = 32 };

struct csv {
    struct arena *a;
    struct str rest;
    size_t line;                         /* of the row read last, 1 = header */
    size_t next_line;
    size_t n_columns;
    struct str columns[CSV_COLUMNS_MAX]; /* names from the header row */
    struct str fields[CSV_COLUMNS_MAX];  /* of the row read last; point into the text or the arena */
    char why[160];                       /* set when something is wrong */
};

/* Reads the header. False: why says what is wrong. Text must be UTF-8 and outlive the reader. */
bool csv_open(struct csv *c, struct arena *a, struct str text);
/* 1 = a row stands in fields, 0 = end, -1 = why says what is wrong and where. */
int csv_next(struct csv *c);
/* Position of a column, or -1. */
int csv_column(const struct csv *c, const char *name);

/* Writing: one call per field, then csv_put_end. Numbers and dates need no guard against formulas. */
void csv_put_text(struct buf *b, struct str s);
void csv_put_i64(struct buf *b, int64_t v);
void csv_put_empty(struct buf *b);
void csv_put_end(struct buf *b);

#endif
