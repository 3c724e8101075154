/*
 * seed_template.c - wording that replies and diversions start from.
 *
 * Contract: seed.h. A file replaces what was seeded (numbers below 1000); what editors added, changed or retired stays as they left it.
 */
#include "app/desk.h"
#include "app/seed_internal.h"
#include "gen/sql.h"

static enum err put_template(struct seed_work *w, const struct csv *c)
{
    static const char *const uses[TEMPLATE_USE_END] = {NULL, "reply", "diversion", "answer"};
    int64_t id;
    int use = 1;
    while (use < TEMPLATE_USE_END && !str_eq_c(c->fields[1], uses[use]))
        use++;
    const bool en = str_eq_c(c->fields[4], "en");
    if (!parse_i64(c->fields[0], 1, 999, &id) || use == TEMPLATE_USE_END || (!en && !str_eq_c(c->fields[4], "zh-CN")))
        return seed_fault(w, "reply_template.csv", c, "number, use or language is wrong");
    const struct q_template_one_row *kept = NULL;
    enum err e = q_template_one(w->db, &(struct q_template_one_in){.id = id}, &kept);
    if (e == ERR_OK && !kept->active) /* changed or retired by an editor */
        return ERR_OK;
    if (e != ERR_NOT_FOUND && e != ERR_OK)
        return e;
    e = q_template_put(w->db, &(struct q_template_put_in){.id = id, .used_for = use, .word = c->fields[2],
        .category_prefix = c->fields[3], .lang = en ? APP_EN : APP_ZH, .title = c->fields[5], .body = c->fields[6]});
    return e == ERR_CONFLICT ? seed_fault(w, "reply_template.csv", c, "the number stands twice") : e;
}

static enum err load_templates(struct db *db, void *arg)
{
    static const char *const columns[] = {"id", "used_for", "word", "category_prefix", "lang", "title", "body"};
    struct seed_work *w = arg;
    struct str text;
    struct csv c;
    size_t n;
    int more = 0;
    enum err e = seed_read(w, seed_path(w->a, w->o->dir, "reply_template.csv").p, &text);
    if (!e)
        e = seed_csv(w, "reply_template.csv", text, columns, 7, &c);
    if (!e)
        e = q_template_clear(db, &n);
    while (!e && (more = csv_next(&c)) == 1)
        e = put_template(w, &c);
    return e ? e : more < 0 ? seed_fault(w, "reply_template.csv", &c, c.why) : ERR_OK;
}

enum err seed_load_templates(struct seed_work *w)
{
    return tx_run(w->db, load_templates, w);
}
