ALTER TABLE "account" ADD COLUMN "wait_error" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "wants_person" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "resumed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "freeze_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "freeze_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "freeze_appeal_url" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "freeze_check_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "account_freeze_check" ON "account" USING btree ("freeze_check_at") WHERE freeze_check_at is not null;--> statement-breakpoint
UPDATE "account" SET "wait_error" = "status_error" WHERE "recovers_at" IS NOT NULL;
