/*
 * attachment.c - files of demands: judging, recording, attaching, opening; leases for the worker.
 *
 * Contract: a row exists only after its file lies at its path; the secret half of an id is stored hashed. Must not know
 * how a file arrived or is served.
 */
#include "app/attachment_private.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/account.h"
#include "app/crypto.h"
#include "app/ids.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { SECRET_BYTES = 16, CHUNK = 64 * 1024, SHARD_CHARS = 2, DISPLAY_CHARS = 100 };

/* ---- names ---------------------------------------------------------------------------------------------------------------- */

static struct str path_of(struct arena *a, const char *folder, struct str name)
{
    return arena_printf(a, "%s/%.2s/" STR_FMT, folder, name.n >= SHARD_CHARS ? name.p : "00", STR_ARG(name));
}

struct str attachment_raw_path(struct arena *a, struct str raw_name)
{
    return path_of(a, "raw", raw_name);
}

struct str attachment_clean_path(struct arena *a, struct str clean_name)
{
    return path_of(a, "clean", clean_name);
}

struct str attachment_thumb_path(struct arena *a, struct str thumb_name)
{
    return path_of(a, "thumb", thumb_name);
}

static struct str random_name(struct arena *a)
{
    uint8_t raw[ATTACHMENT_NAME_CHARS / 2];
    char *out = arena_alloc(a, ATTACHMENT_NAME_CHARS + 1);
    crypto_random(raw, sizeof raw);
    for (size_t i = 0; i < sizeof raw; i++)
        snprintf(out + 2 * i, 3, "%02x", raw[i]);
    return (struct str){out, ATTACHMENT_NAME_CHARS};
}

/* What a person may read as the file's name: its last part, without controls, cut. */
static struct str display_name(struct arena *a, struct str filename)
{
    struct str s = filename;
    for (size_t i = s.n; i-- > 0;)
        if (s.p[i] == '/' || s.p[i] == '\\') {
            s = str_slice(s, i + 1, s.n);
            break;
        }
    if (!utf8_valid(s) || !utf8_is_text(s, false))
        return STR_NONE;
    return arena_dup(a, utf8_truncate(s, DISPLAY_CHARS));
}

/* ---- judging ---------------------------------------------------------------------------------------------------------------- */

static bool read_at(int fd, void *p, size_t n, off_t offset, ssize_t *ret)
{
    do
        *ret = pread(fd, p, n, offset);
    while (*ret < 0 && errno == EINTR);
    return *ret >= 0;
}

static bool hash_file(struct ctx *c, int fd, uint64_t bytes, uint8_t out[32])
{
    struct crypto_sha256 h;
    char *chunk = arena_alloc(c->a, CHUNK);
    uint64_t done = 0;
    crypto_sha256_start(&h);
    while (done < bytes) {
        ssize_t n = 0;
        if (!read_at(fd, chunk, CHUNK, (off_t)done, &n) || n == 0)
            return false;
        crypto_sha256_put(&h, chunk, (size_t)n);
        done += (uint64_t)n;
    }
    crypto_sha256_end(&h, out);
    return done == bytes;
}

/* The group is that of the programs that share the files: any of them adds to a folder, and the worker takes from it. */
static bool make_folder(const char *path)
{
    return mkdir(path, 0770) == 0 || errno == EEXIST;
}

static enum err make_path(struct ctx *c, struct attachment_new *n)
{
    const char *top = c->set->upload_dir;
    const char *raw = arena_cstr(c->a, arena_printf(c->a, "%s/raw", top));
    const char *shard = arena_cstr(c->a, arena_printf(c->a, "%s/raw/%.2s", top, n->raw_name.p));
    if (!make_folder(raw) || !make_folder(shard))
        return fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "upload folder: %s", strerror(errno));
    n->path = arena_cstr(c->a, arena_printf(c->a, "%s/" STR_FMT, top, STR_ARG(attachment_raw_path(c->a, n->raw_name))));
    return ERR_OK;
}

