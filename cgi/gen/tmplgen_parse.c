/*
 * tmplgen_parse.c - a template's text into its tree.
 *
 * Contract: parse_template in tmplgen.h. Recursive descent over {{...}}; literal text goes to html_feed, which decides
 * what of it is kept. Must not know how C is written.
 */
#include "gen/tmplgen.h"

enum stop_kind { STOP_FILE, STOP_ELSE, STOP_CLOSE };
struct stop { /* what ended a body */
    enum stop_kind kind;
    struct str word; /* "if" of /if; the condition of else if */
    size_t line;
};

static struct stop parse_body(struct tmpl *t);

struct node *node_add(struct tmpl *t, enum node_kind kind, size_t line)
{
    struct node *n = ARENA_NEW(t->g->a, struct node);
    *n = (struct node){.kind = kind, .line = line};
    if (t->out->last)
        t->out->last->next = n;
    else
        t->out->first = n;
    t->out->last = n;
    return n;
}

void node_text_langs(struct tmpl *t, const struct str s[GEN_LANGS])
{
    struct node *n = t->out->last;
    if (!n || n->kind != NODE_TEXT) {
        n = node_add(t, NODE_TEXT, t->line);
        for (size_t l = 0; l < GEN_LANGS; l++)
            buf_init(&n->text[l], t->g->a, GEN_TEXT_BYTES);
    }
    for (size_t l = 0; l < GEN_LANGS; l++)
        buf_put(&n->text[l], s[l]);
}

void node_text(struct tmpl *t, struct str s)
{
    struct str all[GEN_LANGS];
    for (size_t l = 0; l < GEN_LANGS; l++)
        all[l] = s;
    if (s.n)
        node_text_langs(t, all);
}

/* Parses into b; how it ended comes back. */
static struct stop parse_into(struct tmpl *t, struct block *b)
{
    struct block *outer = t->out;
    t->out = b;
    struct stop s = parse_body(t);
    t->out = outer;
    return s;
}

static void need_close(struct tmpl *t, struct stop s, const char *word, size_t line)
{
    if (s.kind == STOP_FILE)
        tmpl_fail(t, line, "{{#%s}} is never closed", word);
    if (s.kind == STOP_CLOSE && !str_eq_c(s.word, word))
        tmpl_fail(t, s.line, "{{/" STR_FMT "}} meets {{#%s}} of line %zu", STR_ARG(s.word), word, line);
}

static void parse_if(struct tmpl *t, struct str cond, size_t line)
{
    struct node *n = node_add(t, NODE_IF, line);
    struct html before = t->h, end = t->h;
    struct arm **link = &n->arms;
    struct stop s = {.kind = STOP_ELSE, .word = cond, .line = line};
    bool last = false;
    while (s.kind == STOP_ELSE) {
        if (last)
            tmpl_fail(t, s.line, "{{else}} after the last {{else}}");
        struct arm *arm = *link = ARENA_NEW(t->g->a, struct arm);
        bool first = link == &n->arms;
        link = &arm->next;
        arm->line = s.line;
        last = !first && !s.word.n;
        if (!last)
            arm->cond = path_condition(t, s.word, s.line);
        t->h = before;
        s = parse_into(t, &arm->body);
        need_close(t, s, "if", line);
        if (!first)
            html_merge(t, &end, s.line, "#if");
        end = t->h;
    }
    if (!last)
        html_merge(t, &before, s.line, "#if");
}

/* The body of each and with, and its {{else}}. */
static void parse_element(struct tmpl *t, struct node *n, const char *word)
{
    struct html before = t->h;
    if (n->kind == NODE_EACH)
        t->h.eat = false; /* the body follows itself as well */
    scope_push(t, n->name, n->kind == NODE_EACH, n->line);
    struct stop s = parse_into(t, &n->body);
    scope_pop(t);
    need_close(t, s, word, n->line);
    html_merge(t, &before, s.line, word);
    if (s.kind != STOP_ELSE)
        return;
    if (s.word.n)
        tmpl_fail(t, s.line, "{{else if}} belongs to {{#if}}");
    struct html end = t->h;
    t->h = before;
    s = parse_into(t, &n->other);
    need_close(t, s, word, n->line);
    if (s.kind == STOP_ELSE)
        tmpl_fail(t, s.line, "{{else}} after the last {{else}}");
    html_merge(t, &end, s.line, word);
}

