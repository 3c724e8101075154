/*
 * tmplgen.h - inside of the template compiler: what its files tell each other.
 *
 * A template's text goes through tmplgen_parse.c, which splits it at the constructs {{...}} and gives the literal text
 * between them to tmplgen_html.c. That one knows at each moment in which place of the page it stands, drops needless
 * white space, and refuses what could not be escaped. The result is a tree of struct node; tmplgen_emit.c writes it as
 * C; tmplgen_set.c joins all templates of a build. The compiler works on memory and never exits, so it can be fuzzed.
 */
#ifndef GEN_TMPLGEN_H
#define GEN_TMPLGEN_H

#include <setjmp.h>

#include "gen/common_msg.h"

enum { TMPL_DEPTH_MAX = 64 /* constructs in constructs */, TMPL_OPEN_MAX = 200 /* elements in elements */ };

/* ---- the tree ---------------------------------------------------------------------------------------------------- */

enum node_kind { NODE_TEXT, NODE_VALUE, NODE_IF, NODE_EACH, NODE_WITH, NODE_PARTIAL, NODE_LANGS };

struct node;
struct block {
    struct node *first, *last;
};
struct arm { /* one branch of NODE_IF; the last may have no condition: else */
    struct arm *next;
    struct str cond;
    size_t line;
    struct block body;
};
struct node {
    struct node *next;
    enum node_kind kind;
    size_t line;
    struct buf text[GEN_LANGS]; /* NODE_TEXT */
    const char *put;            /* NODE_VALUE: tmpl_text, tmpl_attr ... */
    struct str expr;            /* C expression: value, list, pointer, or what the partial gets */
    struct str count;           /* NODE_EACH: C expression */
    struct str name;            /* NODE_EACH, NODE_WITH: the template's name of the element; NODE_PARTIAL: C function */
    struct arm *arms;           /* NODE_IF */
    struct block body, other;   /* NODE_EACH, NODE_WITH; other = else */
    struct block lang[GEN_LANGS]; /* NODE_LANGS */
};

/* ---- the place in the page --------------------------------------------------------------------------------------- */

enum tmpl_kind { KIND_HTML, KIND_SVG, KIND_TXT };
enum place { PLACE_TEXT, PLACE_TAG /* between attributes */, PLACE_ATTR, PLACE_RCDATA, PLACE_RAW, PLACE_PLAIN };
enum attr_kind { ATTR_PLAIN, ATTR_URL, ATTR_LITERAL /* no construct may stand in it */ };

struct open { /* an element that waits for its end tag */
    struct open *up;
    struct str name, path; /* path: of the template that opened it */
    size_t line, depth;
    bool foreign; /* its children are SVG or MathML */
    bool keep;    /* white space inside is kept */
};

struct html { /* copied by value where branches begin */
    enum place place;
    struct open *open;
    bool eat;       /* white space here would be needless */
    bool blank;     /* PLACE_TAG: a blank was seen, an attribute may begin */
    struct str tag; /* PLACE_TAG, PLACE_ATTR, PLACE_RCDATA, PLACE_RAW */
    size_t tag_line;
    struct str attr; /* PLACE_ATTR */
    enum attr_kind attr_kind;
    char quote;
    bool url_begun;               /* something of the address was written */
    bool url_tel;                 /* it began with tel:, mailto: or sms: */
    bool has_src;                 /* a script with a file */
    bool has_equiv, live_content; /* of <meta>: the two may not meet */
};

/* ---- one template ------------------------------------------------------------------------------------------------ */

struct scope { /* a name given by each or with */
    struct scope *up;
    struct str name;
    bool loop;
};
struct list { /* a path that {{#each}} goes over, so that {{#if}} asks for its count */
    struct list *next;
    struct str path;
};
struct ref { /* a partial that is used */
    struct ref *next;
    struct str name; /* dir/name */
    size_t line;
};

struct tmpl_source { /* one file; path ends in <dir>/<name>.html, .svg or .txt */
    struct str path, text;
};

