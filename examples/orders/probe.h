/* Asks a service that runs on this machine whether it is well: `orders --health`, for a
 * container's health check, which needs no curl then. SPDX-License-Identifier: MIT */
#ifndef ORDERS_PROBE_H
#define ORDERS_PROBE_H

#include "settings.h"

/* True if GET /health is answered with 200 within three seconds. */
bool probe_health(const settings *s);

#endif
