/*
 * account.c - accounts and their data: get, put, delete, export [PIPL 44 to 47].
 *
 * Contract: what is personal leaves this file decrypted only for the account's own reader. Signing in stands in
 * account_sms.c, tokens in account_token.c, browser sessions in session.c.
 */
#include "app/account_private.h"

#include "app/audit.h"
#include "app/contact.h"
#include "app/ticket_input.h"
#include "base/limits.h"
#include "gen/sql.h"

enum err account_of(struct ctx *c, const struct actor *who, struct account *ret)
{
    const struct q_account_get_row *r = NULL;
    struct q_account_get_in in = {.id = who->account_id, .family = who->account_family};
    enum err e = q_account_get(c->db, &in, &r);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && who->account_epoch && who->account_epoch != (uint32_t)r->epoch))
        return fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "account is gone or blocked, or the token was ended");
    if (e != ERR_OK)
        return e;
    struct account a = {.id = in.id, .epoch = (uint32_t)r->epoch, .lang = r->lang, .created_at = r->created_at};
    uint8_t key_id = (uint8_t)r->key_id;
    e = contact_open_field(c, key_id, r->phone_ct, r->has_phone_ct, "contact|phone", a.id, &a.phone);
    if (e == ERR_OK)
        e = contact_open_field(c, key_id, r->name_ct, r->has_name_ct, "contact|name", a.id, &a.name);
    if (e == ERR_OK)
        *ret = a;
    return e;
}

enum err account_get(struct ctx *c, uint64_t account_id, uint32_t epoch, struct account *ret)
{
    const struct actor who = {.kind = ACTOR_CITIZEN, .account_id = account_id, .account_epoch = epoch};
    return account_of(c, &who, ret);
}

enum err account_alive(struct ctx *c, const struct actor *who)
{
    const struct q_account_epoch_row *r = NULL;
    struct q_account_epoch_in in = {.id = who->account_id, .family = who->account_family};
    enum err e = q_account_epoch(c->db, &in, &r);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && who->account_epoch != (uint32_t)r->epoch))
        return fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "account is gone or blocked, or the token was ended");
    return e;
}

enum err account_absent(struct ctx *c, const struct actor *who, const char *reason, const char *detail)
{
    enum err e = who->kind == ACTOR_CITIZEN && who->account_id && who->account_epoch ? account_alive(c, who) : ERR_OK;
    return e == ERR_OK ? fault_set(c->fault, ERR_NOT_FOUND, reason, "%s", detail) : e;
}

/* ---- changing ---------------------------------------------------------------------------------------------------------------- */

struct change {
    struct ctx *c;
    uint64_t id;
    struct str name;
    int lang;
    int64_t running;
};

static enum err put_once(struct db *db, void *arg)
{
    struct change *x = arg;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    struct q_account_set_lang_in in = {.id = x->id, .lang = x->lang};
    if (e == ERR_OK)
        e = q_account_set_lang(db, &in, &n);
    return e == ERR_OK ? contact_set_name(x->c, CONTACT_ACCOUNT, x->id, x->name, now) : e;
}

enum err account_put(struct ctx *c, uint64_t account_id, struct str name, int lang)
{
    struct change x = {.c = c, .id = account_id, .lang = lang == APP_EN ? APP_EN : APP_ZH};
    enum err e = words_judge(c, "name", name, 0, LIMIT_NAME_CHARS, &x.name);
    return e == ERR_OK ? tx_run(c->db, put_once, &x) : e;
}

enum err account_running(struct ctx *c, uint64_t account_id, int64_t *ret_running)
{
    const struct q_ticket_running_count_row *r = NULL;
    struct q_ticket_running_count_in in = {.account = account_id};
    enum err e = q_ticket_running_count(c->db, &in, &r);
    if (e == ERR_OK)
        *ret_running = r->n;
    return e;
}

/* Contact data of every ticket of the account goes, and with them what was to be sent there; the demands themselves are public records and stay [T 10]. */
static enum err erase_ticket_contacts(struct ctx *c, uint64_t account_id)
{
    uint64_t after = 0;
    for (;;) {
        const struct q_ticket_ids_of_account_row *r = NULL;
        size_t n = 0, changed = 0;
        struct q_ticket_ids_of_account_in in = {.account = account_id, .after = after};
        enum err e = q_ticket_ids_of_account(c->db, &in, &r, &n);
        for (size_t i = 0; e == ERR_OK && i < n; i++)
            if ((e = contact_erase(c, CONTACT_TICKET, r[i].id)) == ERR_OK)
                e = q_outbox_forget(c->db, &(struct q_outbox_forget_in){.ticket_id = r[i].id}, &changed);
        if (e != ERR_OK || n == 0)
            return e;
        after = r[n - 1].id;
    }
}

