/*
 * job_sms.h - wording a message of the outbox and handing it to a driver.
 *
 * The message id is the row's id and never changes: whoever receives the same id twice drops the second [decisions 14].
 */
#ifndef PROG_JOB_SMS_H
#define PROG_JOB_SMS_H

#include "app/outbox.h"
#include "prog/job.h"

/* The text in the receiver's language. False: the topic is not for phones, or its parameters are not those of the topic. */
bool sms_words(struct ctx *c, const struct outbox_item *it, const char *public_origin, struct str *ret);

struct sms {
    const struct outbox_item *item;
    struct str text;
    /* What became of it. */
    bool sent, permanent;
    char error[120];       /* short, no personal data; empty when sent */
};

/* Messages that go out side by side; the others of a batch wait for their turn, and a batch must end within its lease. */
enum { SMS_CONNECTIONS = 8, SMS_BATCH_MAX = 50 };
size_t sms_http_batch(const struct worker_conf *c);

/* Both drivers deliver all of the batch and fill what became of each. */
void sms_file_deliver(struct job *j, struct sms *batch, size_t n);
bool sms_http_open(struct job *j);
void sms_http_deliver(struct job *j, struct sms *batch, size_t n);

#endif
