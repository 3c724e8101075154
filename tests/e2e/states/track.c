/* track.c - samples of following, acting and rating. */
#include "states/states.h"

static const char reply_zh[] = "昨晚 22 时到场检查，工地未取得夜间施工许可，已责令停工并立案。今后夜间由值班人员巡查，再有施工可直接拨打值班电话。";

static struct view_facts facts(const struct sample *m, const enum msg *labels, const struct str *texts, size_t n)
{
    struct view_fact *f = ARRAY(m, struct view_fact, n);
    for (size_t i = 0; i < n; i++)
        f[i] = (struct view_fact){.label = labels[i], .text = texts[i]};
    return (struct view_facts){f, n};
}

static struct view_facts rating_facts(const struct sample *m)
{
    const enum msg labels[] = {MSG_fact_contacted, MSG_fact_solved, MSG_fact_satisfaction, MSG_fact_rating_words};
    const struct str texts[] = {msg_text(m->say.lang, MSG_rating_contacted_yes), msg_text(m->say.lang, MSG_rating_solved_no),
                                msg_text(m->say.lang, MSG_grade_dissatisfied), say2(m, "第二天夜里又开工了。", "They started again the next night.")};
    return facts(m, labels, texts, 4);
}

static void draw_find(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_track_find v = {.errors = errors2(m, "ticket_no", MSG_field_bad_format, "query_code", MSG_field_required),
                                      .ticket_no = input(m, S("SD-261122-1234567-8"), MSG_field_bad_format),
                                      .query_code = input(m, S("7K3Q9M2D"), MSG_field_required), .signed_in = m->ok,
                                      .notice = {.text = m->much ? MSG_me_signed_out : MSG_NONE}};
    tmpl_citizen_track_find(o, pg, &v);
}

static struct view_event *events(const struct sample *m, size_t *ret_n)
{
    const struct say *s = &m->say;
    struct msg_arg unit = {"unit", zh_name(m, "北花园街道")};
    const struct view_event base[] = {
        {.at = at(m, 0), .title = SAY(s, MSG_event_cowork_asked, unit, {"to", zh_name(m, "区城管执法局、区生态环境局")}),
         .detail = SAY(s, MSG_event_cowork_asked_detail, {"due", at(m, -1).text}), .tag = SAY(s, MSG_tag_cowork, {"done", S("1")}, {"all", S("2")}), .tag_wait = true},
        {.at = at(m, 3), .title = msg_text(s->lang, MSG_event_message), .words = say2(m, "今晚又来了两台机器。", "Two more machines came tonight.")},
        {.at = at(m, 8), .title = msg_text(s->lang, MSG_event_contacted), .detail = SAY(s, MSG_event_contacted_detail, {"attempt", S("1")})},
        {.at = at(m, 9), .title = SAY(s, MSG_event_signed, unit), .detail = msg_text(s->lang, MSG_event_signed_detail)},
        {.at = at(m, 14), .title = SAY(s, MSG_event_dispatched_copy, unit, {"copy", zh_name(m, "朝阳区政府")}),
         .detail = SAY(s, MSG_event_dispatched_detail, {"category", zh_name(m, "施工噪声")}, {"area", zh_name(m, "朝阳区北花园街道")},
                       {"rule", S("12")}, {"limit", say_limit(s, 1440)})},
        {.at = at(m, 15), .title = msg_text(s->lang, MSG_event_received)},
    };
    const size_t n = sizeof base / sizeof base[0], rows = m->empty ? 1 : m->much ? 40 : n;
    struct view_event *e = ARRAY(m, struct view_event, rows);
    for (size_t i = 0; i < rows; i++)
        e[i] = m->empty ? base[n - 1] : base[i % n];
    if (m->wrong) {
        e[0] = (struct view_event){.at = at(m, 1), .title = msg_text(s->lang, MSG_event_overdue), .bad = true, .tag_late = true,
                                   .detail = SAY(s, MSG_event_overdue_detail, {"due", at(m, 1).text}, unit), .tag = msg_text(s->lang, MSG_tag_overdue)};
    }
    e[0].photos = photos(m, &e[0].n_photos);
    *ret_n = rows;
    return e;
}

