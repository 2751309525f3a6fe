CREATE TABLE `notes` (
	`id` integer PRIMARY KEY NOT NULL,
	`text` text
) STRICT;
