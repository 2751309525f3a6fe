-- drops table orders and its rows
DROP TABLE "orders" CASCADE;--> statement-breakpoint
-- drops table order_items and its rows
DROP TABLE "order_items" CASCADE;