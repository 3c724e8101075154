/*
 * fake.h - a gateway of arrays for the tests of cgi/web: parameters in, body in chunks, everything written kept.
 */
#ifndef TEST_WEB_FAKE_H
#define TEST_WEB_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "web/dispatch.h"

enum { FAKE_PARAMS = 32, FAKE_OUT = 1 << 20 };

struct fake {
    const char *names[FAKE_PARAMS], *values[FAKE_PARAMS];
    size_t n_params;
    const char *body;
    size_t body_n, body_at, chunk; /* chunk 0 = all at once */
    bool gone;                     /* the peer breaks off where the body ends */
    char out[FAKE_OUT];
    size_t out_n, writes;
    struct gateway gw;
    struct arena *a;
    struct fault fault;
    struct request rq;
    struct response rs;
};

static inline const char *fake_param(void *self, const char *name)
{
    struct fake *f = self;
    for (size_t i = 0; i < f->n_params; i++)
        if (strcmp(f->names[i], name) == 0)
            return f->values[i];
    return NULL;
}

static inline bool fake_param_at(void *self, size_t i, const char **ret_name, const char **ret_value)
{
    struct fake *f = self;
    if (i >= f->n_params)
        return false;
    *ret_name = f->names[i];
    *ret_value = f->values[i];
    return true;
}

static inline ssize_t fake_read(void *self, void *p, size_t n)
{
    struct fake *f = self;
    size_t left = f->body_n - f->body_at;
    if (!left)
        return f->gone ? -1 : 0;
    if (n > left)
        n = left;
    if (f->chunk && n > f->chunk)
        n = f->chunk;
    memcpy(p, f->body + f->body_at, n);
    f->body_at += n;
    return (ssize_t)n;
}

static inline bool fake_write(void *self, const void *p, size_t n)
{
    struct fake *f = self;
    assert_true(n < FAKE_OUT - f->out_n);
    memcpy(f->out + f->out_n, p, n);
    f->out_n += n;
    f->out[f->out_n] = 0;
    f->writes++;
    return true;
}

static inline void fake_set(struct fake *f, const char *name, const char *value)
{
    for (size_t i = 0; i < f->n_params; i++)
        if (strcmp(f->names[i], name) == 0) {
            f->values[i] = value;
            return;
        }
    assert_true(f->n_params < FAKE_PARAMS);
    f->names[f->n_params] = name;
    f->values[f->n_params++] = value;
}

/* A gateway and a request that has not been read yet. */
static inline struct fake *fake_new(const char *method, const char *uri)
{
    struct fake *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->a = arena_new(LIMIT_REQUEST_MEMORY_BYTES);
    assert_non_null(f->a);
    f->gw = (struct gateway){f, fake_param, fake_param_at, fake_read, fake_write, 0, NULL};
    f->rq = (struct request){.a = f->a, .gw = &f->gw, .fault = &f->fault};
    fake_set(f, "REQUEST_METHOD", method);
    fake_set(f, "REQUEST_URI", uri);
    fake_set(f, "REMOTE_ADDR", "192.0.2.77");
    fake_set(f, "HTTP_HOST", "suda.example");
    fake_set(f, "SUDA_PRIVATE", "");
    response_init(&f->rs, f->a);
    return f;
}

static inline void fake_body(struct fake *f, const char *type, const char *body, size_t n)
{
    static char length[24];
    f->body = body;
    f->body_n = n;
    f->body_at = 0;
    snprintf(length, sizeof length, "%zu", n);
    fake_set(f, "CONTENT_TYPE", type);
    fake_set(f, "CONTENT_LENGTH", length);
}

static inline void fake_free(struct fake *f)
{
    arena_free(f->a);
    free(f);
}

#define assert_str(s, lit) assert_string_equal(arena_cstr(f->a, (s)), (lit))

#endif
