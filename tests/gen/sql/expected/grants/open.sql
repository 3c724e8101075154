-- What open may do; made by sqlgen from sql/query and sql/grants/open.sql.
GRANT SELECT ON `@DB@`.`f1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`small` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`u1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`u2` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`w1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`w2` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`w3` TO '@USER@'@'localhost';
-- a view that a statement names by another way
GRANT SELECT ON `@DB@`.`extra_view` TO '@USER@'@'localhost';
