/*
 * gateway.h - what web needs of whoever speaks to nginx: parameters in, bytes in, bytes out.
 *
 * cgi/prog joins it to svc; unit tests and fuzz harnesses give it arrays.
 *
 * Parameters that nginx must send: REQUEST_METHOD, REQUEST_URI (raw, as the client sent it), REMOTE_ADDR (the true
 * client address, after real_ip), HTTPS ("on" under TLS), CONTENT_LENGTH, CONTENT_TYPE, HTTP_*. REQUEST_ID, if sent, is
 * taken over. SUDA_LANG, if sent, decides the language: locations that nginx caches send the language of their cache
 * key. SUDA_PRIVATE is "1" on the private listener and in locations that nginx alone can enter, and must be set to "" in
 * every other. SUDA_UNANSWERED, if sent, is such a location: where a search without a result is taken note of before it is
 * shown; "-" when that is done: the same request once more, which no limit counts again. Nothing that begins with HTTP_ is trusted.
 */
#ifndef WEB_GATEWAY_H
#define WEB_GATEWAY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
struct gateway {
    void *self;
    const char *(*param)(void *self, const char *name); /* CGI names: REQUEST_METHOD, REQUEST_URI, HTTP_COOKIE ... */
    /* Optional and quicker: the i-th parameter; false past the end. One pass instead of one scan for every name. */
    bool (*param_at)(void *self, size_t i, const char **ret_name, const char **ret_value);
    ssize_t (*read)(void *self, void *p, size_t n);     /* 0 = end, -1 = peer gone */
    bool (*write)(void *self, const void *p, size_t n);
    int64_t deadline_us;                                /* monotonic; 0 = none */
    /* Optional: a piece of a long answer was taken, so the deadline counts from now; returns the new one. */
    int64_t (*prolong)(void *self);
};
#endif
