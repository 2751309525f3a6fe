CREATE TABLE "t" (
	"id" serial PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE INDEX "i" ON "t" USING btree ("id");