/*
 * officer_view.c - one demand whole, as a member of the staff may see it, in six statements.
 *
 * Contract: officer_view.h. Scope is asked before anything is shown; notes for the hotline centre, the reported unit, and what
 * a citizen answered about a unit in a period that is not over, are left out for others. Which buttons a page shows stands in officer_may.c.
 */
#include "app/officer_view.h"

#include "app/act.h"
#include "app/officer_view_private.h"
#include "app/visit.h"
#include "gen/sql.h"

static enum err read_assignments(struct ctx *c, struct officer_ticket *v)
{
    const struct q_assignment_all_row *r = NULL;
    size_t n = 0;
    struct q_assignment_all_in in = {.ticket_id = v->id};
    enum err e = q_assignment_all(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct officer_assignment *out = ARENA_ARRAY(c->a, struct officer_assignment, n + 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct officer_assignment){
            .id = r[i].id, .round = r[i].round, .role = (enum role)r[i].role, .unit_code = r[i].unit_code,
            .state = (enum assignment_state)r[i].state, .started_at = r[i].started_at, .due_at = r[i].due_at,
            .signed_at = r[i].signed_at, .contacted_at = r[i].contacted_at, .done_at = r[i].done_at, .paused_at = r[i].paused_at,
            .warned = r[i].warned, .rule_id = (uint32_t)r[i].rule_id};
        out[i].overdue = out[i].state <= ASSIGN_SIGNED && out[i].due_at && out[i].due_at < v->now && !out[i].paused_at;
    }
    v->assignments = out;
    v->n_assignments = n;
    return ERR_OK;
}

static enum err in_scope(struct ctx *c, const struct actor *who, struct officer_ticket *v, struct str against)
{
    struct str *units = ARENA_ARRAY(c->a, struct str, v->n_assignments + 1);
    size_t n = 0;
    for (size_t i = 0; i < v->n_assignments; i++)
        if (v->assignments[i].state != ASSIGN_RETURNED)
            units[n++] = v->assignments[i].unit_code;
    const struct permission_ticket t = {.area_code = v->area_code, .category_code = v->category_code, .units = units,
                                        .n_units = n, .against_unit = against};
    enum err e = permission_ticket(c, who, MAY_TICKET, &t);
    if (e != ERR_OK)
        return e;
    v->sees_answers = actor_is_hotline(who, c->ref) || permission_ticket(c, who, MAY_SUPERVISE, &t) == ERR_OK;
    fault_clear(c->fault);
    return ERR_OK;
}

/* Until when this reader is not told what the citizen said about a round; 0 = it may be read. A unit that came in a later round
 * alone reads why the matter was opened again; a copy to the district [T 12] is no part in the work. */
static int64_t withheld_until(const struct ctx *c, const struct actor *who, const struct officer_ticket *v, int round, int64_t said_at)
{
    const int64_t open_at = visit_answers_open_at(c->set, said_at);
    bool had_part = false, looks_again = false;
    for (size_t i = 0; i < v->n_assignments; i++)
        if (str_eq(v->assignments[i].unit_code, who->unit_code)) {
            had_part |= v->assignments[i].round == round && v->assignments[i].role != ROLE_COPY;
            looks_again |= v->assignments[i].round > round && v->assignments[i].state != ASSIGN_RETURNED;
        }
    return v->sees_answers || open_at <= v->now || (looks_again && !had_part) ? 0 : open_at;
}

static void withhold(struct event *e, int64_t until)
{
    if (until == 0)
        return;
    e->withheld_until = until;
    e->params = e->words = STR_NONE;
    e->words_lang = -1;
}

