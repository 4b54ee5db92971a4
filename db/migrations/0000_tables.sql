CREATE TYPE "public"."account_status" AS ENUM('active', 'cooling', 'blocked', 'frozen', 'signed_out', 'banned', 'disabled');--> statement-breakpoint
CREATE TYPE "public"."attempt_status" AS ENUM('attempting', 'unknown', 'joined', 'already_member', 'refused', 'returned');--> statement-breakpoint
CREATE TYPE "public"."campaign_mode" AS ENUM('direct_add');--> statement-breakpoint
CREATE TYPE "public"."campaign_status" AS ENUM('draft', 'scheduled', 'running', 'paused', 'finished', 'cancelled', 'failed');--> statement-breakpoint
CREATE TYPE "public"."platform" AS ENUM('telegram');--> statement-breakpoint
CREATE TYPE "public"."target_status" AS ENUM('pending', 'waiting', 'attempting', 'joined', 'already_member', 'refused', 'unreachable', 'suppressed');--> statement-breakpoint
CREATE TYPE "public"."community_kind" AS ENUM('group', 'supergroup', 'channel');--> statement-breakpoint
CREATE TYPE "public"."parse_source" AS ENUM('members', 'commenters');--> statement-breakpoint
CREATE TYPE "public"."parse_speed" AS ENUM('safe', 'medium', 'fast');--> statement-breakpoint
CREATE TYPE "public"."parse_status" AS ENUM('checking', 'waiting', 'running', 'done', 'refused', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."priority" AS ENUM('high', 'normal', 'low');--> statement-breakpoint
CREATE TYPE "public"."audience_status" AS ENUM('building', 'ready', 'empty');--> statement-breakpoint
CREATE TYPE "public"."basis" AS ENUM('opted_in', 'existing_member', 'collected');--> statement-breakpoint
CREATE TYPE "public"."last_seen" AS ENUM('online', 'recently', 'week', 'month', 'long_ago', 'unknown');--> statement-breakpoint
CREATE TYPE "public"."peer_ref_kind" AS ENUM('full', 'from_message');--> statement-breakpoint
CREATE TYPE "public"."suppression_scope" AS ENUM('global', 'workspace', 'community');--> statement-breakpoint
CREATE TYPE "public"."language" AS ENUM('en', 'ru');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('viewer', 'operator', 'admin', 'owner');--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"telegram_id" bigint NOT NULL,
	"first_name" text NOT NULL,
	"username" text,
	"status" "account_status" NOT NULL,
	"status_error" text,
	"recovers_at" timestamp (3) with time zone,
	"peer_floods" timestamp (3) with time zone[] DEFAULT '{}' NOT NULL,
	"connected_at" timestamp (3) with time zone NOT NULL,
	"next_slot_at" timestamp (3) with time zone,
	"next_slot_because" text
);
--> statement-breakpoint
CREATE TABLE "account_session" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "community_access" (
	"account_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"access_hash" bigint,
	"is_member" boolean DEFAULT false NOT NULL,
	"is_admin" boolean DEFAULT false NOT NULL,
	"may_invite" boolean DEFAULT false NOT NULL,
	"check_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"refusal" text,
	CONSTRAINT "community_access_account_id_community_id_pk" PRIMARY KEY("account_id","community_id")
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"node_id" uuid,
	"token" bigint NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lookup" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"username" text NOT NULL,
	"person_id" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"counted_at" timestamp (3) with time zone,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "node" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "work_claim" (
	"job" text NOT NULL,
	"key" text NOT NULL,
	"marker" text NOT NULL,
	"node_id" uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "work_claim_job_key_pk" PRIMARY KEY("job","key")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"target_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"lease_token" bigint NOT NULL,
	"status" "attempt_status" NOT NULL,
	"reason" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"counted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"platform" "platform" NOT NULL,
	"mode" "campaign_mode" NOT NULL,
	"priority" "priority" NOT NULL,
	"status" "campaign_status" NOT NULL,
	"status_because" text,
	"community_id" uuid NOT NULL,
	"audience_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "campaign_account" (
	"campaign_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"served_at" timestamp (3) with time zone,
	CONSTRAINT "campaign_account_campaign_id_account_id_pk" PRIMARY KEY("campaign_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "target" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"basis" "basis" NOT NULL,
	"status" "target_status" NOT NULL,
	"reason" text,
	"not_before" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "community" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"telegram_id" bigint,
	"kind" "community_kind",
	"title" text,
	"username" text,
	"members_count" integer,
	"members_hidden" boolean,
	"linked_telegram_id" bigint,
	"recent_comments" integer,
	"checked_at" timestamp (3) with time zone,
	"refusal" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parse_task" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"source" "parse_source" NOT NULL,
	"speed" "parse_speed" NOT NULL,
	"priority" "priority" NOT NULL,
	"status" "parse_status" NOT NULL,
	"reason" text,
	"cursor" jsonb,
	"account_id" uuid,
	"next_page_at" timestamp (3) with time zone,
	"failures_in_row" integer DEFAULT 0 NOT NULL,
	"seen_count" integer DEFAULT 0 NOT NULL,
	"people_count" integer DEFAULT 0 NOT NULL,
	"total_count" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"actor" jsonb NOT NULL,
	"action" text NOT NULL,
	"entity_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bot_message" (
	"workspace_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"key" text NOT NULL,
	"chat_id" bigint NOT NULL,
	"message_id" integer NOT NULL,
	"shown" "bytea" NOT NULL,
	CONSTRAINT "bot_message_workspace_id_operator_id_key_pk" PRIMARY KEY("workspace_id","operator_id","key")
);
--> statement-breakpoint
CREATE TABLE "event_reader" (
	"name" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"position" bigint
);
--> statement-breakpoint
CREATE TABLE "audience" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" "audience_status" NOT NULL,
	"source" jsonb NOT NULL,
	"members_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audience_member" (
	"audience_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"basis" "basis" NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "audience_member_audience_id_person_id_pk" PRIMARY KEY("audience_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "audience_reject" (
	"audience_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"text" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "audience_reject_audience_id_line_pk" PRIMARY KEY("audience_id","line")
);
--> statement-breakpoint
CREATE TABLE "peer_ref" (
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" "peer_ref_kind" NOT NULL,
	"access_hash" bigint NOT NULL,
	"chat_kind" "community_kind",
	"chat_telegram_id" bigint,
	"message_id" integer,
	CONSTRAINT "peer_ref_account_id_person_id_pk" PRIMARY KEY("account_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"telegram_id" bigint,
	"username" text,
	"first_name" text NOT NULL,
	"last_name" text,
	"is_bot" boolean NOT NULL,
	"is_deleted" boolean NOT NULL,
	"is_scam" boolean NOT NULL,
	"is_premium" boolean NOT NULL,
	"has_photo" boolean NOT NULL,
	"is_admin_somewhere" boolean NOT NULL,
	"last_seen" "last_seen" NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"refuses_direct_add" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sighting" (
	"person_id" uuid NOT NULL,
	"parse_task_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sighting_parse_task_id_person_id_pk" PRIMARY KEY("parse_task_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "suppression" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"scope" "suppression_scope" NOT NULL,
	"community_id" uuid,
	"person_hash" "bytea" NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suppression_once" UNIQUE NULLS NOT DISTINCT("workspace_id","scope","community_id","person_hash")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"workspace_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"role" "role" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "member_workspace_id_operator_id_pk" PRIMARY KEY("workspace_id","operator_id")
);
--> statement-breakpoint
CREATE TABLE "operator" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"telegram_id" bigint NOT NULL,
	"first_name" text NOT NULL,
	"username" text,
	"language" "language" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "server_session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"operator_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"launch_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"collected_acknowledged_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_session" ADD CONSTRAINT "account_session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_session" ADD CONSTRAINT "account_session_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_access" ADD CONSTRAINT "community_access_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_access" ADD CONSTRAINT "community_access_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_access" ADD CONSTRAINT "community_access_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lease" ADD CONSTRAINT "lease_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lease" ADD CONSTRAINT "lease_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup" ADD CONSTRAINT "lookup_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup" ADD CONSTRAINT "lookup_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_target_id_target_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."target"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_account" ADD CONSTRAINT "campaign_account_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_account" ADD CONSTRAINT "campaign_account_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_account" ADD CONSTRAINT "campaign_account_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "target" ADD CONSTRAINT "target_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "target" ADD CONSTRAINT "target_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "target" ADD CONSTRAINT "target_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community" ADD CONSTRAINT "community_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parse_task" ADD CONSTRAINT "parse_task_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parse_task" ADD CONSTRAINT "parse_task_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_message" ADD CONSTRAINT "bot_message_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_message" ADD CONSTRAINT "bot_message_operator_id_operator_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_member" ADD CONSTRAINT "audience_member_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_member" ADD CONSTRAINT "audience_member_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_member" ADD CONSTRAINT "audience_member_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_reject" ADD CONSTRAINT "audience_reject_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_reject" ADD CONSTRAINT "audience_reject_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_operator_id_operator_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_session" ADD CONSTRAINT "server_session_operator_id_operator_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_session" ADD CONSTRAINT "server_session_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_workspace_telegram_id" ON "account" USING btree ("workspace_id","telegram_id");--> statement-breakpoint
CREATE INDEX "account_next_slot" ON "account" USING btree ("next_slot_at");--> statement-breakpoint
CREATE INDEX "account_recovers" ON "account" USING btree ("recovers_at");--> statement-breakpoint
CREATE INDEX "community_access_community" ON "community_access" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "community_access_check" ON "community_access" USING btree ("check_at");--> statement-breakpoint
CREATE INDEX "lease_node" ON "lease" USING btree ("node_id");--> statement-breakpoint
CREATE INDEX "lease_until" ON "lease" USING btree ("until");--> statement-breakpoint
CREATE INDEX "lookup_account_time" ON "lookup" USING btree ("account_id","started_at");--> statement-breakpoint
CREATE INDEX "lookup_open" ON "lookup" USING btree ("deadline_at") WHERE counted_at is null;--> statement-breakpoint
CREATE INDEX "work_claim_until" ON "work_claim" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_campaign_person" ON "attempt" USING btree ("campaign_id","person_id") WHERE status <> 'returned';--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_community_person" ON "attempt" USING btree ("community_id","person_id") WHERE status <> 'returned';--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_account_open" ON "attempt" USING btree ("account_id") WHERE status in ('attempting', 'unknown');--> statement-breakpoint
CREATE INDEX "attempt_account_time" ON "attempt" USING btree ("account_id","counted_at");--> statement-breakpoint
CREATE INDEX "attempt_account_community" ON "attempt" USING btree ("account_id","community_id");--> statement-breakpoint
CREATE INDEX "attempt_campaign_time" ON "attempt" USING btree ("campaign_id","started_at");--> statement-breakpoint
CREATE INDEX "attempt_community_time" ON "attempt" USING btree ("community_id","counted_at");--> statement-breakpoint
CREATE INDEX "attempt_open" ON "attempt" USING btree ("deadline_at") WHERE status in ('attempting', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_workspace_name" ON "campaign" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE INDEX "campaign_workspace_created" ON "campaign" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "campaign_account_account" ON "campaign_account" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "target_campaign_person" ON "target" USING btree ("campaign_id","person_id");--> statement-breakpoint
CREATE INDEX "target_pending" ON "target" USING btree ("campaign_id","position") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "target_waiting" ON "target" USING btree ("campaign_id","not_before") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "target_attempting" ON "target" USING btree ("campaign_id","position") WHERE status = 'attempting';--> statement-breakpoint
CREATE UNIQUE INDEX "community_workspace_reference" ON "community" USING btree ("workspace_id","reference");--> statement-breakpoint
CREATE UNIQUE INDEX "community_workspace_telegram_id" ON "community" USING btree ("workspace_id","telegram_id");--> statement-breakpoint
CREATE INDEX "parse_task_workspace_created" ON "parse_task" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "parse_task_next_page" ON "parse_task" USING btree ("next_page_at") WHERE status in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "parse_task_open" ON "parse_task" USING btree ("account_id") WHERE status in ('checking', 'waiting', 'running');--> statement-breakpoint
CREATE INDEX "audit_workspace_time" ON "audit" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_position" ON "outbox" USING btree ("position");--> statement-breakpoint
CREATE INDEX "outbox_unpublished" ON "outbox" USING btree ("id") WHERE position is null;--> statement-breakpoint
CREATE INDEX "peer_ref_person" ON "peer_ref" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_workspace_telegram_id" ON "person" USING btree ("workspace_id","telegram_id");--> statement-breakpoint
CREATE INDEX "person_workspace_username" ON "person" USING btree ("workspace_id","username");--> statement-breakpoint
CREATE INDEX "person_without_id" ON "person" USING btree ("workspace_id") WHERE telegram_id is null;--> statement-breakpoint
CREATE INDEX "suppression_person" ON "suppression" USING btree ("workspace_id","person_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "operator_telegram_id" ON "operator" USING btree ("telegram_id");--> statement-breakpoint
CREATE UNIQUE INDEX "server_session_token" ON "server_session" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "server_session_launch" ON "server_session" USING btree ("launch_hash");