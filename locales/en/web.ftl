web-campaigns = Campaigns
web-loading = Loading
web-retry = Try again
web-close = Close
web-show-more = Show more
web-live = Live
web-reconnecting = The connection is lost. Trying again…
web-unreachable = The server cannot be reached. Check your connection and try again.
web-request-id = Number for your administrator: { $requestId }
web-just-now = just now
web-ago = { $duration } ago

web-unsupported-title = Open Usher from Telegram
web-unsupported-text = This page works inside Telegram only. Open your bot and press the panel button there.
web-sign-in-failed = You are not signed in
web-session-ended = The session has ended
web-session-ended-text = You were away for a while, or signed out. Close the panel and open it again from the bot.
web-crashed = The page has broken
web-crashed-text = This is our fault, and nothing was changed. Load the page again.

web-no-campaigns = No campaigns yet
web-no-campaigns-text = Create the first one, and you can watch it here as it moves.
web-campaign-lost = This campaign cannot be shown
web-campaigns-lost = The campaigns cannot be shown
web-into = into { $community }
web-settled-of-total = { $settled } of { $total }
web-joined-count = { $count } joined
web-progress = { $percent } done

web-legend-joined = Joined
web-legend-already-member = Already members
web-legend-refused = Did not join
web-legend-waiting = Waiting
web-legend-open = In line

web-pace = Last 24 hours
web-pace-value =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
web-time-left = Time left
web-time-left-value = about { $duration }
web-time-left-unknown = too early to tell
web-time-left-none = not running
web-finished = Finished

web-lanes = Accounts at work
web-lanes-empty = No accounts work for this campaign.
web-lane-now = now
web-reasons = Why people did not join
web-waiting = Tried again later
web-waiting-until = not before { $moment }
web-feed = Latest
web-feed-empty = Nothing has happened yet. The first invite shows here.
web-feed-joined = joined { $community }
web-feed-already-member = was in { $community } already
web-feed-refused = was not added: { $why }
web-feed-returned = is back in line: { $why }
web-feed-unknown = is being checked: the answer was lost
web-feed-by = by { $account }

web-steer-pause = Pause campaign
web-steer-pause-title = Pause the campaign?
web-steer-pause-text = No more people are invited until somebody resumes it. An invite under way is finished.
web-steer-resume = Resume campaign
web-steer-resume-title = Resume the campaign?
web-steer-resume-text = The accounts go on inviting at their safe pace.
web-steer-cancel = Stop for good
web-steer-cancel-title = Stop the campaign for good?
web-steer-cancel-text = It is cancelled: whoever has not been invited yet is left out. An invite under way is finished.
web-stops = What stopped it
web-stop-since = since { $moment }
web-resume-reason = Why is it safe to go on?
web-resume-reason-hint = Your answer is kept in the audit log. Resume becomes possible when you have written it.

web-sections = Sections
web-communities = Communities
web-tasks = Parsing
web-team = Team
web-accounts = Accounts
web-settings = Settings
web-account = Account
web-account-any = Any account
web-audiences = Audiences
web-suppressions = Do not contact
web-copy = Copy
web-copied = Copied
web-save = Save

problem-launch-malformed = Telegram did not hand over a sign-in this server can read. Close the panel and open it again from the bot.
problem-launch-unsigned = This sign-in was not made by the bot of this server. Open the panel from the right bot.
problem-launch-stale = This sign-in is more than an hour old. Close the panel and open it again from the bot.
problem-launch-future = The clocks of Telegram and this server differ. Try again in a minute; if it stays, tell your administrator.
problem-launch-replayed = This sign-in was used before. Close the panel and open it again from the bot.
problem-launch-stranger = You do not belong to a workspace yet. Ask its owner for an invitation link, open it, then open the panel again.
problem-launch-not-fresh = This needs a panel opened within the last five minutes, so nothing was changed. Close the panel, open it again from the bot and repeat.
problem-session-missing = You are not signed in. Close the panel and open it again from the bot.
problem-session-ended = The session has ended. Close the panel and open it again from the bot.
problem-rate-limited = That was too often in a short time. Wait a minute, then try again.
problem-body-too-large = That was too much at once, so nothing was changed. Send less.
problem-bot-unreachable = The bot cannot be reached at Telegram, so no link was made. Try again in a minute.
problem-internal = That did not work, and it is our fault. Try again in a moment.
