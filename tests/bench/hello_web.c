/*
 * hello_web.c - the whole pipeline of cgi/web over svc with nothing behind it: what a request costs before any work.
 *
 * usage: hello_web SOCKET WORKERS KEPT
 *   GET  /api/v1/empty          the envelope around an empty object; a rate bucket is taken, no session, no database
 *   GET  /api/v1/echo?text=...  the same with a form decoded from the query
 *   POST /api/v1/upload         multipart field `file` of up to 64 MiB: its size
 * Log lines are off for answers below 400.
 */
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "svc/svc.h"
#include "web/dispatch.h"
#include "web/envelope.h"

struct echo_form {
    struct str text;
};
struct upload_form {
    struct upload_part file;
};
static const struct form_field echo_fields[] = {
    {FORM_FIELD(struct echo_form, text, "text", FIELD_TEXT), .required = true, .max = 1000}};
static const struct form_spec echo_form = {FORM_SPEC("echo", struct echo_form, echo_fields)};
static const struct form_field upload_fields[] = {
    {FORM_FIELD(struct upload_form, file, "file", FIELD_FILE), .required = true, .max_bytes = MIB(64)}};
static const struct form_spec upload_form = {FORM_SPEC("upload", struct upload_form, upload_fields)};

static enum err empty(struct request *rq, struct response *rs)
{
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

static enum err echo(struct request *rq, struct response *rs)
{
    const struct echo_form *in = rq->form;
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "text", in->text);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

static enum err upload(struct request *rq, struct response *rs)
{
    const struct upload_form *in = rq->form;
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_i64(&w, "bytes", (int64_t)in->file.bytes);
    json_close(&w);
    return envelope_close(rq, rs, &w, 201);
}

static const struct route rows[] = {
    {.name = "empty",
     .method = "GET",
     .pattern = "/api/v1/empty",
     .handler = empty,
     .guard = GUARD_PUBLIC,
     .csrf = CSRF_SAFE,
     .body = BODY_NONE,
     .bucket = BUCKET_READ,
     .cache = CACHE_NO_STORE,
     .look = LOOK_API},
    {.name = "echo",
     .method = "GET",
     .pattern = "/api/v1/echo",
     .handler = echo,
     .guard = GUARD_PUBLIC,
     .csrf = CSRF_SAFE,
     .body = BODY_NONE,
     .form = &echo_form,
     .bucket = BUCKET_READ,
     .cache = CACHE_NO_STORE,
     .look = LOOK_API},
    {.name = "upload",
     .method = "POST",
     .pattern = "/api/v1/upload",
     .handler = upload,
     .guard = GUARD_PUBLIC,
     .csrf = CSRF_BEARER,
     .body = BODY_MULTIPART,
     .body_limit_bytes = MIB(65),
     .form = &upload_form,
     .bucket = BUCKET_READ,
     .cache = CACHE_NO_STORE,
     .look = LOOK_API},
};
static const struct route_table table = {rows, sizeof rows / sizeof *rows};
static struct web_app app = {
    .program = "hello_web", .routes = &table, .public_origin = "", .spool_dir = "/tmp", .quiet = true};

static const char *param(void *self, const char *name)
{
    return svc_param(self, name);
}
static bool param_at(void *self, size_t i, const char **ret_name, const char **ret_value)
{
    return svc_param_at(self, i, ret_name, ret_value);
}
static ssize_t take(void *self, void *p, size_t n)
{
    return svc_read(self, p, n);
}
static bool give(void *self, const void *p, size_t n)
{
    return svc_write(self, p, n);
}

static void *worker_init(void *arg)
{
    (void)arg;
    return arena_new(LIMIT_REQUEST_MEMORY_BYTES);
}

static void handle(void *state, struct svc_request *rq)
{
    struct gateway gw = {.self = rq, .param = param, .param_at = param_at, .read = take, .write = give};
    web_handle(&app, &gw, state);
    arena_clear(state);
}

static void worker_exit(void *state)
{
    arena_free(state);
}

int main(int argc, char **argv)
{
    uint64_t workers, kept;
    const char *why = NULL;
    app.limits[BUCKET_READ] = (struct limit){.every_ms = 1, .burst = 1000000000};
    app.limiter = ratelimit_new(65536);
    if (argc != 4 || !parse_u64(str_from_c(argv[2]), 1, 64, &workers) ||
        !parse_u64(str_from_c(argv[3]), 0, 1024, &kept))
        why = "usage: hello_web SOCKET WORKERS KEPT";
    if (!why)
        why = web_check(&app);
    if (why) {
        fprintf(stderr, "%s\n", why);
        return 2;
    }
    log_setup("hello_web", LOG_WARN);
    return svc_run(&(struct svc_options){.name = "hello_web",
                                         .socket_path = argv[1],
                                         .socket_mode = 0666,
                                         .backlog = 511,
                                         .workers = (int)workers,
                                         .kept_connections = (int)kept,
                                         .request_deadline_ms = 60000,
                                         .requests_per_worker = 1000000,
                                         .drain_ms = 5000,
                                         .worker_init = worker_init,
                                         .handle = handle,
                                         .worker_exit = worker_exit});
}
