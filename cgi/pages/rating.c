/*
 * rating.c - three questions asked apart [T 23, 32]: on the tracking page, and behind a signed link.
 *
 * Contract: GET shows, POST records (a mail scanner that opens every link rates nothing). The token of a link stays out
 * of logs and referrers: /r/{token} puts it into a cookie of its own and leads to /rate. Must not know the score.
 */
#include "app/rating.h"

#include "app/ids.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/once.h"
#include "pages/track.h"
#include "pages/track_form.h"
#include "gen/tmpl.h"
#include "web/page.h"

#define LINK_COOKIE "suda_rate"
enum { LINK_COOKIE_S = 3600, LINK_TOKEN_MAX = 100 };

/* ---- the form --------------------------------------------------------------------------------------------------- */

static void put_grades(struct request *rq, const struct say *s, struct str chosen, struct view_rating *v)
{
    struct view_option *g = ARENA_ARRAY(rq->a, struct view_option, SATISFACTION_END);
    for (int i = 1; i < SATISFACTION_END; i++) {
        struct str w = word(WORDS_SATISFACTION, i);
        if (rating_grade_offered(join_ctx(rq)->set, i))
            g[v->n_grades++] = (struct view_option){.value = w, .text = say_word(s, "grade", w), .chosen = str_eq(w, chosen)};
    }
    v->grades = g;
}

static void put_answers(struct request *rq, struct view_rating *v)
{
    const struct rating_form *in = rq->form;
    struct say s = say_of(rq);
    if (in != NULL) {
        v->contacted_yes = str_eq(in->contacted, STR("yes"));
        v->contacted_no = str_eq(in->contacted, STR("no"));
        v->solved_yes = str_eq(in->solved, STR("yes"));
        v->solved_no = str_eq(in->solved, STR("no"));
    }
    v->contacted_error = say_error(rq, "contacted");
    v->solved_error = say_error(rq, "solved");
    v->satisfaction_error = say_error(rq, "satisfaction");
    v->errors = say_errors(rq);
    v->words = say_input(rq, "words", in ? in->words : STR_NONE);
    v->words_max = LIMIT_RATING_WORDS_CHARS;
    put_grades(rq, &s, in ? in->satisfaction : STR_NONE, v);
}

static enum err show_form(struct request *rq, struct response *rs, struct view_rating *v)
{
    struct page pg;
    put_answers(rq, v);
    page_init(rq, &pg, NAV_TRACK, MSG_title_rating);
    pg.noindex = true;
    pg.title_error = v->errors.n_errors > 0;
    response_html(rs);
    if (pg.title_error)
        response_status(rs, 422);
    tmpl_citizen_rating(&rs->body, &pg, v);
    return ERR_OK;
}

static bool read_answers(struct request *rq, struct rating_input *ret)
{
    const struct rating_form *in = rq->form;
    int grade = 0;
    if (rq->form_invalid)
        return false;
    (void)word_find(WORDS_SATISFACTION, in->satisfaction, &grade); /* a choice of the form: always found */
    *ret = (struct rating_input){.has_contacted = true, .contacted = str_eq(in->contacted, STR("yes")),
                                 .has_solved = true, .solved = str_eq(in->solved, STR("yes")), .satisfaction = grade,
                                 .words = in->words, .channel = CHANNEL_WEB};
    return true;
}