struct tmpl {
    struct gen *g;
    const struct catalogue *messages;
    struct tmpl_set *set;
    struct str path, dir, name, full; /* full = dir/name */
    enum tmpl_kind kind;
    struct str view, header; /* "struct x", "pages/x.h"; view empty = none */
    struct str text;
    bool failed, busy, acyclic; /* the last two: search for cycles */
    bool uses_view, uses_page, uses_lang;
    struct ref *refs;
    struct list *lists;
    struct block body;
    struct open *left; /* elements still open at the end: a head leaves them to its foot */

    /* while it is parsed */
    const char *p, *end;
    size_t line;
    struct html h;
    struct block *out;
    struct scope *scope;
    size_t depth;
    jmp_buf fail;
};

struct tmpl_set {
    struct gen *g;
    const struct catalogue *messages;
    struct tmpl *p;
    size_t n;
};

/* ---- the parts --------------------------------------------------------------------------------------------------- */

/* Compiles all sources into tmpl.h and one C file each. False when there are complaints. */
bool tmplgen_compile(struct gen *g, const struct catalogue *messages, const struct tmpl_source *sources, size_t n,
                     struct gen_files *ret);

/* The first complaint ends the template. */
void tmpl_fail(struct tmpl *t, size_t line, const char *fmt, ...) __attribute__((format(printf, 3, 4), noreturn));
struct tmpl *tmpl_lookup(struct tmpl_set *set, struct str full); /* NULL when there is none */

void parse_template(struct tmpl *t); /* fills body and left, or jumps to t->fail */
struct node *node_add(struct tmpl *t, enum node_kind kind, size_t line);
void node_text(struct tmpl *t, struct str s);                        /* the same in every language */
void node_text_langs(struct tmpl *t, const struct str s[GEN_LANGS]); /* joins the text before it */

/* {{t key name=path}}: constants for each language, escaped for the place. */
void parse_message(struct tmpl *t, struct str rest, size_t line);

/* Paths and conditions into C. */
struct str path_value(struct tmpl *t, struct str path, size_t line);
struct str path_pointer(struct tmpl *t, struct str path, size_t line); /* for a partial */
struct str path_count(struct tmpl *t, struct str path, size_t line);   /* n_ of a list */
struct str path_condition(struct tmpl *t, struct str text, size_t line);
void path_find_lists(struct tmpl *t); /* before the parse: fills t->lists */
void scope_push(struct tmpl *t, struct str name, bool loop, size_t line);
void scope_pop(struct tmpl *t);

/* Literal text from t->p to `to`; more tells whether a construct comes next. Writes to t->out, moves t->h. */
void html_feed(struct tmpl *t, const char *to, bool more);
void html_begin(struct tmpl *t);
void html_end(struct tmpl *t);                     /* end of the file */
const char *html_put(struct tmpl *t, size_t line); /* which tmpl_ macro writes a value here; refuses forbidden places */
void html_after_value(struct tmpl *t);
void html_need_text(struct tmpl *t, size_t line, const char *what); /* between tags, else fails */
/* After a branch: the place must be the one at the other's end. Writes what both have in common. */
void html_merge(struct tmpl *t, const struct html *other, size_t line, const char *what);
void html_escape(struct tmpl *t, struct buf *b, struct str s); /* a message's constant text, for the present place */
void html_check_url(struct tmpl *t, struct str s);             /* scheme of a literal address */

/* Words of HTML: tmplgen_words.c */
bool word_is_void(struct str tag);
bool word_is_block(struct str tag, bool foreign); /* white space beside its tags does not show */
bool word_is_url_attr(struct str attr);
bool word_is_rcdata(struct str tag);
bool word_is_refused_tag(struct str tag);
bool word_is_animation(struct str tag);
bool word_has_letters(struct str s); /* ASCII letters or CJK: words that belong in messages */
struct str word_lower(struct arena *a, struct str s);

struct str emit_source(struct gen *g, const struct tmpl *t);
struct str emit_header(struct gen *g, const struct tmpl_set *set);
struct str emit_function_name(struct arena *a, const struct tmpl *t);

#endif
