alter table breaker enable row level security;
--> statement-breakpoint
alter table breaker force row level security;
--> statement-breakpoint
create policy tenant on breaker
  using (workspace_id = (select nullif(current_setting('usher.workspace', true), '')::uuid));
--> statement-breakpoint
grant select, insert, update, delete on breaker to usher_app, usher_worker;
