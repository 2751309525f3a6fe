/* PostgreSQL's quotes, operators and bodies, with standard_conforming_strings on, which it is
 * unless somebody turns it off: then a backslash in '' would be one more way to quote. */
#include "dialect/postgres.h"

/* Those that stand in schemas and queries; any others are read character by character. */
static const char *const signs[] = {"!~~*", "->>", "#>>", "!~*", "!~~", "~~*", "<->",
                                    "<=>",  "<#>", "-|-", "&&&", "|&>", "<<|", "|>>",
                                    "&<|",  "^@",  "||/", "->",  "#>",  "#-",  "@>",
                                    "<@",   "@@",  "@?",  "?|",  "?&",  "||",  "|/",
                                    "&&",   "&<",  "&>",  "::",  ":=",  "=>",  "..",
                                    "<=",   ">=",  "<>",  "!=",  "<<",  ">>",  "~*",
                                    "!~",   "~~",  NULL};
static const char *const compound[] = {"FUNCTION", "PROCEDURE", NULL};
static const char *const compound_before[] = {"OR", "REPLACE", NULL};

const vg_lexis vg__postgres_lexis = {.quotes = "\"",
                                     .dollars = true,
                                     .nested_comments = true,
                                     .returns = true,
                                     .blobs = true,
                                     .prefixes = true,
                                     .parentheses = true,
                                     .params = "$",
                                     .numbered = true,
                                     .signs = signs,
                                     .compound = compound,
                                     .compound_before = compound_before,
                                     .compound_open = "ATOMIC"};
