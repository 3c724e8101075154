/*
 * ticket_read.c - looking up, tracking, listing. Writes nothing.
 *
 * Contract: absent and not-yours are one answer; number and code are judged in the same steps whatever they are. Must not
 * know how a ticket is shown.
 */
#include "app/account.h"
#include "app/act.h"
#include "app/card.h"
#include "app/timeline.h"
#include "app/token.h"
#include "gen/sql.h"

/* ---- number and code ---------------------------------------------------------------------------------------------------- */

static struct str ticket_token(struct ctx *c, uint64_t id, uint32_t epoch, int64_t now, int64_t *ret_expires)
{
    /* The same token all day long: a lookup done twice gives the same bytes, for at least two more days. */
    int64_t day = now / US_PER_DAY * 86400;
    struct token t = {.kind = TOKEN_TICKET, .id = id, .epoch = epoch, .issued_s = day,
                      .expires_s = day + 86400 + (int64_t)c->set->ticket_token_hours * 3600};
    *ret_expires = t.expires_s;
    return token_sign(c->keys, c->a, c->set->issuer, &t);
}

enum err ticket_lookup(struct ctx *c, struct str ticket_no, struct str query_code, struct ticket_found *ret)
{
    struct str no = STR("SD0000000000000X"), code = STR("????????");
    const struct q_ticket_lookup_row *r = NULL;
    bool well_formed = ticket_no_parse(c->a, ticket_no, &no);
    well_formed &= query_code_parse(c->a, query_code, &code);
    struct q_ticket_lookup_in in = {.ticket_no = no};
    enum err e = q_ticket_lookup(c->db, &in, &r);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    /* From here on the same work for a ticket that exists and one that does not. */
    uint64_t id = e == ERR_OK ? r->id : 1;
    struct str right = query_code_make(c->keys, c->a, id, e == ERR_OK ? (uint8_t)r->code_epoch : 0);
    struct ticket_found found = {.id = id, .no = no};
    found.ticket_token = ticket_token(c, id, e == ERR_OK ? (uint32_t)r->token_epoch : 0,
                                      e == ERR_OK ? r->now : c->wall_us, &found.token_expires_s);
    bool same = crypto_equal(right.p, code.p, QUERY_CODE_CHARS);
    if (!same || !well_formed || e != ERR_OK)
        return fault_set(c->fault, ERR_NOT_FOUND, "LOOKUP_FAILED", "number and code do not fit");
    *ret = found;
    return ERR_OK;
}

/* ---- tracking ------------------------------------------------------------------------------------------------------------- */

/* What a demand's card says, or its rows: their two statements begin with the same columns, what follows is for accounts. */
struct head {
    const struct q_ticket_track_row *row;
    bool has_account_epoch, has_held_until;
    uint32_t account_epoch;
    int64_t held_until;
    bool followed, looked;
    bool has_card;          /* which tells of the invitation to rate as well */
    int64_t rating_until;   /* 0 = none stands */
};
_Static_assert(offsetof(struct q_ticket_track_held_row, timeline) == offsetof(struct q_ticket_track_row, timeline) &&
                   offsetof(struct q_ticket_track_held_row, has_timeline) == offsetof(struct q_ticket_track_row, has_timeline),
               "the columns of ticket_track_held begin with those of ticket_track");
_Static_assert(offsetof(struct q_ticket_card_session_row, card) == offsetof(struct q_ticket_card_token_row, card) &&
                   offsetof(struct q_ticket_card_session_row, has_card) == offsetof(struct q_ticket_card_token_row, has_card),
               "the columns of ticket_card_session begin with those of ticket_card_token");

/* One row, when its card holds. *ret is untouched when it does not: then the rows are read. */
static void take_card(struct ctx *c, uint64_t id, struct str no, const struct q_ticket_card_token_row *x, struct head *ret)
{
    struct card *k = ARENA_NEW(c->a, struct card);
    *k = (struct card){.row = {
        .id = id, .now_s = x->now_s, .title = x->title, .has_title = true, .body = x->body, .has_body = true, .address = x->address,
        .has_address = true, .lng = x->lng, .has_lng = x->has_lng, .lat = x->lat, .has_lat = x->has_lat,
        .timeline_seq = x->timeline_seq, .has_timeline_seq = true, .timeline = x->timeline, .has_timeline = x->has_timeline}};
    if (!x->has_card || !card_read(x->card, k) || k->row.chain_seq != x->timeline_seq || !str_eq(k->ticket_no, no))
        return;
    ret->row = &k->row;
    ret->has_card = true;
    ret->rating_until = k->has_rating_until ? k->rating_until : 0;
}

