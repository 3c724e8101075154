/*
 * staff_try.c - pauses after wrong tries.
 *
 * Contract: a try is counted before the secret is compared, so that parallel guesses cannot outrun the count; the right
 * secret takes its count back. Rows hold keyed hashes alone: what was typed into the field of a login may be a password.
 */
#include "app/staff_private.h"

#include "app/crypto.h"
#include "base/buf.h"
#include "base/clock.h"
#include "gen/sql.h"

enum {
    FORGET_MINUTES = 60,       /* failures that lie so far back no longer count */
    NET_PAUSE_S = 30, NET_PAUSE_MAX_S = 15 * 60,
    LOGIN_TRIES_FACTOR = 4,    /* from everywhere together, before the login as such is paused */
    LOGIN_PAUSE_S = 5, LOGIN_PAUSE_MAX_S = 60,
    KNOWN_DAYS = 30,
};

static void key_of(struct ctx *c, const char *kind, const char *what, struct str login, struct str net, uint8_t out[16])
{
    enum { ROOM = 600 };
    struct buf b;
    buf_init(&b, c->a, ROOM);
    buf_put(&b, str_from_c(what));
    buf_putc(&b, '\n');
    buf_put(&b, str_slice(login, 0, login.n < 200 ? login.n : 200));
    buf_putc(&b, '\n');
    buf_put(&b, net);
    crypto_mac(c->keys, KEY_MISC, kind, buf_str(&b), out, 16);
}

static int64_t pause_us(int failures, int allowed, int first_s, int max_s)
{
    int over = failures - allowed;
    int64_t s = first_s;
    if (over < 0)
        return 0;
    for (int i = 0; i < over && s < max_s; i++)
        s *= 2;
    return (s < max_s ? s : max_s) * US_PER_S;
}

struct try {
    struct ctx *c;
    struct staff_gate *g;
};

static const struct q_staff_try_get_row *row_of(const struct q_staff_try_get_row *r, size_t n, const uint8_t key[16])
{
    for (size_t i = 0; i < n; i++)
        if (r[i].key_hash.n == 16 && memcmp(r[i].key_hash.p, key, 16) == 0)
            return &r[i];
    return NULL;
}

static enum err lock(struct ctx *c, const uint8_t key[16], int64_t now)
{
    size_t n = 0;
    struct q_staff_try_open_in in = {.key_hash = {(const char *)key, 16}, .at = now,
                                     .forget_before = now - FORGET_MINUTES * 60 * US_PER_S};
    return q_staff_try_open(c->db, &in, &n);
}

static enum err put(struct ctx *c, const uint8_t key[16], int failures, int64_t now, int64_t until)
{
    size_t n = 0;
    struct q_staff_try_put_in in = {.key_hash = {(const char *)key, 16}, .failures = failures, .at = now, .until_at = until};
    return q_staff_try_put(c->db, &in, &n);
}

static enum err enter_once(struct db *db, void *arg)
{
    struct try *t = arg;
    struct ctx *c = t->c;
    int64_t now = 0;
    const struct q_staff_try_get_row *rows = NULL;
    size_t n = 0;
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = lock(c, t->g->by_net, now);
    if (e == ERR_OK)
        e = lock(c, t->g->by_login, now);
    struct q_staff_try_get_in in = {.a = {(const char *)t->g->by_net, 16}, .b = {(const char *)t->g->by_login, 16},
                                    .c = {(const char *)t->g->known, 16}};
    if (e == ERR_OK)
        e = q_staff_try_get(db, &in, &rows, &n);
    if (e != ERR_OK)
        return e;
    const struct q_staff_try_get_row *net = row_of(rows, n, t->g->by_net), *login = row_of(rows, n, t->g->by_login),
                                     *known = row_of(rows, n, t->g->known);
    if (net == NULL || login == NULL)
        return fault_set(c->fault, ERR_INTERNAL, "INTERNAL", "a row of tries vanished");
    bool is_known = known != NULL && known->until_at > now;
    t->g->closed = net->until_at > now || (login->until_at > now && !is_known);
    if (t->g->closed)
        return ERR_OK; /* waiting is not made longer by trying */
    int tries = c->set->staff_lock_tries, a = net->failures + 1, b = login->failures + 1;
    e = put(c, t->g->by_net, a, now, now + pause_us(a, tries, NET_PAUSE_S, NET_PAUSE_MAX_S));
    if (e == ERR_OK)
        e = put(c, t->g->by_login, b, now, now + pause_us(b, tries * LOGIN_TRIES_FACTOR, LOGIN_PAUSE_S, LOGIN_PAUSE_MAX_S));
    return e;
}

enum err staff_gate_enter(struct ctx *c, const char *what, struct str login, struct staff_gate *ret)
{
    struct try t = {c, ret};
    *ret = (struct staff_gate){.closed = true};
    key_of(c, "staff try by net", what, login, c->client_net, ret->by_net);
    key_of(c, "staff try by login", what, login, STR_NONE, ret->by_login);
    key_of(c, "staff try known", what, login, c->client_net, ret->known);
    return tx_run(c->db, enter_once, &t);
}

static enum err passed_once(struct db *db, void *arg)
{
    struct try *t = arg;
    int64_t now = 0;
    size_t n = 0;
    struct q_staff_try_clear_in net = {.key_hash = {(const char *)t->g->by_net, 16}};
    struct q_staff_try_clear_in login = {.key_hash = {(const char *)t->g->by_login, 16}};
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = q_staff_try_clear(db, &net, &n);
    if (e == ERR_OK)
        e = q_staff_try_clear(db, &login, &n);
    return e == ERR_OK ? put(t->c, t->g->known, 0, now, now + KNOWN_DAYS * US_PER_DAY) : e;
}

enum err staff_gate_passed(struct ctx *c, const struct staff_gate *g)
{
    struct staff_gate copy = *g;
    struct try t = {c, &copy};
    return tx_run(c->db, passed_once, &t);
}
