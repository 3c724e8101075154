/*
 * test_account.c - SMS codes, sessions, refresh tokens, personal-data rights, drafts, the outbox.
 */
#include "fixture.h"

#include <threads.h>

#include "app/clocks.h"
#include "app/draft.h"
#include "app/token.h"
#include "base/clock.h"

static int next_phone;
static struct str a_phone(void)
{
    char text[20];
    snprintf(text, sizeof text, "139%08d", (int)(id_new(clock_now_us()) % 10000) * 10000 + next_phone++);
    return keep(str_from_c(text));
}

/* The last code sent to this phone, as the worker would see it. */
static struct str sent_code(struct str phone)
{
    struct str code = STR_NONE;
    size_t moved = 1;
    while (moved > 0) {
        const size_t before = told.n;
        const struct outbox_batch b = take_outbox();
        moved = b.n + told.n - before;
        for (size_t i = 0; i < b.n; i++) {
            if (b.items[i].topic == OUTBOX_SMS_CODE && str_eq(b.items[i].phone, phone))
                code = keep(params_get(worker.c.a, b.items[i].params, "code"));
            assert_err(ERR_OK, outbox_sent_all(&worker.c, &b.items[i].id, 1));
        }
    }
    return code;
}

static struct account sign_in(struct str phone)
{
    struct account acc = {0};
    bench_reset(&citizen);
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    assert_err(ERR_OK, account_sign_in(&citizen.c, phone, sent_code(phone), STR_NONE, &acc));
    return acc;
}

static void forget_rate(void)
{
    admin_run("UPDATE sms_code SET created_at = created_at - 3700000000");
}

static struct str wrong(struct str code)
{
    struct str w = keep(code);
    ((char *)(uintptr_t)w.p)[0] = code.p[0] == '0' ? '1' : '0';
    return w;
}

/* ---- codes --------------------------------------------------------------------------------------------------------------------- */

static void a_code_opens_once(void **state)
{
    (void)state;
    struct str phone = a_phone();
    struct account a = sign_in(phone), b = {0};
    assert_true(a.is_new && str_eq(a.phone, phone) && a.epoch == 1);
    forget_rate();
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    struct str code = sent_code(phone);
    bench_reset(&citizen);
    assert_err(ERR_INVALID, account_sms_check(&citizen.c, phone, code, SMS_VERIFY_PHONE)); /* another purpose */
    assert_field(&citizen.conn->f, "code", "CODE_WRONG");
    bench_reset(&citizen);
    assert_err(ERR_OK, account_sign_in(&citizen.c, phone, code, STR_NONE, &b));
    assert_true(!b.is_new && a.id == b.id);
    assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, code, STR_NONE, &b));
    assert_field(&citizen.conn->f, "code", "CODE_WRONG");
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%%%.*s%%'", (int)phone.n, phone.p));
}

/* A button is pressed twice: the second press leads in as well, from the same browser and at once, and nobody else by it. */
static void a_second_press_signs_in_as_well(void **state)
{
    (void)state;
    struct str phone = a_phone(), code, here = STR("browser-here"), there = STR("browser-there");
    struct account a, b;
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    code = sent_code(phone);
    bench_reset(&citizen);
    assert_err(ERR_OK, account_sign_in(&citizen.c, phone, code, here, &a));
    assert_err(ERR_OK, account_sign_in(&citizen.c, phone, code, here, &b));
    assert_true(a.id == b.id);
    assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, code, there, &b));
    bench_reset(&citizen);
    assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, code, STR_NONE, &b));
    bench_reset(&citizen);
    assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, wrong(code), here, &b));
    bench_reset(&citizen);
    assert_err(ERR_INVALID, account_sms_check(&citizen.c, phone, code, SMS_VERIFY_PHONE));
    bench_reset(&citizen);
    admin_run("UPDATE sms_code SET used_at = used_at - 31000000 WHERE used_at IS NOT NULL AND created_at > %lld", (long long)(clock_now_us() - US_PER_HOUR));
    assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, code, here, &b));
    assert_field(&citizen.conn->f, "code", "CODE_WRONG");
}

static void five_tries_and_no_more(void **state)
{
    (void)state;
    struct str phone = a_phone();
    struct account a;
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    struct str code = sent_code(phone);
    for (int i = 0; i < settings.sms_code_tries; i++) {
        bench_reset(&citizen);
        assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, wrong(code), STR_NONE, &a));
    }
    bench_reset(&citizen);
    assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, code, STR_NONE, &a)); /* right, but too late */
    assert_field(&citizen.conn->f, "code", "CODE_WRONG");
}

