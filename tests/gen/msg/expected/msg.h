/* generated from templates/messages – do not edit */
#ifndef GEN_MSG_H
#define GEN_MSG_H

enum msg {
    MSG_NONE,
    MSG_sample_days,
    MSG_sample_lines,
    MSG_sample_long,
    MSG_sample_of,
    MSG_sample_quote,
    MSG_sample_who,
    MSG_site_name,
    MSG_COUNT
};

#endif
