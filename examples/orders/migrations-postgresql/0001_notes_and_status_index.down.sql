DROP INDEX "orders_customer_status_idx";--> statement-breakpoint
-- drops column orders.note and its values
ALTER TABLE "orders" DROP COLUMN "note";