static void codes_age_and_are_rationed(void **state)
{
    (void)state;
    struct str phone = a_phone();
    struct account a;
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    struct str code = sent_code(phone);
    assert_err(ERR_LIMITED, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    assert_true(citizen.conn->f.retry_after_s > 0 && citizen.conn->f.retry_after_s <= settings.sms_resend_seconds);
    admin_run("UPDATE sms_code SET expires_at = expires_at - 301000000, created_at = created_at - 301000000");
    bench_reset(&citizen);
    assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, code, STR_NONE, &a));
    for (int i = 1; i < settings.sms_per_hour; i++) {
        bench_reset(&citizen);
        assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
        admin_run("UPDATE sms_code SET created_at = created_at - 61000000");
    }
    bench_reset(&citizen);
    assert_err(ERR_LIMITED, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    assert_string_equal("SMS_HOUR_SPENT", citizen.conn->f.reason);
    assert_true(citizen.conn->f.retry_after_s > 600);
    for (int i = settings.sms_per_hour; i < settings.sms_per_day; i++) { /* another purpose has its own hour, not its own day */
        bench_reset(&citizen);
        assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_VERIFY_PHONE));
        admin_run("UPDATE sms_code SET created_at = created_at - 61000000");
    }
    forget_rate();
    for (int purpose = SMS_SIGN_IN; purpose <= SMS_VERIFY_PHONE; purpose++) {
        bench_reset(&citizen);
        assert_err(ERR_LIMITED, account_sms_request(&citizen.c, phone, (enum sms_purpose)purpose));
        assert_string_equal("SMS_DAY_SPENT", citizen.conn->f.reason);
        assert_true(citizen.conn->f.retry_after_s > 12 * 3600);
    }
    struct app_settings more = settings;
    more.sms_per_day++;
    citizen.c.set = &more; /* it is this limit that refused */
    bench_reset(&citizen);
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    citizen.c.set = &settings;
    admin_run("UPDATE sms_code SET created_at = created_at - 86400000000");
    bench_reset(&citizen);
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    const char *const bad[] = {"", "12345", "010-66668888", "hello"};
    for (size_t i = 0; i < 4; i++) {
        bench_reset(&citizen);
        assert_err(ERR_INVALID, account_sms_request(&citizen.c, str_from_c(bad[i]), SMS_SIGN_IN));
    }
}

static void a_newer_code_ends_the_older(void **state)
{
    (void)state;
    struct str phone = a_phone();
    struct account a;
    struct str code[3];
    for (int i = 0; i < 3; i++) {
        bench_reset(&citizen);
        assert_err(ERR_OK, account_sms_request(&citizen.c, phone, i < 2 ? SMS_SIGN_IN : SMS_VERIFY_PHONE));
        code[i] = sent_code(phone);
        admin_run("UPDATE sms_code SET created_at = created_at - 61000000");
    }
    bench_reset(&citizen);
    assert_err(ERR_OK, account_sign_in(&citizen.c, phone, code[1], STR_NONE, &a)); /* the code of another purpose ended nothing */
    bench_reset(&citizen);
    if (!str_eq(code[0], code[1])) {
        assert_err(ERR_INVALID, account_sign_in(&citizen.c, phone, code[0], STR_NONE, &a)); /* not even when the newer is used up */
        assert_field(&citizen.conn->f, "code", "CODE_WRONG");
    }
    bench_reset(&citizen);
    assert_err(ERR_INVALID, account_sms_check(&citizen.c, phone, code[2], SMS_VERIFY_PHONE)); /* signed in: all are used up */
    assert_field(&citizen.conn->f, "code", "CODE_WRONG");
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM sms_code WHERE used_at IS NULL AND purpose > 0 AND phone_bidx = "
                                     "(SELECT phone_bidx FROM sms_code WHERE purpose > 0 ORDER BY id DESC LIMIT 1)"));
}

struct asking {
    struct bench *b;
    struct str phone;
    enum err got;
};
static int ask_once(void *arg)
{
    struct asking *x = arg;
    x->got = account_sms_request(&x->b->c, x->phone, SMS_SIGN_IN);
    return 0;
}

