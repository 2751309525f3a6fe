create view v ("x", y) as with z as (select 1) select a, b from t -- end
;