static enum err read_events(struct ctx *c, const struct actor *who, struct officer_ticket *v)
{
    const bool hotline = actor_is_hotline(who, c->ref);
    int round = 1;
    const struct q_staff_events_row *r = NULL;
    size_t n = 0, kept = 0;
    struct q_staff_events_in in = {.ticket_id = v->id};
    enum err e = q_staff_events(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct event *out = ARENA_ARRAY(c->a, struct event, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!hotline && r[i].code == EVENT_NOTE && str_eq_c(params_get(c->a, r[i].params, "for"), "hotline"))
            continue;
        out[kept++] = (struct event){
            .ticket_id = v->id, .seq = (uint32_t)r[i].seq, .at = r[i].at, .code = (enum event_code)r[i].code, .wording = r[i].wording,
            .is_public = r[i].public, .from = (enum ticket_state)r[i].from_state, .to = (enum ticket_state)r[i].to_state,
            .actor_kind = (enum actor_kind)r[i].actor_kind, .actor_id = r[i].actor_id, .unit_code = r[i].unit_code,
            .params = r[i].params, .words = r[i].words, .words_lang = r[i].has_words_lang ? r[i].words_lang : -1};
        round += r[i].code == EVENT_REOPENED;
        if (r[i].code == EVENT_RATED || r[i].code == EVENT_OBJECTED)
            withhold(&out[kept - 1], withheld_until(c, who, v, round, r[i].at));
    }
    v->events = out;
    v->n_events = kept;
    return ERR_OK;
}

