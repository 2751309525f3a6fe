create or replace function f(x int) returns int begin atomic select case x when 1 then 2 end; end;
select 1;