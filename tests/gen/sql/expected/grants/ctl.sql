-- What ctl may do; made by sqlgen from sql/query and sql/grants/ctl.sql.
GRANT SELECT, DELETE ON `@DB@`.`d1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`d2` TO '@USER@'@'localhost';
GRANT SELECT, UPDATE ON `@DB@`.`p1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`p2` TO '@USER@'@'localhost';
GRANT SELECT, UPDATE ON `@DB@`.`p3` TO '@USER@'@'localhost';
GRANT SELECT, UPDATE ON `@DB@`.`p4` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`p5` TO '@USER@'@'localhost';
