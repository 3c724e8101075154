/* knowledge_mark.h - finds the searched words in a text and cuts an excerpt round them. Used by knowledge_search.c. */
#ifndef APP_KNOWLEDGE_MARK_H
#define APP_KNOWLEDGE_MARK_H

#include "app/knowledge.h"

/* query is normalised. pairs: mark every pair of neighbours of the query (likeness), not only whole runs. */
void knowledge_mark(struct arena *a, struct str text, struct str query, bool pairs, size_t max_chars,
                    const struct kb_bit **ret, size_t *ret_n);

#endif
