-- Bot and server notice a lost worker too: there may be no other worker left to do it, nor to publish the news.
grant update (status, told) on node to usher_app;
--> statement-breakpoint
create policy reading on lease for select to usher_app using ((select current_setting('usher.across', true)) = 'on');
--> statement-breakpoint
create policy publishing_too on outbox for update to usher_app
  using ((select current_setting('usher.across', true)) = 'on');
