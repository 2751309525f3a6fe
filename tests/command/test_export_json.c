/* virga export --json-schema and --openapi: what rows are in JSON, rules included. */
#include "command.h"

static const char schema[] =
    "#include <virga/virga.h>\n"
    "ENUM(role, VALUE(ROLE_USER, \"user\"), VALUE(ROLE_ADMIN, \"admin\"))\n"
    "TABLE(users,\n"
    "    COLUMN(id, INTEGER, PRIMARY_KEY),\n"
    "    COLUMN(email, TEXT(80), NOT_NULL, NAME(\"e_mail\")),\n"
    "    COLUMN(role, ENUM_TEXT(role), NOT_NULL, DEFAULT(ROLE_USER)))\n"
    "RULE(users, email, EMAIL)\n"
    "SCHEMA(app, users)\n";

static void test_export__json_schema(void **state)
{
    (void)state;
    file_write("schema.h", schema);
    expect_run(0, "virga export --schema schema.h --json-schema");
    expect_out("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");
    expect_out("\"users_new\": {");
    expect_out("\"users_change\": {");
    expect_out("\"format\": \"email\"");
    expect_out("\"maxLength\": 80");
    expect_out("\"$ref\": \"#/$defs/role\"");
    expect_out("\"default\": \"user\"");
    expect_run(0, "virga export --schema schema.h --json-schema --db-names");
    expect_out("\"e_mail\": {");
    expect_run(0, "virga export --schema schema.h --json-schema -o json");
    expect_out("\"json_schema\": {");
}

static void test_export__openapi(void **state)
{
    (void)state;
    file_write("schema.h", schema);
    expect_run(0, "virga export --schema schema.h --json-schema --openapi");
    expect_out("{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\n    \"title\": \"app\"");
    expect_out("\"$ref\": \"#/components/schemas/role\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_export__json_schema),
        COMMAND_TEST(test_export__openapi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
