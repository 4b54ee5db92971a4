-- Roles belong to the whole server, so another database may have made them already.
do $$
declare
  name text;
begin
  foreach name in array array['usher_app', 'usher_worker'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin', name);
    end if;
  end loop;
exception when duplicate_object or unique_violation then null; -- made by somebody else in the same moment
end $$;
--> statement-breakpoint
-- The login that migrates may take both roles; a login that is not the migrator is granted them by hand.
grant usher_app, usher_worker to current_user;
--> statement-breakpoint
grant usage on schema public to usher_app, usher_worker;
--> statement-breakpoint
-- Rows of one workspace are visible and touchable only in a transaction that named it (`inWorkspace`).
do $$
declare
  name text;
  key text;
begin
  foreach name in array array[
    'workspace', 'member', 'account', 'account_session', 'lease', 'community_access', 'lookup', 'community',
    'parse_task', 'person', 'sighting', 'peer_ref', 'audience', 'audience_member', 'audience_reject', 'suppression',
    'campaign', 'campaign_account', 'target', 'attempt', 'audit', 'outbox', 'bot_message'
  ] loop
    key := case name when 'workspace' then 'id' else 'workspace_id' end;
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (%I = nullif(current_setting(''usher.workspace'', true), '''')::uuid)',
      name, key);
    execute format('grant select, insert, update, delete on %I to usher_app, usher_worker', name);
  end loop;
end $$;
--> statement-breakpoint
-- What the dispatcher, the relay and the sign-in read of every workspace (`acrossWorkspaces`).
do $$
declare
  name text;
begin
  foreach name in array array[
    'account', 'community_access', 'lookup', 'community', 'parse_task', 'audience', 'campaign',
    'campaign_account', 'target', 'attempt', 'outbox'
  ] loop
    execute format(
      'create policy dispatch on %I for select to usher_worker using (current_setting(''usher.across'', true) = ''on'')',
      name);
  end loop;
  foreach name in array array['workspace', 'member', 'outbox'] loop
    execute format(
      'create policy reading on %I for select to usher_app using (current_setting(''usher.across'', true) = ''on'')',
      name);
  end loop;
end $$;
--> statement-breakpoint
create policy granting on lease for all to usher_worker using (current_setting('usher.across', true) = 'on');
--> statement-breakpoint
create policy publishing on outbox for update to usher_worker using (current_setting('usher.across', true) = 'on');
--> statement-breakpoint
grant usage on sequence outbox_id_seq to usher_app, usher_worker;
--> statement-breakpoint
-- The app seals sessions and never reads them back.
revoke select on account_session from usher_app;
--> statement-breakpoint
grant select (account_id, workspace_id, key_id, sealed_at) on account_session to usher_app;
--> statement-breakpoint
-- Tables of no tenant.
grant select, insert, update on operator to usher_app;
--> statement-breakpoint
grant select on operator to usher_worker;
--> statement-breakpoint
grant select, insert, update, delete on server_session to usher_app;
--> statement-breakpoint
grant select, insert, update on event_reader to usher_app, usher_worker;
--> statement-breakpoint
grant select, insert, update, delete on node, work_claim to usher_worker;
--> statement-breakpoint
grant select on node to usher_app;
--> statement-breakpoint
-- The audit log only grows, for its owner too.
revoke update, delete on audit from usher_app, usher_worker;
--> statement-breakpoint
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit is append-only';
end $$;
--> statement-breakpoint
create trigger audit_is_append_only before update or delete or truncate on audit
  for each statement execute function audit_is_append_only();