enum err attachment_judge(struct ctx *c, int fd, uint64_t bytes, struct str filename, const char *field,
                          struct attachment_new *ret)
{
    struct attachment_new n = {.bytes = bytes, .display_name = display_name(c->a, filename)};
    unsigned char *head = arena_alloc(c->a, ATTACHMENT_SNIFF_BYTES);
    ssize_t got = 0;
    if (bytes == 0)
        return fault_field(c->fault, field, "FILE_EMPTY");
    if (!read_at(fd, head, ATTACHMENT_SNIFF_BYTES, 0, &got))
        return fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "spooled file: %s", strerror(errno));
    if (!attachment_sniff(head, (size_t)got, &n.type))
        return fault_field(c->fault, field, "FILE_TYPE");
    if (bytes > (uint64_t)(n.type.kind == UPLOAD_PHOTO ? LIMIT_PHOTO_BYTES : LIMIT_RECORDING_BYTES))
        return fault_field(c->fault, field, "FILE_TOO_LARGE");
    if (!hash_file(c, fd, bytes, n.sha256))
        return fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "spooled file is shorter than it was");
    if (lseek(fd, 0, SEEK_SET) < 0)
        return fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "spooled file: %s", strerror(errno));
    n.raw_name = random_name(c->a);
    enum err e = make_path(c, &n);
    if (e == ERR_OK)
        *ret = n;
    return e;
}

/* ---- ids given out ------------------------------------------------------------------------------------------------------------ */

static bool read_public_id(struct ctx *c, struct str text, uint64_t *ret_id, uint8_t ret_key[32])
{
    struct str number, secret;
    if (text.n > 64 || !str_cut(text, '-', &number, &secret) || secret.n < SECRET_BYTES || !id_parse(number, ret_id))
        return false;
    crypto_token_hash(c->keys, "upload", secret, ret_key);
    return true;
}

enum err attachment_record(struct ctx *c, const struct attachment_new *n, struct str *ret_id)
{
    uint8_t key[32];
    int64_t now = 0;
    size_t changed = 0;
    enum err e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    struct str secret = crypto_random_text(c->a, SECRET_BYTES);
    crypto_token_hash(c->keys, "upload", secret, key);
    struct q_upload_insert_in in = {
        .id = id_new(now), .owner_key = {(const char *)key, 32}, .kind = (int32_t)n->type.kind,
        .media_type = str_from_c(n->type.media_type), .raw_name = n->raw_name, .display_name = n->display_name,
        .bytes = n->bytes, .sha256 = {(const char *)n->sha256, 32}, .created_at = now,
        .expires_at = now + c->set->upload_hours * US_PER_HOUR};
    e = q_upload_insert(c->db, &in, &changed);
    if (e == ERR_OK)
        *ret_id = arena_printf(c->a, "%llu-" STR_FMT, (unsigned long long)in.id, STR_ARG(secret));
    return e;
}

