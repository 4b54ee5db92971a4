ALTER TYPE "public"."parse_source" ADD VALUE 'messages' BEFORE 'commenters';--> statement-breakpoint
ALTER TYPE "public"."parse_source" ADD VALUE 'reactions';--> statement-breakpoint
ALTER TYPE "public"."parse_status" ADD VALUE 'paused' BEFORE 'done';--> statement-breakpoint
ALTER TABLE "community" ADD COLUMN "messages_count" integer;--> statement-breakpoint
ALTER TABLE "parse_task" ADD COLUMN "wish" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "parse_task" ADD COLUMN "moved_because" text;--> statement-breakpoint
ALTER TABLE "parse_task" ADD COLUMN "asked" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "parse_task" ADD COLUMN "media_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "parse_task" ADD COLUMN "impersonal_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sighting" ADD COLUMN "message_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "attempt_person" ON "attempt" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "target_person" ON "target" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "audience_member_person" ON "audience_member" USING btree ("person_id");