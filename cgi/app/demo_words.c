/*
 * demo_words.c - the sentences of the demo, from sql/seed/demo_text.csv.
 *
 * Contract: demo_private.h. It knows no ticket.
 */
#include "app/csv.h"
#include "app/demo_private.h"
#include "app/seed_internal.h"

static const char *const names[PART_END] = {"problem", "since", "ask", "consult", "suggest", "praise", "where",
    "reply_solved", "reply_underway", "reply_explained", "reply_consult", "message", "objection", "extend", "rating_good",
    "rating_bad", "divert1", "divert2", "divert3", "divert4", "divert5", "divert6", "name",
    "title", "body", "question", "address", "suffix"};
enum { TEXTS_PER_PART = 400 };

static int part_of(struct str name)
{
    for (int i = 0; i < PART_END; i++)
        if (str_eq_c(name, names[i]))
            return i;
    return -1;
}

static enum err take_row(struct ctx *c, const struct csv *csv, struct demo_words *w)
{
    int part = part_of(csv->fields[0]);
    if (part < 0 || !csv->fields[2].n || w->n[part] == TEXTS_PER_PART)
        return fault_set(c->fault, ERR_INVALID, "BAD_SEED", "demo_text.csv line %zu: an unknown part, no text or too many", csv->line);
    w->texts[part][w->n[part]++] = (struct demo_text){csv->fields[1], csv->fields[2]};
    return ERR_OK;
}

enum err demo_words_read(struct ctx *c, const char *path, struct demo_words *ret)
{
    static const char *const columns[] = {"part", "prefix", "text"};
    static const struct seed_options none = {0};
    struct seed_work w = {.db = c->db, .a = c->a, .f = c->fault, .o = &none};
    struct str text;
    struct csv csv;
    *ret = (struct demo_words){0};
    for (int i = 0; i < PART_END; i++)
        ret->texts[i] = ARENA_ARRAY(c->a, struct demo_text, TEXTS_PER_PART);
    enum err e = seed_read(&w, path, &text);
    if (!e)
        e = seed_csv(&w, "demo_text.csv", text, columns, 3, &csv);
    int more = 0;
    while (!e && (more = csv_next(&csv)) == 1)
        e = take_row(c, &csv, ret);
    if (!e && more < 0)
        e = seed_fault(&w, "demo_text.csv", &csv, csv.why);
    for (int i = 0; i < PART_END && !e; i++)
        if (!ret->n[i])
            e = fault_set(c->fault, ERR_INVALID, "BAD_SEED", "demo_text.csv has no sentence of the part %s", names[i]);
    return e;
}

static bool take_slot(struct str *text, const struct demo_slots *s, struct str *ret)
{
    const struct {
        const char *name;
        struct str value;
    } slots[] = {{"{item}", s->item}, {"{place}", s->place}, {"{where}", s->where}, {"{what}", s->what}, {"{since}", s->since},
                 {"{ask}", s->ask}, {"{number}", s->number}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (str_starts(*text, str_from_c(slots[i].name))) {
            *text = str_slice(*text, strlen(slots[i].name), text->n);
            *ret = slots[i].value;
            return true;
        }
    return false;
}

static struct str fill(struct arena *a, struct str text, const struct demo_slots *s)
{
    struct buf b;
    struct str value;
    buf_init(&b, a, 4000);
    while (text.n) {
        if (text.p[0] == '{' && take_slot(&text, s, &value)) {
            buf_put(&b, value);
            continue;
        }
        buf_putc(&b, text.p[0]);
        text = str_slice(text, 1, text.n);
    }
    return buf_str(&b);
}

/* Among those whose prefix fits the category, or among all when none does. */
struct str demo_say(struct arena *a, struct chance *r, const struct demo_words *w, enum demo_part part, struct str category,
                    const struct demo_slots *s)
{
    size_t fitting = 0, chosen;
    for (size_t i = 0; i < w->n[part]; i++)
        fitting += str_starts(category, w->texts[part][i].prefix);
    chosen = (size_t)chance_below(r, fitting ? fitting : w->n[part]);
    for (size_t i = 0; i < w->n[part]; i++)
        if ((!fitting || str_starts(category, w->texts[part][i].prefix)) && chosen-- == 0)
            return fill(a, w->texts[part][i].text, s);
    bug(__FILE__, __LINE__, "a part without a sentence");
}
