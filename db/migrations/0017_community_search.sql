CREATE TYPE "public"."community_mark" AS ENUM('found', 'saved', 'blocked');--> statement-breakpoint
CREATE TYPE "public"."search_kind" AS ENUM('words', 'similar', 'dialogs', 'references');--> statement-breakpoint
CREATE TYPE "public"."search_status" AS ENUM('waiting', 'done', 'failed');--> statement-breakpoint
CREATE TABLE "community_hit" (
	"search_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "community_hit_search_id_community_id_pk" PRIMARY KEY("search_id","community_id")
);
--> statement-breakpoint
CREATE TABLE "community_search" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" "search_kind" NOT NULL,
	"words" text,
	"like_id" uuid,
	"status" "search_status" NOT NULL,
	"reason" text,
	"account_id" uuid,
	"search_at" timestamp (3) with time zone,
	"failures_in_row" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "search_call" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"search_id" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "community" ADD COLUMN "about" text;--> statement-breakpoint
ALTER TABLE "community" ADD COLUMN "last_post_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "community" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "community" ADD COLUMN "mark" "community_mark" DEFAULT 'saved' NOT NULL;--> statement-breakpoint
ALTER TABLE "community_hit" ADD CONSTRAINT "community_hit_search_id_community_search_id_fk" FOREIGN KEY ("search_id") REFERENCES "public"."community_search"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_hit" ADD CONSTRAINT "community_hit_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_hit" ADD CONSTRAINT "community_hit_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_search" ADD CONSTRAINT "community_search_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_search" ADD CONSTRAINT "community_search_like_id_community_id_fk" FOREIGN KEY ("like_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_call" ADD CONSTRAINT "search_call_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_call" ADD CONSTRAINT "search_call_search_id_community_search_id_fk" FOREIGN KEY ("search_id") REFERENCES "public"."community_search"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "community_search_workspace" ON "community_search" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "community_search_due" ON "community_search" USING btree ("search_at") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "search_call_account" ON "search_call" USING btree ("account_id","asked_at");--> statement-breakpoint
CREATE INDEX "community_workspace_created" ON "community" USING btree ("workspace_id","created_at");--> statement-breakpoint
do $$
declare
  name text;
begin
  foreach name in array array['community_search', 'community_hit', 'search_call'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I
        using (workspace_id = (select nullif(current_setting(''usher.workspace'', true), '''')::uuid))',
      name);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update, delete on community_search, community_hit to usher_app, usher_worker;
--> statement-breakpoint
-- Calls are written down once and stay: they are what the limits count.
grant select, insert on search_call to usher_app, usher_worker;
--> statement-breakpoint
-- A worker looks over all workspaces for the searches that are due.
create policy dispatch on community_search for select to usher_worker
  using ((select current_setting('usher.across', true)) = 'on');
