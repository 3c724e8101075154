/* staff.c - samples of the back office: its frame, one demand, the worklist, the form of an act, contact data. */
#include "pages/staff_nav.h"
#include "pages/view_staff_act.h"
#include "pages/view_staff_work.h"
#include "states/staff.h"

/* Most have a handful of pages; who does everything has all. */
static const struct page_link *links(const struct sample *m, size_t *ret_n)
{
    static const size_t few[] = {0, 1, 4, 5, 8, 9};
    *ret_n = m->much ? staff_n_nav : sizeof few / sizeof *few;
    struct page_link *l = ARRAY(m, struct page_link, staff_n_nav);
    for (size_t i = 0; i < *ret_n; i++)
        l[i] = (struct page_link){S("#nav"), staff_nav[m->much ? i : few[i]].label, i == 2};
    return l;
}

void staff_frame(struct page *pg, const struct sample *m)
{
    struct page_desk *d = NEW(m, struct page_desk);
    *d = (struct page_desk){.name = m->much ? zh_name(m, "演示·街道承办人") : S("李工"), .unit = zh_name(m, "建外街道"), .unit_zh = m->say.lang != LANG_ZH};
    d->links = links(m, &d->n_links);
    pg->desk = d;
    pg->signed_in = true;
    pg->desk_css_url = S("../static/css/staff.css");
}

void staff_shown(struct page *pg, const struct sample *m)
{
    staff_frame(pg, m);
    pg->title_error = false;
}

void staff_gate(struct page *pg, const struct sample *m)
{
    (void)m;
    pg->desk_css_url = S("../static/css/staff.css");
}

struct view_option *staff_options(const struct sample *m, size_t n)
{
    struct view_option *v = ARRAY(m, struct view_option, n + 1);
    for (size_t i = 0; i < n; i++)
        v[i] = (struct view_option){.value = arena_printf(m->a, "o%zu", i), .text = zh_name(m, "市发展改革委"), .zh = m->say.lang != LANG_ZH, .chosen = i == 0};
    return v;
}

struct view_name staff_unit(const struct sample *m)
{
    return (struct view_name){zh_name(m, "朝阳区建外街道"), m->say.lang != LANG_ZH};
}

struct view_pager staff_pager(const struct sample *m)
{
    return (struct view_pager){.prev = m->much ? S("#prev") : STR_NONE, .next = m->much || m->ok ? S("#next") : STR_NONE};
}

/* Of lists whose search has a bound: in the state "error" it stopped there, before the page was full. */
struct view_pager staff_pager_bounded(const struct sample *m)
{
    struct view_pager p = staff_pager(m);
    p.unfinished = m->wrong;
    p.next = m->wrong ? S("#next") : p.next;
    return p;
}

struct str staff_left(const struct sample *m, int hours)
{
    return say_left_short(&m->say, m->say.now_us + (m->wrong ? -1 : 1) * hours * US_PER_HOUR);
}

size_t staff_rows(const struct sample *m)
{
    return m->empty ? 0 : m->much ? 8 : 3;
}

struct str staff_no(const struct sample *m, size_t i)
{
    return arena_printf(m->a, "SD-261122-12345%02zu-8", i % 100);
}

static struct view_staff_do *acts(const struct sample *m)
{
    static const enum msg labels[] = {MSG_staff_act_contact, MSG_staff_act_reply, MSG_staff_act_note, MSG_staff_act_extend, MSG_staff_act_whistle,
                                      MSG_staff_act_escalate, MSG_staff_act_relay, MSG_staff_act_return};
    struct view_staff_do *d = ARRAY(m, struct view_staff_do, 8);
    for (size_t i = 0; i < 8; i++)
        d[i] = (struct view_staff_do){.href = S("#do"), .label = msg_text(m->say.lang, labels[i]), .strong = i == 7};
    return d;
}

static struct view_staff_assignment *assignments(const struct sample *m, size_t n)
{
    static const enum msg roles[] = {MSG_staff_role_of_lead, MSG_staff_role_of_whistle, MSG_staff_role_of_copy};
    struct view_staff_assignment *a = ARRAY(m, struct view_staff_assignment, n + 1);
    for (size_t i = 0; i < n; i++)
        a[i] = (struct view_staff_assignment){.role = msg_text(m->say.lang, roles[i % 3]), .unit = zh_name(m, i ? "市发展改革委" : "建外街道"),
                                              .state = msg_text(m->say.lang, i == 1 ? MSG_staff_assignment_sent : MSG_staff_assignment_signed),
                                              .due = at(m, m->wrong ? 2 : -9), .waiting = i == 1, .zh = m->say.lang != LANG_ZH, .late = m->wrong && i == 0,
                                              .left = i % 3 < 2 ? say_left_short(&m->say, m->say.now_us + (m->wrong ? -1 : 1) * 9 * US_PER_HOUR) : STR_NONE};
    return a;
}