/* The second waits for the turn that the first holds, and then sees what the first has sent. */
static void requests_for_one_phone_take_turns(void **state)
{
    (void)state;
    struct str phone = a_phone();
    struct asking x[2] = {{.b = &citizen, .phone = phone}, {.b = &second, .phone = phone}};
    for (int round = 0; round < 10; round++) {
        thrd_t t[2];
        for (int i = 0; i < 2; i++) {
            bench_reset(x[i].b);
            assert_int_equal(thrd_success, thrd_create(&t[i], ask_once, &x[i]));
        }
        for (int i = 0; i < 2; i++)
            assert_int_equal(thrd_success, thrd_join(t[i], NULL));
        assert_true((x[0].got == ERR_OK && x[1].got == ERR_LIMITED) || (x[0].got == ERR_LIMITED && x[1].got == ERR_OK));
        assert_int_equal(1, admin_number("SELECT COUNT(*) FROM sms_code WHERE purpose > 0 AND used_at IS NULL AND phone_bidx = "
                                         "(SELECT phone_bidx FROM sms_code WHERE purpose > 0 ORDER BY id DESC LIMIT 1)"));
        admin_run("DELETE FROM sms_code WHERE purpose > 0 ORDER BY id DESC LIMIT 1");
    }
}

/* ---- sessions ------------------------------------------------------------------------------------------------------------------- */

static void sessions_live_and_end(void **state)
{
    (void)state;
    uint8_t one[APP_SESSION_TOKEN_BYTES] = "token one 01234567", two[APP_SESSION_TOKEN_BYTES] = "token two 01234567";
    struct app_session s, t;
    crypto_random(one, 8);
    crypto_random(two, 8);
    assert_err(ERR_NOT_FOUND, session_find(&citizen.c, one, &s));
    assert_err(ERR_OK, session_create(&citizen.c, one, 0, &s));
    assert_err(ERR_OK, session_find(&citizen.c, one, &t));
    assert_true(s.id == t.id && t.account_id == 0);
    struct account acc = sign_in(a_phone());
    bench_reset(&citizen);
    assert_err(ERR_OK, session_rotate(&citizen.c, s.id, two, acc.id, &t));
    assert_err(ERR_NOT_FOUND, session_find(&citizen.c, one, &s)); /* the old token is dead */
    assert_err(ERR_OK, session_find(&citizen.c, two, &s));
    assert_true(s.id == t.id && s.account_id == acc.id);
    assert_err(ERR_OK, account_sign_out(&citizen.c, acc.id, STR_NONE)); /* everywhere */
    assert_err(ERR_NOT_FOUND, session_find(&citizen.c, two, &s));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM session WHERE token_hash LIKE '%%token%%'"));
}

static void a_session_holds_what_it_opened(void **state)
{
    (void)state;
    uint8_t token[APP_SESSION_TOKEN_BYTES];
    struct app_session s;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct ticket_view v;
    uint64_t last = 0;
    struct str no;
    crypto_random(token, sizeof token);
    assert_err(ERR_OK, session_create(&citizen.c, token, 0, &s));
    const struct actor me = {.kind = ACTOR_CITIZEN, .session_id = s.id};
    assert_err(ERR_NOT_FOUND, ticket_track(&citizen.c, &me, t.no, &v));
    bench_reset(&citizen);
    assert_err(ERR_NOT_FOUND, session_last_ticket(&citizen.c, s.id, &last, &no));
    assert_err(ERR_OK, session_hold_ticket(&citizen.c, s.id, t.id));
    assert_err(ERR_OK, ticket_track(&citizen.c, &me, t.no, &v));
    assert_err(ERR_OK, session_last_ticket(&citizen.c, s.id, &last, &no));
    assert_true(last == t.id && str_eq(no, t.no));
    admin_run("UPDATE session_ticket SET until_at = 1 WHERE session_id = %llu", (unsigned long long)s.id);
    assert_err(ERR_NOT_FOUND, ticket_track(&citizen.c, &me, t.no, &v));
    bench_reset(&citizen);
    assert_err(ERR_OK, session_hold_ticket(&citizen.c, s.id, t.id));
    assert_err(ERR_OK, session_remove(&citizen.c, s.id));
    assert_err(ERR_NOT_FOUND, ticket_track(&citizen.c, &me, t.no, &v));
}