static void draw_track(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const struct str holder = zh_name(m, "北花园街道");
    const enum ticket_state st = m->empty ? STATE_RECEIVED : STATE_HANDLING;
    const enum msg labels[] = {MSG_fact_category, MSG_fact_place, MSG_fact_public};
    const struct str texts[] = {zh_name(m, "施工噪声"), zh_name(m, "朝阳区北花园街道 3 号楼北侧"), msg_text(s->lang, MSG_public_no)};
    struct view_track v = {
        .no = S("SD-261122-1234567-8"),
        .headline = m->empty ? msg_text(s->lang, MSG_headline_received)
                             : SAY(s, m->wrong ? MSG_headline_overdue : MSG_headline_handling, {"unit", holder}),
        .notice = {.text = m->ok ? MSG_track_done_urged : MSG_NONE}, .filed_at = at(m, 15), .channel = msg_text(s->lang, MSG_channel_by_web),
        .progress = say_progress(s, st, false), .running = true, .due = at(m, m->wrong ? 1 : -9),
        .left = say_left(s, s->now_us + (m->wrong ? -1 : 1) * INT64_C(560) * 60 * 1000000), .holder = m->empty ? STR_NONE : holder,
        .next = m->empty ? msg_text(s->lang, MSG_next_received) : SAY(s, MSG_next_cowork, {"unit", zh_name(m, "区城管执法局")}, {"time", at(m, -1).text}),
        .forecast = m->empty ? STR_NONE : SAY(s, MSG_forecast_half, {"time", SAY(s, MSG_span_hours, {"n", S("14")})}),
        .can_add = true, .can_urge = m->ok || m->wrong, .can_withdraw = true, .can_follow = m->ok || m->much, .following = m->much,
        .urge_wait = m->much ? SAY(s, MSG_track_urge_wait, {"time", at(m, -20).text}) : STR_NONE, .text = say2(m, "3 号楼北侧工地夜里两点还在打桩，已经连续四天，孩子要中考，睡不了觉。", "Piling goes on at two in the morning north of building 3, for four days now."),
        .facts = facts(m, labels, texts, 3), .contact_kept = !m->empty, .track_url = S("https://suda.example/track/SD-261122-1234567-8")};
    if (m->much) {
        v.first_due = at(m, 2);
        v.extended_why = say2(m, "需要市级部门鉴定。", "A city laboratory has to measure it.");
        v.merged = true;
        v.main_headline = SAY(s, MSG_headline_handling, {"unit", holder});
        v.main_running = true;
        v.main_due = at(m, -9);
        v.main_events = events(m, &v.n_main_events);
        v.reply = str_from_c(reply_zh);
        v.reply_zh = s->lang != LANG_ZH;
        v.reply_by = holder;
        v.reply_at = at(m, 2);
        v.can_rate = v.can_object = true;
        v.object_until = day(m, -7);
        v.rated = true;
        v.rating = rating_facts(m);
    }
    v.events = events(m, &v.n_events);
    v.photos = photos(m, &v.n_photos);
    struct view_look *l = ARRAY(m, struct view_look, 3);
    for (size_t i = 0; i < 3; i++)
        l[i] = (struct view_look){at(m, 8), msg_text(s->lang, MSG_look_officer), msg_text(s->lang, MSG_look_contact)};
    v.looks = l;
    v.n_looks = m->ok ? 1 : m->much ? 3 : 0;
    pg->title_error = false;
    tmpl_citizen_track(o, pg, &v);
}

static void draw_closed(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const enum ticket_state st = m->empty ? STATE_WITHDRAWN : m->wrong ? STATE_DIVERTED : m->much ? STATE_CLOSED : STATE_RATING;
    const struct str holder = st == STATE_RATING || st == STATE_CLOSED ? zh_name(m, "北花园街道") : STR_NONE;
    const struct ticket_view t = {.state = st, .rated = m->much, .holder = holder};
    struct view_track v = {.no = S("SD-261122-1234567-8"), .headline = say_headline(s, &t), .filed_at = at(m, 30),
                           .channel = msg_text(s->lang, MSG_channel_by_phone), .progress = say_progress(s, st, t.rated),
                           .holder = holder, .next = say_next(s, &t), .text = say2(m, "路灯不亮。", "The street lamp is out.")};
    if (holder.n > 0) {
        v.reply = lots(m, str_from_c(reply_zh), m->much ? 8 : 1);
        v.reply_zh = s->lang != LANG_ZH;
        v.reply_by = holder;
        v.reply_at = at(m, 2);
        v.can_object = true;
        v.object_until = day(m, -7);
    }
    v.can_rate = st == STATE_RATING;
    v.rated = m->much;
    v.rating = rating_facts(m);
    v.events = events(m, &v.n_events);
    pg->title_error = false;
    tmpl_citizen_track(o, pg, &v);
}