/* What the account's browsers still hold: a draft has a name, a phone and words in it, and must not wait for its expiry. */
static enum err empty_sessions(struct ctx *c, uint64_t account_id)
{
    uint64_t after = 0;
    for (;;) {
        const struct q_session_ids_of_account_row *r = NULL;
        size_t n = 0, changed = 0;
        struct q_session_ids_of_account_in in = {.account_id = account_id, .after = after};
        enum err e = q_session_ids_of_account(c->db, &in, &r, &n);
        for (size_t i = 0; e == ERR_OK && i < n; i++) {
            struct q_draft_delete_in draft = {.session_id = r[i].id};
            struct q_session_ticket_clear_in held = {.session_id = r[i].id};
            e = q_draft_delete(c->db, &draft, &changed);
            if (e == ERR_OK)
                e = q_session_ticket_clear(c->db, &held, &changed);
        }
        if (e != ERR_OK || n == 0)
            return e;
        after = r[n - 1].id;
    }
}

static enum err end_everything(struct ctx *c, uint64_t id)
{
    size_t n = 0;
    struct q_refresh_end_account_in tokens = {.account_id = id};
    struct q_session_delete_account_in sessions = {.account_id = id};
    enum err e = q_refresh_end_account(c->db, &tokens, &n);
    if (e == ERR_OK)
        e = empty_sessions(c, id);
    return e == ERR_OK ? q_session_delete_account(c->db, &sessions, &n) : e;
}

static enum err delete_once(struct db *db, void *arg)
{
    struct change *x = arg;
    struct ctx *c = x->c;
    const struct actor who = {.kind = ACTOR_CITIZEN, .account_id = x->id};
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    struct q_account_mark_deleted_in gone = {.id = x->id, .at = now};
    struct q_follow_delete_account_in follows = {.account_id = x->id};
    if (e == ERR_OK)
        e = account_running(c, x->id, &x->running);
    if (e == ERR_OK)
        e = q_account_mark_deleted(db, &gone, &n);
    if (e == ERR_OK)
        e = contact_erase(c, CONTACT_ACCOUNT, x->id);
    if (e == ERR_OK)
        e = erase_ticket_contacts(c, x->id);
    if (e == ERR_OK)
        e = end_everything(c, x->id);
    if (e == ERR_OK)
        e = q_follow_delete_account(db, &follows, &n);
    return e == ERR_OK ? audit_write(c, &who, AUDIT_ACCOUNT_DELETE, AUDIT_OF_ACCOUNT, x->id, STR_NONE) : e;
}

enum err account_delete(struct ctx *c, uint64_t account_id, int64_t *ret_running)
{
    struct change x = {.c = c, .id = account_id};
    enum err e = tx_run(c->db, delete_once, &x);
    if (e == ERR_OK)
        *ret_running = x.running;
    return e;
}

/* ---- export --------------------------------------------------------------------------------------------------------------------- */

enum { EXPORT_MAX = 1000 };

enum err account_looks(struct ctx *c, uint64_t account_id, const struct account_look **ret, size_t *ret_n)
{
    const struct q_account_looks_row *r = NULL;
    size_t n = 0;
    struct q_account_looks_in in = {.account = account_id};
    enum err e = q_account_looks(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct account_look *out = ARENA_ARRAY(c->a, struct account_look, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct account_look){r[i].at, r[i].actor_kind, r[i].purpose, r[i].ticket_no};
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

static enum err export_ticket(struct ctx *c, const struct q_ticket_export_row *r, struct account_export_ticket *out)
{
    uint8_t key_id = (uint8_t)r->key_id;
    *out = (struct account_export_ticket){.no = r->ticket_no, .title = r->title, .text = r->body, .address = r->address,
                                          .created_at = r->created_at, .state = r->state};
    enum err e = contact_open_field(c, key_id, r->name_ct, r->has_name_ct, "contact|name", r->id, &out->name);
    if (e == ERR_OK)
        e = contact_open_field(c, key_id, r->phone_ct, r->has_phone_ct, "contact|phone", r->id, &out->phone);
    return e == ERR_OK ? contact_open_field(c, key_id, r->org_ct, r->has_org_ct, "contact|org", r->id, &out->org) : e;
}

enum err account_export(struct ctx *c, uint64_t account_id, struct account_export *ret)
{
    const struct actor who = {.kind = ACTOR_CITIZEN, .account_id = account_id};
    const struct q_ticket_export_row *r = NULL;
    struct account_export out = {0};
    struct q_ticket_export_in in = {.account = account_id};
    enum err e = account_get(c, account_id, 0, &out.account);
    if (e == ERR_OK)
        e = q_ticket_export(c->db, &in, &r, &out.n_tickets);
    if (e != ERR_OK)
        return e;
    struct account_export_ticket *rows = ARENA_ARRAY(c->a, struct account_export_ticket, out.n_tickets ? out.n_tickets : 1);
    for (size_t i = 0; e == ERR_OK && i < out.n_tickets; i++)
        e = export_ticket(c, &r[i], &rows[i]);
    if (e == ERR_OK)
        e = account_looks(c, account_id, &out.looks, &out.n_looks);
    if (e == ERR_OK)
        e = audit_write(c, &who, AUDIT_ACCOUNT_EXPORT, AUDIT_OF_ACCOUNT, account_id, STR_NONE);
    if (e != ERR_OK)
        return e;
    out.tickets = rows;
    out.more = out.n_tickets == EXPORT_MAX;
    *ret = out;
    return ERR_OK;
}
