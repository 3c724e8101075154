/*
 * staff_ticket.c - one demand as the staff sees it: what it is, who owes what by when, what may be done, its whole history.
 *
 * Contract: everything comes with officer_ticket(), which leaves out what this person may not know; nothing here decides rights.
 * Acts are offered from the table of staff_act.h.
 */
#include "pages/staff_ticket.h"

#include "app/attachment.h"
#include "app/ids.h"
#include "app/ticket_state.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_act.h"
#include "pages/staff_frame.h"
#include "pages/staff_work.h"
#include "pages/view_staff_work.h"

enum { FACTS_MAX = 12 };

struct looking {
    struct request *rq;
    const struct say *s;
    const struct officer_ticket *t;
    struct str no;
    bool zh; /* Chinese names need their mark */
};

/* ---- what it is ------------------------------------------------------------------------------------------------------- */

static void put(struct view_facts *to, enum msg label, struct str text, bool zh)
{
    if (text.n == 0)
        return;
    BUG_ON(to->n_facts == FACTS_MAX);
    ((struct view_fact *)to->facts)[to->n_facts++] = (struct view_fact){.label = label, .text = text, .zh = zh};
}

static struct view_facts facts_of(const struct looking *g)
{
    const struct officer_ticket *t = g->t;
    const struct say *s = g->s;
    struct view_facts f = {ARENA_ARRAY(s->a, struct view_fact, FACTS_MAX), 0};
    put(&f, MSG_fact_kind, say_word(s, "kind", word(WORDS_KIND, (int)t->kind)), false);
    put(&f, MSG_fact_category, t->category_code.n > 0 ? refdata_category_path(s->ref, s->a, t->category_code, " › ") : msg_text(s->lang, MSG_fact_unsure),
        g->zh && t->category_code.n > 0);
    put(&f, MSG_fact_place, say_area(s, t->area_code), g->zh);
    put(&f, MSG_fact_address, t->address, g->zh);
    put(&f, MSG_staff_fact_channel, say_word(s, "channel_by", word(WORDS_CHANNEL, (int)t->channel)), false);
    put(&f, MSG_fact_public, msg_text(s->lang, t->is_public ? MSG_fact_yes : MSG_fact_no), false);
    if (t->no_reply)
        put(&f, MSG_fact_no_reply, msg_text(s->lang, MSG_fact_no_reply_wanted), false);
    if (t->urge_count > 0)
        put(&f, MSG_staff_fact_urged, say_int(s, t->urge_count), false);
    if (t->round > 1)
        put(&f, MSG_staff_fact_round, say_int(s, t->round), false);
    if (t->solved_round > 0)
        put(&f, MSG_staff_fact_solved_round, say_int(s, t->solved_round), false);
    return f;
}

static void put_photos(const struct looking *g, uint32_t seq, const struct view_photo **ret, size_t *ret_n)
{
    const struct officer_ticket *t = g->t;
    struct view_photo *v = ARENA_ARRAY(g->s->a, struct view_photo, t->n_files + 1);
    size_t n = 0;
    for (size_t i = 0; i < t->n_files; i++) {
        const struct attachment *f = &t->files[i];
        if (f->event_seq != seq || f->state == UPLOAD_GONE)
            continue;
        const struct str id = id_text(g->s->a, f->id);
        v[n] = (struct view_photo){.is_image = f->kind == UPLOAD_PHOTO, .label = say_file(g->s, f->kind, n + 1)};
        if (f->state == UPLOAD_READY)
            v[n].href = arena_printf(g->s->a, "/staff/t/" STR_FMT "/file/" STR_FMT, STR_ARG(g->no), STR_ARG(id));
        if (f->state == UPLOAD_READY && f->thumb_name.n > 0)
            v[n].thumb = arena_printf(g->s->a, "/staff/t/" STR_FMT "/thumb/" STR_FMT, STR_ARG(g->no), STR_ARG(id));
        n++;
    }
    *ret = v;
    *ret_n = n;
}

/* ---- who owes what ------------------------------------------------------------------------------------------------------- */

static bool is_owed(const struct officer_assignment *a)
{
    return a->state == ASSIGN_SENT || a->state == ASSIGN_SIGNED;
}

static void put_assignments(const struct looking *g, struct view_staff_ticket *v)
{
    const struct officer_ticket *t = g->t;
    struct view_staff_assignment *out = ARENA_ARRAY(g->s->a, struct view_staff_assignment, t->n_assignments + 1);
    for (size_t i = 0; i < t->n_assignments; i++) {
        const struct officer_assignment *a = &t->assignments[i];
        out[i] = (struct view_staff_assignment){.role = say_word(g->s, "staff_role_of", word(WORDS_ROLE, (int)a->role)),
                                                .unit = say_unit(g->s, a->unit_code), .zh = g->zh, .round = a->round,
                                                .state = say_word(g->s, "staff_assignment", word(WORDS_ASSIGNMENT, (int)a->state)),
                                                .due = say_time(g->s, a->due_at), .signed_at = say_time(g->s, a->signed_at),
                                                .waiting = a->state == ASSIGN_SENT, .late = a->overdue};
        if (is_owed(a) && a->paused_at > 0)
            out[i].left = msg_text(g->s->lang, MSG_staff_paused);
        else if (is_owed(a) && a->due_at > 0 && a->role != ROLE_COPY)
            out[i].left = say_left_short(g->s, a->due_at);
    }
    v->assignments = out;
    v->n_assignments = t->n_assignments;
}

