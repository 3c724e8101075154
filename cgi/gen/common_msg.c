/*
 * common_msg.c - reads message files into one catalogue and checks that the languages agree.
 *
 * Contract: see common_msg.h. Must not know what is made of the messages.
 */
#include "gen/common_msg.h"

#include "base/utf8.h"

const struct gen_lang gen_langs[GEN_LANGS] = {{"zh-CN", "LANG_ZH"}, {"en", "LANG_EN"}};

static bool is_key(struct str s)
{
    struct str head, tail = s;
    bool more = true;
    while (more) {
        more = str_cut(tail, '.', &head, &tail);
        if (!gen_is_name(head))
            return false;
    }
    return true;
}

/* Reads one line with those that continue it; escapes are undone. False at the end of the file. */
static bool next_line(struct gen *g, struct str path, struct str *rest, size_t *line, struct buf *ret)
{
    if (!rest->n)
        return false;
    buf_clear(ret);
    bool more = true;
    while (more && rest->n) {
        struct str head;
        str_cut(*rest, '\n', &head, rest);
        ++*line;
        if (str_ends(head, STR("\r")))
            head.n--;
        more = str_ends(head, STR("\\")) && !str_ends(head, STR("\\\\")) && !str_starts(head, STR("#"));
        if (more)
            head.n--;
        if (ret->n)
            while (head.n && (*head.p == ' ' || *head.p == '\t'))
                head = str_slice(head, 1, head.n);
        buf_put(ret, head);
    }
    if (more)
        gen_error(g, path, *line, "the last line ends in a backslash");
    return true;
}

static struct str unescape(struct gen *g, struct str path, size_t line, struct str s)
{
    struct buf b;
    buf_init(&b, g->a, GEN_TEXT_BYTES);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c != '\\') {
            buf_putc(&b, c);
            continue;
        }
        c = i + 1 < s.n ? s.p[++i] : 0;
        if (c != 'n' && c != '\\')
            gen_error(g, path, line, "a backslash goes before n or a backslash, or ends the line");
        buf_putc(&b, c == 'n' ? '\n' : '\\');
    }
    return buf_str(&b);
}

static const char *check_braces(struct str text)
{
    while (text.n) {
        size_t i = 0;
        while (i < text.n && text.p[i] != '{' && text.p[i] != '}')
            i++;
        if (i == text.n)
            return NULL;
        if (text.p[i] == '}')
            return "a } without its {";
        struct str inside, rest, name, forms, one, many;
        if (!str_cut(str_slice(text, i + 1, text.n), '}', &inside, &rest))
            return "a { without its }";
        bool choice = str_cut(inside, '|', &name, &forms);
        if (!gen_is_name(name))
            return "a placeholder needs a name: {name} or {n|one|many}";
        if (choice && (!str_cut(forms, '|', &one, &many) || str_find(many, STR("|")) || str_find(forms, STR("{"))))
            return "a choice has two forms: {n|one|many}";
        text = rest;
    }
    return NULL;
}

static void read_line(struct gen *g, struct catalogue *c, struct msg_entry e, struct str line)
{
    struct str key, text;
    bool pair = str_cut(line, '=', &key, &text);
    e.key = arena_dup(g->a, str_trim(key));
    e.text = unescape(g, e.path, e.line, str_trim(text));
    const char *wrong = !pair                 ? "expected: key = text"
                        : !is_key(e.key)      ? "a key is words of a-z 0-9 _ joined by dots"
                        : !e.text.n           ? "the text is empty"
                        : !utf8_valid(e.text) ? "the text is not UTF-8"
                                              : check_braces(e.text);
    if (wrong) {
        gen_error(g, e.path, e.line, "%s", wrong);
        return;
    }
    c->entries = gen_grow(g->a, c->entries, &c->cap_entries, c->n_entries, sizeof *c->entries);
    c->entries[c->n_entries++] = e;
}

void catalogue_read(struct gen *g, struct catalogue *c, size_t lang, struct str path, struct str text)
{
    struct buf line;
    buf_init(&line, g->a, GEN_TEXT_BYTES);
    size_t number = 0, first = 1;
    while (next_line(g, path, &text, &number, &line)) {
        struct str s = str_trim(buf_str(&line));
        if (s.n && s.p[0] != '#')
            read_line(g, c, (struct msg_entry){.path = path, .line = first, .lang = lang}, s);
        first = number + 1;
    }
}

static int by_key(const void *x, const void *y)
{
    const struct msg_entry *a = x, *b = y;
    int d = str_cmp(a->key, b->key);
    if (d == 0)
        d = a->lang < b->lang ? -1 : a->lang > b->lang;
    if (d == 0)
        d = str_cmp(a->path, b->path);
    if (d == 0)
        d = a->line < b->line ? -1 : a->line > b->line;
    return d;
}

static bool add_name(struct msg_def *d, struct str name)
{
    size_t at = 0;
    while (at < d->n_names && str_cmp(d->names[at], name) < 0)
        at++;
    if (at < d->n_names && str_eq(d->names[at], name))
        return true;
    if (d->n_names == MSG_NAMES_MAX)
        return false;
    memmove(&d->names[at + 1], &d->names[at], (d->n_names - at) * sizeof d->names[0]);
    d->names[at] = name;
    d->n_names++;
    return true;
}

