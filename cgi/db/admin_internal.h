/* admin_internal.h - what the owner's files of this layer share. */
#ifndef DB_ADMIN_INTERNAL_H
#define DB_ADMIN_INTERNAL_H

#include "db/admin.h"
#include "db/internal.h"

struct db_admin {
    struct db *db; /* only its connection is used */
    char database[65];
};

#endif