/* ---- history ---------------------------------------------------------------------------------------------------------------- */

static void put_events(const struct looking *g, struct view_staff_ticket *v)
{
    const struct officer_ticket *t = g->t;
    struct view_staff_event *out = ARENA_ARRAY(g->s->a, struct view_staff_event, t->n_events + 1);
    for (size_t i = 0; i < t->n_events; i++) { /* newest first */
        const struct event *e = &t->events[t->n_events - 1 - i];
        staff_work_event(g->s, t, e, &out[i].e);
        out[i].internal = !e->is_public;
        put_photos(g, e->seq, &out[i].e.photos, &out[i].e.n_photos);
    }
    v->events = out;
    v->n_events = t->n_events;
}

static void put_links(const struct looking *g, struct view_staff_ticket *v)
{
    static const enum msg how[] = {[TIE_SAME] = MSG_staff_tie_same, [TIE_MERGED_INTO] = MSG_staff_tie_merged_into,
                                   [TIE_ABSORBED] = MSG_staff_tie_absorbed, [TIE_LINKED] = MSG_staff_tie_linked};
    struct view_staff_link *out = ARENA_ARRAY(g->s->a, struct view_staff_link, g->t->n_links + 1);
    for (size_t i = 0; i < g->t->n_links; i++) {
        const struct officer_link *l = &g->t->links[i];
        out[i].how = msg_text(g->s->lang, how[l->tie]);
        if (l->no.n == 0) /* outside of this reader's scope */
            continue;
        const struct str no = ticket_no_show(g->s->a, l->no);
        out[i] = (struct view_staff_link){.no = no, .title = l->title, .zh = g->zh, .how = out[i].how,
                                          .href = arena_concat(g->s->a, STR("/staff/t/"), no),
                                          .status = say_word(g->s, "status", word(WORDS_STATUS, (int)l->state))};
    }
    v->links = out;
    v->n_links = g->t->n_links;
}

static void put_ratings(const struct looking *g, struct view_staff_ticket *v)
{
    struct view_staff_rating *out = ARENA_ARRAY(g->s->a, struct view_staff_rating, g->t->n_ratings + 1);
    for (size_t i = 0; i < g->t->n_ratings; i++) {
        const struct officer_rating *r = &g->t->ratings[i];
        if (!r->answered)
            continue;
        struct view_staff_rating *to = &out[v->n_ratings++];
        *to = (struct view_staff_rating){.round = r->round, .at = say_time(g->s, r->answered_at)};
        if (r->withheld_until != 0) {
            to->text = staff_work_withheld(g->s, r->withheld_until);
            continue;
        }
        const struct str contacted = msg_text(g->s->lang, r->contacted ? MSG_rating_contacted_yes : MSG_rating_contacted_no);
        const struct str solved = msg_text(g->s->lang, r->solved ? MSG_rating_solved_yes : MSG_rating_solved_no);
        const struct str grade = say_word(g->s, "grade", word(WORDS_SATISFACTION, (int)r->satisfaction));
        to->words = r->words;
        to->zh = g->zh;
        to->text = arena_printf(g->s->a, STR_FMT " · " STR_FMT " · " STR_FMT, STR_ARG(contacted), STR_ARG(solved), STR_ARG(grade));
    }
    v->ratings = out;
}

static void put_looks(const struct looking *g, struct view_staff_ticket *v)
{
    struct view_look *out = ARENA_ARRAY(g->s->a, struct view_look, g->t->n_looks + 1);
    for (size_t i = 0; i < g->t->n_looks; i++)
        out[i] = (struct view_look){.at = say_time(g->s, g->t->looks[i].at), .purpose = g->t->looks[i].purpose,
                                    .who = msg_text(g->s->lang, g->t->looks[i].actor_kind == ACTOR_CITIZEN ? MSG_look_citizen : MSG_look_officer)};
    v->looks = out;
    v->n_looks = g->t->n_looks;
}

/* ---- acts ------------------------------------------------------------------------------------------------------------------- */

