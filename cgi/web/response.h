/*
 * response.h - the answer, buffered whole, so that a late failure is still a clean error page.
 *
 * Security headers, Content-Length, ETag, cache headers by route->cache and Set-Cookie are added when it is sent.
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
    struct buf body;
    bool etag;                /* hash of the body; If-None-Match answers 304 */
    bool no_log_path;
};

void response_html(struct response *rs);                    /* 200, HTML */
void response_json(struct response *rs);                    /* 200, JSON */
void response_status(struct response *rs, int status);
/* Value must hold no CR/LF (BUG_ON). */
void response_header(struct response *rs, const char *name, struct str value);
void response_cookie(struct request *rq, struct response *rs, const char *name, struct str value, int max_age_s);
void response_cookie_clear(struct request *rq, struct response *rs, const char *name);
enum err response_redirect(struct response *rs, struct str path); /* 303, own origin only */
void response_download(struct response *rs, const char *content_type, struct str filename);
/* X-Accel-Redirect to an internal location. */
void response_file(struct response *rs, struct str internal_path, const char *content_type, struct str filename);

#endif
