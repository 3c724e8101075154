/*
 * kept.c - what was typed, kept when it could not be taken.
 *
 * Contract: see kept.h. Must not know what a form means.
 */
#include "web/kept.h"

#include "web/csrf.h"
#include "web/dispatch.h"
#include "web/form.h"
#include "web/msg.h"
#include "web/preference.h"
#include "web/request.h"
#include "web/route.h"

bool kept_may(const struct request *rq)
{
    return rq->route && rq->route->look == LOOK_PAGE && rq->route->csrf == CSRF_TOKEN && rq->route->form && csrf_origin_proven(rq);
}

static enum msg label_of(struct arena *a, const struct form_field *f)
{
    if (f->type != FIELD_TEXT && f->type != FIELD_AREA && f->type != FIELD_PHONE)
        return MSG_NONE;
    return msg_find(arena_printf(a, "kept.field.%s", f->name));
}

static const struct form_field *field_of(const struct form_spec *spec, struct str name)
{
    for (size_t i = 0; i < spec->n_fields; i++)
        if (str_eq_c(name, spec->fields[i].name))
            return &spec->fields[i];
    return NULL;
}

static bool is_file(const struct form_field *f)
{
    return f->type == FIELD_FILE || f->type == FIELD_FILES;
}

static void take(struct request *rq, struct view_kept *v)
{
    const struct form_pairs *sent = rq->sent;
    struct view_kept_field *all = ARENA_ARRAY(rq->a, struct view_kept_field, sent->n + 1);
    struct view_kept_field *words = ARENA_ARRAY(rq->a, struct view_kept_field, sent->n + 1);
    for (size_t i = 0; i < sent->n; i++) {
        const struct form_pair *p = &sent->p[i];
        const struct form_field *f = field_of(rq->route->form, p->name);
        if (p->file && p->file->filename.n)
            v->files_lost = true;
        if (!f || is_file(f) || f->type == FIELD_SECRET || p->value.n == 0)
            continue;
        struct view_kept_field k = {.name = p->name, .value = p->value, .label = label_of(rq->a, f), .area = f->type == FIELD_AREA};
        all[v->n_fields++] = k;
        if (k.label)
            words[v->n_words++] = k;
    }
    v->fields = all;
    v->words = words;
}

const struct view_kept *kept_of(struct request *rq, const char *reason)
{
    if (!kept_may(rq) || !rq->sent)
        return NULL;
    bool token = strcmp(reason, "CSRF_FAILED") == 0, login = strcmp(reason, "LOGIN_REQUIRED") == 0;
    bool draft = strcmp(reason, "DRAFT_NOT_FOUND") == 0;
    bool ticket = strcmp(reason, "TICKET_NOT_FOUND") == 0 && rq->route->guard == GUARD_TICKET;
    if (!token && !login && !draft && !ticket)
        return NULL;
    struct view_kept *v = ARENA_NEW(rq->a, struct view_kept);
    *v = (struct view_kept){.action = draft ? STR_NONE : preference_self(rq),
                            .sign_in = login && rq->route->guard != GUARD_TICKET && rq->web->sign_in_path
                                           ? str_from_c(rq->web->sign_in_path) : STR_NONE,
                            .by_code = (login || ticket) && rq->route->guard == GUARD_TICKET};
    for (size_t i = 0; rq->route->body == BODY_MULTIPART && i < rq->route->form->n_fields; i++)
        if (is_file(&rq->route->form->fields[i]))
            v->file_field = str_from_c(rq->route->form->fields[i].name);
    take(rq, v);
    return v->n_fields || v->files_lost ? v : NULL;
}
