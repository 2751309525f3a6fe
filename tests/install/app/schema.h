/* The schema of the outside program.
 *
 * SPDX-License-Identifier: MIT */
#ifndef APP_SCHEMA_H
#define APP_SCHEMA_H

#include <virga/virga.h>

#endif
