/*
 * staff_act.c - which act a route means, whether a demand allows it to a person, and doing it: for pages and API alike.
 *
 * Contract: a form in, a function of the domain out. Must not know HTML nor single acts: they are rows of staff_act_table.c.
 */
#include "pages/staff_act.h"

#include "app/permission.h"
#include "pages/receive.h"
#include "pages/say.h"
#include "pages/once.h"
#include "web/dispatch.h"
#include "web/route.h"

enum { WORD_BYTES = 80 };

/* ---- which act ---------------------------------------------------------------------------------------------------------- */

/* "whistle-report" and "whistle_report" are one word: addresses take the dash, names of routes and messages the other. */
static bool same_word(const char *word, struct str name)
{
    const size_t n = strlen(word);
    if (name.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (name.p[i] != (word[i] == '-' ? '_' : word[i]))
            return false;
    return true;
}

static const struct staff_act *act_named(struct str route)
{
    static const char *const fronts[] = {"staff_t_", "api_staff_t_"};
    const struct str back = STR("_post");
    for (size_t f = 0; f < sizeof fronts / sizeof fronts[0]; f++) {
        const struct str front = str_from_c(fronts[f]);
        if (!str_starts(route, front))
            continue;
        struct str w = str_slice(route, front.n, route.n);
        if (str_ends(w, back))
            w.n -= back.n;
        for (size_t i = 0; i < staff_act_table_n; i++)
            if (same_word(staff_act_table[i].word, w))
                return &staff_act_table[i];
    }
    return NULL;
}

const struct staff_act *staff_act_of(const struct request *rq)
{
    return act_named(str_from_c(rq->route->name));
}

/* The permit of the act's page; MAY_NOTHING when it has none. */
static enum permit permit_of(const struct request *rq, const struct staff_act *a)
{
    const struct route_table *t = rq->web->routes;
    for (size_t i = 0; i < t->n; i++)
        if (act_named(str_from_c(t->rows[i].name)) == a)
            return (enum permit)t->rows[i].permit;
    return MAY_NOTHING;
}

bool staff_act_offered(const struct request *rq, const struct staff_act *a, const struct officer_ticket *t)
{
    const struct actor who = join_actor(rq);
    return permission_has(&who, permit_of(rq, a)) && *(const bool *)((const char *)&t->may + a->may);
}

struct str staff_act_text(struct request *rq, const struct staff_act *a, const char *more)
{
    char key[WORD_BYTES];
    snprintf(key, sizeof key, "%s%s", a->word, more);
    for (char *p = key; *p; p++)
        *p = *p == '-' ? '_' : *p;
    return msg_text(rq->lang, say_msg("staff_act", str_from_c(key)));
}

/* ---- doing it ------------------------------------------------------------------------------------------------------------- */

enum err staff_act_run(struct request *rq, const struct staff_act *a, const struct idem *once, struct act_call *x)
{
    *x = (struct act_call){.c = join_ctx(rq), .who = join_actor(rq), .no = rq->path_args[0], .in = rq->form};
    if (once != NULL)
        x->once = *once;
    enum err e = once != NULL ? ERR_OK : once_key(rq, x->in->once, &x->once);
    x->c->once = x->once.key.n > 0 ? &x->once : NULL;
    if (e == ERR_OK)
        e = join_need_ref(rq);
    if (e == ERR_OK)
        e = staff_act_read(x);
    if (e == ERR_OK && x->in->files.n > 0)
        e = receive_files(rq, &x->in->files, "file", x->uploads, &x->n_uploads);
    return e == ERR_OK ? a->run(x) : e;
}
