/* portal_gateway.h - a FastCGI request (svc) as web/gateway sees it. */
#ifndef PROG_PORTAL_GATEWAY_H
#define PROG_PORTAL_GATEWAY_H
#include "svc/svc.h"
#include "web/gateway.h"
struct gateway portal_gateway(struct svc_request *rq); /* valid as long as rq */
#endif
