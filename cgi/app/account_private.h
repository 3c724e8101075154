/* account_private.h - account.h for the other parts of app. */
#ifndef APP_ACCOUNT_PRIVATE_H
#define APP_ACCOUNT_PRIVATE_H

#include "app/account.h"

enum { ACCOUNT_NAME_CHARS = 50, REFRESH_TOKEN_BYTES = 32 };

#endif
