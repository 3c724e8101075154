-- What citizen may do; made by sqlgen from sql/query and sql/grants/citizen.sql.
GRANT SELECT ON `@DB@`.`j1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`j2` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`j3` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`j4` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`j5` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`j6` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`j7` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`j8` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`t` TO '@USER@'@'localhost';