static bool cut_word(struct str s, struct str *ret_word, struct str *ret_rest)
{
    s = str_trim(s);
    size_t i = 0;
    while (i < s.n && s.p[i] != ' ' && s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
        i++;
    *ret_word = str_slice(s, 0, i);
    *ret_rest = str_trim(str_slice(s, i, s.n));
    return i > 0;
}

/* {{#each item in path}} */
static void parse_each(struct tmpl *t, struct str rest, size_t line)
{
    struct str name, in, path;
    if (!cut_word(rest, &name, &rest) || !cut_word(rest, &in, &path) || !str_eq_c(in, "in") || !path.n)
        tmpl_fail(t, line, "expected {{#each item in path}}");
    struct node *n = node_add(t, NODE_EACH, line);
    n->name = name;
    n->expr = path_value(t, path, line);
    n->count = path_count(t, path, line);
    parse_element(t, n, "each");
}

/* {{#with path as name}} */
static void parse_with(struct tmpl *t, struct str rest, size_t line)
{
    struct str path, as, name;
    if (!cut_word(rest, &path, &rest) || !cut_word(rest, &as, &name) || !str_eq_c(as, "as") || !name.n)
        tmpl_fail(t, line, "expected {{#with path as name}}");
    struct node *n = node_add(t, NODE_WITH, line);
    n->name = name;
    n->expr = path_value(t, path, line);
    parse_element(t, n, "with");
}

static bool is_part(struct str name, const char *part)
{
    return str_eq_c(name, part) ||
           (str_ends(name, str_from_c(part)) && name.n > strlen(part) && name.p[name.n - strlen(part) - 1] == '_');
}

/* The head that opens what the foot `full` closes: the same name with head for foot. */
static struct tmpl *head_of(struct tmpl *t, struct str full)
{
    if (!is_part(str_slice(full, full.n > 5 ? full.n - 5 : 0, full.n), "foot") && !str_ends(full, STR("/foot")))
        return NULL;
    return tmpl_lookup(t->set, arena_concat(t->g->a, str_slice(full, 0, full.n - 4), STR("head")));
}

static bool same_left(const struct open *a, const struct open *b)
{
    for (; a && b && str_eq(a->name, b->name); a = a->up)
        b = b->up;
    return !a && !b;
}

/* Heads leave elements open for their foot. */
static void join_layout(struct tmpl *t, struct tmpl *part, size_t line)
{
    const struct tmpl *head = head_of(t, part->full);
    if (head && head->left) {
        if (!same_left(t->h.open, head->left))
            tmpl_fail(t, line, "at {{>" STR_FMT "}} <" STR_FMT "> is open; expected what {{>" STR_FMT "}} left open",
                      STR_ARG(part->full), STR_ARG(t->h.open ? t->h.open->name : STR("nothing")), STR_ARG(head->full));
        t->h.open = NULL;
        t->h.eat = true;
    } else if (part->left) {
        if (t->h.open)
            tmpl_fail(t, line, "{{>" STR_FMT "}} stands inside <" STR_FMT ">", STR_ARG(part->full),
                      STR_ARG(t->h.open->name));
        t->h.open = part->left;
        t->h.eat = true;
    }
}

/* {{>dir/name path}} */
static void parse_partial(struct tmpl *t, struct str rest, size_t line)
{
    struct str name, path;
    cut_word(rest, &name, &path);
    html_need_text(t, line, "a partial");
    struct tmpl *part = tmpl_lookup(t->set, name);
    if (!part)
        tmpl_fail(t, line, "there is no template \"" STR_FMT "\"", STR_ARG(name));
    if ((part->kind == KIND_TXT) != (t->kind == KIND_TXT))
        tmpl_fail(t, line, "plain text and markup do not include each other");
    if (path.n && !part->view.n)
        tmpl_fail(t, line, STR_FMT " takes no view", STR_ARG(name));
    if (!path.n && part->view.n && !t->view.n)
        tmpl_fail(t, line, STR_FMT " needs a path to its view", STR_ARG(name));
    struct node *n = node_add(t, NODE_PARTIAL, line);
    n->name = emit_function_name(t->g->a, part);
    t->uses_page = true;
    if (path.n) {
        n->expr = path_pointer(t, path, line);
    } else if (part->view.n) {
        n->expr = STR("v");
        t->uses_view = true;
    }
    struct ref *r = ARENA_NEW(t->g->a, struct ref);
    *r = (struct ref){.next = t->refs, .name = name, .line = line};
    t->refs = r;
    t->h.eat = false;
    join_layout(t, part, line);
}

static void parse_value(struct tmpl *t, struct str inside, size_t line)
{
    struct str word, rest;
    cut_word(inside, &word, &rest);
    if (str_eq_c(word, "t") && rest.n) {
        parse_message(t, rest, line);
        return;
    }
    bool message = str_eq_c(word, "m") && rest.n;
    struct node *n = node_add(t, NODE_VALUE, line);
    n->put = html_put(t, line);
    n->expr = path_value(t, message ? rest : inside, line);
    if (message) {
        t->uses_lang = true;
        n->expr = arena_printf(t->g->a, "msg_text(lang, " STR_FMT ")", STR_ARG(n->expr));
    }
}

static void parse_open(struct tmpl *t, struct str inside, size_t line)
{
    struct str word, rest;
    cut_word(inside, &word, &rest);
    if (++t->depth > TMPL_DEPTH_MAX)
        tmpl_fail(t, line, "more than %d constructs inside each other", TMPL_DEPTH_MAX);
    if (str_eq_c(word, "#if"))
        parse_if(t, rest, line);
    else if (str_eq_c(word, "#each"))
        parse_each(t, rest, line);
    else if (str_eq_c(word, "#with"))
        parse_with(t, rest, line);
    else
        tmpl_fail(t, line, "{{" STR_FMT "}} is not known; there are #if, #each, #with", STR_ARG(word));
    t->depth--;
}

/* One construct. True when it ends the body; then *ret says how. */
static bool parse_construct(struct tmpl *t, struct str inside, size_t line, struct stop *ret)
{
    struct str word, rest;
    if (!cut_word(inside, &word, &rest))
        tmpl_fail(t, line, "an empty construct");
    switch (inside.p[0]) {
    case '!':
        if (str_starts(inside, STR("!view")))
            tmpl_fail(t, line, "{{!view}} stands once, on the first line");
        return false;
    case '#':
        parse_open(t, inside, line);
        return false;
    case '>':
        parse_partial(t, str_slice(inside, 1, inside.n), line);
        return false;
    case '/':
        *ret = (struct stop){STOP_CLOSE, str_trim(str_slice(inside, 1, inside.n)), line};
        return true;
    default:
        break;
    }
    if (!str_eq_c(word, "else")) {
        parse_value(t, inside, line);
        return false;
    }
    struct str iff = STR_NONE, cond = STR_NONE;
    if (rest.n && (!cut_word(rest, &iff, &cond) || !str_eq_c(iff, "if") || !cond.n))
        tmpl_fail(t, line, "expected {{else}} or {{else if path}}");
    *ret = (struct stop){STOP_ELSE, cond, line};
    return true;
}

/* Plain text: a construct that gives no text takes its line with it. Moves *to before the blanks that precede it. */
static bool takes_line(const struct tmpl *t, const char *open, const char *close, const char **to, const char **next)
{
    struct str inside = str_trim((struct str){open + 2, (size_t)(close - open - 2)});
    if (t->kind != KIND_TXT || !inside.n ||
        !(strchr("#/!>", inside.p[0]) || str_eq(inside, STR("else")) || str_starts(inside, STR("else if "))))
        return false;
    const char *from = open, *q = close + 2;
    while (from > t->text.p && (from[-1] == ' ' || from[-1] == '\t'))
        from--;
    while (q < t->end && (*q == ' ' || *q == '\t' || *q == '\r'))
        q++;
    if ((from > t->text.p && from[-1] != '\n') || (q < t->end && *q != '\n'))
        return false;
    *to = from;
    *next = q < t->end ? q + 1 : q;
    return true;
}

static void skip_to(struct tmpl *t, const char *to)
{
    for (; t->p < to; t->p++)
        t->line += *t->p == '\n';
}

static struct stop parse_body(struct tmpl *t)
{
    for (;;) {
        const char *open = str_find((struct str){t->p, (size_t)(t->end - t->p)}, STR("{{"));
        if (!open) {
            html_feed(t, t->end, false);
            return (struct stop){STOP_FILE, STR_NONE, t->line};
        }
        const char *close = str_find((struct str){open + 2, (size_t)(t->end - open - 2)}, STR("}}"));
        const char *to = open, *next = close ? close + 2 : NULL;
        if (close && takes_line(t, open, close, &to, &next) && to < t->p)
            to = t->p;
        html_feed(t, to, true);
        skip_to(t, open);
        size_t line = t->line;
        if (!close)
            tmpl_fail(t, line, "{{ without }}");
        skip_to(t, next);
        struct stop s;
        if (parse_construct(t, str_trim((struct str){open + 2, (size_t)(close - open - 2)}), line, &s))
            return s;
    }
}

void parse_template(struct tmpl *t)
{
    t->p = t->text.p;
    t->end = t->text.p + t->text.n;
    t->line = 1;
    t->out = &t->body;
    path_find_lists(t);
    skip_to(t, str_find(t->text, STR("}}")) + 2); /* {{!view}}, read by tmplgen_set.c */
    if (t->p < t->end && *t->p == '\r')
        skip_to(t, t->p + 1);
    if (t->p < t->end && *t->p == '\n')
        skip_to(t, t->p + 1);
    html_begin(t);
    const struct tmpl *head = head_of(t, t->full);
    t->h.open = head ? head->left : NULL;
    struct stop s = parse_body(t);
    if (s.kind == STOP_ELSE)
        tmpl_fail(t, s.line, "{{else}} without {{#if}}");
    if (s.kind == STOP_CLOSE)
        tmpl_fail(t, s.line, "{{/" STR_FMT "}} without {{#" STR_FMT "}}", STR_ARG(s.word), STR_ARG(s.word));
    html_end(t);
}
