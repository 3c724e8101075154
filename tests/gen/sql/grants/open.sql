-- a view that a statement names by another way
GRANT SELECT ON `@DB@`.`extra_view` TO '@USER@'@'localhost';
