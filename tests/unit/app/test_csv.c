/* test_csv.c - cgi/app/csv.c: what RFC 4180 allows is read, all else is refused with its line; writing is safe. */
#include "app/csv.h"
#include "unit.h"

static int setup(void **state)
{
    *state = arena_new(1 << 22);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void test_reads(void **state)
{
    struct csv c;
    assert_true(csv_open(&c, *state, STR("\xEF\xBB\xBF"
                                         "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n,\r\nlast,row")));
    assert_int_equal(csv_column(&c, "b"), 1);
    assert_int_equal(csv_column(&c, "c"), -1);
    assert_int_equal(csv_next(&c), 1);
    assert_str(c.fields[0], "1");
    assert_str(c.fields[1], "x, \"y\"\nz");
    assert_int_equal(csv_next(&c), 1);
    assert_int_equal(c.fields[0].n + c.fields[1].n, 0);
    assert_int_equal(c.line, 4);
    assert_int_equal(csv_next(&c), 1);
    assert_str(c.fields[1], "row");
    assert_int_equal(csv_next(&c), 0);
}

static void test_refuses(void **state)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"a,b\n1,x\"y\n", "line 2: a quote inside an unquoted field"},
        {"a,b\n1,\"x\"y\n", "line 2: text after a closing quote"},
        {"a,b\n1,\"x\n", "line 2: a quoted field is not closed"},
        {"a,b\n1\n", "line 2: another number of fields than the header has"},
        {"a,b\n1,2,3\n", "line 2: another number of fields than the header has"},
        {"a,b\n1,2\rx\n", "line 2: a carriage return without a line feed"},
        {"a,b\n1,2\n\n", "line 3: another number of fields than the header has"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct csv c;
        int more = 1;
        assert_true(csv_open(&c, *state, str_from_c(rows[i].text)));
        while (more == 1)
            more = csv_next(&c);
        assert_int_equal(more, -1);
        assert_string_equal(c.why, rows[i].why);
    }
}

static void test_refuses_headers(void **state)
{
    static const char *const rows[] = {"a,a\n", "a,\n", "\xff,b\n", "\"a\n", ""};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct csv c;
        assert_false(csv_open(&c, *state, str_from_c(rows[i])));
        assert_true(c.why[0]);
    }
}

static struct str written(struct arena *a, const char *const *fields, size_t n)
{
    struct buf b;
    buf_init(&b, a, 1000);
    for (size_t i = 0; i < n; i++)
        csv_put_text(&b, str_from_c(fields[i]));
    csv_put_end(&b);
    return buf_str(&b);
}

static void test_writes(void **state)
{
    static const char *const fields[] = {"", "plain", "a,b", "say \"x\"", "two\nlines", "=1+1", " @x", "-5", "+a", "\t=x", "x=1"};
    assert_str(written(*state, fields, 11),
               "\"\",plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"'=1+1\",\"' @x\",\"'-5\",\"'+a\",\"'\t=x\",x=1\r\n");
}

/* Spreadsheets that make full-width forms narrow would compute these; inside a text they are harmless. */
static void test_writes_full_width(void **state)
{
    static const char *const fields[] = {"＝1+1", "＋8", "－5", "＠sum", " ＝x", "　＝x", "　 =x", "\t＠", "1＝1", "灯－亮", "　灯", "，＝"};
    assert_str(written(*state, fields, 12), "\"'＝1+1\",\"'＋8\",\"'－5\",\"'＠sum\",\"' ＝x\",\"'　＝x\",\"'　 =x\",\"'\t＠\",1＝1,灯－亮,　灯,，＝\r\n");
}

static void test_writes_what_it_reads(void **state)
{
    static const char *const fields[] = {"", "", "a\r\nb", "\"\"", "中文，标点"};
    struct buf b;
    struct csv c;
    buf_init(&b, *state, 1000);
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    buf_put(&b, written(*state, names, 5));
    buf_put(&b, written(*state, fields, 5));
    assert_true(csv_open(&c, *state, buf_str(&b)));
    assert_int_equal(csv_next(&c), 1);
    for (size_t i = 0; i < 5; i++)
        assert_str(c.fields[i], fields[i]);
    assert_int_equal(csv_next(&c), 0);
}

static void test_numbers(void **state)
{
    struct buf b;
    buf_init(&b, *state, 100);
    csv_put_i64(&b, -5);
    csv_put_empty(&b);
    csv_put_i64(&b, 7);
    csv_put_end(&b);
    assert_str(buf_str(&b), "-5,\"\",7\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),   cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_refuses_headers), cmocka_unit_test(test_writes),
        cmocka_unit_test(test_writes_full_width), cmocka_unit_test(test_writes_what_it_reads), cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests_name("csv", tests, setup, teardown);
}
