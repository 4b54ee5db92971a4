DELETE FROM "node";--> statement-breakpoint
CREATE TYPE "public"."node_status" AS ENUM('provisioned', 'registered', 'active', 'draining', 'lost', 'retired');--> statement-breakpoint
ALTER TABLE "node" ALTER COLUMN "version" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "node" ALTER COLUMN "started_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "node" ALTER COLUMN "seen_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "hardware_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "slot" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "status" "node_status" NOT NULL;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "run_id" uuid;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "hostname" text;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "pid" integer;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "capacity" integer;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "lease_seconds" integer;--> statement-breakpoint
ALTER TABLE "node" ADD COLUMN "told" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "node_place" ON "node" USING btree ("hardware_id","slot");--> statement-breakpoint
CREATE UNIQUE INDEX "node_run" ON "node" USING btree ("run_id");--> statement-breakpoint
ALTER TABLE "node" DROP COLUMN "name";