/* The page asks who looked only when there may be somebody: what says so must never be wrong in that direction. */
static void a_look_is_told_to_every_holder(void **state)
{
    (void)state;
    uint8_t token[APP_SESSION_TOKEN_BYTES];
    struct app_session s;
    struct officer_contact_data d = {0};
    const struct account acc = sign_in(a_phone());
    const struct actor mine = {.kind = ACTOR_CITIZEN, .account_id = acc.id, .account_epoch = acc.epoch};
    struct ticket_filing f = a_demand();
    struct ticket_filed t = {0}, other = {0};
    struct ticket_view v;
    f.phone = STR("13800138000");
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_file(&citizen.c, &mine, &f, NULL, &t));
    assert_err(ERR_OK, ticket_file(&citizen.c, &mine, &f, NULL, &other));
    t.no = keep(t.no);
    other.no = keep(other.no);
    crypto_random(token, sizeof token);
    assert_err(ERR_OK, session_create(&citizen.c, token, 0, &s));
    assert_err(ERR_OK, session_hold_ticket(&citizen.c, s.id, t.id));
    const struct actor browser = {.kind = ACTOR_CITIZEN, .session_id = s.id};
    const struct actor *holders[] = {&mine, &browser};
    for (int looked = 0; looked <= 1; looked++) {
        for (size_t i = 0; i < 2; i++) {
            bench_reset(&citizen);
            assert_err(ERR_OK, ticket_track(&citizen.c, holders[i], t.no, &v));
            assert_int_equal(looked, v.looked);
        }
        bench_reset(&ctl);
        if (!looked)
            assert_err(ERR_OK, officer_reveal_contact(&ctl.c, &hotline, t.no, STR("电话核实地址"), &d));
    }
    assert_err(ERR_OK, ticket_track(&citizen.c, &mine, other.no, &v));
    assert_false(v.looked);
}

/* ---- tokens of the API ------------------------------------------------------------------------------------------------------------ */

static void refresh_turns_and_detects_theft(void **state)
{
    (void)state;
    struct account acc = sign_in(a_phone());
    struct account_tokens a, b, c, d;
    struct token t;
    bench_reset(&citizen);
    assert_err(ERR_OK, account_tokens_issue(&citizen.c, &acc, &a));
    assert_err(ERR_OK, token_verify(keys, &citizen.conn->f, settings.issuer, TOKEN_ACCESS, a.access, clock_now_us() / US_PER_S, &t));
    assert_true(t.id == acc.id && t.epoch == acc.epoch && t.expires_s - t.issued_s == settings.access_token_minutes * 60);
    assert_err(ERR_OK, account_tokens_refresh(&citizen.c, a.refresh, &b));
    assert_false(str_eq(a.refresh, b.refresh));
    assert_err(ERR_OK, account_tokens_refresh(&citizen.c, a.refresh, &c)); /* parallel, within the grace */
    admin_run("UPDATE refresh_token SET used_at = used_at - 60000000 WHERE account_id = %llu", (unsigned long long)acc.id);
    assert_err(ERR_LOGIN, account_tokens_refresh(&citizen.c, a.refresh, &d));
    assert_string_equal("REFRESH_REUSED", citizen.conn->f.reason);
    fault_clear(&citizen.conn->f);
    assert_err(ERR_LOGIN, account_tokens_refresh(&citizen.c, b.refresh, &d)); /* the whole family is dead */
    assert_string_equal("REFRESH_INVALID", citizen.conn->f.reason);
    fault_clear(&citizen.conn->f);
    assert_err(ERR_OK, account_tokens_issue(&citizen.c, &acc, &a)); /* another family */
    assert_err(ERR_OK, account_tokens_issue(&citizen.c, &acc, &b));
    assert_err(ERR_OK, account_sign_out(&citizen.c, acc.id, a.refresh));
    assert_err(ERR_LOGIN, account_tokens_refresh(&citizen.c, a.refresh, &d));
    fault_clear(&citizen.conn->f);
    assert_err(ERR_OK, account_tokens_refresh(&citizen.c, b.refresh, &d));
    assert_err(ERR_OK, account_sign_out(&citizen.c, acc.id, STR_NONE));
    assert_err(ERR_LOGIN, account_tokens_refresh(&citizen.c, d.refresh, &c));
    fault_clear(&citizen.conn->f);
    assert_err(ERR_LOGIN, account_get(&citizen.c, acc.id, t.epoch, &acc)); /* access tokens end at once, too */
}

static struct actor shown(struct str access)
{
    struct token t;
    assert_err(ERR_OK, token_verify(keys, &citizen.conn->f, settings.issuer, TOKEN_ACCESS, access, clock_now_us() / US_PER_S, &t));
    assert_true(t.family != 0);
    return (struct actor){.kind = ACTOR_CITIZEN, .account_id = t.id, .account_epoch = t.epoch, .account_family = t.family};
}

