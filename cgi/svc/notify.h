/*
 * notify.h - telling the service manager how a program is (sd_notify(3)); without a manager nothing happens.
 */
#ifndef SVC_NOTIFY_H
#define SVC_NOTIFY_H

#include <stdint.h>

void notify_send(const char *lines);    /* READY=1, STOPPING=1, RELOADING=1, WATCHDOG=1 */
int64_t notify_watchdog_us(void);       /* half of what the manager wants, 0 = none */

#endif
