/*
 * checkpoint.h - heads of chains anchored outside the database [decisions 8].
 *
 * A chain alone proves order, not completeness: who owns the database can hash it anew. So the worker takes, every few
 * minutes, the heads that moved since, makes their Merkle root, and signs it (keyed BLAKE2b) together with the checkpoint
 * before. Root and MAC stand in the table; the leaves (ticket, seq, hash) are appended with them to a file outside, which
 * the operator ships to another machine.
 */
#ifndef APP_CHECKPOINT_H
#define APP_CHECKPOINT_H

#include "app/ctx.h"

enum { CHECKPOINT_LEAVES_MAX = 1000 };

/* One checkpoint of at most CHECKPOINT_LEAVES_MAX heads; ret_n = 0 when nothing moved. Call again while it is full. */
enum err checkpoint_make(struct ctx *c, size_t *ret_n) MUST_CHECK;

struct checkpoint_verdict {
    uint64_t n_checkpoints, n_leaves;
    uint64_t n_bad;              /* leaves whose event is missing or differs, and checkpoints that do not fit */
    uint64_t first_bad_ticket;   /* 0 = none, or the fault is in a checkpoint itself */
    const char *why;             /* static: MAC, ROOT, FILE, EVENT, TABLE; NULL = ok */
};
/* Reads the file, checks every MAC and root, compares with the table and each leaf with its event. A job: it takes the
 * connection's request over (no deadline), and gives it back with c->a and c->fault. */
enum err checkpoint_verify(struct ctx *c, struct checkpoint_verdict *ret) MUST_CHECK;

#endif
