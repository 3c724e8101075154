/*
 * test_search.c - the knowledge base over the 132 laws, as role open: recall against LIKE, questions as people ask them,
 * paging, refusals. DB_SOCKET names the server; the database is seeded.
 */
#include "app/crypto.h"
#include "app/knowledge.h"
#include "db/admin.h"
#include "unit.h"

static struct db *db;
static struct db_admin *admin;
static struct arena *a;
static struct fault f;

static struct db_config account(const char *user)
{
    return (struct db_config){.socket = getenv("DB_SOCKET"), .user = user, .password = "test", .database = "suda",
                              .connect_timeout_ms = 2000, .read_timeout_ms = 20000, .max_statement_ms = 10000};
}

static int setup(void **state)
{
    static struct db_config open_account, owner;
    (void)state;
    crypto_init();
    open_account = account("suda_open");
    owner = account("suda_owner");
    a = arena_new(1 << 26);
    db = db_new(&open_account, &sql_catalogue_open);
    admin = db_admin_open(&owner, &f);
    return a && db && admin ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    db_end_request(db);
    db_free(db);
    db_admin_close(admin);
    arena_free(a);
    return 0;
}

static struct kb_results search(const char *q, const char *category)
{
    struct kb_results r;
    db_end_request(db);
    arena_clear(a);
    f = (struct fault){0};
    db_begin_request(db, a, &f, 0);
    assert_int_equal(knowledge_search(db, a, str_from_c(q), str_from_c(category), STR_NONE, &r, &f), ERR_OK);
    return r;
}

static int64_t truth(const char *q)
{
    char sql[400];
    int64_t n = 0;
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM kb_section WHERE seq > 0 AND body LIKE '%%%s%%'", q);
    assert_int_equal(db_admin_number(admin, sql, &n), ERR_OK);
    return n;
}

/* Sections whose body holds the word, as far as the cap reaches; the title may add some of its own. */
static void test_recall(void **state)
{
    (void)state;
    static const char *const words[] = {"电梯", "停车费", "养犬", "预付卡", "拖欠工资", "加装电梯", "公共收益", "业主委员会",
        "噪声污染", "消防车通道", "烟花爆竹", "电动自行车", "居住证", "行政复议", "个人信息", "接诉即办", "社会保障卡", "12345",
        "人身安全保护令", "生活垃圾", "临时救助", "共享单车", "水"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct kb_results r = search(words[i], "");
        int64_t want = truth(words[i]);
        int64_t enough = want < LIMIT_SEARCH_RESULTS ? want : 150;
        if (r.n_sections < enough || (want > 2 && !r.exact))
            print_error("%s: %lld of %lld\n", words[i], (long long)r.n_sections, (long long)want);
        assert_true(r.n_sections >= enough);
        assert_true(want <= 2 || r.exact);
    }
}

static bool is_among(const struct kb_results *r, const char *title, size_t first)
{
    for (size_t i = 0; i < r->n_found && i < first; i++)
        if (str_find(r->found[i].article.title, str_from_c(title)))
            return true;
    return false;
}

/* As people ask; the law that answers must be among the first three. */
static void test_questions(void **state)
{
    (void)state;
    static const struct {
        const char *q, *law;
    } rows[] = {
        {"老旧小区装电梯", "无障碍环境建设法"},     {"健身卡退费怎么办", "单用途预付卡"},
        {"单位不发工资怎么办", "保障农民工工资支付"}, {"欠薪", "保障农民工工资支付"},
        {"夜间施工噪声几点停", "噪声"},            {"遛狗不拴绳", "养犬"},
        {"孩子在学校被欺负", "未成年人保护"},        {"快递丢了怎么赔", "快递暂行条例"},
        {"网购退货几天", "消费者权益保护法"},        {"业委会怎么成立", "物业管理条例"},
        {"工伤认定多少天内申请", "工伤保险条例"},     {"高空抛物谁负责", "侵权责任编"},
        {"家暴怎么申请保护", "反家庭暴力法"},         {"鞭炮能放吗", "烟花爆竹"},
        {"违建举报", "城乡规划"},                 {"地锁占车位", "机动车停车"},
        {"低保怎么申请", "最低生活保障"},           {"对罚款不服怎么复议", "行政复议法"},
    };
    size_t missed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kb_results r = search(rows[i].q, "");
        if (!is_among(&r, rows[i].law, 3)) {
            missed++;
            print_error("%s: %s is not among the first three\n", rows[i].q, rows[i].law);
        }
    }
    assert_int_equal(missed, 0);
}

