/* json: what the strict parse refuses, and what the writer writes. */
#include "fake.h"

#include "web/json.h"

static struct arena *a;

static int setup(void **state)
{
    (void)state;
    a = arena_new(LIMIT_REQUEST_MEMORY_BYTES);
    return a ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void test_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "   ",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "[1 2]",
        "{a:1}",
        "{'a':1}",
        "['a']",
        "NaN",
        "[NaN]",
        "Infinity",
        "-Infinity",
        "[-]",
        "[+1]",
        "[01]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[0x10]",
        "True",
        "nul",
        "nulls",
        "[true false]",
        "/* c */ 1",
        "1 // c",
        "[1] [2]",
        "[1]x",
        "{\"a\":1,\"a\":2}",
        "{\"b\":[{\"a\":1,\"a\":2}]}",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\u12g4\"",
        "\"\\x41\"",
        "\"\\",
        "\"a",
        "\"\t\"",
        "\"\xff\"",
        "\"\xc0\x80\"",
        "\"\xed\xa0\x80\"",
        "[9223372036854775808]",
        "[-9223372036854775809]",
        "[99999999999999999999999]",
        "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
        "[1]]",
        "{\"a\":1}}",
        "{\"\":1,\"\":2}",
        "\xef\xbb\xbf{}",
        "[1e99999999999999999999999999999999999999999999999999999999999999999]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct json_value *v;
        const char *why = NULL;
        if (json_parse(a, str_from_c(bad[i]), &v, &why) == ERR_OK)
            fail_msg("accepted: %s", bad[i]);
        assert_non_null(why);
    }
    const struct json_value *v;
    const char *why;
    assert_int_equal(json_parse(a, (struct str){"[1]\0", 4}, &v, &why), ERR_INVALID); /* a NUL behind */
    assert_int_equal(json_parse(a, (struct str){"\"a\0b\"", 5}, &v, &why), ERR_INVALID);
}

static void test_accepted(void **state)
{
    static const char *const good[] = {
        "{}",
        "[]",
        "null",
        "true",
        " 1 ",
        "-0",
        "1.5e-3",
        "\"\"",
        "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
        "{\"a\":{\"a\":1},\"b\":1}",
        "\"\\ud83d\\ude00\"",
        "[9223372036854775807,-9223372036854775808]",
        "\r\n[\t1 , 2 ]\n",
        "\"{:}[,]\\\"\"",
        "1",
        "\"NaN '\"",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const struct json_value *v;
        const char *why = "";
        if (json_parse(a, str_from_c(good[i]), &v, &why) != ERR_OK)
            fail_msg("refused (%s): %s", why, good[i]);
    }
}

static void test_values(void **state)
{
    const struct json_value *v;
    const char *why;
    (void)state;
    assert_int_equal(json_parse(a,
                                STR("{\"i\":-9223372036854775808,\"r\":0.5,\"s\":\"x\\u6c34\\/\",\"t\":true,\"n\":null,"
                                    "\"l\":[1,\"2\"],\"o\":{\"k\":0}}"),
                                &v, &why),
                     ERR_OK);
    assert_int_equal(v->kind, JSON_OBJECT);
    assert_int_equal(v->n, 7);
    assert_true(json_get(v, STR("i"))->integer == INT64_MIN);
    assert_true(json_get(v, STR("r"))->real == 0.5);
    assert_true(str_eq(json_get(v, STR("s"))->str, STR("x水/")));
    assert_true(json_get(v, STR("t"))->boolean);
    assert_int_equal(json_get(v, STR("n"))->kind, JSON_NULL);
    assert_int_equal(json_get(v, STR("l"))->n, 2);
    assert_int_equal(json_get(v, STR("l"))->items[1].kind, JSON_STR);
    assert_int_equal(json_get(json_get(v, STR("o")), STR("k"))->kind, JSON_INT);
    assert_null(json_get(v, STR("absent")));
    assert_null(json_get(json_get(v, STR("t")), STR("x")));
}

static void test_writer(void **state)
{
    struct buf b;
    struct json w;
    (void)state;
    buf_init(&b, a, 4096);
    json_init(&w, &b);
    json_open_object(&w);
    json_put_i64(&w, "i", INT64_MIN);
    json_put_id(&w, "id", UINT64_MAX);
    json_put_str(&w, "s", STR("a\"b\\c\n\t\x01</script>水\x7f"));
    json_put_bool(&w, "t", true);
    json_put_time(&w, "at", INT64_C(1795313645000000));
    json_put_time_or_null(&w, "none", 0);
    json_key(&w, "c");
    json_cstr(&w, NULL);
    json_key(&w, "list");
    json_open_array(&w);
    json_open_array(&w);
    json_close(&w);
    json_open_object(&w);
    json_close(&w);
    json_fixed(&w, 1163974000, 7);
    json_fixed(&w, -5, 2);
    json_fixed(&w, 700, 2);
    json_fixed(&w, 0, 3);
    json_raw(&w, STR("[1]"));
    json_close(&w);
    json_key_str(&w, STR("k\""));
    json_null(&w);
    json_close(&w);
    assert_string_equal(arena_cstr(a, buf_str(&b)),
                        "{\"i\":-9223372036854775808,\"id\":\"18446744073709551615\","
                        "\"s\":\"a\\\"b\\\\c\\n\\t\\u0001\\u003c/script>水\\u007f\",\"t\":true,"
                        "\"at\":\"2026-11-22T10:14:05+08:00\",\"none\":null,\"c\":null,"
                        "\"list\":[[],{},116.3974,-0.05,7,0,[1]],\"k\\\"\":null}");
    const struct json_value *v;
    const char *why;
    assert_int_equal(json_parse(a, buf_str(&b), &v, &why), ERR_OK); /* what we write, we read */
    assert_true(str_eq(json_get(v, STR("s"))->str, STR("a\"b\\c\n\t\x01</script>水\x7f")));
}

/* Every byte in every place of a text that is looked through eight bytes at a time, between others of all kinds. */
static void test_escapes(void **state)
{
    static const char around[] = "\xe6\xb0\xb4 !#;=]~\xc2\x80z";
    enum { LENGTH = 19 };
    (void)state;
    for (int c = 0; c < 256; c++)
        for (size_t at = 0; at < LENGTH; at++) {
            struct arena *one = arena_new(1 << 16);
            char text[LENGTH], want[6 * LENGTH + 10], *to = want;
            struct buf b;
            struct json w;
            for (size_t i = 0; i < LENGTH; i++)
                text[i] = around[(i + (size_t)c) % (sizeof around - 1)];
            text[at] = (char)c;
            *to++ = '"';
            for (size_t i = 0; i < LENGTH; i++) {
                unsigned char x = (unsigned char)text[i];
                const char *letter = x ? strchr("\"\"\\\\\nn\rr\tt\bb\ff", x) : NULL;
                const size_t left = (size_t)(want + sizeof want - to);
                if (letter && (x < 0x20 || x == '"' || x == '\\'))
                    to += snprintf(to, left, "\\%c", letter[1]);
                else if (x < 0x20 || x == '<' || x == 0x7f)
                    to += snprintf(to, left, "\\u%04x", x);
                else
                    *to++ = text[i];
            }
            *to++ = '"';
            buf_init(&b, one, 1024);
            json_init(&w, &b);
            json_str(&w, (struct str){text, LENGTH});
            assert_true(str_eq(buf_str(&b), (struct str){want, (size_t)(to - want)}));
            arena_free(one);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_writer),
        cmocka_unit_test(test_escapes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