static enum err read_files(struct ctx *c, struct officer_ticket *v)
{
    const struct q_upload_all_of_ticket_row *r = NULL;
    size_t n = 0;
    struct q_upload_all_of_ticket_in in = {.ticket_id = v->id};
    enum err e = q_upload_all_of_ticket(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct attachment *out = ARENA_ARRAY(c->a, struct attachment, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct attachment){.id = r[i].id, .kind = (enum upload_kind)r[i].kind, .state = (enum upload_state)r[i].state,
                                     .media_type = r[i].media_type, .display_name = r[i].display_name,
                                     .clean_name = r[i].clean_name, .thumb_name = r[i].thumb_name, .raw_name = r[i].raw_name,
                                     .bytes = r[i].bytes, .width = (uint32_t)r[i].width, .height = (uint32_t)r[i].height,
                                     .event_seq = (uint32_t)r[i].event_seq, .refusal = r[i].refusal};
    v->files = out;
    v->n_files = n;
    return ERR_OK;
}

enum { TIE_LOOK = 8, TIE_RATING = 9 };

/* May this reader see the other demand? */
static bool sees_tie(struct ctx *c, const struct actor *who, const struct q_staff_ties_row *r)
{
    struct str *units = ARENA_ARRAY(c->a, struct str, r->units.n + 1);
    struct permission_ticket t = {.area_code = r->area_code, .category_code = r->category_code, .units = units, .against_unit = r->reported_unit};
    for (struct str rest = r->units; rest.n > 0; t.n_units++)
        str_cut(rest, ';', &units[t.n_units], &rest);
    const bool sees = permission_ticket(c, who, MAY_TICKET, &t) == ERR_OK;
    fault_clear(c->fault);
    return sees;
}

static enum err read_ties(struct ctx *c, const struct actor *who, struct officer_ticket *v)
{
    const struct q_staff_ties_row *r = NULL;
    size_t n = 0;
    struct q_staff_ties_in in = {.ticket_id = v->id};
    enum err e = q_staff_ties(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct officer_link *links = ARENA_ARRAY(c->a, struct officer_link, n + 1);
    struct officer_rating *ratings = ARENA_ARRAY(c->a, struct officer_rating, n + 1);
    struct ticket_look *looks = ARENA_ARRAY(c->a, struct ticket_look, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (r[i].kind == TIE_RATING) {
            ratings[v->n_ratings++] = (struct officer_rating){
                .round = r[i].round, .answered = r[i].has_answered_at, .contacted = r[i].contacted, .solved = r[i].solved,
                .satisfaction = (enum satisfaction)r[i].satisfaction, .words = r[i].words, .invited_at = r[i].at,
                .answered_at = r[i].answered_at};
            struct officer_rating *last = &ratings[v->n_ratings - 1];
            const int64_t until = last->answered ? withheld_until(c, who, v, last->round, last->answered_at) : 0;
            if (until != 0)
                *last = (struct officer_rating){.round = last->round, .answered = true, .invited_at = last->invited_at,
                                                .answered_at = last->answered_at, .withheld_until = until};
            if (last->answered && last->solved && (v->solved_round == 0 || last->round < v->solved_round))
                v->solved_round = last->round;
        } else if (r[i].kind == TIE_LOOK) {
            looks[v->n_looks++] = (struct ticket_look){.at = r[i].at, .actor_kind = (enum actor_kind)r[i].state, .purpose = r[i].words,
                                                       .ticket_id = v->id};
        } else if (!r[i].reported_unit.n || actor_is_hotline(who, c->ref)) { /* a secret informer's demand is no tie for others */
            struct officer_link *l = &links[v->n_links++];
            *l = (struct officer_link){.tie = (enum officer_tie)r[i].kind};
            if (sees_tie(c, who, &r[i]))
                *l = (struct officer_link){.tie = l->tie, .ticket_id = r[i].other, .no = r[i].ticket_no, .title = r[i].title,
                                           .state = (enum ticket_state)r[i].state, .created_at = r[i].at};
        }
    }
    v->links = links;
    v->ratings = ratings;
    v->looks = looks;
    return ERR_OK;
}

static void take_head(struct officer_ticket *v, const struct q_staff_ticket_row *r)
{
    *v = (struct officer_ticket){
        .id = r->id, .account_id = r->account_id, .no = r->ticket_no, .public_id = r->public_id, .title = r->title, .text = r->body,
        .address = r->address, .version = (uint32_t)r->version, .kind = (enum kind)r->kind, .channel = (enum channel)r->channel,
        .applicant = (enum applicant)r->applicant, .state = (enum ticket_state)r->state, .diversion = (enum diversion)r->diversion,
        .round = r->round, .level = r->response_level, .lang = r->lang, .n_uploads = r->n_uploads, .urge_count = r->urge_count,
        .category_code = r->category_code, .area_code = r->area_code, .lead_unit = r->lead_unit, .created_at = r->created_at,
        .promise_at = r->round > 1 && r->has_lead_due_at ? r->lead_due_at : r->promise_at, .replied_at = r->replied_at,
        .closed_at = r->closed_at, .now = r->now, .is_public = r->is_public, .confidential = r->confidential, .no_reply = r->no_reply,
        .is_demo = r->is_demo, .published = r->has_published_at, .has_contact = r->has_contact,
        .phone_verified = r->has_phone_verified_at, .paused = r->has_lead_paused_at, .has_point = r->has_lng && r->has_lat,
        .lng_e7 = r->lng, .lat_e7 = r->lat, .merged_into = r->merged_into, .returns = {r->has_return_open, r->returns_of_lead > 0, r->returns},
        .called = r->called > 0, .awaited = r->awaited > 0, .account_owed = r->account_owed > 0, .account_asked = r->account_asked > 0,
        .extension_open = r->has_extension_open, .extension_until = r->extension_until};
    v->overdue = ticket_state_running(v->state) && v->promise_at && v->promise_at < v->now;
}

enum err officer_ticket(struct ctx *c, const struct actor *who, struct str ticket_no, struct officer_ticket *ret)
{
    const struct q_staff_ticket_row *r = NULL;
    struct officer_ticket v;
    struct q_staff_ticket_in in = {.unit_code = who->unit_code};
    if (!actor_is_staff(who) || !ticket_no_parse(c->a, ticket_no, &in.ticket_no))
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "not a ticket number, or no staff");
    enum err e = q_staff_ticket(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no such ticket");
    if (e != ERR_OK)
        return e;
    take_head(&v, r);
    const struct str against = r->reported_unit;
    const bool hotline = actor_is_hotline(who, c->ref);
    if (hotline)
        v.reported_unit = against;
    e = read_assignments(c, &v);
    if (e == ERR_OK)
        e = in_scope(c, who, &v, against);
    if (e == ERR_OK)
        e = read_events(c, who, &v);
    if (e == ERR_OK)
        e = read_files(c, &v);
    if (e == ERR_OK)
        e = read_ties(c, who, &v);
    if (e != ERR_OK)
        return e;
    v.may = officer_may_of(c, who, &v, against);
    *ret = v;
    return ERR_OK;
}