static void draw_add(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_track_add v = {.no = S("SD-261122-1234567-8"), .once = S("0123456789abcdef"), .errors = errors2(m, "text", MSG_field_required, "file", MSG_field_file_type),
                                     .text = input(m, say2(m, "今晚又来了两台机器。", "Two more machines came tonight."), MSG_field_required),
                                     .text_max = 1000, .file_error = err(m, MSG_field_file_type), .photos_max = m->much ? 0 : 7, .photo_mb = 10, .video_mb = 50};
    tmpl_citizen_track_add(o, pg, &v);
}

static void draw_act(struct buf *o, struct page *pg, const struct sample *m, int which)
{
    const struct view_track_act v = {.no = S("SD-261122-1234567-8"), .once = S("0123456789abcdef"), .urge = which == 0, .withdraw = which == 1, .object = which == 2,
                                     .errors = errors(m, "reason", MSG_field_too_short),
                                     .reason = input(m, say2(m, "工地昨晚又开工了。", "Work went on again last night."), MSG_field_too_short),
                                     .reason_max = 1000, .urges_left = m->empty ? 1 : 4, .until = day(m, -7)};
    tmpl_citizen_track_act(o, pg, &v);
}
static void draw_urge(struct buf *o, struct page *pg, const struct sample *m)
{
    struct sample quiet = *m;
    quiet.wrong = false; /* a page without a field of its own has no error */
    pg->title_error = false;
    draw_act(o, pg, &quiet, 0);
}
static void draw_withdraw(struct buf *o, struct page *pg, const struct sample *m) { draw_act(o, pg, m, 1); }
static void draw_object(struct buf *o, struct page *pg, const struct sample *m) { draw_act(o, pg, m, 2); }

static void draw_rating(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_rating v = {.action = S("/track/SD-261122-1234567-8/rating"), .once = S("0123456789abcdef"), .no = S("SD-261122-1234567-8"),
                            .back = m->empty ? STR_NONE : S("/track/SD-261122-1234567-8"),
                            .errors = errors2(m, "contacted", MSG_field_not_a_choice, "satisfaction", MSG_field_not_a_choice),
                            .title = say2(m, "夜间施工噪声", "Building noise at night"), .unit = zh_name(m, "北花园街道"), .filed_at = at(m, 200),
                            .reply = m->empty ? STR_NONE : str_from_c(reply_zh), .reply_zh = m->say.lang != LANG_ZH,
                            .contacted_yes = m->much, .solved_no = m->much, .contacted_error = err(m, MSG_field_not_a_choice),
                            .satisfaction_error = err(m, MSG_field_not_a_choice), .words = input(m, say2(m, "还行。", "Fine."), MSG_field_too_long),
                            .words_max = 500};
    const int from = m->much ? 1 : 2, to = m->much ? 5 : 4;
    struct view_option *g = ARRAY(m, struct view_option, 5);
    for (int i = from; i <= to; i++)
        g[v.n_grades++] = (struct view_option){.value = word(WORDS_SATISFACTION, i), .text = say_word(&m->say, "grade", word(WORDS_SATISFACTION, i)),
                                               .chosen = m->much && i == 4};
    v.grades = g;
    tmpl_citizen_rating(o, pg, &v);
}

static void draw_rated(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_rated v = {.no = S("SD-261122-1234567-8"), .track_href = m->empty ? STR_NONE : S("/track/SD-261122-1234567-8"),
                                 .unsolved = !m->ok, .can_object = m->much, .object_until = day(m, -7)};
    pg->title_error = false;
    tmpl_citizen_rated(o, pg, &v);
}

static void draw_gone(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_rating_gone v = {.used = !m->empty, .rating = m->wrong ? (struct view_facts){NULL, 0} : rating_facts(m)};
    pg->title_error = false;
    tmpl_citizen_rating_gone(o, pg, &v);
}

const struct sheet sheets_track[] = {
    {"citizen_track_find", draw_find, NAV_TRACK, MSG_title_track, false},
    {"citizen_track", draw_track, NAV_TRACK, MSG_title_track, false},
    {"citizen_track_ended", draw_closed, NAV_TRACK, MSG_title_track, false},
    {"citizen_track_add", draw_add, NAV_TRACK, MSG_title_track, false},
    {"citizen_track_urge", draw_urge, NAV_TRACK, MSG_title_track, false},
    {"citizen_track_withdraw", draw_withdraw, NAV_TRACK, MSG_title_track, false},
    {"citizen_track_object", draw_object, NAV_TRACK, MSG_title_track, false},
    {"citizen_rating", draw_rating, NAV_TRACK, MSG_title_rating, false},
    {"citizen_rated", draw_rated, NAV_TRACK, MSG_title_rating, false},
    {"citizen_rating_gone", draw_gone, NAV_TRACK, MSG_title_rating, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
