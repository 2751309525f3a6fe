-- drops table users and its rows
DROP TABLE "users" CASCADE;--> statement-breakpoint
-- drops table sessions and its rows
DROP TABLE "sessions" CASCADE;--> statement-breakpoint
-- drops table spaces and its rows
DROP TABLE "spaces" CASCADE;--> statement-breakpoint
-- drops table members and its rows
DROP TABLE "members" CASCADE;--> statement-breakpoint
-- drops table pages and its rows
DROP TABLE "pages" CASCADE;--> statement-breakpoint
-- drops table mentions and its rows
DROP TABLE "mentions" CASCADE;--> statement-breakpoint
-- drops table tags and its rows
DROP TABLE "tags" CASCADE;--> statement-breakpoint
-- drops table page_tags and its rows
DROP TABLE "page_tags" CASCADE;--> statement-breakpoint
-- drops table stars and its rows
DROP TABLE "stars" CASCADE;--> statement-breakpoint
-- drops table messages and its rows
DROP TABLE "messages" CASCADE;--> statement-breakpoint
DROP TYPE "public"."member_role";--> statement-breakpoint
DROP TYPE "public"."page_kind";