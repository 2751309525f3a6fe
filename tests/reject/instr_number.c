/* INSTR for a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(INSTR(users.name, 1)); /* expect: INSTR(users.name, 1): an argument is not text */
#else
    clause = ORDER_BY(INSTR(users.name, "1"));
#endif
}
