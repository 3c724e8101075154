/*
 * job_media.c - video and voice: put into a fresh container without metadata by ffmpeg, streams as they are.
 *
 * The demuxer is named, never guessed: a playlist that only pretends to be a film would otherwise make ffmpeg open other
 * files; besides, the sandbox lets it open its input and its output alone. Only streams of picture and sound are taken; tracks of data (where phones note places) stay behind.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "prog/job_clean.h"
#include "prog/job_sandbox.h"

enum { WALL_S = 60, CPU_S = 40, WORDS = 48 };
#define MEMORY_BYTES ((size_t)2 * 1024 * 1024 * 1024)
#define FILE_BYTES ((size_t)LIMIT_RECORDING_BYTES + (size_t)MIB(10))

struct container {
    const char *media_type, *demuxer, *muxer;
    bool film;
};
static const struct container containers[] = {
    {"video/mp4", "mov", "mp4", true},    {"video/quicktime", "mov", "mov", true}, {"video/webm", "matroska", "webm", true},
    {"audio/amr", "amr", "amr", false},   {"audio/mp4", "mov", "ipod", false},     {"audio/mpeg", "mp3", "mp3", false},
    {"audio/wav", "wav", "wav", false},   {"audio/ogg", "ogg", "ogg", false}};

static const struct container *find(struct str media_type)
{
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (str_eq_c(media_type, containers[i].media_type))
            return &containers[i];
    return NULL;
}

struct command_line {
    const char *w[WORDS];
    size_t n;
};

static void put(struct command_line *ws, const char *const *add)
{
    for (; *add != NULL; add++) {
        BUG_ON(ws->n + 1 >= WORDS);
        ws->w[ws->n++] = *add;
    }
}
#define PUT(ws, ...) put((ws), (const char *const[]){__VA_ARGS__, NULL})

static void put_command(struct command_line *ws, const struct container *c, const char *in, const char *out)
{
    PUT(ws, "ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "quiet", "-xerror", "-protocol_whitelist", "file", "-f",
        c->demuxer, "-i", in);
    if (c->film)
        PUT(ws, "-map", "0:v:0", "-map", "0:a:0?");
    else
        PUT(ws, "-map", "0:a:0");
    PUT(ws, "-map_metadata", "-1", "-map_metadata:s:a", "-1", "-map_chapters", "-1");
    if (c->film)
        PUT(ws, "-map_metadata:s:v", "-1");
    if (strcmp(c->demuxer, "mov") == 0)
        PUT(ws, "-movflags", "+faststart");
    PUT(ws, "-c", "copy", "-fflags", "+bitexact", "-flags", "+bitexact", "-f", c->muxer, "-y", out);
}

enum clean_verdict clean_recording(const char *ffmpeg, struct str media_type, const char *in, const char *out, struct clean *ret)
{
    static const char *const env[] = {"LC_ALL=C", "HOME=/nonexistent", NULL};
    const char *const reads[] = {SANDBOX_LIBRARIES, ffmpeg, in, NULL}, *const writes[] = {out, NULL};
    const struct container *c = find(media_type);
    char from[1200], to[1200], said[SANDBOX_SAID_BYTES];
    struct command_line ws = {.n = 0};
    *ret = (struct clean){.refusal = "FILE_TYPE"};
    if (c == NULL)
        return CLEAN_REFUSED;
    const int a = snprintf(from, sizeof from, "file:%s", in), b = snprintf(to, sizeof to, "file:%s", out);
    if (a < 0 || b < 0 || (size_t)a >= sizeof from || (size_t)b >= sizeof to)
        return CLEAN_LATER;
    /* Made here, for the sandbox may write this one file and make none. */
    const int made = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    if (made < 0)
        return CLEAN_LATER;
    close(made);
    put_command(&ws, c, from, to);
    ws.w[ws.n] = NULL;
    const struct sandbox_task t = {.argv = ws.w, .program = ffmpeg, .env = env, .reads = reads, .writes = writes,
                                   .wall_s = WALL_S, .cpu_s = CPU_S, .memory_bytes = MEMORY_BYTES, .file_bytes = FILE_BYTES};
    switch (sandbox_run(&t, said)) {
    case SANDBOX_DONE:
        ret->refusal = NULL;
        return CLEAN_READY;
    case SANDBOX_FAILED:
        ret->refusal = "FILE_BROKEN";
        return CLEAN_REFUSED;
    case SANDBOX_KILLED:
        return CLEAN_CRASHED;
    case SANDBOX_TROUBLE:
        break;
    }
    return CLEAN_LATER;
}
