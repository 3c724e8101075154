/* new.c - samples of the filing pages. */
#include "states/states.h"

static struct view_step step(const struct sample *m, int n)
{
    (void)m;
    return (struct view_step){.number = n, .total = 5, .back = S("/new")};
}

static struct view_option *kinds(const struct sample *m, size_t *ret_n)
{
    struct view_option *k = ARRAY(m, struct view_option, KIND_END);
    *ret_n = KIND_END - 1;
    for (int i = 1; i < KIND_END; i++) {
        const struct str w = word(WORDS_KIND, i);
        k[i - 1] = (struct view_option){.value = w, .text = say_word(&m->say, "kind", w),
                                        .hint = say_word(&m->say, "kind", arena_printf(m->a, STR_FMT ".hint", STR_ARG(w))),
                                        .chosen = i == KIND_COMPLAINT && !m->empty && !m->wrong};
    }
    return k;
}

static struct str words(const struct sample *m)
{
    if (m->much)
        return lots(m, S("3号楼北侧工地夜里两点还在打桩，https://example.org/averyveryverylongaddresswithoutanybreak\n"), 40);
    return S("3 号楼北侧工地夜里两点还在打桩，已经连续四天，孩子要中考，睡不了觉。");
}

static void draw_words(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_new_words v = {.step = step(m, 1), .errors = errors2(m, "kind", MSG_field_not_a_choice, "text", MSG_field_too_short),
                               .kind_error = err(m, MSG_field_not_a_choice),
                               .text = input(m, m->wrong ? S("打桩") : words(m), MSG_field_too_short), .text_max = 2000,
                               .text_used = m->empty ? 0 : 36, .place = m->much ? zh_name(m, "朝阳区北花园街道北花园小区 3 号楼") : STR_NONE,
                               .draft_found = m->much, .draft_href = S("/new?resume=1"), .draft_at = at(m, 20), .to_check = m->ok};
    v.kinds = kinds(m, &v.n_kinds);
    tmpl_citizen_new_words(o, pg, &v);
}

static void draw_saved(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_new_saved v = {.resume_href = S("https://suda.example/new/resume/QmFzZTMyLXRva2VuLXRoYXQtaXMtbG9uZy1lbm91Z2g"),
                                     .until = at(m, -24 * 7)};
    tmpl_citizen_new_saved(o, pg, &v);
}

static void draw_saved_first(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_new_saved v = {.until = at(m, -24 * 7)};
    tmpl_citizen_new_saved(o, pg, &v);
}

static void draw_resume(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_new_resume v = {.draft = S("0123456789abcdef0123456789abcdef"), .has_own = !m->empty,
                                      .own = {.words = S("楼道灯坏了三天，晚上看不清台阶"), .cut = m->much, .saved_at = at(m, 30)},
                                      .linked = {.words = m->empty ? STR_NONE : S("井盖松动，很危险，夜里看不见"), .cut = m->much,
                                                 .saved_at = at(m, 2)}};
    tmpl_citizen_new_resume(o, pg, &v);
}

static struct view_option *suggestions(const struct sample *m, size_t *ret_n)
{
    static const char *const names[] = {"生态环境 › 噪声 › 施工噪声", "生态环境 › 噪声 › 社会生活噪声", "城乡建设 › 施工管理 › 夜间施工"};
    const size_t rows = m->much ? 12 : 3;
    struct view_option *v = ARRAY(m, struct view_option, rows);
    for (size_t i = 0; i < rows; i++)
        v[i] = (struct view_option){.value = arena_printf(m->a, "0502%02zu", i), .text = zh_name(m, names[i % 3]),
                                    .hint = SAY(&m->say, MSG_new_category_promise, {"unit", zh_name(m, "街道办事处")},
                                                {"limit", say_limit(&m->say, 1440)}),
                                    .chosen = i == 0 && m->ok, .zh = m->say.lang != LANG_ZH};
    *ret_n = rows;
    return v;
}

