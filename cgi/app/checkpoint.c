/*
 * checkpoint.c - anchoring heads of chains, and holding chains against the anchors.
 *
 * The file is text, one line a fact, appended and synced before the rows say so:
 *     C <id> <at> <n> <root hex> <mac hex>      a checkpoint, then its n leaves
 *     L <ticket id> <seq> <hash hex>
 * MAC = keyed BLAKE2b over mac-before ‖ id ‖ at ‖ n ‖ root, so that no checkpoint can be left out in the middle.
 * A crash between file and table leaves a checkpoint in the file alone: the next one goes on from the file's MAC and takes
 * the same heads again. A row of the table that is not in the file means that the file was cut.
 */
#include "app/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "app/crypto.h"
#include "app/event.h"
#include "app/ids.h"
#include "base/buf.h"
#include "base/hash.h"
#include "gen/sql.h"

enum { LINE_BYTES = 300, HEX_BYTES = 64, CHECK_BYTES = 8 * 1024 * 1024, SEALED_AT_ONCE = 200, SEALED_BYTES = SEALED_AT_ONCE * 40 };

struct leaf {
    uint64_t ticket_id;
    uint32_t seq;
    uint8_t hash[EVENT_HASH_BYTES];
};
struct point {
    uint64_t id;
    int64_t at;
    size_t n;
    uint8_t root[32], mac[32];
};

/* ---- tree and MAC ---------------------------------------------------------------------------------------------------------- */

static void hash_leaf(const struct leaf *l, uint8_t out[32])
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    crypto_digest_put_u64(&h, 0); /* leaves and nodes never look alike */
    crypto_digest_put_u64(&h, l->ticket_id);
    crypto_digest_put_u64(&h, l->seq);
    crypto_digest_put(&h, (struct str){(const char *)l->hash, EVENT_HASH_BYTES});
    crypto_digest_end(&h, out);
}

static void hash_node(const uint8_t x[32], const uint8_t y[32], uint8_t out[32])
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    crypto_digest_put_u64(&h, 1);
    crypto_digest_put(&h, (struct str){(const char *)x, 32});
    crypto_digest_put(&h, (struct str){(const char *)y, 32});
    crypto_digest_end(&h, out);
}

/* A node without a partner moves up as it is. */
static void merkle_root(struct arena *a, const struct leaf *leaves, size_t n, uint8_t out[32])
{
    uint8_t(*row)[32] = arena_array(a, n ? n : 1, 32);
    for (size_t i = 0; i < n; i++)
        hash_leaf(&leaves[i], row[i]);
    for (; n > 1; n = (n + 1) / 2)
        for (size_t i = 0; i < n; i += 2) {
            if (i + 1 < n)
                hash_node(row[i], row[i + 1], row[i / 2]);
            else
                memmove(row[i / 2], row[i], 32);
        }
    memcpy(out, row[0], 32);
}

static void point_mac(struct ctx *c, const uint8_t before[32], struct point *p)
{
    struct buf b;
    buf_init(&b, c->a, 256);
    buf_put(&b, (struct str){(const char *)before, 32});
    buf_printf(&b, "|%llu|%lld|%zu|", (unsigned long long)p->id, (long long)p->at, p->n);
    buf_put(&b, (struct str){(const char *)p->root, 32});
    crypto_mac(c->keys, KEY_CHECKPOINT, "checkpoint", buf_str(&b), p->mac, 32);
}

/* ---- making ------------------------------------------------------------------------------------------------------------------ */

static enum err read_heads(struct ctx *c, struct leaf **ret, size_t *ret_n)
{
    const struct q_checkpoint_heads_row *r = NULL;
    size_t n = 0;
    enum err e = q_checkpoint_heads(c->db, &r, &n);
    if (e != ERR_OK)
        return e;
    struct leaf *out = ARENA_ARRAY(c->a, struct leaf, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct leaf){.ticket_id = r[i].id, .seq = (uint32_t)r[i].chain_seq};
        if (r[i].chain_head.n != EVENT_HASH_BYTES)
            return fault_set(c->fault, ERR_INTERNAL, "INTERNAL", "head of ticket %llu has no 32 bytes", (unsigned long long)r[i].id);
        memcpy(out[i].hash, r[i].chain_head.p, EVENT_HASH_BYTES);
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

static bool write_whole(int fd, struct str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = (struct str){s.p + n, s.n - (size_t)n};
    }
    return fdatasync(fd) == 0;
}

