/*
 * portal_routes.h - the usual kinds of route, so that a table reads as a table. What differs between rows stands in the
 * row; what every row of a kind shares stands here once.
 */
#ifndef PROG_PORTAL_ROUTES_H
#define PROG_PORTAL_ROUTES_H

#include "base/limits.h"
#include "web/route.h"

/* A page that shows something of one visitor: GET, never stored. form_ decodes the query, NULL = none. */
#define PAGE(name_, path_, fn_, guard_, form_, bucket_)                                                                \
    {.name = name_, .method = "GET", .pattern = path_, .handler = fn_, .guard = guard_, .csrf = CSRF_SAFE,              \
     .body = BODY_NONE, .form = form_, .bucket = bucket_, .cache = CACHE_NO_STORE, .look = LOOK_PAGE}
/* A page form: POST, CSRF, its errors shown beside the fields by the handler. */
#define ACT(name_, path_, fn_, guard_, form_, bucket_, slow_)                                                          \
    {.name = name_, .method = "POST", .pattern = path_, .handler = fn_, .guard = guard_, .csrf = CSRF_TOKEN,            \
     .body = BODY_FORM, .body_limit_bytes = LIMIT_BODY_FORM_BYTES, .form = form_, .bucket = bucket_,                    \
     .cache = CACHE_NO_STORE, .look = LOOK_PAGE, .slow = slow_, .shows_errors = true}
/* The same for a step of signing in; a GET row of the same path, with next, leads those on who are past it. */
#define SIGN_IN(name_, path_, fn_, form_, bucket_)                                                                     \
    {.name = name_, .method = "POST", .pattern = path_, .handler = fn_, .guard = GUARD_OPTIONAL, .csrf = CSRF_TOKEN,   \
     .body = BODY_FORM, .body_limit_bytes = LIMIT_BODY_FORM_BYTES, .form = form_, .bucket = bucket_,                    \
     .cache = CACHE_NO_STORE, .look = LOOK_PAGE, .slow = true, .shows_errors = true, .gate = true}
/* The same with files: multipart, slow pool. */
#define UPLOAD(name_, path_, fn_, guard_, form_)                                                                       \
    {.name = name_, .method = "POST", .pattern = path_, .handler = fn_, .guard = guard_, .csrf = CSRF_TOKEN,            \
     .body = BODY_MULTIPART, .body_limit_bytes = LIMIT_BODY_MULTIPART_BYTES, .form = form_, .bucket = BUCKET_UPLOAD,    \
     .cache = CACHE_NO_STORE, .look = LOOK_PAGE, .slow = true, .shows_errors = true}
/* A form on a page from the public cache: it changes nobody's data and must come from our own origin. */
#define TELL(name_, path_, fn_, form_)                                                                                 \
    {.name = name_, .method = "POST", .pattern = path_, .handler = fn_, .guard = GUARD_PUBLIC, .csrf = CSRF_ORIGIN,     \
     .body = BODY_FORM, .body_limit_bytes = LIMIT_BODY_FORM_BYTES, .form = form_, .bucket = BUCKET_WRITE,               \
     .cache = CACHE_NO_STORE, .look = LOOK_PAGE}
/* What nginx alone asks for, between another program's finding and its answer; that one has counted the request. */
#define NOTE(name_, path_, fn_, form_)                                                                                 \
    {.name = name_, .method = "GET", .pattern = path_, .handler = fn_, .guard = GUARD_PRIVATE, .csrf = CSRF_SAFE,       \
     .body = BODY_NONE, .form = form_, .bucket = BUCKET_NONE, .cache = CACHE_NO_STORE, .look = LOOK_RAW}
/* A page for everybody, from nginx's micro-cache. */
#define OPEN_PAGE(name_, path_, fn_, form_, bucket_)                                                                   \
    {.name = name_, .method = "GET", .pattern = path_, .handler = fn_, .guard = GUARD_PUBLIC, .csrf = CSRF_SAFE,        \
     .body = BODY_NONE, .form = form_, .bucket = bucket_, .cache = CACHE_MICRO, .look = LOOK_PAGE, .shows_errors = true}
/* A file for everybody (CSV, JSON, SVG). */
#define OPEN_FILE(name_, path_, fn_, form_)                                                                            \
    {.name = name_, .method = "GET", .pattern = path_, .handler = fn_, .guard = GUARD_PUBLIC, .csrf = CSRF_SAFE,        \
     .body = BODY_NONE, .form = form_, .bucket = BUCKET_READ, .cache = CACHE_SHORT, .look = LOOK_PAGE}
/* JSON: read, and write. */
#define API_GET(name_, path_, fn_, guard_, form_, bucket_, cache_)                                                     \
    {.name = name_, .method = "GET", .pattern = path_, .handler = fn_, .guard = guard_, .csrf = CSRF_SAFE,              \
     .body = BODY_NONE, .form = form_, .bucket = bucket_, .cache = cache_, .look = LOOK_API}