static void test_excerpt_is_of_the_article(void **state)
{
    (void)state;
    struct kb_results r = search("公共收益单独列账", "");
    assert_true(r.n_found >= 1 && r.found[0].n_parts >= 1);
    assert_str(r.found[0].parts[0].anchor, "a74");
    assert_str(r.found[0].parts[0].heading, "第七十四条");
    bool hit = false;
    for (size_t i = 0; i < r.found[0].parts[0].n_bits; i++)
        hit |= r.found[0].parts[0].bits[i].hit;
    assert_true(hit);
}

static void test_category(void **state)
{
    (void)state;
    struct kb_results all = search("消防", ""), safety = search("消防", "safety");
    assert_true(safety.n_articles > 0 && safety.n_articles < all.n_articles);
    for (size_t i = 0; i < safety.n_found; i++)
        assert_str(safety.found[i].article.category, "safety");
}

/* What nobody should type, and operators of full-text search: an answer, never a fault of the server. */
static void test_odd_words(void **state)
{
    (void)state;
    static const char *const words[] = {"((", "\"", "@", "+-*", "~停车<>", "'; DROP TABLE x; --", "%", "_", "。", "\"停车费\"", "“物业”",
        "a", "🙂", "停\t车", "水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水 水"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        (void)search(words[i], "");
}

static void test_refusals(void **state)
{
    (void)state;
    struct kb_results r;
    char longer[LIMIT_SEARCH_CHARS + 2];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    const struct {
        struct str q, cursor;
        const char *reason;
    } rows[] = {{STR("  "), STR_NONE, "REQUIRED"}, {str_from_c(longer), STR_NONE, "TOO_LONG"}, {STR("\xff"), STR_NONE, "BAD_TEXT"},
                {STR("停车"), STR("nonsense"), "CURSOR_INVALID"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        db_end_request(db);
        arena_clear(a);
        f = (struct fault){0};
        db_begin_request(db, a, &f, 0);
        assert_int_equal(knowledge_search(db, a, rows[i].q, STR_NONE, rows[i].cursor, &r, &f), ERR_INVALID);
        assert_string_equal(f.n_fields ? f.fields[0].reason : f.reason, rows[i].reason);
    }
}

/* All pages together: every law once, as many as the first page says. */
static void test_pages(void **state)
{
    (void)state;
    int64_t seen[LIMIT_SEARCH_RESULTS], n = 0, said = -1;
    struct kb_results r;
    struct str cursor = STR_NONE;
    db_end_request(db);
    arena_clear(a);
    f = (struct fault){0};
    db_begin_request(db, a, &f, 0);
    do {
        assert_int_equal(knowledge_search(db, a, STR("物业"), STR_NONE, cursor, &r, &f), ERR_OK);
        said = said < 0 ? r.n_articles : said;
        for (size_t i = 0; i < r.n_found; i++) {
            for (int64_t k = 0; k < n; k++)
                assert_true(seen[k] != r.found[i].article.id);
            seen[n++] = r.found[i].article.id;
        }
        cursor = r.next_cursor;
    } while (cursor.n);
    assert_true(said > KB_PAGE);
    assert_int_equal(n, said);
    struct str foreign = search("物业", "").next_cursor;
    assert_int_equal(knowledge_search(db, a, STR("停车"), STR_NONE, foreign, &r, &f), ERR_INVALID);
}

static void test_articles(void **state)
{
    (void)state;
    struct kb_article x;
    int64_t articles, sections;
    const struct kb_brief *near;
    const struct kb_question *questions;
    size_t n;
    db_end_request(db);
    arena_clear(a);
    f = (struct fault){0};
    db_begin_request(db, a, &f, 0);
    assert_int_equal(knowledge_count(db, &articles, &sections), ERR_OK);
    assert_int_equal(articles, 132);
    assert_in_range(sections, 8400, 8500);
    for (int64_t id = 1; id <= 132; id++) {
        assert_int_equal(knowledge_article(db, a, id, &x), ERR_OK);
        assert_true(x.html.s.n > 500 && x.brief.version_day > 19900000);
        for (size_t i = 0; i < x.n_chapters; i++)
            assert_non_null(str_find(x.html.s, arena_printf(a, "id=\"" STR_FMT "\"", STR_ARG(x.chapters[i].anchor))));
    }
    assert_int_equal(knowledge_article(db, a, 133, &x), ERR_NOT_FOUND);
    assert_int_equal(knowledge_related(db, a, &x.brief, 5, &near, &n), ERR_OK);
    assert_int_equal(n, 5);
    assert_int_equal(knowledge_questions(db, a, INT64_C(1795324069323410), 30, &questions, &n), ERR_OK);
    assert_int_equal(n, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recall),   cmocka_unit_test(test_questions), cmocka_unit_test(test_excerpt_is_of_the_article),
        cmocka_unit_test(test_category), cmocka_unit_test(test_odd_words), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_pages),    cmocka_unit_test(test_articles),
    };
    return cmocka_run_group_tests_name("search", tests, setup, teardown);
}
