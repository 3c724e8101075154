/*
 * portal_gateway.c - joins svc, which knows FastCGI, to web, which knows HTTP.
 *
 * Contract: plain forwarding, nothing kept. Must not know routes or the domain.
 */
#include "prog/portal_gateway.h"

static const char *gateway_param(void *self, const char *name)
{
    return svc_param(self, name);
}

static bool gateway_param_at(void *self, size_t i, const char **ret_name, const char **ret_value)
{
    return svc_param_at(self, i, ret_name, ret_value);
}

static ssize_t gateway_read(void *self, void *p, size_t n)
{
    return svc_read(self, p, n);
}

static bool gateway_write(void *self, const void *p, size_t n)
{
    return svc_write(self, p, n);
}

static int64_t gateway_prolong(void *self)
{
    return svc_prolong(self);
}

struct gateway portal_gateway(struct svc_request *rq)
{
    return (struct gateway){.self = rq, .param = gateway_param, .param_at = gateway_param_at, .read = gateway_read, .write = gateway_write,
                            .deadline_us = svc_deadline_us(rq), .prolong = gateway_prolong};
}
