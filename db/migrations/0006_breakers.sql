CREATE TYPE "public"."breaker_kind" AS ENUM('peer_floods', 'departures', 'privacy_refusals', 'unknown_errors');--> statement-breakpoint
CREATE TYPE "public"."departure" AS ENUM('left', 'kicked');--> statement-breakpoint
CREATE TABLE "breaker" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" "breaker_kind" NOT NULL,
	"community_id" uuid NOT NULL,
	"campaign_id" uuid,
	"counted" integer NOT NULL,
	"sample" integer,
	"allowed" integer NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by" jsonb,
	"close_reason" text
);
--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "unknown_error" text;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "review_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "departure" "departure";--> statement-breakpoint
ALTER TABLE "breaker" ADD CONSTRAINT "breaker_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breaker" ADD CONSTRAINT "breaker_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breaker" ADD CONSTRAINT "breaker_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "breaker_open" ON "breaker" USING btree ("community_id","kind",coalesce(campaign_id, community_id)) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "breaker_campaign" ON "breaker" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "breaker_community" ON "breaker" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "attempt_review" ON "attempt" USING btree ("review_at") WHERE review_at is not null;