/*
 * ctx.h - what every act of the domain is given: where it runs (struct ctx) and who acts (struct actor).
 *
 * The program fills one struct ctx per request (or job) and keeps its parts alive until the request ends. Nothing in
 * app keeps a pointer to it. app knows no HTTP: addresses arrive as a network prefix, languages as a number.
 */
#ifndef APP_CTX_H
#define APP_CTX_H

#include "app/settings.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

struct keyring;
struct refdata;
struct staff_rights;
struct idem;

struct ctx {
    struct arena *a;                 /* of the request: all results live here */
    struct db *db;
    struct fault *fault;             /* the one given to db_begin_request */
    const struct app_settings *set;
    const struct keyring *keys;      /* app/crypto.h; NULL in programs without secrets (open) */
    const struct refdata *ref;       /* app/refdata.h: areas, catalogue, units, rules, calendar in memory */
    int lang;                        /* enum app_lang of app/words.h, same numbers as enum lang */
    struct str client_net;           /* /24 or /56, for the audit alone; may be empty */
    int64_t wall_us;                 /* wall clock at arrival; acts take their time from the database */
    const struct idem *once;         /* key of the request: its first act (act_run, idem_run) is done once; NULL = none */
};

enum actor_kind {
    ACTOR_NONE = 0,     /* nobody known: may file, look up, read what is public */
    ACTOR_CITIZEN = 1,  /* an account and / or the tickets a browser or a ticket token holds */
    ACTOR_STAFF = 2,    /* an officer of a unit */
    ACTOR_SYSTEM = 3,   /* the worker: clocks, call-back, closing */
    ACTOR_SERVICE = 4,  /* another system with a service token */
};

/*
 * Who acts. Rights are decided from what is proven here, in the statement that reads the object: an account owns
 * tickets; a ticket token is good for one ticket while its epoch is the ticket's; a browser session holds the tickets it
 * opened by number and query code.
 */
struct actor {
    enum actor_kind kind;
    uint64_t account_id;     /* 0 = not signed in */
    uint32_t account_epoch;  /* of the access token or session; 0 = already compared when the session was loaded */
    uint64_t account_family; /* of the access token: while its refresh tokens live; 0 = bound to none */
    uint64_t session_id;     /* 0 = no browser session */
    uint64_t ticket_id;      /* of a ticket token or a signed link, 0 = none */
    uint32_t ticket_epoch;   /* of the ticket token */
    uint64_t staff_id;       /* ACTOR_STAFF; 0 = the operator of sudactl. ACTOR_SERVICE: the service account */
    struct str unit_code;    /* ACTOR_STAFF, ACTOR_SERVICE: acts for this unit; empty = hotline centre */
    const struct staff_rights *rights; /* of both, app/permission.h; NULL = the operator of sudactl, who may do everything */
};

/* An idempotency key [decisions 11]. key.n = 0: none was sent. The caller checks its length. */
struct idem {
    struct str scope;          /* "c:<account>", "n:<client net>", "t:<ticket>", "f:<form key>": keys of others never meet */
    struct str route;          /* name of the route */
    struct str key;
    uint8_t request_hash[32];  /* crypto_digest() over the canonical body */
};

#endif