static void take_names(struct gen *g, struct msg_def *d, const struct msg_entry *e)
{
    struct msg_part *parts;
    size_t n = msg_parts(g->a, e->text, &parts);
    for (size_t i = 0; i < n; i++)
        if (parts[i].kind != PART_TEXT && !add_name(d, parts[i].name)) {
            gen_error(g, e->path, e->line, "more than %d placeholders", MSG_NAMES_MAX);
            return;
        }
}

/* e[0..n) have one key; their languages rise. */
static void finish_key(struct gen *g, struct catalogue *c, const struct msg_entry *e, size_t n)
{
    struct msg_def *d = &c->defs[c->n++];
    d->key = e->key;
    for (size_t i = 0; i < n; i++) {
        if (d->text[e[i].lang].p) {
            gen_error(g, e[i].path, e[i].line, STR_FMT " stands twice", STR_ARG(e->key));
            continue;
        }
        d->text[e[i].lang] = e[i].text;
        struct msg_def names = {0};
        take_names(g, &names, &e[i]);
        bool same = i == 0 || names.n_names == d->n_names;
        for (size_t k = 0; same && i > 0 && k < d->n_names; k++)
            same = str_eq(names.names[k], d->names[k]);
        if (!same)
            gen_error(g, e[i].path, e[i].line, STR_FMT " has other placeholders than in %s", STR_ARG(e->key),
                      gen_langs[e->lang].dir);
        if (i == 0) {
            memcpy(d->names, names.names, sizeof d->names);
            d->n_names = names.n_names;
        }
    }
    for (size_t l = 0; l < GEN_LANGS; l++)
        if (!d->text[l].p)
            gen_error(g, e->path, e->line, STR_FMT " is missing in %s", STR_ARG(e->key), gen_langs[l].dir);
}

/* a.b_c and a_b.c would be one enum constant. */
static void check_constants(struct gen *g, const struct catalogue *c)
{
    struct str *names = ARENA_ARRAY(g->a, struct str, c->n + 1);
    for (size_t i = 0; i < c->n; i++) {
        names[i] = msg_constant(g->a, c->defs[i].key);
        for (size_t k = i; k-- > 0;) {
            if (str_eq(names[i], names[k]))
                gen_error(g, STR("messages"), 0, STR_FMT " and " STR_FMT " make the same constant",
                          STR_ARG(c->defs[k].key), STR_ARG(c->defs[i].key));
            /* Only keys with the same first letter can collide, and they are neighbours. */
            if (c->defs[k].key.p[0] != c->defs[i].key.p[0])
                break;
        }
    }
}

bool catalogue_finish(struct gen *g, struct catalogue *c)
{
    if (g->n_errors) /* a line that could not be read would be missing below */
        return false;
    if (c->n_entries)
        qsort(c->entries, c->n_entries, sizeof *c->entries, by_key);
    c->defs = ARENA_ARRAY(g->a, struct msg_def, c->n_entries + 1);
    for (size_t i = 0; i < c->n_entries;) {
        size_t end = i + 1;
        while (end < c->n_entries && str_eq(c->entries[end].key, c->entries[i].key))
            end++;
        finish_key(g, c, &c->entries[i], end - i);
        i = end;
    }
    check_constants(g, c);
    return g->n_errors == 0;
}

bool catalogue_load(struct gen *g, struct catalogue *c, const char *dir)
{
    for (size_t l = 0; l < GEN_LANGS; l++) {
        const char *folder = arena_cstr(g->a, arena_printf(g->a, "%s/%s", dir, gen_langs[l].dir));
        struct str *names, text;
        size_t n;
        if (!gen_list(g, folder, ".msg", &names, &n))
            return false;
        for (size_t i = 0; i < n; i++) {
            struct str path = arena_printf(g->a, "%s/" STR_FMT, folder, STR_ARG(names[i]));
            if (gen_read(g, arena_cstr(g->a, path), &text))
                catalogue_read(g, c, l, path, text);
        }
    }
    return catalogue_finish(g, c);
}

const struct msg_def *catalogue_find(const struct catalogue *c, struct str key)
{
    size_t lo = 0, hi = c->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int d = str_cmp(c->defs[mid].key, key);
        if (d == 0)
            return &c->defs[mid];
        if (d < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

size_t msg_parts(struct arena *a, struct str text, struct msg_part **ret)
{
    struct msg_part *parts = NULL;
    size_t n = 0, cap = 0;
    while (text.n) {
        struct msg_part part = {0};
        if (text.p[0] != '{') {
            struct str rest;
            part.kind = PART_TEXT;
            str_cut(text, '{', &part.text, &rest);
            text = str_slice(text, part.text.n, text.n);
        } else {
            struct str inside, forms;
            str_cut(str_slice(text, 1, text.n), '}', &inside, &text);
            part.kind = str_cut(inside, '|', &part.name, &forms) ? PART_CHOICE : PART_ARG;
            if (part.kind == PART_CHOICE)
                str_cut(forms, '|', &part.one, &part.many);
        }
        parts = gen_grow(a, parts, &cap, n, sizeof *parts);
        parts[n++] = part;
    }
    *ret = parts;
    return n;
}

struct str msg_constant(struct arena *a, struct str key)
{
    char *p = arena_alloc(a, key.n + 5);
    memcpy(p, "MSG_", 4);
    for (size_t i = 0; i < key.n; i++)
        p[4 + i] = key.p[i] == '.' ? '_' : key.p[i];
    return (struct str){p, key.n + 4};
}
