CREATE TABLE "erasure" (
	"workspace_id" uuid NOT NULL,
	"person_hash" "bytea" NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erasure_workspace_id_person_hash_pk" PRIMARY KEY("workspace_id","person_hash")
);
--> statement-breakpoint
CREATE TABLE "retention" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"kept_days" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retention_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kept_days" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"place_at" timestamp (3) with time zone,
	"place_id" uuid,
	"people" integer DEFAULT 0 NOT NULL,
	"sightings" integer DEFAULT 0 NOT NULL,
	"refs" integer DEFAULT 0 NOT NULL,
	"files" integer DEFAULT 0 NOT NULL,
	"in_audience" integer DEFAULT 0 NOT NULL,
	"in_campaign" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention" ADD CONSTRAINT "retention_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_run" ADD CONSTRAINT "retention_run_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "retention_run_workspace" ON "retention_run" USING btree ("workspace_id","started_at");
--> statement-breakpoint
do $$
declare
  name text;
begin
  foreach name in array array['retention', 'retention_run', 'erasure'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I
        using (workspace_id = (select nullif(current_setting(''usher.workspace'', true), '''')::uuid))',
      name);
    execute format('grant select, insert, update, delete on %I to usher_app, usher_worker', name);
  end loop;
end $$;
--> statement-breakpoint
create policy dispatch on retention for select to usher_worker
  using ((select current_setting('usher.across', true)) = 'on');
--> statement-breakpoint
-- Workspaces that are there already are looked at first.
insert into retention (workspace_id, kept_days, due_at) select id, 30, created_at from workspace;
