-- drops table users and its rows
DROP TABLE `users`;