-- What staff may do; made by sqlgen from sql/query and sql/grants/staff.sql.
GRANT SELECT ON `@DB@`.`s1` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`s2` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`s3` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`s4` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`s5` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`s6` TO '@USER@'@'localhost';
GRANT SELECT ON `@DB@`.`s7` TO '@USER@'@'localhost';
