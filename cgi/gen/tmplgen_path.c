/*
 * tmplgen_path.c - names in a template into C expressions.
 *
 * Contract: path_* and scope_* in tmplgen.h. Fields are not known here: a wrong one is a compile error at the line of
 * the template. Must not know places or HTML.
 */
#include "gen/tmplgen.h"

void scope_push(struct tmpl *t, struct str name, bool loop, size_t line)
{
    if (!gen_is_name(name) || str_eq_c(name, "page"))
        tmpl_fail(t, line, "\"" STR_FMT "\" cannot name an element", STR_ARG(name));
    for (const struct scope *s = t->scope; s; s = s->up)
        if (str_eq(s->name, name))
            tmpl_fail(t, line, STR_FMT " is already the name of an outer element", STR_ARG(name));
    struct scope *s = ARENA_NEW(t->g->a, struct scope);
    *s = (struct scope){.up = t->scope, .name = name, .loop = loop};
    t->scope = s;
}

void scope_pop(struct tmpl *t)
{
    t->scope = t->scope->up;
}

static void check_path(struct tmpl *t, struct str path, size_t line)
{
    struct str head, tail = path;
    bool more = true;
    while (more) {
        more = str_cut(tail, '.', &head, &tail);
        if (!gen_is_name(head))
            tmpl_fail(t, line, "\"" STR_FMT "\" is not a path (names of a-z 0-9 _ joined by dots)", STR_ARG(path));
    }
}

/* item_index, item_number, item_first, item_last of a loop. */
static struct str loop_value(struct tmpl *t, struct str name)
{
    for (const struct scope *s = t->scope; s; s = s->up) {
        if (!s->loop || !str_starts(name, s->name))
            continue;
        struct str what = str_slice(name, s->name.n, name.n);
        const char *fmt = str_eq_c(what, "_index")    ? "i_" STR_FMT
                          : str_eq_c(what, "_number") ? "(i_" STR_FMT " + 1)"
                          : str_eq_c(what, "_first")  ? "(i_" STR_FMT " == 0)"
                                                      : NULL;
        if (fmt) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            return arena_printf(t->g->a, fmt, STR_ARG(s->name));
#pragma GCC diagnostic pop
        }
        if (str_eq_c(what, "_last"))
            return arena_printf(t->g->a, "(i_" STR_FMT " + 1 == n_" STR_FMT ")", STR_ARG(s->name), STR_ARG(s->name));
    }
    return STR_NONE;
}

/* The C expression of a path whose last name is preceded by `mark` ("" or "n_"). */
static struct str resolve(struct tmpl *t, struct str path, const char *mark, size_t line)
{
    check_path(t, path, line);
    struct arena *a = t->g->a;
    struct str head, rest, last = path, dir = STR_NONE;
    bool deep = str_cut(path, '.', &head, &rest);
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '.') {
            dir = str_slice(path, 0, i + 1);
            last = str_slice(path, i + 1, path.n);
            break;
        }
    if (deep) /* dir of the rest, after the first name */
        dir = str_slice(dir, head.n + 1, dir.n);
    if (str_eq_c(head, "page")) {
        t->uses_page = true;
        return arena_printf(a, "pg->" STR_FMT "%s" STR_FMT, STR_ARG(dir), mark, STR_ARG(last));
    }
    for (const struct scope *s = t->scope; s; s = s->up)
        if (str_eq(s->name, head))
            return deep ? arena_printf(a, "l_" STR_FMT "->" STR_FMT "%s" STR_FMT, STR_ARG(head), STR_ARG(dir), mark,
                                       STR_ARG(last))
                        : arena_printf(a, "(*l_" STR_FMT ")", STR_ARG(head));
    struct str loop = deep ? STR_NONE : loop_value(t, head);
    if (loop.n)
        return loop;
    if (!t->view.n)
        tmpl_fail(t, line, STR_FMT ": this template has no view; page.x is all it knows", STR_ARG(path));
    t->uses_view = true;
    return deep ? arena_printf(a, "v->" STR_FMT "." STR_FMT "%s" STR_FMT, STR_ARG(head), STR_ARG(dir), mark,
                               STR_ARG(last))
                : arena_printf(a, "v->%s" STR_FMT, mark, STR_ARG(last));
}

