/* SHA-256 (FIPS 180-4), for what must be the same everywhere: the names of migrations'
 * contents, the fingerprint of a schema. Not made for secrets. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { VG_HASH_ROOM = 65 }; /* 64 hexadecimal digits and a NUL */

typedef struct vg_sha256 {
    uint32_t state[8];
    uint64_t size; /* bytes so far */
    uint8_t block[64];
} vg_sha256;

void vg__sha256_begin(vg_sha256 *hash);
void vg__sha256_add(vg_sha256 *hash, const void *bytes, size_t len);
/* The digest in lower case; `hash` is used up. */
void vg__sha256_end(vg_sha256 *hash, char out[VG_HASH_ROOM]);
