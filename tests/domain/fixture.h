/*
 * fixture.h - the domain against a real database: one connection per role, keys, seeds in memory, time that can be moved.
 *
 * The server and its seeds come from tests/domain/run. Each role runs as its own account, so a statement that a role may
 * not run fails here as it would in production.
 */
#ifndef TESTS_DOMAIN_FIXTURE_H
#define TESTS_DOMAIN_FIXTURE_H

#include "../db/harness.h"

#include "app/account.h"
#include "app/crypto.h"
#include "app/ids.h"
#include "app/officer.h"
#include "app/outbox.h"
#include "app/params.h"
#include "app/rating.h"
#include "app/refdata.h"
#include "app/ticket.h"

struct bench { /* one role at work */
    struct conn *conn;
    struct ctx c;
};
extern struct bench citizen, worker, ctl, second; /* second: another citizen connection */
extern struct app_settings settings;
extern struct keyring *keys;
extern struct str district, street, community, category; /* codes that exist; category is led by the street */
extern const struct actor nobody, hotline;

int fixture_open(void **state);   /* group setup */
int fixture_close(void **state);  /* group teardown */
int fixture_reset(void **state);  /* test setup: fresh requests, faults cleared */
void refdata_reload(void); /* reads the reference data anew now */
void bench_reset(struct bench *b); /* a fresh request on this connection */
/* Keeps text beyond bench_reset. */
struct str keep(struct str s);

/* What the worker takes of the outbox; notices are counted in `told`, and the last one's id and event kept. */
struct outbox_batch take_outbox(void);
extern struct told {
    size_t n;
    uint64_t id;
    struct str event;
} told;

/* A filing that is good as it is; change what the test is about. */
struct ticket_filing a_demand(void);
struct ticket_filed file_demand(const struct ticket_filing *f);
struct actor holder_of(const struct ticket_filed *t); /* by ticket token */
struct actor officer_of(struct str unit);
/* The acts of the staff in their shortest form. */
enum err do_reply(struct ctx *c, const struct actor *who, struct str no, uint32_t version, enum outcome outcome, struct str words,
                  struct ticket_done *ret) MUST_CHECK;
enum err do_dispatch(struct ctx *c, const struct actor *who, struct str no, uint32_t version, struct str code, struct ticket_done *ret) MUST_CHECK;
enum err do_divert(struct ctx *c, const struct actor *who, struct str no, uint32_t version, enum diversion class, struct str words,
                   struct ticket_done *ret) MUST_CHECK;
enum err do_note(struct ctx *c, const struct actor *who, struct str no, struct str words, struct ticket_done *ret) MUST_CHECK;
struct ticket_view track(const struct ticket_filed *t);
struct idem key_of(const char *scope, const char *key, const char *body);
/* Everything time-bound about the ticket happened `us` earlier. */
void age(uint64_t ticket_id, int64_t us);
bool has_event(const struct ticket_view *v, enum event_code code);
void assert_chain(uint64_t ticket_id);
void assert_field(const struct fault *f, const char *field, const char *reason);

#endif
