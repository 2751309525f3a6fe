/* The queries that Drizzle's text is known of on every database. Included twice by each test
 * of golden SQL (test_golden.c, test_golden_postgres.c), which has `users`, INSERT_ONE and what
 * CASE(row, function, query...) makes: a function that renders, then a row of its list. */
CASE("where eq", where_eq, IDS, WHERE(EQ(users.name, "a")))
CASE("where ne", where_ne, IDS, WHERE(NE(users.id, 1)))
CASE("where gte", where_gte, IDS, WHERE(GTE(users.id, 1)))
CASE("where lte", where_lte, IDS, WHERE(LTE(users.id, 1)))
CASE("where eq subquery", where_eq_subquery, IDS,
     WHERE(EQ(users.id, SCALAR(MAX(posts.uid), FROM(posts)))))
CASE("where and 1", where_and_1, IDS, WHERE(AND(EQ(users.id, 1), SKIP)))
CASE("where or", where_or, IDS, WHERE(OR(EQ(users.id, 1), EQ(users.age, 2))))
CASE("where not", where_not, IDS, WHERE(NOT(EQ(users.id, 1))))
CASE("where inArray []", where_in_array_empty, IDS,
     WHERE(IN_ARRAY(users.id, (int *)NULL, 0)))
CASE("where notInArray []", where_not_in_array_empty, IDS,
     WHERE(NOT_IN_ARRAY(users.id, (int *)NULL, 0)))
CASE("where isNull", where_is_null, IDS, WHERE(IS_NULL(users.age)))
CASE("where exists", where_exists, IDS,
     WHERE(EXISTS(SELECT(posts), WHERE(EQ(posts.uid, users.id)))))
CASE("where between", where_between, IDS, WHERE(BETWEEN(users.id, 1, 2)))
CASE("where like", where_like, IDS, WHERE(LIKE(users.name, "a%")))
CASE("where ilike", where_ilike, IDS, WHERE(ILIKE(users.name, "a%")))
CASE("where sql array", where_sql_array, IDS, WHERE(IN(users.id, 1, 2)))
CASE("where sql.if false", where_sql_if, IDS,
     WHERE(AND(EQ(users.id, 1), arena ? SKIP : EQ(users.age, 2))))
CASE("agg count col", agg_count_column, SELECT_VALUE(COUNT(users.id)))
CASE("agg avg", agg_avg, SELECT_VALUE(AVG(users.id)))
CASE("agg sum", agg_sum, SELECT_VALUE(SUM(users.id)))
CASE("agg max", agg_max, SELECT_VALUE(MAX(users.id)))
CASE("select all", select_all, SELECT(users))
CASE("selectDistinct", select_distinct, SELECT_DISTINCT(user_name), FROM(users))
CASE("select sql alias", select_sql_alias, SELECT(user_up), FROM(users),
     ORDER_BY(SQL(TEXT, "up")))
CASE("leftJoin", left_join, SELECT(left_joined), FROM(users),
     LEFT_JOIN(posts, EQ(users.id, posts.uid)))
CASE("fullJoin", full_join, SELECT(full_joined), FROM(users),
     FULL_JOIN(posts, EQ(users.id, posts.uid)))
CASE("self join alias", self_join, SELECT(managed), FROM(users),
     LEFT_JOIN(mgr, EQ(mgr.id, users.age)))
CASE("cte select", cte_select, CTE(w, SELECT(user_id), FROM(users)), SELECT(w))
CASE("cte delete", cte_delete, CTE(w_max, SELECT(max_id), FROM(users)),
     DELETE_FROM(users), WHERE(EQ(users.id, SCALAR(SQL(INTEGER, "m"), FROM(w_max)))))
CASE("cte raw sql", cte_raw_sql, CTE(w_x, RAW_SELECT(x_only, "select 1 as x")),
     SELECT(w_x))
CASE("union", set_union, IDS, UNION(SELECT_VALUE(posts.id)), ORDER_BY(users.id),
     LIMIT(3))
CASE("intersect", set_intersect, IDS, INTERSECT(SELECT_VALUE(posts.id)),
     ORDER_BY(users.id), LIMIT(3))
CASE("union nested fn", set_nested, SELECT_VALUE(NULLABLE(users.id)),
     UNION(SELECT_VALUE(NULLABLE(posts.id)), UNION_ALL(SELECT_VALUE(posts.uid)),
           LIMIT(1)))
CASE("limit 0", limit_0, IDS, LIMIT(0))
CASE("offset only", offset_only, IDS, OFFSET(5))
CASE("$count embedded", count_embedded, SELECT(user_posts), FROM(users))
CASE("insert one", insert_one, INSERT_ONE)
CASE("insert empty", insert_empty, INSERT_INTO(posts, DEFAULT_VALUES))
CASE("insert returning", insert_returning, INSERT_ONE, RETURNING_VALUE(users.id))
CASE("conflict nothing", conflict_nothing, INSERT_ONE, ON_CONFLICT(users, DO_NOTHING))
CASE("conflict nothing target where", conflict_nothing_target_where, INSERT_ONE,
     ON_CONFLICT(users, KEY(id), KEY_WHERE(GT(users.id, 1)), DO_NOTHING))
CASE("update sql", update_sql,
     UPDATE(users, SET(age, SQL(INTEGER, "? + 1", users.age))), ALL_ROWS)
CASE("update from", update_from, UPDATE(users, SET(name, posts.t)), FROM(posts),
     WHERE(EQ(users.id, posts.uid)))
CASE("delete", delete_where, DELETE_FROM(users), WHERE(EQ(users.id, 1)))