/* What one device's token may still do: everything, or nothing but be told to sign in again. */
static void assert_token(enum err want, const struct actor *who, struct str no)
{
    struct ticket_view v;
    struct ticket_done done;
    struct account acc;
    struct ticket_filing f = a_demand();
    struct ticket_filed t;
    bench_reset(&citizen);
    assert_err(want, account_alive(&citizen.c, who));
    bench_reset(&citizen);
    assert_err(want, account_of(&citizen.c, who, &acc));
    bench_reset(&citizen);
    assert_err(want, ticket_track(&citizen.c, who, no, &v));
    bench_reset(&citizen);
    assert_err(want, ticket_message(&citizen.c, who, no, STR("补充一点"), NULL, 0, NULL, &done));
    bench_reset(&citizen);
    assert_err(want, ticket_file(&citizen.c, who, &f, NULL, &t));
    bench_reset(&citizen);
}

static void signing_out_one_device_ends_its_access_token(void **state)
{
    (void)state;
    struct account acc = sign_in(a_phone());
    struct account_tokens here, there, turned;
    struct ticket_filing f = a_demand();
    struct ticket_filed t;
    struct ticket_view v;
    bench_reset(&citizen);
    assert_err(ERR_OK, account_tokens_issue(&citizen.c, &acc, &here));
    assert_err(ERR_OK, account_tokens_issue(&citizen.c, &acc, &there));
    assert_err(ERR_OK, account_tokens_refresh(&citizen.c, here.refresh, &turned));
    const struct actor one = shown(keep(here.access)), same = shown(keep(turned.access)), two = shown(keep(there.access));
    struct str refresh = keep(here.refresh);
    assert_true(one.account_family == same.account_family && one.account_family != two.account_family);
    assert_err(ERR_OK, ticket_file(&citizen.c, &two, &f, NULL, &t));
    struct str no = keep(t.no);
    assert_token(ERR_OK, &one, no);
    assert_token(ERR_OK, &two, no);
    assert_err(ERR_NOT_FOUND, ticket_track(&citizen.c, &one, STR("SD-261122-1234567-8"), &v)); /* alive: just absent */
    bench_reset(&citizen);
    assert_err(ERR_OK, account_sign_out(&citizen.c, acc.id, refresh));
    assert_token(ERR_LOGIN, &one, no);
    assert_token(ERR_LOGIN, &same, no); /* whichever of its tokens */
    assert_token(ERR_OK, &two, no);
    assert_err(ERR_OK, account_sign_out(&citizen.c, acc.id, STR_NONE));
    assert_token(ERR_LOGIN, &two, no);
}

/* ---- rights over personal data ------------------------------------------------------------------------------------------------------- */

