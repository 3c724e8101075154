/* generated from templates/messages – do not edit */
#include "web/msg.h"

const struct str msg_keys[MSG_COUNT] = {
    {"", 0},
    {"sample.days", 11},
    {"sample.lines", 12},
    {"sample.long", 11},
    {"sample.of", 9},
    {"sample.quote", 12},
    {"sample.who", 10},
    {"site.name", 9},
};

const struct str msg_texts[LANG_COUNT][MSG_COUNT] = {
    [LANG_ZH] = {
        {"", 0},
        [MSG_sample_days] = {"还有 {n} 天", 14},
        [MSG_sample_lines] = {"第一行\n"
             "第二行 \\ 完", 25},
        [MSG_sample_long] = {"这一句很长，写在两行。", 33},
        [MSG_sample_of] = {"第 {n} 步，共 {total} 步", 29},
        [MSG_sample_quote] = {"他说\"是\" <b>&'", 17},
        [MSG_sample_who] = {"{unit}于{day}办理", 20},
        [MSG_site_name] = {"诉达", 6},
    },
    [LANG_EN] = {
        {"", 0},
        [MSG_sample_days] = {"{n} {n|day|days} left", 21},
        [MSG_sample_lines] = {"First line\n"
             "Second line \\ end", 28},
        [MSG_sample_long] = {"This sentence is long and takes two lines.", 42},
        [MSG_sample_of] = {"Step {n} of {total}", 19},
        [MSG_sample_quote] = {"He said \"yes\" <b>&'", 19},
        [MSG_sample_who] = {"Handled on {day} by {unit}", 26},
        [MSG_site_name] = {"Suda", 4},
    },
};
