/*
 * config.h - the one configuration file.
 *
 * INI by inih. Every key stands in config_table.c with its section, type, range, default and one line of
 * description; `sudactl config --print` prints that table as a documented file. An unknown key, a missing mandatory
 * key, or a value out of range stops the start with file, line, key and what is allowed.
 */
#ifndef SVC_CONFIG_H
#define SVC_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct config;
/* NULL with the reason in why. Texts of the result live as long as it does. */
struct config *config_load(const char *path, char *why, size_t why_size);
void config_free(struct config *c);
/* Abort on a key that is not in the table, or is of another type. */
int64_t config_int(const struct config *c, const char *section_dot_key);
bool config_bool(const struct config *c, const char *section_dot_key);
/* Texts, words, URLs; paths and sockets are absolute, or empty where that means none. */
const char *config_text(const struct config *c, const char *section_dot_key);
void config_print(FILE *to); /* the documented default file */

#endif
