/*
 * tmplgen_msg.c - {{t key name=path}}: a message becomes part of the page while it is built.
 *
 * Contract: parse_message in tmplgen.h. A message without placeholders joins the literal text around it, one constant
 * for each language. Must not know HTML beyond html_escape.
 */
#include "gen/tmplgen.h"

struct msg_call {
    const struct msg_def *def;
    struct str value[MSG_NAMES_MAX]; /* C expressions, in the order of def->names */
    struct msg_part *parts[GEN_LANGS];
    size_t n_parts[GEN_LANGS];
    size_t line;
};

static size_t name_index(const struct msg_def *d, struct str name)
{
    for (size_t i = 0; i < d->n_names; i++)
        if (str_eq(d->names[i], name))
            return i;
    return SIZE_MAX;
}

static void take_args(struct tmpl *t, struct msg_call *c, struct str rest)
{
    for (rest = str_trim(rest); rest.n; rest = str_trim(rest)) {
        struct str arg, name, path;
        size_t i = 0;
        while (i < rest.n && rest.p[i] != ' ' && rest.p[i] != '\n' && rest.p[i] != '\t')
            i++;
        arg = str_slice(rest, 0, i);
        rest = str_slice(rest, i, rest.n);
        if (!str_cut(arg, '=', &name, &path))
            tmpl_fail(t, c->line, "expected {{t key name=path}}, not \"" STR_FMT "\"", STR_ARG(arg));
        size_t at = name_index(c->def, name);
        if (at == SIZE_MAX)
            tmpl_fail(t, c->line, "message " STR_FMT " has no {" STR_FMT "}", STR_ARG(c->def->key), STR_ARG(name));
        if (c->value[at].n)
            tmpl_fail(t, c->line, STR_FMT "= stands twice", STR_ARG(name));
        c->value[at] = path_value(t, path, c->line);
    }
    for (size_t i = 0; i < c->def->n_names; i++)
        if (!c->value[i].n)
            tmpl_fail(t, c->line, "message " STR_FMT " needs " STR_FMT "=path", STR_ARG(c->def->key),
                      STR_ARG(c->def->names[i]));
}

static struct str escaped(struct tmpl *t, struct str s)
{
    struct buf b;
    buf_init(&b, t->g->a, GEN_TEXT_BYTES);
    html_escape(t, &b, s);
    return buf_str(&b);
}

/* The parts have the same arguments in the same order, without a choice: the languages differ in constants alone. */
static bool same_shape(const struct msg_call *c)
{
    size_t at[GEN_LANGS] = {0};
    for (;;) {
        const struct msg_part *found[GEN_LANGS];
        for (size_t l = 0; l < GEN_LANGS; l++) {
            while (at[l] < c->n_parts[l] && c->parts[l][at[l]].kind == PART_TEXT)
                at[l]++;
            found[l] = at[l] < c->n_parts[l] ? &c->parts[l][at[l]++] : NULL;
            if (!found[l] != !found[0])
                return false;
            if (found[l] && (found[l]->kind == PART_CHOICE || !str_eq(found[l]->name, found[0]->name)))
                return false;
        }
        if (!found[0])
            return true;
    }
}

static void put_value(struct tmpl *t, const struct msg_call *c, struct str name)
{
    struct node *n = node_add(t, NODE_VALUE, c->line);
    n->put = html_put(t, c->line);
    n->expr = c->value[name_index(c->def, name)];
}

static void put_together(struct tmpl *t, const struct msg_call *c)
{
    size_t at[GEN_LANGS] = {0};
    for (bool more = true; more;) {
        struct str text[GEN_LANGS], name = STR_NONE;
        bool any = false;
        for (size_t l = 0; l < GEN_LANGS; l++) {
            text[l] = STR_NONE;
            if (at[l] < c->n_parts[l] && c->parts[l][at[l]].kind == PART_TEXT)
                text[l] = escaped(t, c->parts[l][at[l]++].text);
            any |= text[l].n > 0;
            more = at[l] < c->n_parts[l];
            if (more)
                name = c->parts[l][at[l]++].name;
        }
        if (any)
            node_text_langs(t, text);
        if (more)
            put_value(t, c, name);
    }
}

static void put_choice(struct tmpl *t, const struct msg_call *c, const struct msg_part *p)
{
    struct node *n = node_add(t, NODE_IF, c->line);
    struct arm *one = ARENA_NEW(t->g->a, struct arm), *many = ARENA_NEW(t->g->a, struct arm);
    struct block *outer = t->out;
    one->line = many->line = c->line;
    one->cond = arena_printf(t->g->a, "tmpl_one(" STR_FMT ")", STR_ARG(c->value[name_index(c->def, p->name)]));
    one->next = many;
    n->arms = one;
    t->out = &one->body;
    node_text(t, escaped(t, p->one));
    t->out = &many->body;
    node_text(t, escaped(t, p->many));
    t->out = outer;
}

static void put_apart(struct tmpl *t, const struct msg_call *c)
{
    struct node *n = node_add(t, NODE_LANGS, c->line);
    struct block *outer = t->out;
    struct html before = t->h;
    t->uses_lang = true;
    for (size_t l = 0; l < GEN_LANGS; l++) {
        t->out = &n->lang[l];
        t->h = before;
        for (size_t i = 0; i < c->n_parts[l]; i++) {
            const struct msg_part *p = &c->parts[l][i];
            if (p->kind == PART_TEXT)
                node_text(t, escaped(t, p->text));
            else if (p->kind == PART_ARG)
                put_value(t, c, p->name);
            else
                put_choice(t, c, p);
        }
    }
    t->out = outer;
}

void parse_message(struct tmpl *t, struct str rest, size_t line)
{
    struct str key, args;
    struct msg_call c = {.line = line};
    if (!str_cut(rest, ' ', &key, &args))
        args = STR_NONE;
    c.def = catalogue_find(t->messages, key);
    if (!c.def)
        tmpl_fail(t, line, "there is no message \"" STR_FMT "\"", STR_ARG(key));
    struct html before = t->h;
    html_put(t, line); /* refuses a forbidden place */
    if (before.place == PLACE_ATTR && before.attr_kind == ATTR_URL && !before.url_begun)
        tmpl_fail(t, line, "a message cannot begin an address");
    take_args(t, &c, args);
    for (size_t l = 0; l < GEN_LANGS; l++)
        c.n_parts[l] = msg_parts(t->g->a, c.def->text[l], &c.parts[l]);
    if (same_shape(&c))
        put_together(t, &c);
    else
        put_apart(t, &c);
}
