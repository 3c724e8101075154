/*
 * job_sms_http.c - the SMS driver `http`: a gateway that takes one message a POST. A gate to curl.
 *
 * Sent: {"id": "...", "to": "...", "text": "...", "topic": "..."} with a bearer key. 2xx means taken; 4xx means never,
 * but for 408 and 429; anything else, and no answer, means later. A few messages go out side by side, each with its own
 * deadline, which begins when its turn comes. No redirects, no proxy of the environment, https alone unless the gateway is on this machine.
 */
#include <curl/curl.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/version.h"
#include "prog/job_sms.h"
#include "web/json.h"

enum { BODY_BYTES = 8192, HEADER_BYTES = 1100, POLL_MS = 100, HTTP_OK = 200, HTTP_MULTIPLE = 300,
       HTTP_BAD = 400, HTTP_TIMEOUT = 408, HTTP_MANY = 429, HTTP_SERVER = 500, MS_PER_S = 1000 };

struct gateway {
    CURLM *multi;
    struct curl_slist *headers;
};

/* ---- judging the address -------------------------------------------------------------------------------------------- */

static bool is_loopback(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 || strncmp(host, "127.", 4) == 0;
}

/* 127.evil.example begins like a loopback address; only digits and dots make it one. */
static bool is_numeric(const char *host)
{
    return strspn(host, "0123456789.") == strlen(host);
}

const char *sms_http_check(const struct worker_conf *c)
{
    CURLU *u = curl_url();
    char *scheme = NULL, *host = NULL;
    const char *wrong = "not an address";
    if (u != NULL && curl_url_set(u, CURLUPART_URL, c->sms_url, 0) == CURLUE_OK &&
        curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
        const bool local = is_loopback(host) && (strncmp(host, "127.", 4) != 0 || is_numeric(host));
        if (strcmp(scheme, "https") == 0 || (strcmp(scheme, "http") == 0 && local))
            wrong = NULL;
        else
            wrong = "a gateway on another machine must be reached by https";
    }
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(u);
    return wrong;
}

/* ---- one message ---------------------------------------------------------------------------------------------------- */

/* The answer's words are nobody's business: its status says all. */
static size_t drop(char *p, size_t size, size_t n, void *arg)
{
    (void)p;
    (void)arg;
    return size * n;
}

static struct str body_of(struct arena *a, const struct sms *s)
{
    struct buf b;
    struct json w;
    buf_init(&b, a, BODY_BYTES);
    json_init(&w, &b);
    json_open_object(&w);
    json_put_id(&w, "id", s->item->id);
    json_put_str(&w, "to", s->item->phone);
    json_put_str(&w, "text", s->text);
    json_put_str(&w, "topic", str_from_c(outbox_topic_word(s->item->topic)));
    json_close(&w);
    return b.full ? STR_NONE : buf_str(&b);
}

static bool set_request(CURL *h, const struct worker_conf *c, const struct gateway *g, struct sms *s, struct str body)
{
    const bool plain = strncmp(c->sms_url, "http:", 5) == 0;
    CURLcode e = CURLE_OK;
#define SET(option, value) (e = e == CURLE_OK ? curl_easy_setopt(h, (option), (value)) : e)
    SET(CURLOPT_URL, c->sms_url);
    SET(CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)c->sms_timeout_ms);
    SET(CURLOPT_TIMEOUT_MS, (long)c->sms_timeout_ms);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_USERAGENT, "suda-worker/" SUDA_VERSION);
    SET(CURLOPT_HTTPHEADER, g->headers);
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE, (long)body.n);
    SET(CURLOPT_POSTFIELDS, body.p);
    SET(CURLOPT_WRITEFUNCTION, drop);
    SET(CURLOPT_PRIVATE, s);
#undef SET
    return e == CURLE_OK;
}

static void judge_answer(struct sms *s, CURLcode result, long status)
{
    s->sent = result == CURLE_OK && status >= HTTP_OK && status < HTTP_MULTIPLE;
    s->permanent = result == CURLE_OK && status >= HTTP_BAD && status < HTTP_SERVER && status != HTTP_TIMEOUT &&
                   status != HTTP_MANY;
    if (s->sent)
        s->error[0] = 0;
    else if (result == CURLE_OK)
        snprintf(s->error, sizeof s->error, "http %ld", status);
    else
        snprintf(s->error, sizeof s->error, "http: %s", curl_easy_strerror(result));
}

/* ---- a batch -------------------------------------------------------------------------------------------------------- */

bool sms_http_open(struct job *j)
{
    static struct gateway the_one; /* of this process; it lives as long */
    struct gateway *g = &the_one;
    char bearer[HEADER_BYTES];
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (g->multi = curl_multi_init()) == NULL)
        return false;
    curl_multi_setopt(g->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)SMS_CONNECTIONS);
    curl_multi_setopt(g->multi, CURLMOPT_MAXCONNECTS, (long)SMS_CONNECTIONS);
    snprintf(bearer, sizeof bearer, "Authorization: Bearer %s", j->conf->sms_key);
    g->headers = curl_slist_append(g->headers, "Content-Type: application/json");
    g->headers = curl_slist_append(g->headers, "Expect:");
    struct curl_slist *whole = curl_slist_append(g->headers, bearer);
    explicit_bzero(bearer, sizeof bearer);
    j->own = g;
    return g->headers != NULL && whole != NULL;
}

size_t sms_http_batch(const struct worker_conf *c)
{
    const int turns = c->set.outbox_lease_seconds * MS_PER_S / (2 * c->sms_timeout_ms);
    const size_t n = (size_t)(turns > 0 ? turns : 1) * SMS_CONNECTIONS;
    return n < SMS_BATCH_MAX ? n : SMS_BATCH_MAX;
}

/* Returns how many ended. */
static size_t take_finished(struct gateway *g)
{
    size_t n = 0;
    int left = 0;
    for (CURLMsg *m; (m = curl_multi_info_read(g->multi, &left)) != NULL;) {
        struct sms *s = NULL;
        long status = 0;
        CURL *h = m->easy_handle;
        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(h, CURLINFO_PRIVATE, &s);
        curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
        judge_answer(s, m->data.result, status);
        curl_multi_remove_handle(g->multi, h);
        curl_easy_cleanup(h);
        n++;
    }
    return n;
}

/* False: this one cannot be begun, and keeps the error it was given. */
static bool begin_one(struct job *j, struct gateway *g, struct sms *s)
{
    const struct str body = body_of(j->ctx.a, s);
    CURL *h = body.n > 0 ? curl_easy_init() : NULL;
    snprintf(s->error, sizeof s->error, "http: not begun");
    if (h != NULL && set_request(h, j->conf, g, s, body) && curl_multi_add_handle(g->multi, h) == CURLM_OK)
        return true;
    curl_easy_cleanup(h);
    return false;
}

void sms_http_deliver(struct job *j, struct sms *batch, size_t n)
{
    struct gateway *g = j->own;
    size_t begun = 0, under_way = 0;
    /* Each ends by its own timeout, so this ends. */
    while (begun < n || under_way > 0) {
        int running = 0;
        while (begun < n && under_way < SMS_CONNECTIONS)
            under_way += begin_one(j, g, &batch[begun++]);
        CURLMcode e = curl_multi_perform(g->multi, &running);
        const size_t ended = take_finished(g);
        under_way -= ended;
        if (e == CURLM_OK && ended == 0 && under_way > 0)
            e = curl_multi_poll(g->multi, NULL, 0, POLL_MS, NULL);
        BUG_ON(e != CURLM_OK); /* the process starts anew; what was leased comes back under its id */
    }
}