static bool is_element(const struct tmpl *t, struct str path)
{
    for (const struct scope *s = t->scope; s; s = s->up)
        if (str_eq(s->name, path))
            return true;
    return false;
}

struct str path_value(struct tmpl *t, struct str path, size_t line)
{
    if (str_eq_c(path, "page"))
        tmpl_fail(t, line, "page is no value; page.title and the like are");
    return resolve(t, path, "", line);
}

struct str path_pointer(struct tmpl *t, struct str path, size_t line)
{
    struct str value = path_value(t, path, line);
    if (is_element(t, path))
        return arena_printf(t->g->a, "l_" STR_FMT, STR_ARG(path));
    return arena_concat(t->g->a, STR("&"), value);
}

struct str path_count(struct tmpl *t, struct str path, size_t line)
{
    path_value(t, path, line);
    if (is_element(t, path))
        tmpl_fail(t, line, STR_FMT " is one element; a list is a field with its n_ beside it", STR_ARG(path));
    return resolve(t, path, "n_", line);
}

void path_find_lists(struct tmpl *t)
{
    struct str rest = t->text, path, in;
    const char *each;
    while ((each = str_find(rest, STR("{{#each ")))) {
        rest = (struct str){each + 8, (size_t)(t->end - each) - 8};
        str_cut(rest, '}', &in, &rest);
        const char *word = str_find(in, STR(" in "));
        if (!word)
            continue;
        path = str_trim((struct str){word + 4, (size_t)(in.p + in.n - word) - 4});
        struct list *l = ARENA_NEW(t->g->a, struct list);
        *l = (struct list){.next = t->lists, .path = path};
        t->lists = l;
    }
}

static bool is_list(const struct tmpl *t, struct str path)
{
    for (const struct list *l = t->lists; l; l = l->next)
        if (str_eq(l->path, path))
            return true;
    return false;
}

/* NAV_HOME and MSG_status_open are constants of C, other words are text. */
static bool is_constant(struct str word)
{
    if (str_starts(word, STR("MSG_")))
        return true;
    for (size_t i = 0; i < word.n; i++)
        if (!((word.p[i] >= 'A' && word.p[i] <= 'Z') ||
              (i && ((word.p[i] >= '0' && word.p[i] <= '9') || word.p[i] == '_'))))
            return false;
    return word.n > 0;
}

static void check_word(struct tmpl *t, struct str word, size_t line)
{
    for (size_t i = 0; i < word.n; i++)
        if (!((word.p[i] >= 'a' && word.p[i] <= 'z') || (word.p[i] >= 'A' && word.p[i] <= 'Z') ||
              (word.p[i] >= '0' && word.p[i] <= '9') || word.p[i] == '_' || word.p[i] == '-'))
            word.n = 0;
    if (!word.n)
        tmpl_fail(t, line, "after \"is\" comes one word of letters, digits, - and _");
}

struct str path_condition(struct tmpl *t, struct str text, size_t line)
{
    struct str path, rest, is, word;
    text = str_trim(text);
    bool no = str_starts(text, STR("not "));
    if (no)
        text = str_trim(str_slice(text, 4, text.n));
    bool compare = str_cut(text, ' ', &path, &rest);
    struct str x = path_value(t, path, line);
    if (!compare && is_list(t, path))
        return arena_printf(t->g->a, "%s" STR_FMT, no ? "!" : "", STR_ARG(path_count(t, path, line)));
    if (!compare)
        return arena_printf(t->g->a, "%stmpl_true(" STR_FMT ")", no ? "!" : "", STR_ARG(x));
    str_cut(str_trim(rest), ' ', &is, &word);
    word = str_trim(word);
    if (!str_eq_c(is, "is"))
        tmpl_fail(t, line, "a condition is: path, not path, path is word, not path is word");
    check_word(t, word, line);
    if (is_constant(word))
        return arena_printf(t->g->a, STR_FMT " %s " STR_FMT, STR_ARG(x), no ? "!=" : "==", STR_ARG(word));
    return arena_printf(t->g->a, "%stmpl_is(" STR_FMT ", \"" STR_FMT "\")", no ? "!" : "", STR_ARG(x), STR_ARG(word));
}
