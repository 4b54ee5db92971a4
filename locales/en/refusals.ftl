refusal-conflict = Somebody changed this a moment ago, so nothing was saved. Reload and try again.
refusal-not-found = This no longer exists or belongs to another workspace. Go back to the list.
refusal-forbidden = Your role does not allow this. Ask an admin of the workspace.
refusal-invalid-input = Some of what was sent cannot be read, so nothing was changed. Check it and send it again.

refusal-community-reference-malformed = This does not look like a community. Write @name, a t.me link or a -100… id.
refusal-community-reference-unknown = Telegram knows no community by this name or link. Check the spelling, or ask for a fresh link.
refusal-community-private = This community is private and none of your accounts is in it. Join with one of them first.
refusal-community-unchecked = No account has read this community yet. Wait a moment, or connect an account that can see it.
refusal-community-members-hidden = This group hides its members, so they cannot be collected. Only its administrators see the list.
refusal-community-no-comments = The latest posts of this channel have no comments, so there is nobody to collect. Pick a channel with a discussion.
refusal-community-not-parsable = People cannot be collected here this way. Groups give their members, channels give their commenters.
refusal-community-no-account-sees-it = None of your accounts can see this community. Join with one of them, then try again.

refusal-audience-empty = The audience would hold nobody. Loosen its filter or add people.
refusal-audience-not-ready = The audience is still being put together. Start when it is ready.
refusal-audience-not-acknowledged = The audience holds collected people, whom Usher does not add by default. The owner can allow it by typing the acknowledgement.

refusal-target-no-identifier = There is no Telegram id, username or phone number here, so this row was left out. Add one of them.
refusal-target-identifier-malformed = This is neither a Telegram id nor a username nor a phone number, so the row was left out. Correct it.
refusal-target-phone-malformed = This phone number does not say which country it is of, or is not complete, so the row was left out. Write it with + and the country code, like +49 151 23456789.

refusal-campaign-name-taken = Another campaign has this name already. Choose a different one.
refusal-campaign-already-running = The campaign is running already. There is nothing to start.
refusal-campaign-not-startable = Only a draft or a scheduled campaign can be started. Create a new one for another round.
refusal-campaign-not-pausable = Only a running campaign can be paused.
refusal-campaign-not-resumable = Only a paused campaign can be resumed.
refusal-campaign-not-cancellable = The campaign has ended already, so there is nothing to cancel.
refusal-campaign-channel-full = Telegram lets nobody be added to a channel that has 200 members. Share an invite link there instead.
refusal-campaign-no-accounts = The campaign has no accounts to invite with. Choose at least one.
refusal-campaign-no-inviting-account = None of the chosen accounts can invite into this community. Give one of them the right to add members, then start again.
refusal-campaign-no-targets = There is nobody to invite in this campaign. Choose an audience with people in it.
refusal-campaign-breaker-open = A safety stop holds invites into this community. Look at its cause, then resume and write down why it is safe to go on.