static const char *const groups[] = {"市场管理", "住房", "城乡建设", "交通管理", "生态环境", "公共服务", "医疗卫生", "教育",
                                     "劳动和社会保障", "社会秩序", "市容环境", "水务", "园林绿化", "文化旅游体育", "其他"};
enum { GROUPS = sizeof groups / sizeof groups[0] };

static void draw_category(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_new_category v = {.step = step(m, 2), .errors = errors(m, "category", MSG_field_not_a_choice),
                                  .category_error = err(m, MSG_field_not_a_choice), .q = input(m, S("打桩"), MSG_field_too_long),
                                  .searched = m->empty, .to_check = m->much};
    if (!m->empty)
        v.suggestions = suggestions(m, &v.n_suggestions);
    if (m->much) {
        v.group = (struct view_name){zh_name(m, "生态环境"), m->say.lang != LANG_ZH};
        v.group_items = v.suggestions;
        v.n_group_items = v.n_suggestions;
    }
    struct view_link *g = ARRAY(m, struct view_link, GROUPS);
    for (size_t i = 0; i < GROUPS; i++)
        g[i] = (struct view_link){.href = arena_printf(m->a, "/new/category?in=%02zu", i + 1), .text = str_from_c(groups[i]),
                                  .zh = m->say.lang != LANG_ZH};
    v.groups = g;
    v.n_groups = GROUPS;
    struct view_doc *d = ARRAY(m, struct view_doc, 2);
    for (size_t i = 0; i < 2; i++)
        d[i] = (struct view_doc){.href = S("/kb/12#a18"), .title = zh_name(m, "北京市环境噪声污染防治办法 第十八条"),
                                 .excerpt = lots(m, S("住宅集中的地方，夜里不许做产生噪声的施工；确需施工的，要有批准文件并向居民公告。"), m->much ? 5 : 1),
                                 .zh = m->say.lang != LANG_ZH};
    v.docs = d;
    v.n_docs = m->empty ? 0 : 2;
    v.similar = similar(m, &v.n_similar);
    tmpl_citizen_new_category(o, pg, &v);
}

static void draw_district(struct buf *o, struct page *pg, const struct sample *m)
{
    static const char *const names[] = {"东城区", "西城区", "朝阳区", "丰台区", "石景山区", "海淀区", "门头沟区", "房山区",
                                        "通州区", "顺义区", "昌平区", "大兴区", "怀柔区", "平谷区", "密云区", "延庆区"};
    struct view_new_place v = {.step = step(m, 3), .errors = errors(m, "area", MSG_field_not_a_choice), .action = S("/new/place"),
                               .district = true, .area_error = err(m, MSG_field_not_a_choice), .q = input(m, S("望京"), MSG_NONE),
                               .none = m->empty, .found = m->much, .cut = m->much ? 16 : 0, .by_district = S("/new/place")};
    struct view_option *a = ARRAY(m, struct view_option, 16);
    for (size_t i = 0; i < 16; i++)
        a[i] = (struct view_option){.value = arena_printf(m->a, "1101%02zu", i + 1), .text = str_from_c(names[i]),
                                    .chosen = m->ok && i == 2, .zh = m->say.lang != LANG_ZH};
    v.areas = a;
    v.n_areas = 16;
    tmpl_citizen_new_place(o, pg, &v);
}

static void draw_street(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_new_place v = {.step = step(m, 3), .errors = errors(m, "area", MSG_field_not_a_choice),
                               .action = S("/new/place/street"), .street = true, .area_error = err(m, MSG_field_not_a_choice),
                               .within = zh_name(m, "朝阳区"), .within_href = S("/new/place"), .unknown = m->empty};
    const size_t n = m->much ? 43 : m->empty ? 0 : 6;
    struct view_option *a = ARRAY(m, struct view_option, n + 1);
    for (size_t i = 0; i < n; i++)
        a[i] = (struct view_option){.value = arena_printf(m->a, "110105%03zu", i), .text = zh_name(m, "北花园街道"),
                                    .chosen = m->ok && i == 1, .zh = m->say.lang != LANG_ZH};
    v.areas = a;
    v.n_areas = n;
    tmpl_citizen_new_place(o, pg, &v);
}