static struct view_staff_event *history(const struct sample *m, size_t n)
{
    const struct msg_arg unit = {"unit", zh_name(m, "建外街道")};
    struct view_staff_event *e = ARRAY(m, struct view_staff_event, n);
    for (size_t i = 0; i < n; i++) {
        e[i].e = i % 2 ? (struct view_event){.at = at(m, (int)i), .title = SAY(&m->say, MSG_event_signed, unit), .bad = m->wrong}
                       : (struct view_event){.at = at(m, (int)i), .title = msg_text(m->say.lang, MSG_event_note),
                                             .words = say2(m, "物业说周三有人。", "The property company is in on Wednesday.")};
        e[i].internal = i % 2 == 0;
    }
    e[0].e.photos = photos(m, &e[0].e.n_photos);
    return e;
}

static void ties(const struct sample *m, struct view_staff_ticket *v)
{
    struct view_staff_link *l = NEW(m, struct view_staff_link);
    struct view_staff_rating *r = NEW(m, struct view_staff_rating);
    struct view_look *k = NEW(m, struct view_look);
    *l = (struct view_staff_link){.href = S("#tie"), .no = S("SD-261122-7654321-0"), .title = zh_name(m, "北门路灯又灭了"), .zh = m->say.lang != LANG_ZH,
                                  .how = msg_text(m->say.lang, MSG_staff_tie_same), .status = msg_text(m->say.lang, MSG_status_handling)};
    *r = (struct view_staff_rating){.round = 1, .text = msg_text(m->say.lang, MSG_rating_solved_no), .words = say2(m, "又灭了。", "Dark again."), .at = at(m, 5)};
    *k = (struct view_look){.at = at(m, 6), .who = msg_text(m->say.lang, MSG_look_officer), .purpose = zh_name(m, "约定上门时间")};
    v->links = l;
    v->ratings = r;
    v->looks = k;
    v->n_links = v->n_ratings = v->n_looks = m->empty ? 0 : 1;
}

static void draw_ticket(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    struct view_fact *f = ARRAY(m, struct view_fact, 2);
    f[0] = (struct view_fact){.label = MSG_fact_category, .text = zh_name(m, "物业服务不到位"), .zh = s->lang != LANG_ZH};
    f[1] = (struct view_fact){.label = MSG_fact_place, .text = zh_name(m, "朝阳区建外街道"), .zh = s->lang != LANG_ZH};
    const size_t rows = m->empty ? 0 : m->much ? 12 : 3, told = m->empty ? 1 : m->much ? 40 : 4;
    struct view_staff_ticket v = {
        .no = S("SD-261122-1234567-8"), .title = zh_name(m, "小区北门的路灯连续三天不亮"), .status = msg_text(s->lang, MSG_status_handling),
        .text = say2(m, "小区北门的路灯连续三天不亮，晚上看不清台阶。", "The lamps at the north gate have been out for three days."), .late = m->wrong,
        .confidential = m->much, .paused = m->much, .demo = m->much, .has_contact = !m->empty, .running = !m->empty,
        .notice = {.text = m->ok ? MSG_staff_done_sign : m->wrong ? MSG_staff_done_late : MSG_NONE, .bad = m->wrong}, .filed_at = at(m, 20),
        .promise = at(m, m->wrong ? 1 : -9), .left = say_left(s, s->now_us + (m->wrong ? -1 : 1) * 9 * US_PER_HOUR), .level = say_limit(s, 1440),
        .reported_unit = m->much ? zh_name(m, "某某街道") : STR_NONE, .facts = {f, 2}, .first = acts(m), .n_first = m->empty ? 0 : 1, .acts = acts(m) + 1,
        .n_acts = m->empty ? 0 : 7, .assignments = assignments(m, rows), .n_assignments = rows, .events = history(m, told), .n_events = told,
        .reveal = m->ok || m->much ? S("#reveal") : STR_NONE};
    v.photos = photos(m, &v.n_photos);
    ties(m, &v);
    staff_shown(pg, m);
    tmpl_staff_ticket(o, pg, &v);
}

static void draw_work(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const size_t n = m->empty ? 0 : m->much ? 20 : 3;
    struct view_staff_item *t = ARRAY(m, struct view_staff_item, n + 1);
    for (size_t i = 0; i < n; i++)
        t[i] = (struct view_staff_item){.href = S("#item"), .no = arena_printf(m->a, "SD-261122-123456%zu-8", i % 10), .title = zh_name(m, "北门路灯连续三天不亮"),
                                        .category = zh_name(m, "物业服务不到位"), .place = zh_name(m, "建外街道"), .role = msg_text(s->lang, MSG_staff_role_of_lead),
                                        .state = msg_text(s->lang, MSG_staff_assignment_sent), .due = at(m, m->wrong ? 3 : -3), .late = m->wrong,
                                        .left = say_left_short(s, s->now_us + (m->wrong ? -1 : 1) * 3 * US_PER_HOUR), .zh = s->lang != LANG_ZH, .fast = i == 0,
                                        .urges = m->much ? 3 : 0, .round = m->much ? 2 : 0};
    static const enum msg labels[] = {MSG_staff_count_open, MSG_staff_count_unsigned, MSG_staff_count_today, MSG_staff_count_late};
    struct view_staff_count *c = ARRAY(m, struct view_staff_count, 4);
    for (size_t i = 0; i < 4; i++)
        c[i] = (struct view_staff_count){.href = S("#count"), .label = labels[i], .n = {m->much ? 1203016 : 12}, .bad = i == 3 && m->wrong, .current = i == 0};
    struct view_option *all = staff_options(m, 3);
    const struct view_staff_work v = {.unit = zh_name(m, "建外街道"), .unit_zh = s->lang != LANG_ZH, .counts = c, .n_counts = 4, .counted = at(m, 1), .units = all,
                                      .n_units = m->much ? 3 : 0, .roles = all, .n_roles = 3, .states = all, .n_states = 3, .dues = all, .n_dues = 3,
                                      .categories = all, .n_categories = 3, .areas = all, .n_areas = 3, .items = t, .n_items = n, .filtered = m->wrong || m->much,
                                      .pager = staff_pager_bounded(m)};
    staff_shown(pg, m);
    tmpl_staff_work(o, pg, &v);
}

