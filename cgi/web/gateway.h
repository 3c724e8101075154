/*
 * gateway.h - what web needs of whoever speaks to nginx: parameters in, bytes in, bytes out.
 *
 * cgi/prog joins it to svc; unit tests and fuzz harnesses give it arrays.
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
    ssize_t (*read)(void *self, void *p, size_t n);     /* 0 = end, -1 = peer gone */
    bool (*write)(void *self, const void *p, size_t n);
    int64_t deadline_us;
};
#endif