/* A demand's token names its row; with another demand's number its card is not taken, and that demand's rows are not the token's. */
static enum err read_by_token(struct ctx *c, const struct actor *who, struct str no, struct head *ret)
{
    const struct q_ticket_card_token_row *x = NULL;
    enum err e = q_ticket_card_token(c->db, &(struct q_ticket_card_token_in){.id = who->ticket_id}, &x);
    if (e == ERR_OK)
        take_card(c, who->ticket_id, no, x, ret);
    return e != ERR_OK || ret->row ? e : q_ticket_track(c->db, &(struct q_ticket_track_in){.ticket_no = no}, &ret->row);
}

static enum err read_by_session(struct ctx *c, const struct actor *who, struct str no, struct head *ret)
{
    const struct q_ticket_card_session_row *x = NULL;
    enum err e = q_ticket_card_session(c->db, &(struct q_ticket_card_session_in){.ticket_no = no, .session = who->session_id}, &x);
    if (e != ERR_OK)
        return e;
    *ret = (struct head){.has_held_until = x->has_held_until, .held_until = x->held_until, .looked = x->looked};
    take_card(c, x->id, no, (const struct q_ticket_card_token_row *)(const void *)x, ret);
    return ret->row ? ERR_OK : q_ticket_track(c->db, &(struct q_ticket_track_in){.ticket_no = no}, &ret->row);
}

static enum err read_head(struct ctx *c, const struct actor *who, struct str no, struct head *ret)
{
    const struct q_ticket_track_held_row *r = NULL;
    *ret = (struct head){.looked = true};
    if (who->kind == ACTOR_CITIZEN && who->account_id == 0 && who->session_id == 0 && who->ticket_id != 0)
        return read_by_token(c, who, no, ret);
    if (who->kind == ACTOR_CITIZEN && who->account_id == 0 && who->session_id != 0)
        return read_by_session(c, who, no, ret);
    if (who->account_id == 0 && who->session_id == 0)
        return q_ticket_track(c->db, &(struct q_ticket_track_in){.ticket_no = no}, &ret->row);
    struct q_ticket_track_held_in in = {.ticket_no = no, .account = who->account_id, .family = who->account_family,
                                        .session = who->session_id};
    enum err e = q_ticket_track_held(c->db, &in, &r);
    if (e == ERR_OK)
        *ret = (struct head){.row = (const struct q_ticket_track_row *)(const void *)r, .has_account_epoch = r->has_account_epoch,
                             .account_epoch = (uint32_t)r->account_epoch, .has_held_until = r->has_held_until,
                             .held_until = r->held_until, .followed = r->has_followed_at, .looked = r->looked};
    return e;
}

static bool may_see(const struct actor *who, const struct head *h, bool *ret_mine)
{
    const struct q_ticket_track_row *r = h->row;
    bool alive = h->has_account_epoch && (who->account_epoch == 0 || who->account_epoch == h->account_epoch);
    *ret_mine = who->kind == ACTOR_CITIZEN && who->account_id && r->has_account_id && r->account_id == who->account_id && alive;
    switch (who->kind) {
    case ACTOR_STAFF:
    case ACTOR_SYSTEM:
        return true;
    case ACTOR_CITIZEN:
        return *ret_mine || (who->ticket_id && who->ticket_id == r->id && who->ticket_epoch == (uint32_t)r->token_epoch) ||
               (who->session_id && h->has_held_until && h->held_until > r->now_s * US_PER_S);
    case ACTOR_NONE:
    case ACTOR_SERVICE:
        return false;
    }
    return false;
}