refusal-account-already-connected = This account is connected already. There is nothing more to do.
refusal-account-code-wrong = The code is not the one Telegram sent. Look at the newest message and enter it again.
refusal-account-code-expired = The code has expired. Ask for a new one.
refusal-account-password-wrong = The two-step password is wrong. Try again, or reset it in Telegram.
refusal-account-number-banned = Telegram has banned this number, so it cannot be connected. Write to recover@telegram.org if this is a mistake.
refusal-account-number-unregistered = There is no Telegram account with this number. Register it in Telegram first.
refusal-account-number-invalid = This is not a phone number Telegram knows. Write it with the country code, like +49….
refusal-account-flood = Telegram asks this account or number to wait after too many tries. Try again later; trying sooner makes the wait longer.
refusal-account-app-refused = Telegram does not accept this installation’s API id. Check TELEGRAM_API_ID and TELEGRAM_API_HASH.
refusal-account-sign-in-failed = Telegram did not finish the sign-in, and nothing was connected. Start it again.
refusal-account-not-waiting = This account waits for nobody, so there is nothing to resume.
refusal-account-still-blocked = Telegram has warned this account more than once, so it rests until { $until }. Resume it after that.
refusal-account-reason-missing = Write why the account may act again; others can read it later. Nothing was changed.
refusal-account-already-disabled = The account is disabled already. Nothing was changed.
refusal-account-not-disabled = The account is not disabled, so there is nothing to enable. Nothing was changed.
refusal-account-not-at-work = The account does nothing at the moment: it is frozen, signed out or banned. Nothing was changed; see what brings it back.
refusal-account-not-signed-in = The account is not signed in, so Telegram cannot be asked. Nothing was changed; connect it again first.
refusal-account-busy = The account is in the middle of a call to Telegram, whose answer must not be lost. Nothing was changed; try again in half a minute.
refusal-account-authorization-unknown = The account has no such session any more. Nothing was changed; refresh the account to see those it has.
refusal-account-authorization-own = This is the session that works here. Nothing was changed; to end it, log the account out.
refusal-session-keys-sealed = Vault is sealed, so the keys of sessions cannot be read. Nothing was changed; unseal Vault and try again.
refusal-session-keys-unreachable = Vault does not answer, so the keys of sessions cannot be read. Nothing was changed; check VAULT_ADDR and that Vault runs, then try again.
refusal-session-keys-denied = Vault does not let us read the keys of sessions. Nothing was changed; check VAULT_ROLE_ID, VAULT_SECRET_ID and what that role may read.
refusal-session-keys-no-key = There is no session key where it is looked for, or it is not 32 bytes in base64. Nothing was changed; check the key file, or session_key at VAULT_KEY_PATH, or the key at VAULT_TRANSIT_KEY.
refusal-community-already-known = This community is already in your list under another name. Use the one you have.
refusal-community-blocked = This community is blocked in your list, so nothing is done with it. Unblock it first if you want to work with it.
refusal-community-search-words-short = Telegram does not search for so little. Write at least { $bound } characters.
refusal-community-search-nothing-like-it = Telegram recommends similar channels only, and this is a group. Pick a channel, or search by words.
refusal-community-search-no-account = No account of yours can search now or later. Connect one, or sign in again with one you have.

refusal-policy-above-ceiling = { $field } may be at most { $bound }, and { $value } was asked. A workspace may lower its limits and never raise them, so the old policy stays.
refusal-policy-below-floor = { $field } may not be below { $bound }, and { $value } was asked. Pauses may grow and never shrink, so the old policy stays.
refusal-policy-unknown-field = There is no limit called { $field }, so the old policy stays. See the names with `usher policy show`.
refusal-policy-not-a-number = { $field } has to be a whole number, and { $value } was given. The old policy stays.
refusal-policy-pauses-crossed = The shortest pause would be longer than the longest one, so the old policy stays. Raise pauseMaxSeconds as well.
refusal-policy-malformed = This is no limit policy, so the old one stays.
refusal-policy-nothing-changed = These limits are in force already, so there is nothing to publish.
refusal-policy-reason-missing = A new policy needs a reason that others can read later, in at most 500 characters. The old one stays.
refusal-policy-being-published = Somebody else is publishing limits at this moment, so yours were not. Look at theirs, then try again.
refusal-policy-outdated = Somebody published other limits meanwhile, so yours were not. Look at theirs, then try again.

refusal-team-own-role = Nobody can raise their own role, so nothing was changed. Ask another owner or administrator.
refusal-team-last-owner = A workspace needs an owner, and this is the last one, so nothing was changed. Make somebody else an owner first.
refusal-team-role-unchanged = This person has that role already, so there is nothing to change.
refusal-team-already-member = This person is in the workspace already, so the invitation was left unused. Change the role on the team page instead.
refusal-team-invitation-unknown = This invitation does not exist, so nothing has happened. Ask for a new link.
refusal-team-invitation-used = This invitation was used before, and each one works once. Ask for a new link.
refusal-team-invitation-expired = This invitation has expired, so nothing has happened. Ask for a new link.
refusal-team-invitation-withdrawn = This invitation was withdrawn, or whoever made it may no longer invite. Ask for a new link.

refusal-claim-code-wrong = This code is wrong, used or expired, so nothing has happened. Make a new one with `npm run usher -- claim`.
refusal-claim-already-owned = This Usher has an owner already, so the code does nothing. Ask the owner for an invitation.

refusal-connect-link-used = This link has been used already, and a link opens the page once. Ask the bot or the panel for a new one.
refusal-connect-link-expired = This link is no longer good: it lives ten minutes. Ask the bot or the panel for a new one.
refusal-connect-page-ended = The time of this page is over, and nothing more happens here. Ask the bot or the panel for a new link.
