#include <virga/virga.h>

TABLE_LATER(user)
TABLE(team,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(lead_id, INTEGER, REFERENCES_LATER(user, id)),
    COLUMN(name, TEXT))
TABLE(user,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(team_id, INTEGER, NOT_NULL, REFERENCES(team, id)))
SCHEMA(app, team, user)