static void fill_state(struct ticket_view *v, const struct q_ticket_track_row *r)
{
    v->state = (enum ticket_state)r->state;
    v->round = r->round;
    v->first_promise_at = r->promise_at;
    v->promise_at = r->round > 1 && r->has_lead_due_at ? r->lead_due_at : r->promise_at;
    v->replied_at = r->replied_at;
    v->closed_at = r->closed_at;
    v->holder = r->lead_unit;
    v->holder_state = (enum assignment_state)r->lead_state;
    v->overdue = ticket_state_running(v->state) && v->promise_at && v->promise_at < v->now;
}

/* The three answers stand in the event that brought them. */
static void take_rating(struct ctx *c, struct ticket_view *v, const struct ticket_event *e)
{
    struct str grade = params_get(c->a, e->params, "satisfaction");
    uint64_t n = 0;
    int value = 0;
    if (!word_find(WORDS_SATISFACTION, grade, &value) && parse_u64(grade, 1, SATISFACTION_END - 1, &n))
        value = (int)n;
    v->rated = true;
    v->contacted = params_get_i64(e->params, "contacted", 0) != 0;
    v->solved = params_get_i64(e->params, "solved", 0) != 0;
    v->satisfaction = (enum satisfaction)value;
    v->rating_words = e->words;
}

