/* test_admin.c - migrations, grants and bulk loading with the owner's account. */
#include "harness.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/migrate.h"

static struct fault f;
static struct db_admin *d;
static char folder[200];

/* ---- cutting a file into statements -------------------------------------------------------------------------------- */
static void expect_pieces(const char *text, const char *const *want, const int *lines)
{
    struct str rest = str_from_c(text), delimiter = STR(";");
    struct sql_piece p;
    int line = 1;
    size_t i = 0;
    for (; sql_next_piece(&rest, &line, &delimiter, &p); i++) {
        assert_non_null(want[i]);
        if (!str_eq_c(p.text, want[i]))
            fail_msg("got `" STR_FMT "`, wanted `%s`", STR_ARG(p.text), want[i]);
        if (lines)
            assert_int_equal(lines[i], p.line);
    }
    assert_null(want[i]);
}

static void pieces(void **state)
{
    (void)state;
    expect_pieces("", (const char *[]){NULL}, NULL);
    expect_pieces(" ;; -- x\n /* a;b */ # c;\n", (const char *[]){NULL}, NULL);
    expect_pieces("A;\n-- one; two\nB 'x;''y\\';' -- z;\n  C;\n\nD", (const char *[]){"A", "B 'x;''y\\';' -- z;\n  C", "D", NULL},
                  (int[]){1, 3, 6});
    expect_pieces("CREATE `a;b` \"c;\\\"\"; /*!50 E; */", (const char *[]){"CREATE `a;b` \"c;\\\"\"", "/*!50 E", "*/", NULL}, NULL);
    expect_pieces("A;\nDELIMITER //\nB; C//\ndelimiter ;\nD;", (const char *[]){"A", "B; C", "D", NULL}, (int[]){1, 3, 5});
    expect_pieces("A --b;c\n;", (const char *[]){"A --b", "c", NULL}, NULL); /* no blank after --: not a comment */
    expect_pieces("A 'open;", (const char *[]){"A 'open;", NULL}, NULL);
}

/* ---- migrations ----------------------------------------------------------------------------------------------------- */
static void put_file(const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

static void remove_file(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)unlink(path);
}

static int fresh(void **state)
{
    static const char *const files[] = {"0001_a.sql", "0002_b.sql", "0002_c.sql", "0003_d.sql", "notes.txt"};
    (void)state;
    f = (struct fault){0};
    admin_run("DROP TABLE IF EXISTS schema_migration, m_one, m_two");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        remove_file(files[i]);
    put_file("0001_a.sql", "-- first\nCREATE TABLE IF NOT EXISTS m_one (id INT PRIMARY KEY);\nINSERT IGNORE INTO m_one VALUES (1);\n");
    put_file("notes.txt", "not a migration");
    return 0;
}

static enum err migrate(int *ret_applied)
{
    f = (struct fault){0};
    return db_migrate(d, folder, NULL, NULL, ret_applied);
}

static void refuses(const char *part)
{
    int applied;
    assert_err(ERR_INTERNAL, migrate(&applied));
    if (!strstr(f.detail, part))
        fail_msg("the fault says `%s`, wanted `%s`", f.detail, part);
}

static void goes_forward(void **state)
{
    (void)state;
    int applied = 9;
    assert_err(ERR_OK, migrate(&applied));
    assert_int_equal(1, applied);
    assert_err(ERR_OK, migrate(&applied));
    assert_int_equal(0, applied);
    put_file("0002_b.sql", "CREATE TABLE IF NOT EXISTS m_two (id INT PRIMARY KEY)");
    assert_err(ERR_OK, migrate(&applied));
    assert_int_equal(1, applied);
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM schema_migration WHERE applied_at > 1700000000000000"));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM m_one"));
}

static void refuses_disorder(void **state)
{
    int applied;
    fresh(state);
    assert_err(ERR_OK, migrate(&applied));
    put_file("0001_a.sql", "SELECT 1;");
    refuses("0001_a.sql was changed");
    fresh(state);
    put_file("0002_b.sql", "SELECT 1;");
    put_file("0002_c.sql", "SELECT 1;");
    refuses("same number");
    fresh(state);
    put_file("0003_d.sql", "SELECT 1;");
    assert_err(ERR_OK, migrate(&applied));
    put_file("0002_b.sql", "SELECT 1;");
    refuses("0002_b.sql was never applied");
    fresh(state);
    put_file("0002_b.sql", "SELECT 1;");
    assert_err(ERR_OK, migrate(&applied));
    remove_file("0002_b.sql");
    refuses("newer than this program");
}

