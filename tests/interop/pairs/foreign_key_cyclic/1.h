#include <virga/virga.h>

TABLE_LATER(user)
TABLE(team, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(lead_id, INTEGER, REFERENCES_LATER(user, id)))
TABLE(user, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(team_id, INTEGER, REFERENCES(team, id)))
SCHEMA(app, team, user)