static enum err append_file(struct ctx *c, const struct point *p, const struct leaf *leaves)
{
    struct buf b;
    if (!c->set->checkpoint_file || !c->set->checkpoint_file[0])
        return ERR_OK;
    buf_init(&b, c->a, (p->n + 1) * LINE_BYTES);
    buf_printf(&b, "C %llu %lld %zu ", (unsigned long long)p->id, (long long)p->at, p->n);
    buf_put(&b, hex_encode(c->a, (struct str){(const char *)p->root, 32}));
    buf_putc(&b, ' ');
    buf_put(&b, hex_encode(c->a, (struct str){(const char *)p->mac, 32}));
    buf_putc(&b, '\n');
    for (size_t i = 0; i < p->n; i++) {
        buf_printf(&b, "L %llu %u ", (unsigned long long)leaves[i].ticket_id, leaves[i].seq);
        buf_put(&b, hex_encode(c->a, (struct str){(const char *)leaves[i].hash, EVENT_HASH_BYTES}));
        buf_putc(&b, '\n');
    }
    BUG_ON(b.full);
    int fd = open(c->set->checkpoint_file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_whole(fd, buf_str(&b));
    int why = errno;
    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    return ok ? ERR_OK : fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "checkpoint file: %s", strerror(why));
}

struct sealing {
    struct ctx *c;
    const struct point *p;
    const struct leaf *leaves;
};

static enum err seal_some(const struct sealing *s, size_t from)
{
    struct buf b;
    buf_init(&b, s->c->a, SEALED_BYTES);
    for (size_t i = from; i < s->p->n && i < from + SEALED_AT_ONCE; i++)
        buf_printf(&b, "%c[%llu,%u]", i > from ? ',' : '[', (unsigned long long)s->leaves[i].ticket_id, s->leaves[i].seq);
    buf_putc(&b, ']');
    BUG_ON(b.full);
    return q_checkpoint_sealed(s->c->db, &(struct q_checkpoint_sealed_in){.heads = buf_str(&b)});
}

static enum err seal_once(struct db *db, void *arg)
{
    const struct sealing *s = arg;
    size_t n = 0;
    struct q_checkpoint_insert_in in = {.id = s->p->id, .at = s->p->at, .upto_ticket_id = s->leaves[s->p->n - 1].ticket_id,
                                        .n_heads = (int32_t)s->p->n, .root = {(const char *)s->p->root, 32},
                                        .mac = {(const char *)s->p->mac, 32}};
    enum err e = q_checkpoint_insert(db, &in, &n);
    if (e != ERR_OK && db_was_duplicate(db)) /* a rerun after a lost COMMIT */
        e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->p->n; i += SEALED_AT_ONCE)
        e = seal_some(s, i);
    return e;
}

/* MAC of the checkpoint before: of the file when there is one, because a crash may have left the table behind. */
static enum err mac_before(struct ctx *c, uint8_t out[32]);

enum err checkpoint_make(struct ctx *c, size_t *ret_n)
{
    struct leaf *leaves = NULL;
    struct point p = {0};
    uint8_t before[32];
    enum err e = db_now(c->db, &p.at);
    if (e == ERR_OK)
        e = read_heads(c, &leaves, &p.n);
    if (e == ERR_OK && p.n == 0) {
        *ret_n = 0;
        return ERR_OK;
    }
    if (e == ERR_OK)
        e = mac_before(c, before);
    if (e != ERR_OK)
        return e;
    p.id = id_new(p.at);
    merkle_root(c->a, leaves, p.n, p.root);
    point_mac(c, before, &p);
    struct sealing s = {c, &p, leaves};
    e = append_file(c, &p, leaves);
    if (e == ERR_OK)
        e = tx_run(c->db, seal_once, &s);
    if (e == ERR_OK)
        *ret_n = p.n;
    return e;
}

/* ---- reading the file ---------------------------------------------------------------------------------------------------------- */

struct reader {
    FILE *f;
    char line[LINE_BYTES];
};

/* Words of the next line; false at the end, *ret_broken when the line is cut or too long. */
static bool next_line(struct reader *r, struct str *ret, bool *ret_broken)
{
    if (!fgets(r->line, sizeof r->line, r->f))
        return false;
    size_t n = strlen(r->line);
    *ret_broken = n == 0 || r->line[n - 1] != '\n';
    *ret = (struct str){r->line, n ? n - 1 : 0};
    return true;
}

