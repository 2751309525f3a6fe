-- drops table notes and its rows
DROP TABLE `notes`;