/*
 * response.h - the answer, buffered whole, so that a late failure is still a clean error page; long files in pieces.
 *
 * Security headers, Content-Length, ETag, cache headers by route->cache and Set-Cookie are added when it is sent. An
 * answer that sets a cookie is sent no-store, whatever its route says.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include "base/buf.h"
#include "base/err.h"

struct request;

struct response {
    int status;
    const char *content_type; /* "text/html; charset=utf-8" ... */
    struct buf headers;       /* extra header lines, made by the functions below */
    struct buf cookies;       /* Set-Cookie lines; they outlive response_clear() */
    struct buf body;
    bool etag;                /* set by itself for CACHE_*_ETAG routes: hash of the body; If-None-Match answers 304 */
    size_t etag_bytes;        /* how much of the body the hash covers; 0 = all. The envelope ends with the request id */
    bool no_log_path;
    bool sets_cookie;
    bool is_file;             /* nginx sends a file in place of the body */
    bool is_elsewhere;        /* nginx asks another location in place of this answer */
    bool embeddable;          /* may stand in frames elsewhere */
    bool no_store;            /* overrides route->cache */
    bool streaming;           /* the head is sent, and pieces of the body with it */
    size_t streamed_bytes;
    const char *error;        /* reason of the problem shown, for the log; NULL = none */
};

void response_init(struct response *rs, struct arena *a);
void response_clear(struct response *rs);                   /* forgets body, status and all headers but cookies' */
void response_html(struct response *rs);                    /* 200, HTML */
void response_json(struct response *rs);                    /* 200, JSON */
void response_type(struct response *rs, const char *content_type); /* 200, any other type */
void response_status(struct response *rs, int status);      /* one of those that response.c has words for */
/* Value must hold no CR/LF (BUG_ON). */
void response_header(struct response *rs, const char *name, struct str value);
/* HttpOnly, SameSite=Lax, Path=/; under TLS Secure and __Host-. max_age_s 0 = until the browser closes. */
void response_cookie(struct request *rq, struct response *rs, const char *name, struct str value, int max_age_s);
void response_cookie_clear(struct request *rq, struct response *rs, const char *name);
/* 303, own origin only: path begins with one '/', else ERR_INTERNAL. Encode data in it with percent_encode(). */
enum err response_redirect(struct response *rs, struct str path);
void response_download(struct response *rs, const char *content_type, struct str filename); /* UTF-8 name */
/* X-Accel-Redirect to an internal location. */
void response_file(struct response *rs, struct str internal_path, const char *content_type, struct str filename);
/* Instead of an answer: nginx asks this internal location. Nothing of this answer reaches the client. */
void response_elsewhere(struct response *rs, struct str internal_path);
/* A search found nothing: true when nginx names a location that takes note of it first. The caller then answers nothing;
 * nginx comes back with the same search and no such location. */
bool response_unanswered(struct request *rq, struct response *rs, struct str q);
/* Pages that others may frame (charts): frame-ancestors *, and no COOP/CORP wall. */
void response_embeddable(struct response *rs);
/* The exception to "buffered whole": a long answer in pieces, of which only one at a time stands in memory. After begin, status and
 * headers are final and no error page can follow: whoever fails says so in the body. Each piece that was taken begins the
 * deadline of the request anew (gateway.h). False when the peer is gone. */
bool response_stream_begin(struct request *rq, struct response *rs) MUST_CHECK;
bool response_stream_put(struct request *rq, struct response *rs, struct str piece) MUST_CHECK;
/* Writes head and body to rq->gw. False when the peer is gone. Counts the bytes of the body. */
bool response_send(struct request *rq, struct response *rs, size_t *ret_bytes);

#endif
