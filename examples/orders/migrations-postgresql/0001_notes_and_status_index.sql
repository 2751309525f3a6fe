ALTER TABLE "orders" ADD COLUMN "note" varchar(500);--> statement-breakpoint
CREATE INDEX "orders_customer_status_idx" ON "orders" USING btree ("customer_id","status","id");