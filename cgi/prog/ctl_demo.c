/*
 * ctl_demo.c - sudactl demo: fills an empty installation with synthetic demands, and takes them away again.
 */
#include "app/demo.h"
#include "app/rollup.h"
#include "app/words.h"
#include "base/clock.h"
#include "prog/ctl.h"

static void said_filled(void *arg, size_t done, size_t of)
{
    (void)arg;
    ctl_say("%zu of %zu demo demands", done, of);
}

static void said_removed(void *arg, size_t removed)
{
    (void)arg;
    ctl_say("%zu demo demands removed", removed);
}

/* Figures are those of the tickets at once, not after the worker's next round. */
static enum ctl_exit recount(struct ctl *c, int days)
{
    int32_t today = clock_local_day(c->ctx.wall_us);
    ctl_say("counting %d days", days + 1);
    enum err e = rollup_range(c->db, clock_day_add(today, -days), today, NULL, NULL);
    if (!e)
        e = rollup_windows(c->db);
    return e ? ctl_failed(c, e, "counting") : CTL_OK;
}

static enum ctl_exit remove_all(struct ctl *c)
{
    enum { YEAR = 366 };
    size_t n;
    enum err e = demo_remove(&c->ctx, said_removed, NULL, &n);
    if (e)
        return ctl_failed(c, e, "removing the demo");
    printf("%zu demo demands removed\n", n);
    return n ? recount(c, YEAR) : CTL_OK;
}

static enum ctl_exit print_credentials(struct ctl *c)
{
    struct demo_account accounts[DEMO_ACCOUNTS];
    struct demo_key keys[DEMO_KEYS_MAX];
    size_t n_accounts, n_keys;
    enum err e = demo_credentials(&c->ctx, accounts, &n_accounts, keys, &n_keys);
    if (e)
        return ctl_failed(c, e, "reading the demo");
    if (!n_keys) {
        ctl_say("there are no demo demands");
        return CTL_FAILED;
    }
    printf("sign in with (the code appears where the SMS driver writes):\n");
    for (size_t i = 0; i < n_accounts; i++)
        printf("  " STR_FMT "   %lld demands\n", STR_ARG(accounts[i].phone), (long long)accounts[i].tickets);
    printf("follow with number and query code:\n");
    for (size_t i = 0; i < n_keys; i++)
        printf("  " STR_FMT "   " STR_FMT "   %-10.*s " STR_FMT "\n", STR_ARG(keys[i].no), STR_ARG(keys[i].code),
               STR_ARG(word(WORDS_STATUS, keys[i].state)), STR_ARG(keys[i].title));
    return CTL_OK;
}

static enum ctl_exit fill(struct ctl *c, const struct demo_options *o, bool refresh)
{
    int64_t n;
    int32_t last;
    enum err e = demo_count(&c->ctx, &n, &last);
    if (!e && n && refresh) {
        enum ctl_exit x = remove_all(c);
        if (x)
            return x;
        n = 0;
    }
    if (e)
        return ctl_failed(c, e, "reading the demo");
    if (n) {
        printf("%lld demo demands up to %d are there; --refresh makes them anew up to yesterday\n", (long long)n, last);
        return CTL_OK;
    }
    e = demo_fill(&c->ctx, c->admin, o);
    if (e)
        return ctl_failed(c, e, "making the demo");
    printf("%zu demo demands over %d days\n", o->tickets, o->days);
    return recount(c, o->days);
}

static enum ctl_exit run_demo(struct ctl *c, int argc, char **argv)
{
    int64_t tickets = 20000, days = 90, date = 0;
    bool credentials = false, gone = false, refresh = false;
    const struct ctl_option options[] = {{.name = "tickets", .number = &tickets, .min = 1, .max = 4000000},
        {.name = "days", .number = &days, .min = 1, .max = 366},
        {.name = "date", .number = &date, .min = 20000101, .max = 29991231},
        {.name = "credentials", .flag = &credentials}, {.name = "remove", .flag = &gone}, {.name = "refresh", .flag = &refresh}, {0}};
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    if (argc != 1 || credentials + gone + refresh > 1 || (date && !clock_day_valid((int32_t)date)))
        return ctl_usage(c, "one of --credentials, --remove, --refresh at most, and a date that exists");
    if (credentials)
        return print_credentials(c);
    if (gone)
        return remove_all(c);
    struct demo_options o = {.tickets = (size_t)tickets, .days = (int)days, .today = (int32_t)date,
        .texts = arena_printf(c->a, "%s/seed/demo_text.csv", c->sql_dir).p, .said = said_filled};
    return fill(c, &o, refresh);
}

const struct ctl_command ctl_demo_commands[] = {
    {"demo", "[--tickets N] [--days N] [--refresh | --remove | --credentials]",
     "Fills an empty installation with synthetic, marked demands",
     "The same date makes the same rows. Where demo demands exist already, nothing is done.\n"
     "  --tickets N     how many; default 20000\n"
     "  --days N        over how many days before today; default 90\n"
     "  --date DAY      as if today were YYYYMMDD\n"
     "  --refresh       remove them and make them anew up to yesterday\n"
     "  --remove        remove every demo row\n"
     "  --credentials   print the demo's telephones, and numbers with query codes\n",
     CTL_CONFIG | CTL_ADMIN | CTL_DB_OWNER | CTL_KEYS | CTL_REF | CTL_SQL, run_demo},
    {0},
};