static bool read_hash(struct arena *a, struct str hex, uint8_t out[32])
{
    struct str raw;
    if (hex.n != HEX_BYTES || !hex_decode(a, hex, &raw) || raw.n != 32)
        return false;
    memcpy(out, raw.p, 32);
    return true;
}

static bool read_point(struct arena *a, struct str line, struct point *p)
{
    struct str tag, id, at, n, root;
    uint64_t count = 0;
    *p = (struct point){0};
    if (!str_cut(line, ' ', &tag, &line) || !str_eq(tag, STR("C")) || !str_cut(line, ' ', &id, &line) ||
        !str_cut(line, ' ', &at, &line) || !str_cut(line, ' ', &n, &line) || !str_cut(line, ' ', &root, &line))
        return false;
    if (!parse_u64(id, 1, UINT64_MAX, &p->id) || !parse_i64(at, 0, INT64_MAX, &p->at) ||
        !parse_u64(n, 1, CHECKPOINT_LEAVES_MAX, &count))
        return false;
    p->n = count;
    return read_hash(a, root, p->root) && read_hash(a, line, p->mac);
}

static bool read_leaf(struct arena *a, struct str line, struct leaf *l)
{
    struct str tag, id, seq;
    uint64_t s = 0;
    if (!str_cut(line, ' ', &tag, &line) || !str_eq(tag, STR("L")) || !str_cut(line, ' ', &id, &line) ||
        !str_cut(line, ' ', &seq, &line) || !parse_u64(id, 1, UINT64_MAX, &l->ticket_id) || !parse_u64(seq, 1, UINT32_MAX, &s))
        return false;
    l->seq = (uint32_t)s;
    return read_hash(a, line, l->hash);
}

/* A point and its leaves. 1 = read, 0 = end of file, -1 = the file is broken here. */
static int read_next(struct reader *r, struct arena *a, struct point *p, struct leaf *leaves)
{
    struct str line;
    bool broken = false;
    if (!next_line(r, &line, &broken))
        return 0;
    if (broken || !read_point(a, line, p))
        return -1;
    for (size_t i = 0; i < p->n; i++)
        if (!next_line(r, &line, &broken) || broken || !read_leaf(a, line, &leaves[i]))
            return -1;
    return 1;
}

static FILE *open_file(const struct ctx *c)
{
    return c->set->checkpoint_file && c->set->checkpoint_file[0] ? fopen(c->set->checkpoint_file, "re") : NULL;
}

/* The last C line from here on; leaves are passed over. */
static bool last_mac_after(struct ctx *c, struct reader *r, uint8_t out[32])
{
    struct str line;
    bool broken = false, found = false;
    while (next_line(r, &line, &broken)) {
        struct point p;
        if (line.n > 1 && line.p[0] == 'C' && !broken && read_point(c->a, line, &p)) {
            memcpy(out, p.mac, 32);
            found = true;
        }
    }
    return found;
}

/* The file holds every head there ever was, and its last checkpoint stands within the last lines: what is before them is read only when
 * none is found there. */
static bool last_mac_of_file(struct ctx *c, uint8_t out[32])
{
    struct reader r = {.f = open_file(c)};
    struct str cut;
    bool broken = false;
    if (!r.f)
        return false;
    bool found = fseek(r.f, -(long)(CHECKPOINT_LEAVES_MAX + 2) * LINE_BYTES, SEEK_END) == 0 && next_line(&r, &cut, &broken) &&
                 last_mac_after(c, &r, out);
    if (!found) {
        rewind(r.f);
        found = last_mac_after(c, &r, out);
    }
    fclose(r.f);
    return found;
}