/* A file that fails in the middle says where; corrected, it goes on. */
static void resumes(void **state)
{
    (void)state;
    int applied;
    put_file("0002_b.sql", "CREATE TABLE IF NOT EXISTS m_two (id INT PRIMARY KEY);\n\nINSERT INTO m_two VALUES ('x');\n");
    refuses("0002_b.sql:3: 1366");
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM schema_migration"));
    put_file("0002_b.sql", "CREATE TABLE IF NOT EXISTS m_two (id INT PRIMARY KEY);\n\nINSERT INTO m_two VALUES (7);\n");
    assert_err(ERR_OK, migrate(&applied));
    assert_int_equal(1, applied);
    assert_int_equal(7, admin_number("SELECT id FROM m_two"));
}

/* A reader holds the table for some seconds: the migration steps back and tries again. */
static void waits_for_a_busy_table(void **state)
{
    (void)state;
    int applied;
    struct fault g = {0};
    struct db_config config = harness_config("owner");
    assert_err(ERR_OK, migrate(&applied));
    struct db_admin *reader = db_admin_open(&config, &g);
    assert_non_null(reader);
    assert_err(ERR_OK, db_admin_run(reader, "START TRANSACTION", NULL));
    assert_err(ERR_OK, db_admin_run(reader, "SELECT * FROM m_one", NULL));
    put_file("0002_b.sql", "ALTER TABLE m_one ADD COLUMN IF NOT EXISTS x INT NULL");
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) { /* the only thing the child does is to let the time pass and tell the server */
        usleep(3000000);
        (void)!db_admin_run(reader, "ROLLBACK", NULL);
        _exit(0);
    }
    int64_t start = clock_monotonic_us();
    assert_err(ERR_OK, migrate(&applied));
    assert_true(clock_monotonic_us() - start > 2 * US_PER_S);
    assert_int_equal(1, applied);
    db_admin_close(reader);
}

/* ---- grants --------------------------------------------------------------------------------------------------------- */
#define TO_USER " TO '@USER@'@'localhost';\n"

static enum err apply(const char *grants)
{
    f = (struct fault){0};
    return db_apply_grants(d, &(struct db_account){.user = "suda_staff", .grants = grants});
}

/* 0 or the server's error for a statement run by that account. */
static unsigned staff_tries(const char *sql)
{
    struct fault g = {0};
    struct db_config config = harness_config("staff");
    struct db_admin *staff = db_admin_open(&config, &g);
    if (!staff)
        return 1044;
    unsigned n = db_admin_run(staff, sql, NULL) == ERR_OK ? 0 : db_admin_errno(staff);
    db_admin_close(staff);
    return n;
}

static void grants(void **state)
{
    (void)state;
    admin_run("CREATE TABLE IF NOT EXISTS g_one (id INT PRIMARY KEY)");
    admin_run("CREATE TABLE IF NOT EXISTS g_two (id INT PRIMARY KEY)");
    assert_err(ERR_OK, apply("-- none\nGRANT SELECT, INSERT ON `@DB@`.`g_one`" TO_USER "GRANT SELECT ON `@DB@`.`g_two`" TO_USER));
    assert_int_equal(0, staff_tries("INSERT INTO g_one VALUES (1)"));
    assert_int_equal(0, staff_tries("SELECT * FROM g_two"));
    assert_int_equal(1142, staff_tries("DELETE FROM g_one WHERE id = 1"));
    assert_int_equal(1142, staff_tries("INSERT INTO g_two VALUES (1)"));
    assert_int_equal(1142, staff_tries("DROP TABLE g_two"));
    /* What is no longer in the list goes, also what somebody gave by hand; what stays is not interrupted. */
    admin_run("GRANT UPDATE, DROP ON g_one TO 'suda_staff'@'localhost'");
    admin_run("GRANT SELECT ON `%s`.* TO 'suda_staff'@'localhost'", db_admin_database(d));
    assert_err(ERR_OK, apply("GRANT SELECT ON `@DB@`.`g_one`" TO_USER));
    assert_int_equal(0, staff_tries("SELECT * FROM g_one"));
    assert_int_equal(1142, staff_tries("INSERT INTO g_one VALUES (2)"));
    assert_int_equal(1142, staff_tries("DROP TABLE g_one"));
    assert_int_equal(1142, staff_tries("SELECT * FROM g_two"));
    /* While programs of before still run: more, and nothing less. */
    assert_err(ERR_OK, db_apply_grants(d, &(struct db_account){.user = "suda_staff", .grants = "GRANT SELECT ON `@DB@`.`g_two`" TO_USER, .add = true}));
    assert_int_equal(0, staff_tries("SELECT * FROM g_one"));
    assert_int_equal(0, staff_tries("SELECT * FROM g_two"));
    assert_err(ERR_OK, apply(""));
    assert_true(staff_tries("SELECT * FROM g_one") != 0);
}