#define API_WRITE(method_, name_, path_, fn_, guard_, form_, bucket_, slow_)                                           \
    {.name = name_, .method = method_, .pattern = path_, .handler = fn_, .guard = guard_, .csrf = CSRF_BEARER,          \
     .body = BODY_JSON, .body_limit_bytes = LIMIT_BODY_JSON_BYTES, .form = form_, .bucket = bucket_,                    \
     .cache = CACHE_NO_STORE, .look = LOOK_API, .slow = slow_}
/* A file: multipart, slow pool. */
#define API_UPLOAD(name_, path_, fn_, form_)                                                                           \
    {.name = name_, .method = "POST", .pattern = path_, .handler = fn_, .guard = GUARD_OPTIONAL, .csrf = CSRF_BEARER,   \
     .body = BODY_MULTIPART, .body_limit_bytes = LIMIT_RECORDING_BYTES + KIB(64), .form = form_,                        \
     .bucket = BUCKET_UPLOAD, .cache = CACHE_NO_STORE, .look = LOOK_API, .slow = true}
/*
 * The back office. permit_ is one of app/permission.h: who lacks it gets the same refusal whatever the path names. Pages
 * know a browser by its cookie, the API a service by its token (Authorization: Bearer).
 */
#define STAFF_PAGE(name_, path_, fn_, permit_, form_)                                                                  \
    {.name = name_, .method = "GET", .pattern = path_, .handler = fn_, .guard = GUARD_STAFF, .permit = permit_,         \
     .csrf = CSRF_SAFE, .body = BODY_NONE, .form = form_, .bucket = BUCKET_READ, .cache = CACHE_NO_STORE,               \
     .look = LOOK_PAGE, .shows_errors = true}
#define STAFF_ACT(name_, path_, fn_, permit_, form_, slow_)                                                            \
    {.name = name_, .method = "POST", .pattern = path_, .handler = fn_, .guard = GUARD_STAFF, .permit = permit_,        \
     .csrf = CSRF_TOKEN, .body = BODY_FORM, .body_limit_bytes = LIMIT_BODY_FORM_BYTES, .form = form_,                   \
     .bucket = BUCKET_WRITE, .cache = CACHE_NO_STORE, .look = LOOK_PAGE, .slow = slow_, .shows_errors = true}
/* With files: nginx sends its path to the slow pool (nginx/snippets/routes.conf). */
#define STAFF_UPLOAD(name_, path_, fn_, permit_, form_)                                                                \
    {.name = name_, .method = "POST", .pattern = path_, .handler = fn_, .guard = GUARD_STAFF, .permit = permit_,        \
     .csrf = CSRF_TOKEN, .body = BODY_MULTIPART, .body_limit_bytes = LIMIT_BODY_MULTIPART_BYTES, .form = form_,         \
     .bucket = BUCKET_UPLOAD, .cache = CACHE_NO_STORE, .look = LOOK_PAGE, .slow = true, .shows_errors = true}
#define STAFF_GET(name_, path_, fn_, permit_, form_)                                                                   \
    {.name = name_, .method = "GET", .pattern = path_, .handler = fn_, .guard = GUARD_STAFF, .permit = permit_,         \
     .csrf = CSRF_SAFE, .body = BODY_NONE, .form = form_, .bucket = BUCKET_READ, .cache = CACHE_NO_STORE,               \
     .look = LOOK_API}
#define STAFF_WRITE(method_, name_, path_, fn_, permit_, form_)                                                        \
    {.name = name_, .method = method_, .pattern = path_, .handler = fn_, .guard = GUARD_STAFF, .permit = permit_,       \
     .csrf = CSRF_BEARER, .body = BODY_JSON, .body_limit_bytes = LIMIT_BODY_JSON_BYTES, .form = form_,                  \
     .bucket = BUCKET_WRITE, .cache = CACHE_NO_STORE, .look = LOOK_API}
/* A write without a body. */
#define STAFF_CALL(method_, name_, path_, fn_, permit_)                                                                \
    {.name = name_, .method = method_, .pattern = path_, .handler = fn_, .guard = GUARD_STAFF, .permit = permit_,       \
     .csrf = CSRF_BEARER, .body = BODY_NONE, .bucket = BUCKET_WRITE, .cache = CACHE_NO_STORE, .look = LOOK_API}
/* A write without a body. */
#define API_CALL(method_, name_, path_, fn_, guard_, bucket_)                                                          \
    {.name = name_, .method = method_, .pattern = path_, .handler = fn_, .guard = guard_, .csrf = CSRF_BEARER,          \
     .body = BODY_NONE, .bucket = bucket_, .cache = CACHE_NO_STORE, .look = LOOK_API}

#endif