/* Closed without a rating: the card, or the row, tells whether the invitation still stands. */
static enum err open_rating(struct ctx *c, const struct head *h, struct ticket_view *v)
{
    const struct q_rating_get_row *r = NULL;
    v->rating_open = !v->rated && (v->state == STATE_REPLIED || v->state == STATE_RATING);
    if (v->rated || v->state != STATE_CLOSED)
        return ERR_OK;
    if (h->has_card) {
        v->rating_open = h->rating_until > v->now;
        return ERR_OK;
    }
    enum err e = q_rating_get(c->db, &(struct q_rating_get_in){.ticket_id = v->id, .round = v->round}, &r);
    if (e == ERR_OK)
        v->rating_open = r->state == 1 && r->expires_at > v->now;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static void fill_facts(struct ticket_view *v, const struct q_ticket_track_row *r)
{
    v->id = r->id;
    v->public_id = r->public_id;
    v->version = (uint32_t)r->version;
    v->kind = (enum kind)r->kind;
    v->channel = (enum channel)r->channel;
    v->applicant = (enum applicant)r->applicant;
    v->diversion = (enum diversion)r->diversion;
    v->category_code = r->category_code;
    v->area_code = r->area_code;
    v->level = r->response_level;
    v->created_at = r->created_at;
    v->is_public = r->is_public;
    v->confidential = r->confidential;
    v->no_reply = r->no_reply;
    v->is_demo = r->is_demo;
    v->lang = r->lang;
    v->title = r->title;
    v->text = r->body;
    v->address = r->address;
    v->has_point = r->has_lng && r->has_lat;
    v->lng_e7 = r->lng;
    v->lat_e7 = r->lat;
    v->merged_into = r->merged_into;
    v->n_uploads = r->n_uploads;
    v->n_units = r->n_units;
    v->now = r->now_s * US_PER_S;
}

static int64_t object_until(const struct ctx *c, const struct ticket_view *v, bool objected)
{
    int64_t from = v->closed_at > v->replied_at ? v->closed_at : v->replied_at;
    if (objected || from == 0 || !transition_find(v->state, EVENT_OBJECTED))
        return 0;
    int64_t until = from + c->set->object_days * US_PER_DAY;
    return until > v->now ? until : 0;
}

static void fill_actions(struct ctx *c, struct ticket_view *v, const struct q_ticket_track_row *r)
{
    struct ticket_actions *x = &v->actions;
    int64_t again = r->has_urged_at ? r->urged_at + c->set->urge_every_hours * US_PER_HOUR : 0;
    bool may_urge = transition_find(v->state, EVENT_URGED) != NULL;
    /* Told that the same matter is under way: a new fact opens it [T 11 (3)]; the other classes of diversion are final. */
    x->message = transition_find(v->state, EVENT_MESSAGE) != NULL &&
                 (v->state != STATE_DIVERTED || v->diversion == DIVERT_REPEAT);
    x->withdraw = transition_find(v->state, EVENT_WITHDRAWN) != NULL;
    x->urges_left = may_urge && r->urge_count < c->set->urge_max ? c->set->urge_max - r->urge_count : 0;
    x->urge_after = x->urges_left && again > v->now ? again : 0;
    x->urge = x->urges_left > 0 && x->urge_after == 0;
    x->object_until = object_until(c, v, r->has_objected_at);
    x->object = x->object_until != 0;
    x->rate = v->rating_open;
    x->follow = v->published;
}

static enum err read_events(struct ctx *c, const struct q_ticket_track_row *r, struct ticket_view *v)
{
    const struct q_ticket_events_row *x = NULL;
    size_t n = 0;
    /* The copy beside the words, when it is there and whole; else the events of the version just read. */
    if (r->has_timeline && r->timeline_seq == r->chain_seq &&
        timeline_read(c->a, r->timeline, &v->events, &v->n_events))
        return ERR_OK;
    enum err e = q_ticket_events(c->db, &(struct q_ticket_events_in){.ticket_id = r->id, .upto = r->chain_seq}, &x, &n);
    if (e != ERR_OK)
        return e;
    struct ticket_event *out = ARENA_ARRAY(c->a, struct ticket_event, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct ticket_event){.seq = (uint32_t)x[i].seq, .at = x[i].at, .code = (enum event_code)x[i].code,
                                       .wording = x[i].wording, .unit_code = x[i].unit_code, .params = x[i].params,
                                       .words = x[i].words, .words_lang = x[i].has_words_lang ? x[i].words_lang : -1};
    v->events = out;
    v->n_events = n;
    return ERR_OK;
}

/* What the history says of the whole. */
static void take_events(struct ctx *c, struct ticket_view *v)
{
    for (size_t i = 0; i < v->n_events; i++) {
        const struct ticket_event *e = &v->events[i];
        if (e->code == EVENT_EXTENDED) {
            int64_t old = params_get_i64(e->params, "old", 0);
            if (!v->extended && old)
                v->first_promise_at = old;
            v->extended = true;
        } else if (e->code == EVENT_RATED) {
            take_rating(c, v, e);
        } else if (e->code == EVENT_REOPENED || e->code == EVENT_UNMERGED) { /* what comes is rated for itself */
            v->rated = v->contacted = v->solved = false;
            v->satisfaction = 0;
            v->rating_words = STR_NONE;
        } else if (e->code == EVENT_PUBLISHED) {
            v->published = true;
        }
    }
}

/* Of a merged demand the timeline goes on with what the main one may show. Numbers of its events begin above our own. */
static enum err go_on_with_main(struct ctx *c, struct ticket_view *v)
{
    struct ticket_main m;
    enum err e = ticket_merged_main(c, v->merged_into, &m);
    if (e != ERR_OK)
        return e;
    struct ticket_event *out = ARENA_ARRAY(c->a, struct ticket_event, v->n_events + m.n_events + 1);
    size_t n = 0, i = 0, k = 0;
    while (i < v->n_events || k < m.n_events) { /* both in order of time */
        if (k == m.n_events || (i < v->n_events && v->events[i].at <= m.events[k].at)) {
            out[n++] = v->events[i++];
        } else if (m.events[k].at < v->created_at) { /* before ours was filed */
            k++;
        } else {
            out[n] = m.events[k++];
            out[n++].seq += LIMIT_TIMELINE_EVENTS;
        }
    }
    v->events = out;
    v->n_events = n;
    return ERR_OK;
}

enum err ticket_track(struct ctx *c, const struct actor *who, struct str ticket_no, struct ticket_view *ret)
{
    struct head h;
    struct ticket_view v = {0};
    if (!ticket_no_parse(c->a, ticket_no, &v.no))
        return account_absent(c, who, "TICKET_NOT_FOUND", "not a ticket number");
    enum err e = read_head(c, who, v.no, &h);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && !may_see(who, &h, &v.mine)))
        return account_absent(c, who, "TICKET_NOT_FOUND", "absent or not the actor's");
    if (e != ERR_OK)
        return e;
    fill_facts(&v, h.row);
    fill_state(&v, h.row);
    v.followed = h.followed;
    v.looked = h.looked;
    e = read_events(c, h.row, &v);
    take_events(c, &v);
    if (e == ERR_OK)
        e = open_rating(c, &h, &v);
    if (e != ERR_OK)
        return e;
    fill_actions(c, &v, h.row);
    if (v.merged_into && (e = go_on_with_main(c, &v)) != ERR_OK)
        return e;
    *ret = v;
    return ERR_OK;
}

