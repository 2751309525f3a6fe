ALTER TABLE `orders` ADD `note` text(500);--> statement-breakpoint
CREATE INDEX `orders_customer_status_idx` ON `orders` (`customer_id`,`status`,`id`);