static void odd_grants(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "GRANT ALL PRIVILEGES ON `@DB@`.`g_one`" TO_USER, "GRANT SELECT ON `@DB@`.*" TO_USER,
        "GRANT SELECT ON mysql.user" TO_USER, "GRANT SELECT, ON `@DB@`.`g_one`" TO_USER, "DROP TABLE g_one;",
        "GRANT SELECT ON `@DB@`.`absent`" TO_USER, "GRANT SELECT ON `@DB@`.`g_one` TO '@USER@'@'%';",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (apply(odd[i]) != ERR_INTERNAL)
            fail_msg("let in: %s", odd[i]);
    f = (struct fault){0};
    assert_err(ERR_INTERNAL, db_apply_grants(d, &(struct db_account){.user = "x'@'%' -- ", .grants = ""}));
    f = (struct fault){0};
    assert_err(ERR_INTERNAL, db_apply_grants(d, &(struct db_account){.user = "x", .password = "a'b", .grants = ""}));
}

/* ---- bulk ----------------------------------------------------------------------------------------------------------- */
static const struct db_bulk_col columns[] = {{"id", DB_T_U64}, {"i", DB_T_I64}, {"small", DB_T_I32}, {"flag", DB_T_BOOL},
    {"number", DB_T_DOUBLE}, {"words", DB_T_TEXT}, {"bytes", DB_T_BLOB}};

static enum err load(uint64_t from, uint64_t to, enum db_bulk_mode mode)
{
    char words[40];
    struct db_bulk *b = db_bulk_open(d, "sample", columns, sizeof columns / sizeof *columns, mode);
    assert_non_null(b);
    enum err e = ERR_OK;
    for (uint64_t id = from; id < to && e == ERR_OK; id++) {
        snprintf(words, sizeof words, "诉求 %llu", (unsigned long long)id);
        db_bulk_u64(b, id);
        db_bulk_i64(b, -(int64_t)(id & 0xffffff));
        db_bulk_i64(b, (int64_t)(id % 1000));
        db_bulk_i64(b, id % 2);
        db_bulk_double(b, (double)(id % 8) / 4);
        if (id % 10 == 0)
            db_bulk_null(b);
        else
            db_bulk_text(b, str_from_c(words));
        db_bulk_text(b, (struct str){"\0\1\2", id % 4});
        e = db_bulk_row(b);
    }
    enum err closed = db_bulk_close(b);
    return e == ERR_OK ? closed : e;
}

static void bulk_is_exact(void **state)
{
    (void)state;
    harness_tables();
    assert_err(ERR_OK, load(UINT64_MAX - 5000, UINT64_MAX, DB_BULK_PLAIN));
    assert_int_equal(5000, admin_number("SELECT COUNT(*) FROM sample"));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM sample WHERE NOT (i = -(id & 0xffffff) AND small = id %% 1000"
        " AND flag = id %% 2 AND number = (id %% 8) / 4 AND LENGTH(bytes) = id %% 4 AND (words IS NULL) = (id %% 10 = 0)"
        " AND (words IS NULL OR words = CONCAT('诉求 ', id)))"));
}