const struct ticket_event *ticket_last_reply(const struct ticket_view *v)
{
    for (size_t i = v->n_events; i-- > 0;)
        if (v->events[i].code == EVENT_REPLIED)
            return &v->events[i];
    return NULL;
}

enum err ticket_looks(struct ctx *c, uint64_t ticket_id, const struct ticket_look **ret, size_t *ret_n)
{
    const struct q_ticket_looks_row *r = NULL;
    size_t n = 0;
    struct q_ticket_looks_in in = {.ticket_id = ticket_id};
    enum err e = q_ticket_looks(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct ticket_look *out = ARENA_ARRAY(c->a, struct ticket_look, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct ticket_look){r[i].at, (enum actor_kind)r[i].actor_kind, r[i].purpose, ticket_id};
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

/* ---- lists ------------------------------------------------------------------------------------------------------------------ */

static struct ticket_row row_of(const struct q_ticket_mine_page_row *r)
{
    struct ticket_row x = {.id = r->id, .no = r->ticket_no, .public_id = r->public_id, .title = r->title,
                           .category_code = r->category_code, .area_code = r->area_code, .holder = r->unit_code,
                           .kind = (enum kind)r->kind, .state = (enum ticket_state)r->state, .created_at = r->created_at,
                           .replied_at = r->replied_at};
    x.promise_at = r->round > 1 && r->has_due_at ? r->due_at : r->promise_at;
    x.overdue = ticket_state_running(x.state) && x.promise_at && x.promise_at < r->now;
    bool rated = r->has_rating_state && r->rating_state == 2;
    x.rating_open = !rated && (x.state == STATE_REPLIED || x.state == STATE_RATING);
    return x;
}

enum err ticket_list_mine(struct ctx *c, const struct actor *who, enum ticket_list_filter filter, uint64_t before,
                          size_t limit, const struct ticket_row **ret, size_t *ret_n, bool *ret_more)
{
    static const int32_t done[] = {[LIST_ALL] = 2, [LIST_OPEN] = 0, [LIST_DONE] = 1};
    const struct q_ticket_mine_page_row *r = NULL;
    size_t n = 0;
    if (who->account_id == 0)
        return fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "a list of mine needs an account");
    BUG_ON(limit == 0 || limit > LIMIT_LIST_ITEMS);
    struct q_ticket_mine_page_in in = {.account = who->account_id, .before = before ? before : UINT64_MAX / 2,
                                       .done = done[filter]};
    enum err e = q_ticket_mine_page(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    *ret_more = n > limit;
    if (n > limit)
        n = limit;
    struct ticket_row *out = ARENA_ARRAY(c->a, struct ticket_row, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        out[i] = row_of(&r[i]);
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

enum err ticket_list_followed(struct ctx *c, const struct actor *who, const struct ticket_row **ret, size_t *ret_n)
{
    const struct q_ticket_followed_row *r = NULL;
    size_t n = 0;
    struct q_ticket_followed_in in = {.account = who->account_id};
    enum err e = q_ticket_followed(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct ticket_row *out = ARENA_ARRAY(c->a, struct ticket_row, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct ticket_row){.id = r[i].id, .public_id = r[i].public_id, .title = r[i].title,
                                     .category_code = r[i].category_code, .area_code = r[i].area_code,
                                     .kind = (enum kind)r[i].kind, .state = (enum ticket_state)r[i].state,
                                     .created_at = r[i].created_at, .promise_at = r[i].promise_at,
                                     .replied_at = r[i].replied_at};
        out[i].overdue = ticket_state_running(out[i].state) && out[i].promise_at && out[i].promise_at < r[i].now;
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