static void draw_community(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_new_place v = {.step = step(m, 3), .errors = errors(m, "area", MSG_field_not_a_choice),
                               .action = S("/new/place/community"), .community = true, .area_error = err(m, MSG_field_not_a_choice),
                               .within = zh_name(m, "朝阳区 北花园街道"), .within_href = S("/new/place/street"), .unknown = m->empty};
    const size_t n = m->much ? 90 : m->empty ? 0 : 5;
    struct view_option *a = ARRAY(m, struct view_option, n + 1);
    for (size_t i = 0; i < n; i++)
        a[i] = (struct view_option){.value = arena_printf(m->a, "110105001%03zu", i), .text = zh_name(m, "北花园东里社区居委会"),
                                    .zh = m->say.lang != LANG_ZH};
    v.areas = a;
    v.n_areas = n;
    tmpl_citizen_new_place(o, pg, &v);
}

static void draw_address(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_new_address v = {.step = step(m, 3), .errors = errors(m, "address", MSG_field_too_long),
                                       .within = zh_name(m, "朝阳区 北花园街道 北花园东里社区"), .within_href = S("/new/place"),
                                       .address = input(m, zh_name(m, "3 号楼北侧"), MSG_field_too_long), .address_max = 200,
                                       .lng = S("116.4567"), .lat = S("39.9876"), .has_point = m->ok};
    tmpl_citizen_new_address(o, pg, &v);
}

struct view_new_file *held(const struct sample *m, size_t n)
{
    struct view_new_file *f = ARRAY(m, struct view_new_file, n + 1);
    for (size_t i = 0; i < n; i++)
        f[i] = (struct view_new_file){.id = arena_printf(m->a, "u%zu", i),
                                      .label = i == 9 ? msg_text(m->say.lang, MSG_fact_video)
                                                      : SAY(&m->say, MSG_fact_photo, {"n", say_int(&m->say, (int64_t)i + 1)}),
                                      .size = S("2.4 MB"), .thumb = i % 2 ? STR_NONE : S("../static/img/logo.svg"),
                                      .is_image = i < 9};
    return f;
}

static void draw_photos(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_new_photos v = {.step = step(m, 4), .errors = errors(m, "file", MSG_field_file_too_large),
                                .file_error = err(m, MSG_field_file_too_large), .photos_max = 9, .photo_mb = 10, .video_mb = 50,
                                .full = m->much, .notice = {.text = m->ok ? MSG_new_photos_removed : MSG_NONE}};
    const size_t n = m->much ? 10 : m->empty ? 0 : 2;
    v.files = held(m, n);
    v.n_files = n;
    tmpl_citizen_new_photos(o, pg, &v);
}

static void draw_contact(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_new_contact v = {.step = step(m, 5), .errors = errors2(m, "phone", MSG_field_not_a_phone, "public", MSG_field_not_a_choice),
                                       .person = !m->much, .enterprise = m->much, .org = input(m, zh_name(m, "北花园便民超市"), MSG_field_too_long),
                                       .name = input(m, say2(m, "王女士", "Ms Wang"), MSG_field_too_long),
                                       .phone = input(m, m->wrong ? S("1380013") : S("13800138000"), MSG_field_not_a_phone),
                                       .phone_masked = m->much ? S("138****8000") : STR_NONE, .is_public = m->ok,
                                       .confidential = m->much, .no_reply = m->much, .public_error = err(m, MSG_field_not_a_choice)};
    tmpl_citizen_new_contact(o, pg, &v);
}

static void draw_code(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_new_code v = {.step = step(m, 5), .errors = errors(m, "code", MSG_field_code_wrong),
                                    .phone_masked = S("138****8000"), .code = input(m, S("123456"), MSG_field_code_wrong),
                                    .minutes = m->much ? 1 : 5, .resent = m->ok};
    tmpl_citizen_new_code(o, pg, &v);
}