static void own_demands_export_and_erasure(void **state)
{
    (void)state;
    struct str phone = a_phone();
    struct account acc = sign_in(phone), again;
    const struct actor me = {.kind = ACTOR_CITIZEN, .account_id = acc.id, .account_epoch = acc.epoch};
    struct ticket_filing f = a_demand();
    struct ticket_filed t;
    const struct ticket_row *rows = NULL;
    struct account_export x = {0};
    struct ticket_view v;
    size_t n = 0;
    bool more = true;
    int64_t running = 0;
    bench_reset(&citizen);
    for (int i = 0; i < 3; i++)
        assert_err(ERR_OK, ticket_file(&citizen.c, &me, &f, NULL, &t));
    t.no = keep(t.no);
    uint8_t token[APP_SESSION_TOKEN_BYTES];
    struct app_session browser;
    struct account_tokens tokens;
    struct draft d = {.in = a_demand(), .has_kind = true};
    crypto_random(token, sizeof token);
    assert_err(ERR_OK, account_tokens_issue(&citizen.c, &acc, &tokens));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM refresh_token WHERE account_id = %llu", (unsigned long long)acc.id));
    assert_err(ERR_OK, session_create(&citizen.c, token, acc.id, &browser));
    assert_err(ERR_OK, draft_save(&citizen.c, browser.id, &d));
    assert_err(ERR_OK, session_hold_ticket(&citizen.c, browser.id, t.id));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM draft WHERE session_id = %llu", (unsigned long long)browser.id));
    assert_true(t.phone_verified); /* the account's phone stands in, and is proven */
    assert_err(ERR_OK, ticket_list_mine(&citizen.c, &me, LIST_ALL, 0, 2, &rows, &n, &more));
    assert_true(n == 2 && more && rows[0].id > rows[1].id);
    assert_err(ERR_OK, ticket_list_mine(&citizen.c, &me, LIST_ALL, rows[1].id, 2, &rows, &n, &more));
    assert_true(n == 1 && !more);
    assert_err(ERR_OK, ticket_list_mine(&citizen.c, &me, LIST_DONE, 0, 2, &rows, &n, &more));
    assert_int_equal(0, n);
    assert_err(ERR_OK, ticket_track(&citizen.c, &me, t.no, &v));
    assert_true(v.mine);
    assert_err(ERR_OK, account_put(&citizen.c, acc.id, STR("李四"), APP_EN));
    assert_err(ERR_OK, account_export(&citizen.c, acc.id, &x));
    assert_true(x.n_tickets == 3 && !x.more && str_eq(x.account.name, STR("李四")) && x.account.lang == APP_EN);
    assert_true(str_eq(x.tickets[0].phone, phone) && str_eq(x.tickets[0].text, f.text));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM outbox WHERE ticket_id = %llu AND state = 1 AND key_id <> 0", (unsigned long long)t.id));
    assert_err(ERR_OK, account_delete(&citizen.c, acc.id, &running));
    assert_int_equal(3, running);
    /* What was still to be sent to that phone is not; the unit has its work all the same. */
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM outbox WHERE ticket_id = %llu AND key_id <> 0", (unsigned long long)t.id));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM outbox WHERE ticket_id = %llu AND key_id = 0", (unsigned long long)t.id));
    assert_err(ERR_LOGIN, account_get(&citizen.c, acc.id, 0, &again));
    bench_reset(&citizen);
    assert_err(ERR_LOGIN, ticket_track(&citizen.c, &me, t.no, &v)); /* the token says who; that account is no more */
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM session WHERE account_id = %llu", (unsigned long long)acc.id));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM refresh_token WHERE account_id = %llu", (unsigned long long)acc.id));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM contact WHERE owner_id IN (%llu, %llu)", (unsigned long long)acc.id, (unsigned long long)t.id));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM draft WHERE session_id = %llu", (unsigned long long)browser.id));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM session_ticket WHERE session_id = %llu", (unsigned long long)browser.id));
    assert_int_equal(3, admin_number("SELECT COUNT(*) FROM ticket WHERE account_id = %llu", (unsigned long long)acc.id));
    assert_chain(t.id);
    forget_rate();
    again = sign_in(phone);
    assert_true(again.is_new && again.id != acc.id);
}

static void ended_accounts_file_nothing(void **state)
{
    (void)state;
    struct account acc = sign_in(a_phone());
    const struct actor me = {.kind = ACTOR_CITIZEN, .account_id = acc.id, .account_epoch = acc.epoch};
    struct ticket_filing f = a_demand();
    struct ticket_filed t;
    assert_err(ERR_OK, account_alive(&citizen.c, &me));
    assert_err(ERR_OK, account_sign_out(&citizen.c, acc.id, STR_NONE));
    const struct actor later = {.kind = ACTOR_CITIZEN, .account_id = acc.id, .account_epoch = acc.epoch + 1}, none = {.kind = ACTOR_CITIZEN, .account_id = 1, .account_epoch = 1};
    assert_err(ERR_LOGIN, account_alive(&citizen.c, &me));
    assert_err(ERR_OK, account_alive(&citizen.c, &later)); /* as tokens given from now on say */
    assert_err(ERR_LOGIN, account_alive(&citizen.c, &none));
    bench_reset(&citizen);
    assert_err(ERR_LOGIN, ticket_file(&citizen.c, &me, &f, NULL, &t));
}

/* ---- drafts ------------------------------------------------------------------------------------------------------------------------------ */

