CREATE TYPE "public"."sign_in_method" AS ENUM('qr', 'phone');--> statement-breakpoint
CREATE TYPE "public"."sign_in_status" AS ENUM('waiting', 'working', 'scan', 'phone', 'code', 'password', 'connecting', 'done', 'refused', 'cancelled', 'expired', 'lost');--> statement-breakpoint
CREATE TABLE "connect_link" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"ticket_hash" "bytea",
	"page_key" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"method" "sign_in_method" NOT NULL,
	"status" "sign_in_status" NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"run_id" uuid,
	"worker_key" "bytea",
	"hint" text,
	"problem" text,
	"wait_seconds" integer,
	"shown" "bytea",
	"shown_until" timestamp (3) with time zone,
	"answer" "bytea",
	"account_id" uuid,
	"is_new_account" boolean,
	"started_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connect_link" ADD CONSTRAINT "connect_link_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_link" ADD CONSTRAINT "connect_link_operator_id_operator_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_link_id_connect_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."connect_link"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connect_link_token" ON "connect_link" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "connect_link_ticket" ON "connect_link" USING btree ("ticket_hash");--> statement-breakpoint
CREATE INDEX "sign_in_link" ON "sign_in" USING btree ("link_id","started_at");--> statement-breakpoint
CREATE INDEX "sign_in_waiting" ON "sign_in" USING btree ("started_at") WHERE status = 'waiting';--> statement-breakpoint
do $$
declare
  name text;
begin
  foreach name in array array['connect_link', 'sign_in'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (workspace_id = (select nullif(current_setting(''usher.workspace'', true), '''')::uuid))',
      name);
    execute format('grant select, insert, update, delete on %I to usher_app, usher_worker', name);
  end loop;
end $$;
--> statement-breakpoint
-- The page is known by its link or its ticket alone, a sign-in that waits by being due.
create policy reading on connect_link for select to usher_app
  using ((select current_setting('usher.across', true)) = 'on');
--> statement-breakpoint
create policy dispatch on sign_in for select to usher_worker
  using ((select current_setting('usher.across', true)) = 'on');
