/* test_config.c - cgi/svc/config*.c: defaults, every kind of value at its edges, and every refusal by its words. */
#include "svc/config_table.h"
#include "unit.h"

#define ORIGIN "[server]\npublic_origin = https://12345.example.cn\n"

static char path[] = "/tmp/suda-unit-config-XXXXXX";

static int setup(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    close(fd);
    unsetenv("CREDENTIALS_DIRECTORY");
    return fd < 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static struct config *load_bytes(const char *p, size_t n, char *why, size_t why_size)
{
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return config_load(path, why, why_size);
}

static struct config *load(const char *text, char *why, size_t why_size)
{
    return load_bytes(text, strlen(text), why, why_size);
}

static struct config *good(const char *text)
{
    char why[500] = "";
    struct config *c = load(text, why, sizeof why);
    if (!c)
        fail_msg("refused: %s", why);
    return c;
}

/* Refused with exactly these words after the name of the file. */
static void bad(const char *text, const char *words)
{
    char why[700] = "", want[700];
    struct config *c = load(text, why, sizeof why);
    snprintf(want, sizeof want, "%s%s", path, words);
    if (c || strcmp(why, want) != 0)
        fail_msg("%s\nwas %s\ngot  %s\nwant %s", text, c ? "taken" : "refused", why, want);
}

static void test_defaults(void **state)
{
    (void)state;
    struct config *c = good(ORIGIN);
    assert_int_equal(config_int(c, "security.access_token_s"), 900);
    assert_int_equal(config_int(c, "security.refresh_days"), 30);
    assert_int_equal(config_int(c, "limits.urge_interval_hours"), 24);
    assert_int_equal(config_int(c, "limits.urge_max"), 5);
    assert_int_equal(config_int(c, "limits.objection_days"), 7);
    assert_int_equal(config_int(c, "limits.rating_link_days"), 30);
    assert_int_equal(config_int(c, "limits.draft_days"), 7);
    assert_int_equal(config_int(c, "limits.loose_upload_hours"), 24);
    assert_int_equal(config_int(c, "limits.sms_code_s"), 300);
    assert_int_equal(config_int(c, "limits.sms_tries"), 5);
    assert_int_equal(config_int(c, "limits.suppression"), 10);
    assert_int_equal(config_int(c, "clock.level1_minutes"), 2 * 60);
    assert_int_equal(config_int(c, "clock.level2_minutes"), 24 * 60);
    assert_int_equal(config_int(c, "clock.level3_minutes"), 7 * 24 * 60);
    assert_int_equal(config_int(c, "clock.level4_minutes"), 15 * 24 * 60);
    assert_true(config_bool(c, "database.durable"));
    assert_false(config_bool(c, "site.demo"));
    assert_string_equal(config_text(c, "rating.grades"), "three");
    assert_string_equal(config_text(c, "site.city_zh"), "北京市");
    assert_string_equal(config_text(c, "sms.http_url"), "");
    assert_string_equal(config_text(c, "sms.http_key_file"), "");
    assert_string_equal(config_text(c, "server.public_origin"), "https://12345.example.cn");
    config_free(c);
    config_free(NULL);
}

/* Every standard value passes its own row, and every row explains itself. */
static void test_table(void **state)
{
    char why[300];
    int64_t v;
    (void)state;
    for (size_t i = 0; i < config_n_keys; i++) {
        const struct config_key *k = &config_keys[i];
        if (k->standard && !config_take(k, str_from_c(k->standard), &v, why, sizeof why))
            fail_msg("%s", why);
        if (!k->help || strlen(k->help) < 5 || strchr(k->help, '\n') || k->min > k->max)
            fail_msg("row %s.%s", k->section, k->key);
        assert_int_equal(k->choices != NULL, k->type == CONFIG_WORD);
        for (size_t j = 0; j < i; j++)
            if (strcmp(k->section, config_keys[j].section) == 0) {
                assert_string_not_equal(k->key, config_keys[j].key);
                assert_string_equal(config_keys[i - 1].section, k->section); /* a section stands together */
            }
    }
}

static void test_integers_at_their_edges(void **state)
{
    char text[300], words[300];
    (void)state;
    for (size_t i = 0; i < config_n_keys; i++) {
        const struct config_key *k = &config_keys[i];
        char why[300];
        int64_t v = 0;
        if (k->type != CONFIG_INT)
            continue;
        snprintf(text, sizeof text, "%lld", (long long)k->min);
        assert_true(config_take(k, str_from_c(text), &v, why, sizeof why) && v == k->min);
        snprintf(text, sizeof text, "%lld", (long long)k->max);
        assert_true(config_take(k, str_from_c(text), &v, why, sizeof why) && v == k->max);
        for (int above = 0; above < 2; above++) {
            long long wrong = above ? k->max + 1 : k->min - 1;
            snprintf(text, sizeof text, "[%s]\n%s = %lld\n", k->section, k->key, wrong);
            snprintf(words, sizeof words, ":2: %s.%s = %lld is not allowed; a whole number from %lld to %lld",
                     k->section, k->key, wrong, (long long)k->min, (long long)k->max);
            bad(text, words);
        }
    }
}

static void test_refusals(void **state)
{
    static const char *const rows[][2] = {
        {"", ": server.public_origin must be set: What people type: scheme, host and port, for links in messages and "
             "for cookies, e.g. https://12345.example.gov.cn"},
        {"[serve]\nbacklog = 5\n", ":2: there is no section [serve]"},
        {"backlog = 5\n", ":1: there is no section []"},
        {"; a comment\n\n[server]\nbacklogs = 5\n", ":4: section [server] has no key \"backlogs\""},
        {"[server]\nBacklog = 5\n", ":2: section [server] has no key \"Backlog\""},
        {"[server]\nbacklog = 5\n\nbacklog = 5\n", ":4: server.backlog stands twice, first in line 2"},
        {"[server]\nbacklog\n", ":2: neither a [section], nor key = value, nor a ; comment"},
        {"[server\nbacklog = 5\n", ":1: neither a [section], nor key = value, nor a ; comment"},
        {"[server]\nbacklog = many\n", ":2: server.backlog = many is not allowed; a whole number from 1 to 65535"},
        {"[server]\nbacklog = 5s\n", ":2: server.backlog = 5s is not allowed; a whole number from 1 to 65535"},
        {"[server]\nbacklog =\n", ":2: server.backlog =  is not allowed; a whole number from 1 to 65535"},
        {"[server]\nbacklog = 99999999999999999999\n",
         ":2: server.backlog = 99999999999999999999 is not allowed; a whole number from 1 to 65535"},
        {"[server]\nbacklog = 5 ; five\n", ":2: server.backlog = 5 ; five is not allowed; a whole number from 1 to 65535"},
        {"[site]\ndemo = true\n", ":2: site.demo = true is not allowed; yes or no"},
        {"[sms]\ndriver = mail\n", ":2: sms.driver = mail is not allowed; one of: file http"},
        {"[sms]\ndriver = file http\n", ":2: sms.driver = file http is not allowed; one of: file http"},
        {"[site]\nhotline =\n", ":2: site.hotline has 0 bytes; 1 to 20 are allowed"},
        {"[site]\nhotline = 123456789012345678901\n", ":2: site.hotline has 21 bytes; 1 to 20 are allowed"},
        {"[site]\ncity_zh = \xff\n", ":2: site.city_zh is not UTF-8 text, or holds control characters"},
        {"[site]\ncity_zh = a\x1b[31m\n", ":2: site.city_zh is not UTF-8 text, or holds control characters"},
        {"[server]\npublic_origin = example.cn\n",
         ":2: server.public_origin = example.cn is not allowed; http(s)://host[:port] and nothing after it of at most 200 bytes"},
        {"[server]\npublic_origin = https://example.cn/\n",
         ":2: server.public_origin = https://example.cn/ is not allowed; http(s)://host[:port] and nothing after it of at most 200 bytes"},
        {"[server]\npublic_origin = https://\n",
         ":2: server.public_origin = https:// is not allowed; http(s)://host[:port] and nothing after it of at most 200 bytes"},
        {"[server]\npublic_origin = https://a@b\n",
         ":2: server.public_origin = https://a@b is not allowed; http(s)://host[:port] and nothing after it of at most 200 bytes"},
        {"[sms]\nhttp_url = ftp://x\n", ":2: sms.http_url = ftp://x is not allowed; an http(s) URL of at most 500 bytes"},
        {"[paths]\nvar = var\n" ORIGIN, ":2: paths.var must begin with /"},
        {"[paths]\n\nrun = run\n" ORIGIN, ":3: paths.run must begin with /"},
        {"[paths]\nkeys_file =\n", ":2: paths.keys_file has 0 bytes; 1 to 1000 are allowed"},
        {"[paths]\nkeys_file = credential:keys\n" ORIGIN,
         ":2: paths.keys_file: credential:keys is for a service of systemd; CREDENTIALS_DIRECTORY is not set"},
        {ORIGIN "[sms]\ndriver = http\n", ":4: sms.driver = http needs sms.http_url"},
        {ORIGIN "[sms]\ndriver = http\nhttp_url = https://sms.example.cn/send\n", ":4: sms.driver = http needs sms.http_key_file"},
        {ORIGIN "[clock]\nlevel2_minutes = 100\n",
         ":4: clock.level1_minutes (120) must not be more than clock.level2_minutes (100)"},
        {ORIGIN "[clock]\nlevel3_minutes = 21601\n",
         ":4: clock.level3_minutes (21601) must not be more than clock.level4_minutes (21600)"},
        {ORIGIN "[database]\nmax_statement_ms = 20000\n",
         ":4: database.max_statement_ms (20000) must not be more than database.read_timeout_ms (10000)"},
        {ORIGIN "[security]\nsession_days = 90\nsession_max_days = 89\n",
         ":5: security.session_days (90) must not be more than security.session_max_days (89)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        bad(rows[i][0], rows[i][1]);
}

static void test_first_mistake_is_told(void **state)
{
    (void)state;
    bad("[server]\nnonsense = 1\nbacklog = x\n[nowhere]\na = b\n", ":2: section [server] has no key \"nonsense\"");
}

static void test_no_file(void **state)
{
    char why[300];
    (void)state;
    assert_null(config_load("/nonexistent/suda.conf", why, sizeof why));
    assert_string_equal(why, "/nonexistent/suda.conf: No such file or directory");
    assert_null(config_load("/tmp", why, sizeof why));
    assert_string_equal(why, "/tmp: reading failed");
}

static void test_long_lines(void **state)
{
    char text[5000] = ORIGIN, why[500];
    size_t n = strlen(text);
    (void)state;
    text[n++] = ';';
    memset(text + n, 'x', 3000);
    n += 3000;
    assert_null(load_bytes(text, n, why, sizeof why));
    assert_non_null(strstr(why, ":3: the line is longer than 2045 bytes"));
    /* A NUL would hide the rest of its line. */
    assert_null(load_bytes(ORIGIN "a\0b\nbacklog = 5\n", sizeof(ORIGIN "a\0b\nbacklog = 5\n") - 1, why, sizeof why));
    assert_non_null(strstr(why, ":3: the line is longer"));
    /* A line just short enough is read whole. */
    n = (size_t)snprintf(text, sizeof text, "[paths]\nvar = /%0900d\n" ORIGIN, 7);
    struct config *c = good(text);
    assert_int_equal(strlen(config_text(c, "paths.var")), 901);
    config_free(c);
}

static void test_paths(void **state)
{
    (void)state;
    struct config *c = good("[paths]\nvar = /srv/x\nrun = /run/y\nkeys_file = k/keys\nuploads = /big/files\ncheckpoint_dir =\n"
                            "[database]\nsocket = /other/db.sock\n[server]\npublic_origin = http://127.0.0.1:8080\n"
                            "citizen_fast_socket =\n");
    assert_string_equal(config_text(c, "paths.var"), "/srv/x");
    assert_string_equal(config_text(c, "paths.keys_file"), "/srv/x/k/keys");
    assert_string_equal(config_text(c, "paths.uploads"), "/big/files");
    assert_string_equal(config_text(c, "paths.checkpoint_dir"), "");
    assert_string_equal(config_text(c, "database.socket"), "/other/db.sock");
    assert_string_equal(config_text(c, "server.citizen_fast_socket"), "");
    assert_string_equal(config_text(c, "server.open_fast_socket"), "/run/y/open.sock");
    config_free(c);
    setenv("CREDENTIALS_DIRECTORY", "/run/credentials/x", 1);
    c = good(ORIGIN "[paths]\nkeys_file = credential:keys\n");
    assert_string_equal(config_text(c, "paths.keys_file"), "/run/credentials/x/keys");
    config_free(c);
    unsetenv("CREDENTIALS_DIRECTORY");
}

static void test_socket_length(void **state)
{
    char text[600], words[600], name[108];
    (void)state;
    memset(name, 's', sizeof name);
    name[0] = '/';
    name[107] = 0;
    snprintf(text, sizeof text, ORIGIN "open_fast_socket = %s\n", name);
    struct config *c = good(text);
    assert_string_equal(config_text(c, "server.open_fast_socket"), name);
    config_free(c);
    snprintf(text, sizeof text, ORIGIN "open_fast_socket = %sx\n", name);
    snprintf(words, sizeof words, ":3: server.open_fast_socket: the path of a socket has at most 107 bytes, this one 108: %sx", name);
    bad(text, words);
}

static struct config *some;
static void ask_unknown(void)
{
    config_int(some, "server.nothing");
}
static void ask_wrong_type(void)
{
    config_int(some, "site.hotline");
}
static void ask_text_of_int(void)
{
    config_text(some, "server.backlog");
}

static void test_wrong_questions_abort(void **state)
{
    (void)state;
    some = good(ORIGIN);
    assert_true(unit_aborts(ask_unknown));
    assert_true(unit_aborts(ask_wrong_type));
    assert_true(unit_aborts(ask_text_of_int));
    config_free(some);
}

/* The printed file says every key, and loads to the defaults once the origin is filled in. */
static void test_print(void **state)
{
    char *printed = NULL, *at;
    size_t n = 0;
    (void)state;
    FILE *f = open_memstream(&printed, &n);
    config_print(f);
    fclose(f);
    for (size_t i = 0; i < config_n_keys; i++) {
        char line[300];
        snprintf(line, sizeof line, "\n%s%s =", config_keys[i].standard ? "" : ";", config_keys[i].key);
        if (!strstr(printed, line) || !strstr(printed, config_keys[i].help))
            fail_msg("%s.%s is not printed", config_keys[i].section, config_keys[i].key);
    }
    at = strstr(printed, ";public_origin =\n");
    assert_non_null(at);
    char *filled = NULL;
    assert_true(asprintf(&filled, "%.*spublic_origin = http://x%s", (int)(at - printed), printed, at + strlen(";public_origin =")) > 0);
    struct config *c = good(filled), *d = good("[server]\npublic_origin = http://x\n");
    for (size_t i = 0; i < config_n_keys; i++) {
        const struct config_key *k = &config_keys[i];
        char name[120];
        snprintf(name, sizeof name, "%s.%s", k->section, k->key);
        if (k->type == CONFIG_INT)
            assert_true(config_int(c, name) == config_int(d, name));
        else if (k->type == CONFIG_BOOL)
            assert_true(config_bool(c, name) == config_bool(d, name));
        else
            assert_string_equal(config_text(c, name), config_text(d, name));
    }
    config_free(c);
    config_free(d);
    free(filled);
    free(printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_integers_at_their_edges),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_first_mistake_is_told),
        cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_socket_length),
        cmocka_unit_test(test_wrong_questions_abort),
        cmocka_unit_test(test_print),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