static void drafts_are_kept_encrypted_and_move(void **state)
{
    (void)state;
    uint8_t token[APP_SESSION_TOKEN_BYTES];
    struct app_session one, two;
    struct draft d = {.in = a_demand(), .has_kind = true, .has_area = true}, e;
    struct str link, again;
    uint64_t whose = 0;
    crypto_random(token, sizeof token);
    assert_err(ERR_OK, session_create(&citizen.c, token, 0, &one));
    crypto_random(token, sizeof token);
    assert_err(ERR_OK, session_create(&citizen.c, token, 0, &two));
    assert_err(ERR_NOT_FOUND, draft_load(&citizen.c, one.id, &e));
    d.in.name = STR("王五");
    d.in.has_point = true;
    d.in.lng_e7 = 1163912345;
    d.in.lat_e7 = 399067890;
    d.upload_ids[0] = STR("12-abc");
    d.in.n_uploads = 1;
    assert_err(ERR_OK, draft_save(&citizen.c, one.id, &d));
    struct str form_key = keep(d.form_key);
    assert_int_equal(32, form_key.n);
    assert_err(ERR_OK, draft_load(&citizen.c, one.id, &e));
    assert_true(str_eq(e.in.text, d.in.text) && str_eq(e.in.name, STR("王五")) && e.in.kind == d.in.kind && e.has_kind && e.has_area);
    assert_true(!e.has_contact && e.in.has_point && e.in.lng_e7 == 1163912345 && e.in.lat_e7 == 399067890);
    assert_true(e.in.n_uploads == 1 && str_eq(e.in.uploads[0], STR("12-abc")) && str_eq(e.form_key, form_key));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM draft WHERE body_ct LIKE '%%王五%%'"));
    assert_err(ERR_NOT_FOUND, draft_link_again(&citizen.c, one.id, &again)); /* not asked for yet */
    assert_err(ERR_OK, draft_link(&citizen.c, one.id, &link));
    assert_err(ERR_OK, draft_link_again(&citizen.c, one.id, &again));
    assert_true(str_eq(link, again));
    assert_err(ERR_OK, draft_save(&citizen.c, one.id, &d)); /* written on, the draft keeps its link */
    assert_err(ERR_OK, draft_link(&citizen.c, one.id, &again));
    assert_true(str_eq(link, again));
    assert_err(ERR_OK, draft_peek(&citizen.c, link, &e, &whose)); /* looking moves nothing */
    assert_true(whose == one.id && str_eq(e.in.text, d.in.text) && str_eq(e.form_key, form_key) && e.updated_at == d.updated_at);
    assert_err(ERR_OK, draft_load(&citizen.c, one.id, &e));
    struct draft own = {.in = a_demand(), .has_kind = true};
    assert_err(ERR_OK, draft_save(&citizen.c, two.id, &own));
    assert_err(ERR_OK, draft_link(&citizen.c, two.id, &again));
    assert_false(str_eq(link, again));
    assert_err(ERR_OK, draft_resume(&citizen.c, link, two.id));
    assert_err(ERR_NOT_FOUND, draft_peek(&citizen.c, again, &e, &whose)); /* the link of what was given up leads nowhere */
    fault_clear(&citizen.conn->f);
    assert_err(ERR_NOT_FOUND, draft_load(&citizen.c, one.id, &e)); /* it moved */
    assert_err(ERR_OK, draft_load(&citizen.c, two.id, &e));
    assert_true(str_eq(e.form_key, form_key) && str_eq(e.in.text, d.in.text));
    assert_err(ERR_NOT_FOUND, draft_resume(&citizen.c, link, one.id)); /* a link is good once */
    fault_clear(&citizen.conn->f);
    assert_err(ERR_OK, draft_filed(&citizen.c, two.id, 77));
    assert_err(ERR_OK, draft_load(&citizen.c, two.id, &e));
    assert_int_equal(77, e.filed_ticket_id);
    assert_err(ERR_OK, draft_save(&citizen.c, two.id, &d));
    assert_false(str_eq(d.form_key, STR_NONE));
    assert_err(ERR_OK, draft_remove(&citizen.c, two.id));
    assert_err(ERR_NOT_FOUND, draft_load(&citizen.c, two.id, &e));
}

/* ---- the outbox ---------------------------------------------------------------------------------------------------------------------------- */

