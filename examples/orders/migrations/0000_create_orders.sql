CREATE TABLE `orders` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`customer_id` integer NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`total_cents` integer NOT NULL,
	`request_key` text(64),
	`created_at` integer DEFAULT (cast((julianday('now') - 2440587.5)*86400000 as integer) * 1000) NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "orders_total" CHECK(total_cents >= 0),
	CONSTRAINT "orders_status_check" CHECK("status" in ('pending', 'paid', 'shipped', 'delivered', 'cancelled'))
);
--> statement-breakpoint
CREATE INDEX `orders_customer_idx` ON `orders` (`customer_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `orders_request_key` ON `orders` (`customer_id`,`request_key`);--> statement-breakpoint
CREATE TABLE `order_items` (
	`id` integer PRIMARY KEY NOT NULL,
	`order_id` integer NOT NULL,
	`sku` text(64) NOT NULL,
	`quantity` integer NOT NULL,
	`unit_cents` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "order_items_quantity" CHECK(quantity > 0),
	CONSTRAINT "order_items_unit_cents" CHECK(unit_cents >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_items_order_sku` ON `order_items` (`order_id`,`sku`);