static enum err mac_before(struct ctx *c, uint8_t out[32])
{
    const struct q_checkpoint_last_row *r = NULL;
    memset(out, 0, 32);
    if (last_mac_of_file(c, out))
        return ERR_OK;
    enum err e = q_checkpoint_last(c->db, &r);
    if (e == ERR_OK && r->mac.n == 32)
        memcpy(out, r->mac.p, 32);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* ---- verifying -------------------------------------------------------------------------------------------------------------------- */

static void blame(struct checkpoint_verdict *v, uint64_t ticket_id, const char *why)
{
    if (v->n_bad++ == 0) {
        v->first_bad_ticket = ticket_id;
        v->why = why;
    }
}

static enum err check_leaves(struct ctx *c, const struct point *p, const struct leaf *leaves, struct checkpoint_verdict *v)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct q_event_hash_of_row *r = NULL;
        struct q_event_hash_of_in in = {.ticket_id = leaves[i].ticket_id, .seq = (int32_t)leaves[i].seq};
        enum err e = q_event_hash_of(c->db, &in, &r);
        if (e != ERR_OK && e != ERR_NOT_FOUND)
            return e;
        v->n_leaves++;
        if (e == ERR_NOT_FOUND || r->hash.n != EVENT_HASH_BYTES || memcmp(r->hash.p, leaves[i].hash, EVENT_HASH_BYTES) != 0)
            blame(v, leaves[i].ticket_id, "EVENT");
    }
    return ERR_OK;
}

/* A row of the same id must say the same. */
static enum err check_table(struct ctx *c, const struct point *p, struct checkpoint_verdict *v, int64_t *n_in_table)
{
    const struct q_checkpoint_get_row *r = NULL;
    struct q_checkpoint_get_in in = {.id = p->id};
    enum err e = q_checkpoint_get(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    (*n_in_table)++;
    if (r->at != p->at || r->n_heads != (int32_t)p->n || r->root.n != 32 || memcmp(r->root.p, p->root, 32) != 0 ||
        r->mac.n != 32 || memcmp(r->mac.p, p->mac, 32) != 0)
        blame(v, 0, "TABLE");
    return ERR_OK;
}

static enum err check_point(struct ctx *c, uint8_t before[32], const struct point *p, const struct leaf *leaves,
                            struct checkpoint_verdict *v, int64_t *n_in_table)
{
    struct point again = *p;
    v->n_checkpoints++;
    merkle_root(c->a, leaves, p->n, again.root);
    if (memcmp(again.root, p->root, 32) != 0)
        blame(v, 0, "ROOT");
    again = *p;
    point_mac(c, before, &again);
    if (!crypto_equal(again.mac, p->mac, 32))
        blame(v, 0, "MAC");
    memcpy(before, p->mac, 32);
    enum err e = check_table(c, p, v, n_in_table);
    return e == ERR_OK ? check_leaves(c, p, leaves, v) : e;
}

/* inner: the caller's ctx with an arena that holds one checkpoint. */
static enum err check_file(struct ctx *inner, struct reader *r, struct checkpoint_verdict *v, int64_t *n_in_table)
{
    struct leaf *leaves = malloc(CHECKPOINT_LEAVES_MAX * sizeof *leaves);
    uint8_t before[32] = {0};
    enum err e = leaves ? ERR_OK : fault_set(inner->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no memory for a checkpoint");
    while (e == ERR_OK) {
        struct point p;
        arena_clear(inner->a);
        db_begin_request(inner->db, inner->a, inner->fault, 0);
        int got = read_next(r, inner->a, &p, leaves);
        if (got < 0)
            blame(v, 0, "FILE");
        if (got <= 0)
            break;
        e = check_point(inner, before, &p, leaves, v, n_in_table);
    }
    free(leaves);
    return e;
}

static enum err check_count(struct ctx *c, struct checkpoint_verdict *v, int64_t n_in_table)
{
    const struct q_checkpoint_count_row *r = NULL;
    enum err e = q_checkpoint_count(c->db, &r);
    if (e == ERR_OK && r->n > n_in_table)
        blame(v, 0, "FILE");
    return e;
}

enum err checkpoint_verify(struct ctx *c, struct checkpoint_verdict *ret)
{
    struct checkpoint_verdict v = {0};
    struct ctx inner = *c;
    struct reader r = {.f = open_file(c)};
    int64_t n_in_table = 0;
    enum err e = ERR_OK;
    inner.a = arena_new(CHECK_BYTES);
    if (!inner.a)
        e = fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no memory for a checkpoint");
    if (e == ERR_OK && r.f)
        e = check_file(&inner, &r, &v, &n_in_table);
    if (r.f)
        fclose(r.f);
    db_begin_request(c->db, c->a, c->fault, 0);
    arena_free(inner.a);
    if (e == ERR_OK)
        e = check_count(c, &v, n_in_table);
    if (e == ERR_OK)
        *ret = v;
    return e;
}
