-- What worker may do; made by sqlgen from sql/query and sql/grants/worker.sql.
GRANT SELECT, DELETE ON `@DB@`.`d3` TO '@USER@'@'localhost';
GRANT SELECT, DELETE ON `@DB@`.`d4` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`d5` TO '@USER@'@'localhost';
GRANT INSERT ON `@DB@`.`i1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`i2` TO '@USER@'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `@DB@`.`i3` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`i4` TO '@USER@'@'localhost';
GRANT SELECT, INSERT ON `@DB@`.`i5` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`l1` TO '@USER@'@'localhost';
GRANT INSERT ON `@DB@`.`n1` TO '@USER@'@'localhost';
GRANT INSERT, DELETE ON `@DB@`.`r1` TO '@USER@'@'localhost';