static struct view_facts facts(const struct sample *m, const enum msg *labels, const struct str *texts, size_t n, bool change)
{
    struct view_fact *f = ARRAY(m, struct view_fact, n);
    for (size_t i = 0; i < n; i++)
        f[i] = (struct view_fact){.label = labels[i], .text = texts[i], .change = change ? S("/new?to=check") : STR_NONE,
                                  .zh = m->say.lang != LANG_ZH && labels[i] != MSG_fact_kind, .lines = labels[i] == MSG_fact_words};
    return (struct view_facts){f, n};
}

static struct view_facts what(const struct sample *m, bool change)
{
    const enum msg labels[] = {MSG_fact_kind, MSG_fact_words, MSG_fact_category, MSG_fact_place, MSG_fact_address, MSG_fact_files};
    const struct str texts[] = {msg_text(m->say.lang, MSG_kind_complaint), words(m), zh_name(m, "生态环境 › 噪声 › 施工噪声"),
                                zh_name(m, "朝阳区 北花园街道"), m->empty ? STR_NONE : zh_name(m, "3 号楼北侧"),
                                m->empty ? STR_NONE : SAY(&m->say, MSG_fact_files_count, {"n", S("2")})};
    return facts(m, labels, texts, 6, change);
}

static void draw_check(struct buf *o, struct page *pg, const struct sample *m)
{
    const enum msg labels[] = {MSG_fact_name, MSG_fact_phone, MSG_fact_public};
    const struct str texts[] = {m->empty ? STR_NONE : say2(m, "王女士", "Ms Wang"), m->empty ? STR_NONE : S("138****8000"),
                                msg_text(m->say.lang, MSG_public_no)};
    struct view_new_check v = {.step = {.number = 0, .back = S("/new/contact")}, .errors = errors(m, "what", MSG_field_too_long),
                               .what = what(m, true), .who = facts(m, labels, texts, 3, true),
                               .promise = m->empty ? STR_NONE : SAY(&m->say, MSG_new_category_promise, {"unit", zh_name(m, "北花园街道")},
                                                                    {"limit", say_limit(&m->say, 1440)}),
                               .once = S("d41d8cd98f00b204"), .record = m->empty};
    v.photos = photos(m, &v.n_photos);
    v.similar = similar(m, &v.n_similar);
    tmpl_citizen_new_check(o, pg, &v);
}

static void draw_join(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_join v = {.public_id = S("7K3Q9M2D7K3Q9M2D"), .title = zh_name(m, "夜间施工扰民"),
                                .place = zh_name(m, "朝阳区 北花园街道"), .joined = m->empty ? 0 : 12,
                                .zh = m->say.lang != LANG_ZH};
    pg->title_error = false;
    tmpl_citizen_join(o, pg, &v);
}

static void draw_receipt(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_receipt v = {
        .no = S("SD-261122-1234567-8"), .code = m->empty ? STR_NONE : S("7K3Q 9M2D"),
        .qr = {S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\" role=\"img\" aria-label=\"QR\"><path fill=\"#fff\" d=\"M0 0h29v29H0z\"/><path d=\"M4 4h7v7H4zM18 4h7v7h-7zM4 18h7v7H4zM13 13h3v3h-3zM18 18h2v2h-2zM22 22h3v3h-3zM13 19h2v4h-2z\"/></svg>")},
        .track_href = S("/track/SD-261122-1234567-8"), .track_url = S("https://suda.example/track/SD-261122-1234567-8"),
        .filed_at = at(m, 0), .due = at(m, -24), .holder = m->empty ? STR_NONE : zh_name(m, "北花园街道"),
        .why = m->empty ? STR_NONE
                        : SAY(&m->say, MSG_event_dispatched_detail, {"category", zh_name(m, "施工噪声")}, {"area", zh_name(m, "朝阳区北花园街道")},
                              {"rule", S("12")}, {"limit", say_limit(&m->say, 1440)}),
        .has_phone = m->ok, .no_reply = m->much, .diverted = m->wrong, .facts = what(m, false)};
    pg->title_error = false;
    tmpl_citizen_receipt(o, pg, &v);
}

