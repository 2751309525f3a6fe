-- drops column users.age and its values
ALTER TABLE `users` DROP COLUMN `age`;