CREATE TABLE "claim_code" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"workspace_name" text,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"role" "role" NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"used_by" uuid,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "sequence" bigserial NOT NULL;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "position" bigint;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "previous_hash" "bytea";--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "hash" "bytea";--> statement-breakpoint
ALTER TABLE "operator" ADD COLUMN "chosen_workspace_id" uuid;--> statement-breakpoint
ALTER TABLE "server_session" ADD COLUMN "launched_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "server_session" ADD COLUMN "device" text;--> statement-breakpoint
UPDATE "server_session" SET "launched_at" = "created_at", "device" = 'other';--> statement-breakpoint
ALTER TABLE "server_session" ALTER COLUMN "launched_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "server_session" ALTER COLUMN "device" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_created_by_operator_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_used_by_operator_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_token" ON "invitation" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitation_workspace" ON "invitation" USING btree ("workspace_id","created_at");--> statement-breakpoint
ALTER TABLE "operator" ADD CONSTRAINT "operator_chosen_workspace_id_workspace_id_fk" FOREIGN KEY ("chosen_workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain" ON "audit" USING btree ("workspace_id","position") WHERE position is not null;--> statement-breakpoint
CREATE INDEX "audit_unsealed" ON "audit" USING btree ("sequence") WHERE position is null;--> statement-breakpoint
CREATE INDEX "server_session_operator" ON "server_session" USING btree ("operator_id");--> statement-breakpoint
alter table invitation enable row level security;
--> statement-breakpoint
alter table invitation force row level security;
--> statement-breakpoint
create policy tenant on invitation
  using (workspace_id = (select nullif(current_setting('usher.workspace', true), '')::uuid));
--> statement-breakpoint
-- Whoever follows a link belongs to no workspace yet: the bot looks its token up over all of them.
create policy reading on invitation for select to usher_app
  using ((select current_setting('usher.across', true)) = 'on');
--> statement-breakpoint
grant select, insert on invitation to usher_app;
--> statement-breakpoint
grant update (used_at, used_by, withdrawn_at) on invitation to usher_app;
--> statement-breakpoint
grant select on invitation to usher_worker;
--> statement-breakpoint
grant select, insert, delete on claim_code to usher_app;
--> statement-breakpoint
grant usage on sequence audit_sequence_seq to usher_app, usher_worker;
--> statement-breakpoint
-- The audit log is sealed by a worker, over all workspaces, and in three columns alone.
create policy dispatch on audit for select to usher_worker
  using ((select current_setting('usher.across', true)) = 'on');
--> statement-breakpoint
create policy sealing on audit for update to usher_worker
  using ((select current_setting('usher.across', true)) = 'on');
--> statement-breakpoint
grant update (position, previous_hash, hash) on audit to usher_worker;
--> statement-breakpoint
drop trigger audit_is_append_only on audit;
--> statement-breakpoint
create trigger audit_is_append_only before delete or truncate on audit
  for each statement execute function audit_is_append_only();
--> statement-breakpoint
create function audit_is_sealed_once() returns trigger language plpgsql as $$
begin
  if old.position is null and new.position is not null and new.hash is not null
    and (new.id, new.workspace_id, new.actor, new.action, new.entity_id, new.before, new.after, new.at, new.sequence)
      is not distinct from
      (old.id, old.workspace_id, old.actor, old.action, old.entity_id, old.before, old.after, old.at, old.sequence)
  then
    return new;
  end if;
  raise exception 'audit is append-only';
end $$;
--> statement-breakpoint
create trigger audit_is_sealed_once before update on audit
  for each row execute function audit_is_sealed_once();