/* A field of every kind. */
static void draw_act(struct buf *o, struct page *pg, const struct sample *m)
{
    const enum lang lang = m->say.lang;
    const size_t n_units = m->empty ? 1 : m->much ? 30 : 3;
    struct view_act_group *g = ARRAY(m, struct view_act_group, 2);
    g[0] = (struct view_act_group){.label = msg_text(lang, MSG_staff_units_streets), .open = true, .options = staff_options(m, n_units), .n_options = n_units};
    g[1] = (struct view_act_group){.label = msg_text(lang, MSG_staff_units_city), .options = staff_options(m, n_units), .n_options = n_units};
    struct view_act_template *w = NEW(m, struct view_act_template);
    *w = (struct view_act_template){S("?use=1"), zh_name(m, "路灯已经修好")};
    const struct view_act_field f[] = {
        {.choice = true, .id = S("outcome"), .name = S("outcome"), .label = msg_text(lang, MSG_staff_field_outcome), .options = staff_options(m, 3), .n_options = 3,
         .error = err(m, MSG_field_required)},
        {.area = true, .id = S("words"), .name = S("words"), .label = msg_text(lang, MSG_staff_act_reply_words), .hint = msg_text(lang, MSG_staff_act_reply_words_hint),
         .value = m->empty ? STR_NONE : say2(m, "三盏路灯已经更换。", "Three lamps were replaced."), .error = err(m, MSG_field_required)},
        {.select = true, .id = S("unit_code"), .name = S("unit_code"), .label = msg_text(lang, MSG_staff_field_unit_code), .groups = g, .n_groups = 2, .optional = true},
        {.checks = true, .id = S("units"), .name = S("units"), .label = msg_text(lang, MSG_staff_field_units), .groups = g, .n_groups = 2},
        {.time = true, .id = S("due"), .name = S("due"), .label = msg_text(lang, MSG_staff_field_due), .hint = msg_text(lang, MSG_staff_field_due_hint), .optional = true},
        {.files = true, .id = S("file"), .name = S("file"), .label = msg_text(lang, MSG_staff_field_files), .optional = true},
        {.tick = true, .id = S("stage"), .name = S("stage"), .label = msg_text(lang, MSG_staff_field_stage), .chosen = m->much},
        {.line = true, .id = S("other"), .name = S("other"), .label = msg_text(lang, MSG_staff_field_other), .optional = true}};
    const struct view_staff_act v = {.no = S("SD-261122-1234567-8"), .action = S("#act"), .back = S("#back"), .title = msg_text(lang, MSG_staff_act_reply),
                                     .lead = msg_text(lang, MSG_staff_act_reply_lead), .button = msg_text(lang, MSG_staff_act_reply), .subject = zh_name(m, "北门路灯不亮"),
                                     .strong = m->much, .subject_zh = lang != LANG_ZH, .multipart = true, .version = 3,
                                     .errors = errors2(m, "outcome", MSG_field_required, "words", MSG_field_required), .fields = f,
                                     .n_fields = m->empty ? 0 : sizeof f / sizeof *f, .templates = w, .n_templates = m->empty ? 0 : 1};
    staff_frame(pg, m);
    tmpl_staff_act(o, pg, &v);
}

static void draw_contact(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_contact v = {.no = S("SD-261122-1234567-8"), .back = S("#back"), .name = m->empty ? STR_NONE : zh_name(m, "王小明"),
                                         .phone = m->empty ? STR_NONE : S("13800138000"), .org = m->much ? zh_name(m, "某某物业公司") : STR_NONE,
                                         .purpose = say2(m, "约定上门查看的时间", "To agree on a time to come")};
    staff_shown(pg, m);
    tmpl_staff_contact(o, pg, &v);
}

const struct sheet sheets_staff[] = {
    {"staff_ticket", draw_ticket, NAV_NONE, MSG_staff_ticket_title, false},
    {"staff_work", draw_work, NAV_NONE, MSG_staff_nav_work, false},
    {"staff_act", draw_act, NAV_NONE, MSG_staff_ticket_title, false},
    {"staff_contact", draw_contact, NAV_NONE, MSG_staff_contact_title, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
