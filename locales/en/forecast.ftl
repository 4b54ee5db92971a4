# What becomes of a campaign, in the Mini App and at the terminal.

forecast-title = Forecast
forecast-lost = The forecast cannot be shown
forecast-finishes = Finished by
forecast-finishes-never = not in sight
forecast-in = in { $duration }
forecast-pace = Invites a day
forecast-pace-value = about { NUMBER($count) }
forecast-bound-by = Held back by
forecast-bound-by-nothing = nothing
forecast-bound-share = { $share } of all waiting
forecast-invites = Invites to come
forecast-left-over = Left over
forecast-accounts = Invites by account

forecast-never-no-inviting-account = No account is left that works and may invite here. Connect one, or bring one back.
forecast-never-horizon = At this pace it takes more than two years. Add accounts, or divide the people among communities.
forecast-never-community-lifetime = Every account will have made all the invites it may ever make into this community. Add accounts.
forecast-never-zero = A limit stands at zero: { $limit }. Raise it to go on.

forecast-assumes = Taken for granted: { $what }.
forecast-assumes-first-answers = everybody answers at the first invite, and Telegram asks for no more breaks
forecast-assumes-starts-now = the campaign goes on from this moment
forecast-assumes-nobody-suppressed = nobody of the audience is on the do-not-contact list
forecast-assumes-alone = other campaigns of the same accounts rest meanwhile
