/*
 * attachment.h - photos, short videos, voice notes [T 8].
 *
 * A file is received loose, judged by its content, and named by us; the id given out holds a secret, so whoever holds it
 * may attach the file. Loose ones expire after settings.upload_hours. Nobody sees a file before the worker has cleaned it
 * (re-encoded without EXIF and GPS, remuxed without metadata). Paths below settings.upload_dir:
 * raw/ab/<name>, clean/ab/<name>.<ext>, thumb/ab/<name>.jpg with ab = the first two characters of the random name.
 */
#ifndef APP_ATTACHMENT_H
#define APP_ATTACHMENT_H

#include "app/ctx.h"
#include "app/words.h"

enum { ATTACHMENT_NAME_CHARS = 32 };

/* What the first bytes say. media_type is static. */
struct attachment_type {
    enum upload_kind kind;
    const char *media_type, *extension;
};
enum { ATTACHMENT_SNIFF_BYTES = 4096 };
bool attachment_sniff(const void *head, size_t n, struct attachment_type *ret);

struct attachment_new {
    struct attachment_type type;
    uint64_t bytes;
    uint8_t sha256[32];
    struct str raw_name;
    const char *path;       /* absolute; its folder exists; the caller moves the file there (upload_keep) */
    struct str display_name;
};
/*
 * Judges an open file (offset is put back to 0). Fields are named `field`: NOT_A_CHOICE kind of content is reason
 * FILE_TYPE, too large FILE_TOO_LARGE, empty FILE_EMPTY.
 */
enum err attachment_judge(struct ctx *c, int fd, uint64_t bytes, struct str filename, const char *field,
                          struct attachment_new *ret) MUST_CHECK;
/* After the file lies at path: the row. ret_id is what the client gets: "<id>-<secret>". */
enum err attachment_record(struct ctx *c, const struct attachment_new *n, struct str *ret_id) MUST_CHECK;

struct attachment {
    uint64_t id;
    struct str public_id;   /* as given out; only from attachment_loose() */
    enum upload_kind kind;
    enum upload_state state;
    struct str media_type, display_name, clean_name, thumb_name, raw_name;
    uint64_t bytes;
    uint8_t sha256[32];
    uint32_t width, height;
    uint32_t event_seq;     /* 0 = came with the filing */
    struct str refusal;     /* why the worker refused it; empty = not */
    int attempts;           /* only from attachment_lease(): how often it was tried before */
};
/* Loose files by the ids a draft or client holds; those that are gone are left out. */
enum err attachment_loose(struct ctx *c, const struct str *ids, size_t n_ids, const struct attachment **ret, size_t *ret_n) MUST_CHECK;
/* Removes a loose file (row now, bytes by the worker). */
enum err attachment_drop(struct ctx *c, struct str id) MUST_CHECK;
enum err attachment_of_ticket(struct ctx *c, uint64_t ticket_id, const struct attachment **ret, size_t *ret_n) MUST_CHECK;
/* One ready file of a ticket that the actor holds; path relative to upload_dir, for X-Accel-Redirect. */
enum err attachment_open(struct ctx *c, const struct actor *who, struct str ticket_no, uint64_t upload_id, bool thumb,
                         struct str *ret_path, struct str *ret_media_type) MUST_CHECK;

/* ---- for the worker ------------------------------------------------------------------------------------------------------ */
enum err attachment_lease(struct ctx *c, int lease_s, size_t max, const struct attachment **ret, size_t *ret_n) MUST_CHECK;
struct attachment_clean { /* the file as it is served; photos are JPEG whatever they came as */
    struct str media_type, clean_name, thumb_name; /* thumb_name empty = none */
    uint32_t width, height;                        /* 0 = unknown */
};
enum err attachment_ready(struct ctx *c, uint64_t id, const struct attachment_clean *clean) MUST_CHECK;
enum err attachment_refuse(struct ctx *c, uint64_t id, const char *reason) MUST_CHECK;
/* Expired loose files: rows leased to be removed; the worker unlinks the files, then forgets the rows. */
enum err attachment_expired(struct ctx *c, size_t max, const struct attachment **ret, size_t *ret_n) MUST_CHECK;
/* The row of a file on the disk, by the first 31 characters of its name. ERR_NOT_FOUND: there is none. */
enum err attachment_state_of_name(struct ctx *c, struct str stem, enum upload_state *ret) MUST_CHECK;
struct attachment_backlog {
    int64_t waiting, oldest_age_us;
};
enum err attachment_backlog(struct ctx *c, struct attachment_backlog *ret) MUST_CHECK;
enum err attachment_forget(struct ctx *c, uint64_t id) MUST_CHECK;
/* "raw/ab/abcd…", "clean/…", "thumb/…" in a. */
struct str attachment_raw_path(struct arena *a, struct str raw_name);
struct str attachment_clean_path(struct arena *a, struct str clean_name);
struct str attachment_thumb_path(struct arena *a, struct str thumb_name);

#endif