static void bulk_modes(void **state)
{
    (void)state;
    harness_tables();
    assert_err(ERR_OK, load(1, 3, DB_BULK_PLAIN));
    admin_run("UPDATE sample SET i = 99");
    f = (struct fault){0};
    assert_err(ERR_CONFLICT, load(2, 6, DB_BULK_PLAIN));
    f = (struct fault){0};
    assert_err(ERR_OK, load(1, 6, DB_BULK_IGNORE));
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM sample WHERE i = 99"));
    assert_int_equal(5, admin_number("SELECT COUNT(*) FROM sample"));
    assert_err(ERR_OK, load(1, 6, DB_BULK_REPLACE));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM sample WHERE i = 99"));
    struct db_bulk_col wrong[] = {{"nowhere", DB_T_I64}};
    assert_null(db_bulk_open(d, "sample", wrong, 1, DB_BULK_PLAIN));
    f = (struct fault){0};
}

static void bulk_is_fast(void **state)
{
    (void)state;
    harness_tables();
    assert_err(ERR_OK, load(1, 1001, DB_BULK_PLAIN));
    int64_t start = clock_monotonic_us();
    assert_err(ERR_OK, load(100000, 140000, DB_BULK_PLAIN));
    int64_t per_s = 40000 * US_PER_S / (clock_monotonic_us() - start + 1);
    print_message("# %lld rows a second\n", (long long)per_s);
    assert_true(per_s > 5000); /* one row a statement reaches a tenth of it */
}

static enum err count_row(void *arg, const struct str *cells, size_t n)
{
    assert_int_equal(3, n);
    assert_true(str_eq(cells[0], STR("1")) && cells[1].p == NULL && str_eq(cells[2], STR("x")));
    return ++*(int *)arg < 2 ? ERR_OK : ERR_CONFLICT;
}

static void plain_text(void **state)
{
    (void)state;
    int rows = 0;
    size_t changed = 9;
    int64_t n;
    struct str values[] = {STR("5"), {NULL, 0}, STR("a'b")};
    harness_tables();
    f = (struct fault){0};
    assert_err(ERR_CONFLICT, db_admin_each(d, "SELECT 1, NULL, 'x' UNION ALL SELECT 1, NULL, 'x' UNION ALL SELECT 1, NULL, 'x'", count_row, &rows));
    assert_int_equal(2, rows);
    assert_err(ERR_NOT_FOUND, db_admin_number(d, "SELECT NULL", &n));
    assert_err(ERR_OK, db_admin_run_with(d, "INSERT INTO sample (id, i, words) VALUES (?, ?, ?)", values, 3, &changed));
    assert_int_equal(1, changed);
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM sample WHERE id = 5 AND i IS NULL AND words = 'a''b'"));
    assert_err(ERR_INTERNAL, db_admin_run(d, "SELEKT", NULL));
    assert_int_equal(1064, db_admin_errno(d));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces), cmocka_unit_test_setup(goes_forward, fresh), cmocka_unit_test_setup(refuses_disorder, fresh),
        cmocka_unit_test_setup(resumes, fresh), cmocka_unit_test_setup(waits_for_a_busy_table, fresh), cmocka_unit_test(grants),
        cmocka_unit_test(odd_grants), cmocka_unit_test(bulk_is_exact), cmocka_unit_test(bulk_modes),
        cmocka_unit_test(bulk_is_fast), cmocka_unit_test(plain_text),
    };
    struct db_config config = harness_config("owner");
    config.max_statement_ms = 0;
    snprintf(folder, sizeof folder, "%s/suda-migrations.XXXXXX", getenv("TEST_TMP") ? getenv("TEST_TMP") : "/tmp");
    d = db_admin_open(&config, &f);
    if (!d || !mkdtemp(folder)) {
        fprintf(stderr, "%s\n", f.detail);
        return 1;
    }
    int failed = cmocka_run_group_tests_name("admin", tests, NULL, NULL);
    fresh(NULL);
    remove_file("0001_a.sql");
    remove_file("notes.txt");
    (void)rmdir(folder);
    db_admin_close(d);
    db_admin_close(harness_admin());
    return failed;
}