static void put_acts(const struct looking *g, struct view_staff_ticket *v)
{
    struct view_staff_do *all = ARENA_ARRAY(g->s->a, struct view_staff_do, staff_act_table_n + 1);
    size_t n = 0;
    for (size_t i = 0; i < staff_act_table_n; i++) {
        const struct staff_act *a = &staff_act_table[i];
        if (!staff_act_offered(g->rq, a, g->t))
            continue;
        const struct str href = arena_printf(g->s->a, "/staff/t/" STR_FMT "/%s", STR_ARG(g->no), a->word);
        if (a->may == offsetof(struct officer_may, reveal)) {
            v->reveal = href;
            continue;
        }
        all[n++] = (struct view_staff_do){.href = href, .label = staff_act_text(g->rq, a, ""), .strong = a->strong};
    }
    v->first = all;
    v->n_first = n > 0 && !all[0].strong ? 1 : 0;
    v->acts = all + v->n_first;
    v->n_acts = n - v->n_first;
}

/* ---- the page ------------------------------------------------------------------------------------------------------------------ */

static struct view_notice notice_of(struct request *rq)
{
    char key[LIMIT_CODE_CHARS + 1];
    const struct str done = request_query(rq, "done");
    if (done.n == 0 || done.n > LIMIT_CODE_CHARS)
        return (struct view_notice){0};
    for (size_t i = 0; i < done.n; i++)
        key[i] = done.p[i] == '-' ? '_' : done.p[i];
    return (struct view_notice){.text = say_msg("staff_done", (struct str){key, done.n}), .bad = str_eq_c(done, "late")};
}

static void fill(struct looking *g, struct view_staff_ticket *v)
{
    const struct officer_ticket *t = g->t;
    *v = (struct view_staff_ticket){.no = g->no, .title = t->title, .text = t->text, .text_zh = g->zh && t->lang == APP_ZH, .late = t->overdue,
                                    .confidential = t->confidential, .paused = t->paused, .demo = t->is_demo, .merged = t->merged_into != 0,
                                    .has_contact = t->has_contact, .running = ticket_state_running(t->state) && t->promise_at > 0,
                                    .status = say_word(g->s, "status", word(WORDS_STATUS, (int)t->state)),
                                    .filed_at = say_time(g->s, t->created_at), .promise = say_time(g->s, t->promise_at),
                                    .reported_unit = t->reported_unit.n > 0 ? say_unit(g->s, t->reported_unit) : STR_NONE, .facts = facts_of(g)};
    if (v->running)
        v->left = say_left(g->s, t->promise_at);
    if (t->level > 0 && t->level < SETTINGS_LEVELS)
        v->level = say_limit(g->s, g->s->set->level_minutes[t->level]);
    v->notice = notice_of(g->rq);
    put_photos(g, 0, &v->photos, &v->n_photos);
    put_assignments(g, v);
    put_events(g, v);
    put_links(g, v);
    put_ratings(g, v);
    put_looks(g, v);
    put_acts(g, v);
}

enum err page_staff_ticket(struct request *rq, struct response *rs)
{
    struct officer_ticket t;
    struct view_staff_ticket v;
    struct page pg;
    struct actor who = join_actor(rq);
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = officer_ticket(join_ctx(rq), &who, rq->path_args[0], &t);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    struct looking g = {rq, &s, &t, ticket_no_show(rq->a, t.no), rq->lang != LANG_ZH};
    fill(&g, &v);
    staff_page(rq, rs, &pg, MSG_staff_ticket_title);
    staff_page_about(rq, &pg, arena_printf(rq->a, STR_FMT " " STR_FMT, STR_ARG(g.no), STR_ARG(t.title)));
    tmpl_staff_ticket(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- files --------------------------------------------------------------------------------------------------------------------- */

static enum err send_file(struct request *rq, struct response *rs, bool thumb)
{
    struct officer_ticket t;
    struct actor who = join_actor(rq);
    uint64_t id;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK && !id_parse(rq->path_args[1], &id))
        return fault_set(rq->fault, ERR_NOT_FOUND, "UPLOAD_NOT_FOUND", "malformed upload id");
    if (e == ERR_OK)
        e = officer_ticket(join_ctx(rq), &who, rq->path_args[0], &t); /* its files are those this person may see */
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < t.n_files; i++) {
        const struct attachment *f = &t.files[i];
        const struct str name = thumb ? f->thumb_name : f->clean_name;
        if (f->id != id || f->state != UPLOAD_READY || name.n == 0)
            continue;
        const struct str path = thumb ? attachment_thumb_path(rq->a, name) : attachment_clean_path(rq->a, name);
        response_file(rs, arena_concat(rq->a, STR("/_files/"), path), thumb ? "image/jpeg" : arena_cstr(rq->a, f->media_type), STR_NONE);
        return ERR_OK;
    }
    return fault_set(rq->fault, ERR_NOT_FOUND, "UPLOAD_NOT_FOUND", "no such file of this demand, or not ready");
}

enum err page_staff_file(struct request *rq, struct response *rs)
{
    return send_file(rq, rs, false);
}

enum err page_staff_thumb(struct request *rq, struct response *rs)
{
    return send_file(rq, rs, true);
}
