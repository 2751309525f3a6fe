/* A migration's name out of two lists of 64 words. */
#include "kit/names.h"

static const char *const first[64] = {
    "amber",  "ancient", "arctic",  "autumn", "blue",     "bold",   "brave",   "bright",
    "brisk",  "calm",    "clear",   "cloudy", "cold",     "cool",   "copper",  "crisp",
    "dawn",   "deep",    "distant", "dry",    "dusky",    "early",  "eastern", "faint",
    "fair",   "fast",    "fine",    "fresh",  "frosty",   "gentle", "golden",  "grand",
    "gray",   "green",   "hidden",  "high",   "humid",    "icy",    "late",    "light",
    "long",   "lunar",   "mild",    "misty",  "northern", "pale",   "quick",   "quiet",
    "rapid",  "rising",  "rough",   "silent", "silver",   "slow",   "soft",    "solar",
    "steady", "stormy",  "summer",  "sunny",  "swift",    "warm",   "white",   "wild"};

static const char *const second[64] = {
    "anchor",  "arch",   "basin",  "bay",    "beacon",   "bridge",  "brook",
    "canyon",  "cape",   "cedar",  "cirrus", "cliff",    "cloud",   "coast",
    "comet",   "coral",  "crane",  "creek",  "crest",    "cumulus", "current",
    "delta",   "drift",  "dune",   "eagle",  "ember",    "falcon",  "fern",
    "field",   "fjord",  "flint",  "forest", "fountain", "gale",    "glacier",
    "grove",   "harbor", "heron",  "hill",   "island",   "lagoon",  "lake",
    "lantern", "maple",  "meadow", "mesa",   "mountain", "oak",     "ocean",
    "orchard", "otter",  "pine",   "plain",  "pond",     "prairie", "rain",
    "reef",    "ridge",  "river",  "shore",  "spring",   "stratus", "valley",
    "willow"};

const char *vgk_new_name(vg_kit *kit)
{
    uint8_t bytes[2];
    if (kit->config.random) {
        kit->config.random(kit->config.ctx, bytes, sizeof bytes);
    } else {
        vg_uuid id = vg_uuid_v4();
        bytes[0] = id.bytes[0];
        bytes[1] = id.bytes[1];
    }
    return vgk_print(kit, "%s_%s", first[bytes[0] % 64], second[bytes[1] % 64]);
}