static void draw_stop(struct buf *o, struct page *pg, const struct sample *m, int which)
{
    const struct view_stop v = {.slug = word(WORDS_DIVERSION, which), .emergency = which == DIVERT_EMERGENCY, .legal = which == DIVERT_LEGAL,
                                .repeat = which == DIVERT_REPEAT, .secret = which == DIVERT_SECRET, .outside = which == DIVERT_OUTSIDE,
                                .unlawful = which == DIVERT_UNLAWFUL, .back = S("/new"), .go_on = S("/new/category"),
                                .ticket_no = S("SD-261122-1234567-8"), .ticket_status = msg_text(m->say.lang, MSG_status_handling)};
    tmpl_citizen_stop(o, pg, &v);
}
static void draw_stop1(struct buf *o, struct page *pg, const struct sample *m) { draw_stop(o, pg, m, DIVERT_EMERGENCY); }
static void draw_stop2(struct buf *o, struct page *pg, const struct sample *m) { draw_stop(o, pg, m, DIVERT_LEGAL); }
static void draw_stop3(struct buf *o, struct page *pg, const struct sample *m) { draw_stop(o, pg, m, DIVERT_REPEAT); }
static void draw_stop4(struct buf *o, struct page *pg, const struct sample *m) { draw_stop(o, pg, m, DIVERT_SECRET); }
static void draw_stop5(struct buf *o, struct page *pg, const struct sample *m) { draw_stop(o, pg, m, DIVERT_OUTSIDE); }
static void draw_stop6(struct buf *o, struct page *pg, const struct sample *m) { draw_stop(o, pg, m, DIVERT_UNLAWFUL); }
static void draw_stops(struct buf *o, struct page *pg, const struct sample *m)
{
    (void)m;
    tmpl_citizen_stop_list(o, pg);
}

const struct sheet sheets_new[] = {
    {"citizen_new_words", draw_words, NAV_FILE, MSG_title_new, false},
    {"citizen_new_saved", draw_saved, NAV_FILE, MSG_title_new, true},
    {"citizen_new_saved_first", draw_saved_first, NAV_FILE, MSG_title_new, true},
    {"citizen_new_resume", draw_resume, NAV_FILE, MSG_title_new, false},
    {"citizen_new_category", draw_category, NAV_FILE, MSG_title_new, false},
    {"citizen_new_place_district", draw_district, NAV_FILE, MSG_title_new, false},
    {"citizen_new_place_street", draw_street, NAV_FILE, MSG_title_new, false},
    {"citizen_new_place_community", draw_community, NAV_FILE, MSG_title_new, false},
    {"citizen_new_address", draw_address, NAV_FILE, MSG_title_new, false},
    {"citizen_new_photos", draw_photos, NAV_FILE, MSG_title_new, false},
    {"citizen_new_contact", draw_contact, NAV_FILE, MSG_title_new, false},
    {"citizen_new_code", draw_code, NAV_FILE, MSG_title_new, false},
    {"citizen_new_check", draw_check, NAV_FILE, MSG_title_new, false},
    {"citizen_join", draw_join, NAV_FILE, MSG_title_new, false},
    {"citizen_receipt", draw_receipt, NAV_FILE, MSG_title_receipt, false},
    {"citizen_stop_list", draw_stops, NAV_FILE, MSG_title_stop, true},
    {"citizen_stop_emergency", draw_stop1, NAV_FILE, MSG_title_stop, true},
    {"citizen_stop_legal", draw_stop2, NAV_FILE, MSG_title_stop, true},
    {"citizen_stop_repeat", draw_stop3, NAV_FILE, MSG_title_stop, true},
    {"citizen_stop_secret", draw_stop4, NAV_FILE, MSG_title_stop, true},
    {"citizen_stop_outside", draw_stop5, NAV_FILE, MSG_title_stop, true},
    {"citizen_stop_unlawful", draw_stop6, NAV_FILE, MSG_title_stop, true},
    {NULL, NULL, NAV_NONE, 0, false},
};
