/* view_sample.h - views of the sample templates: one field of every type that a template may show. */
#ifndef GEN_TMPL_VIEW_SAMPLE_H
#define GEN_TMPL_VIEW_SAMPLE_H

#include "web/msg.h"
#include "web/view.h"

struct sample_item {
    struct str name;
    bool chosen;
    const struct str *tags;
    size_t n_tags;
};
struct sample_inner {
    struct str name;
    const struct sample_item *items;
    size_t n_items;
};
struct view_sample {
    struct str text;
    const char *ctext;
    char letters[8];
    bool yes;
    int32_t i32;
    int64_t i64;
    uint8_t u8;
    uint64_t u64;
    struct num_grouped grouped;
    struct num_fixed fixed;
    struct safe_html html;
    enum msg message;
    double real; /* no template may show it */
    struct sample_inner inner;
    const struct sample_item *items;
    size_t n_items;
    const struct sample_inner *maybe; /* optional */
};

#endif