static enum err show_thanks(struct request *rq, struct response *rs, struct str no, bool solved, int64_t object_until)
{
    struct say s = say_of(rq);
    struct page pg;
    struct view_rated v = {.no = ticket_no_show(rq->a, no), .unsolved = !solved, .can_object = object_until != 0,
                           .object_until = say_time(&s, object_until)};
    if (object_until != 0 || rq->session != NULL)
        v.track_href = arena_concat(rq->a, STR("/track/"), v.no);
    page_init(rq, &pg, NAV_TRACK, MSG_rated_title);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_rated(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- from the tracking page ------------------------------------------------------------------------------------- */

static enum err show_for_ticket(struct request *rq, struct response *rs)
{
    const struct rating_form *in = rq->form;
    struct fault said = *rq->fault;
    struct ticket_view t;
    *rq->fault = (struct fault){0};
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = track_open(rq, &t);
    if (err == ERR_NOT_FOUND)
        return track_lead_to_form(rq, rs);
    if (err != ERR_OK)
        return err;
    if (!t.actions.rate && said.err == ERR_OK)
        return track_back(rq, rs, t.no, "late");
    *rq->fault = said;
    struct say s = say_of(rq);
    struct str no = ticket_no_show(rq->a, t.no);
    const struct ticket_event *reply = ticket_last_reply(&t);
    struct view_rating v = {.action = arena_printf(rq->a, "/track/" STR_FMT "/rating", STR_ARG(no)), .no = no,
                            .once = once_show(rq, in ? in->once : STR_NONE), .back = arena_concat(rq->a, STR("/track/"), no), .title = t.title,
                            .title_zh = rq->lang != LANG_ZH && t.lang == APP_ZH, .unit = say_unit(&s, t.holder),
                            .filed_at = say_time(&s, t.created_at), .reply = reply ? reply->words : STR_NONE,
                            .reply_zh = reply && rq->lang != LANG_ZH && reply->words_lang == APP_ZH};
    return show_form(rq, rs, &v);
}

enum err page_rating(struct request *rq, struct response *rs)
{
    return show_for_ticket(rq, rs);
}

enum err page_rating_post(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct rating_input in;
    struct ticket_done done;
    struct ticket_view t;
    if (!read_answers(rq, &in))
        return show_for_ticket(rq, rs);
    enum err err = once_take(rq, ((const struct rating_form *)rq->form)->once);
    if (err != ERR_OK)
        return err;
    err = rating_record(join_ctx(rq), &who, rq->path_args[0], &in, NULL, &done);
    if (err == ERR_INVALID)
        return show_for_ticket(rq, rs);
    if (err == ERR_OK && in.solved)
        return track_back(rq, rs, done.no, "rated");
    if (err == ERR_OK)
        err = track_open(rq, &t);
    return err == ERR_OK ? show_thanks(rq, rs, done.no, in.solved, t.actions.object ? t.actions.object_until : 0) : err;
}

/* ---- behind a signed link --------------------------------------------------------------------------------------- */

enum err page_rate_link(struct request *rq, struct response *rs)
{
    struct str token = rq->path_args[0];
    rs->no_log_path = true;
    if (token.n > 0 && token.n <= LINK_TOKEN_MAX)
        response_cookie(rq, rs, LINK_COOKIE, percent_encode(rq->a, token), LINK_COOKIE_S);
    return response_redirect(rs, STR("/rate"));
}

static enum err show_gone(struct request *rq, struct response *rs, const struct rating_link *link)
{
    struct say s = say_of(rq);
    struct page pg;
    struct view_rating_gone v = {.used = link != NULL};
    struct view_fact f[3];
    if (link != NULL) {
        f[0] = (struct view_fact){.label = MSG_fact_contacted,
                                  .text = msg_text(rq->lang, link->contacted ? MSG_fact_yes : MSG_fact_no)};
        f[1] = (struct view_fact){.label = MSG_fact_solved,
                                  .text = msg_text(rq->lang, link->solved ? MSG_fact_yes : MSG_fact_no)};
        f[2] = (struct view_fact){.label = MSG_fact_satisfaction,
                                  .text = say_word(&s, "grade", word(WORDS_SATISFACTION, (int)link->satisfaction))};
        v.rating = (struct view_facts){f, 3};
    }
    page_init(rq, &pg, NAV_TRACK, link != NULL ? MSG_rating_gone_used : MSG_rating_gone_old);
    pg.noindex = true;
    response_html(rs);
    if (link == NULL)
        response_status(rs, 404);
    tmpl_citizen_rating_gone(&rs->body, &pg, &v);
    return ERR_OK;
}

static enum err show_for_link(struct request *rq, struct response *rs)
{
    struct fault said = *rq->fault;
    struct rating_link link;
    *rq->fault = (struct fault){0};
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = rating_link_open(join_ctx(rq), request_cookie(rq, LINK_COOKIE), &link);
    if (err == ERR_NOT_FOUND)
        return show_gone(rq, rs, NULL);
    if (err != ERR_OK)
        return err;
    if (link.used)
        return show_gone(rq, rs, &link);
    *rq->fault = said;
    struct say s = say_of(rq);
    struct view_rating v = {.action = STR("/rate"), .no = ticket_no_show(rq->a, link.no), .title = link.title,
                            .title_zh = rq->lang != LANG_ZH && link.title_lang == APP_ZH,
                            .unit = say_unit(&s, link.unit_code), .filed_at = say_time(&s, link.created_at),
                            .reply = link.reply, .reply_zh = rq->lang != LANG_ZH && link.reply_lang == APP_ZH};
    return show_form(rq, rs, &v);
}

enum err page_rate(struct request *rq, struct response *rs)
{
    return show_for_link(rq, rs);
}

enum err page_rate_post(struct request *rq, struct response *rs)
{
    struct rating_input in;
    struct ticket_done done;
    if (!read_answers(rq, &in))
        return show_for_link(rq, rs);
    enum err err = rating_link_record(join_ctx(rq), request_cookie(rq, LINK_COOKIE), &in, &done);
    if (err == ERR_INVALID)
        return show_for_link(rq, rs);
    if (err == ERR_NOT_FOUND)
        return show_gone(rq, rs, NULL);
    if (err != ERR_OK)
        return err;
    response_cookie_clear(rq, rs, LINK_COOKIE);
    return show_thanks(rq, rs, done.no, in.solved, 0);
}
