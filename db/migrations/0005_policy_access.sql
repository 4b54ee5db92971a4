alter table limit_policy enable row level security;
--> statement-breakpoint
alter table limit_policy force row level security;
--> statement-breakpoint
create policy tenant on limit_policy
  using (workspace_id = (select nullif(current_setting('usher.workspace', true), '')::uuid));
--> statement-breakpoint
-- Published for ever; whoever cannot verify a version may only say so.
grant select, update (rejected_at) on limit_policy to usher_app, usher_worker;
--> statement-breakpoint
grant insert on limit_policy to usher_app;