static void order_lease_backoff_death(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    size_t n = 0;
    admin_run("UPDATE outbox SET state = 2 WHERE state = 1");
    f.phone = a_phone();
    f.phone_verified = true;
    struct ticket_filed t = file_demand(&f);
    struct actor filer = holder_of(&t);
    struct ticket_done done;
    assert_err(ERR_OK, ticket_message(&citizen.c, &filer, t.no, STR("补充一点"), NULL, 0, NULL, &done));
    /* Notice and receipt are of one moment, and their order is as the ids fell: here the notice is the older. */
    admin_run("UPDATE outbox SET id = id - (10 << 22) WHERE ticket_id = %llu AND topic = %d ORDER BY id LIMIT 1", (unsigned long long)t.id, OUTBOX_UNIT_NOTICE);
    told = (struct told){0};
    assert_int_equal(0, take_outbox().n); /* only the first of a ticket: order holds */
    assert_int_equal(1, told.n);
    assert_true(str_eq(told.event, STR("dispatched")));
    assert_int_equal(2, admin_number("SELECT state FROM outbox WHERE id = %llu", (unsigned long long)told.id)); /* no lease */
    struct outbox_batch b = take_outbox();
    assert_int_equal(1, b.n);
    const struct outbox_item first = {.id = b.items[0].id, .topic = b.items[0].topic, .attempts = b.items[0].attempts};
    assert_int_equal(OUTBOX_SMS_RECEIPT, first.topic);
    assert_int_equal(0, take_outbox().n); /* leased, and nothing overtakes it: neither a message nor a notice */
    assert_int_equal(1, told.n);
    admin_run("UPDATE outbox SET lease_until = 1 WHERE ticket_id = %llu", (unsigned long long)t.id);
    b = take_outbox();
    assert_int_equal(1, b.n); /* the worker died: again, under the same id */
    assert_int_equal(first.id, b.items[0].id);
    for (int i = b.items[0].attempts; i < settings.outbox_tries; i++) {
        struct outbox_item it = {.id = first.id, .attempts = i};
        assert_err(ERR_OK, outbox_failed(&worker.c, &it, "HTTP 503", false));
        int64_t wait = admin_number("SELECT CAST((next_at - UNIX_TIMESTAMP(NOW(6)) * 1000000) / 1000000 AS SIGNED) FROM outbox WHERE id = %llu", (unsigned long long)first.id);
        if (i + 1 < settings.outbox_tries)
            assert_true(wait >= (i < 7 ? (30 << i) - 5 : 3590) && wait <= 3600);
    }
    assert_int_equal(3, admin_number("SELECT state FROM outbox WHERE id = %llu", (unsigned long long)first.id));
    struct outbox_state s;
    assert_err(ERR_OK, outbox_state(&ctl.c, &s));
    assert_true(s.dead >= 1 && s.waiting >= 1 && s.oldest_age_us > 0);
    assert_err(ERR_OK, outbox_revive(&ctl.c, &n));
    assert_true(n >= 1);
    assert_true(take_outbox().n >= 1);
    assert_err(ERR_OK, outbox_sent_all(&worker.c, &first.id, 1));
    assert_int_equal(0, admin_number("SELECT LENGTH(payload) FROM outbox WHERE id = %llu", (unsigned long long)first.id));
    (void)take_outbox();
    assert_int_equal(2, told.n); /* then what waited behind it */
    assert_true(str_eq(told.event, STR("message")));
}

static void a_moved_payload_does_not_open(void **state)
{
    (void)state;
    struct str phone = a_phone(), other = a_phone();
    admin_run("UPDATE outbox SET state = 2");
    assert_err(ERR_OK, account_sms_request(&citizen.c, phone, SMS_SIGN_IN));
    assert_err(ERR_OK, account_sms_request(&citizen.c, other, SMS_SIGN_IN));
    admin_run("UPDATE outbox a, (SELECT payload FROM outbox WHERE state = 1 ORDER BY id LIMIT 1) b SET a.payload = b.payload WHERE a.state = 1");
    const struct outbox_batch b = take_outbox();
    assert_int_equal(1, b.n); /* the one in its own row; the copy is dead */
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM outbox WHERE state = 3 AND last_error LIKE 'payload%%'"));
    assert_err(ERR_OK, outbox_sent_all(&worker.c, &b.items[0].id, 1));
}

static void what_is_over_goes(void **state)
{
    (void)state;
    size_t n = 0;
    admin_run("UPDATE session SET expires_at = 1");
    admin_run("UPDATE idempotency SET created_at = 1");
    admin_run("UPDATE draft SET expires_at = 1");
    for (int i = 0; i < EXPIRE_KINDS; i++)
        assert_err(ERR_OK, clocks_expire(&worker.c, (enum expiring)i, &n));
    assert_int_equal(0, admin_number("SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM draft)"));
}

#define T(f) cmocka_unit_test_setup(f, fixture_reset)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_code_opens_once), T(a_second_press_signs_in_as_well), T(five_tries_and_no_more), T(codes_age_and_are_rationed), T(a_newer_code_ends_the_older),
        T(requests_for_one_phone_take_turns), T(sessions_live_and_end),
        T(a_session_holds_what_it_opened), T(a_look_is_told_to_every_holder), T(refresh_turns_and_detects_theft),
        T(signing_out_one_device_ends_its_access_token), T(own_demands_export_and_erasure),
        T(ended_accounts_file_nothing), T(drafts_are_kept_encrypted_and_move), T(order_lease_backoff_death),
        T(a_moved_payload_does_not_open), T(what_is_over_goes),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