enum err attachment_loose(struct ctx *c, const struct str *ids, size_t n_ids, const struct attachment **ret, size_t *ret_n)
{
    struct attachment *out = ARENA_ARRAY(c->a, struct attachment, n_ids ? n_ids : 1);
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    for (size_t i = 0; e == ERR_OK && i < n_ids; i++) {
        uint8_t key[32];
        const struct q_upload_loose_row *r = NULL;
        struct q_upload_loose_in in = {.owner_key = {(const char *)key, 32}, .now = now};
        if (!read_public_id(c, ids[i], &in.id, key))
            continue;
        e = q_upload_loose(c->db, &in, &r);
        if (e == ERR_NOT_FOUND) {
            e = ERR_OK;
            continue;
        }
        if (e != ERR_OK)
            break;
        out[n] = (struct attachment){.id = r->id, .public_id = ids[i], .kind = (enum upload_kind)r->kind,
                                     .state = (enum upload_state)r->state, .media_type = r->media_type,
                                     .display_name = r->display_name, .clean_name = r->clean_name,
                                     .thumb_name = r->thumb_name, .raw_name = r->raw_name, .bytes = r->bytes,
                                     .width = (uint32_t)r->width, .height = (uint32_t)r->height, .refusal = r->refusal};
        memcpy(out[n++].sha256, r->sha256.p, 32);
    }
    if (e != ERR_OK)
        return e;
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

enum err attachment_drop(struct ctx *c, struct str id)
{
    uint8_t key[32];
    size_t n = 0;
    struct q_upload_drop_in in = {.owner_key = {(const char *)key, 32}};
    return read_public_id(c, id, &in.id, key) ? q_upload_drop(c->db, &in, &n) : ERR_OK;
}

enum err attachment_attach(struct ctx *c, const struct str *ids, size_t n_ids, uint64_t ticket_id, uint32_t event_seq,
                           int64_t now)
{
    const struct q_upload_count_row *r = NULL;
    for (size_t i = 0; i < n_ids; i++) {
        uint8_t key[32];
        size_t n = 0;
        struct q_upload_attach_in in = {.owner_key = {(const char *)key, 32}, .ticket_id = ticket_id,
                                        .event_seq = (int32_t)event_seq, .now = now};
        if (!read_public_id(c, ids[i], &in.id, key))
            return fault_field(c->fault, "uploads", "UPLOAD_GONE");
        enum err e = q_upload_attach(c->db, &in, &n);
        if (e != ERR_OK)
            return e;
        if (n != 1)
            return fault_field(c->fault, "uploads", "UPLOAD_GONE");
    }
    struct q_upload_count_in in = {.ticket_id = ticket_id};
    enum err e = q_upload_count(c->db, &in, &r);
    if (e == ERR_OK && (r->photos > LIMIT_PHOTOS || r->recordings > LIMIT_RECORDINGS))
        return fault_field(c->fault, "uploads", "TOO_MANY");
    return e;
}

enum err attachment_evidence(struct ctx *c, const struct str *ids, size_t n_ids, uint64_t ticket_id, uint32_t event_seq,
                             bool internal, int64_t now)
{
    size_t n = 0;
    enum err e = attachment_attach(c, ids, n_ids, ticket_id, event_seq, now);
    struct q_upload_as_evidence_in in = {.ticket_id = ticket_id, .event_seq = (int32_t)event_seq, .internal = internal ? 1 : 2};
    if (e == ERR_OK && n_ids > 0)
        e = q_upload_as_evidence(c->db, &in, &n);
    const struct q_upload_all_of_ticket_row *r = NULL;
    struct q_upload_all_of_ticket_in all = {.ticket_id = ticket_id};
    if (e == ERR_OK && n_ids > 0)
        e = q_upload_all_of_ticket(c->db, &all, &r, &n);
    return e == ERR_OK && n_ids > 0 && n > LIMIT_EVIDENCE ? fault_field(c->fault, "uploads", "TOO_MANY") : e;
}

/* ---- of a ticket ---------------------------------------------------------------------------------------------------------------- */

enum err attachment_of_ticket(struct ctx *c, uint64_t ticket_id, const struct attachment **ret, size_t *ret_n)
{
    const struct q_upload_of_ticket_row *r = NULL;
    size_t n = 0;
    struct q_upload_of_ticket_in in = {.ticket_id = ticket_id};
    enum err e = q_upload_of_ticket(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct attachment *out = ARENA_ARRAY(c->a, struct attachment, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct attachment){.id = r[i].id, .kind = (enum upload_kind)r[i].kind,
                                     .state = (enum upload_state)r[i].state, .media_type = r[i].media_type,
                                     .display_name = r[i].display_name, .clean_name = r[i].clean_name,
                                     .thumb_name = r[i].thumb_name, .raw_name = r[i].raw_name, .bytes = r[i].bytes,
                                     .width = (uint32_t)r[i].width, .height = (uint32_t)r[i].height,
                                     .event_seq = (uint32_t)r[i].event_seq, .refusal = r[i].refusal};
        memcpy(out[i].sha256, r[i].sha256.p, 32);
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

static bool may_open(const struct actor *who, const struct q_upload_open_row *r)
{
    if (who->kind != ACTOR_CITIZEN)
        return who->kind == ACTOR_STAFF;
    bool alive = r->has_account_epoch && (who->account_epoch == 0 || who->account_epoch == (uint32_t)r->account_epoch);
    if (who->account_id && r->has_account_id && r->account_id == who->account_id && alive)
        return true;
    if (who->ticket_id && who->ticket_id == r->ticket_id && who->ticket_epoch == (uint32_t)r->token_epoch)
        return true;
    return who->session_id && r->has_held_until && r->held_until > r->now;
}

enum err attachment_open(struct ctx *c, const struct actor *who, struct str ticket_no, uint64_t upload_id, bool thumb,
                         struct str *ret_path, struct str *ret_media_type)
{
    const struct q_upload_open_row *r = NULL;
    struct q_upload_open_in in = {.id = upload_id, .account = who->account_id, .family = who->account_family,
                                 .session = who->session_id,
                                  .evidence = who->kind == ACTOR_STAFF};
    if (!ticket_no_parse(c->a, ticket_no, &in.ticket_no))
        return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "not a ticket number");
    enum err e = q_upload_open(c->db, &in, &r);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    struct str name = e == ERR_OK ? (thumb ? r->thumb_name : r->clean_name) : STR_NONE;
    if (e != ERR_OK || r->state != UPLOAD_READY || name.n == 0 || !may_open(who, r))
        return account_absent(c, who, "NOT_FOUND", "no such file, not ready, or not the actor's");
    *ret_path = thumb ? attachment_thumb_path(c->a, name) : attachment_clean_path(c->a, name);
    *ret_media_type = thumb ? STR("image/jpeg") : r->media_type;
    return ERR_OK;
}
