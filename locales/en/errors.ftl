# One message for every reason a target, an account, a campaign or a task can meet: what happened, what follows, what
# to do. `.label` says it in a few words for tables and counts.

## The person

error-privacy = This person’s privacy settings do not allow being added to groups. Usher will not try again; send them an invite link instead.
    .label = privacy forbids adding
error-premium-would-allow = This person only lets Premium accounts add them. Usher will not try again; use an account with Premium or a link.
    .label = only Premium may add
error-premium-required-for-pm = This person’s privacy settings forbid adding, and only Premium accounts may write to them. Usher will not try again.
    .label = privacy forbids adding and writing
error-user-already-participant = This person is in the community already. Nothing to do.
    .label = already a member
error-user-privacy-restricted = This person’s privacy settings do not allow being added to groups. Usher will not try again; send them an invite link instead.
    .label = privacy forbids adding
error-user-not-mutual-contact = Telegram only lets a mutual contact add this person, often because they left before. Usher will not try again; send them an invite link instead.
    .label = not a mutual contact
error-user-blocked = This person has blocked the account. Nobody in your workspace will contact them again.
    .label = blocked the account
error-user-is-blocked = This person has blocked the account. Nobody in your workspace will contact them again.
    .label = blocked the account
error-you-blocked-user = The account itself has blocked this person, so it cannot add them. Unblock them in Telegram if that was a mistake.
    .label = blocked by the account
error-user-bot = This is a bot, and bots are not invited. It was left out.
    .label = a bot
error-bots-too-much = This is a bot, and the community has no room for more of them. It was left out.
    .label = a bot, and there are too many
error-bot-groups-blocked = This is a bot that may not be added to groups. It was left out.
    .label = a bot that joins no groups
error-user-kicked = An administrator removed this person from the community. Usher will not invite them here again; lift the ban in Telegram if it was a mistake.
    .label = was removed from the community
error-input-user-deactivated = This account was deleted. It was left out.
    .label = deleted account
error-user-channels-too-much = This person is in as many groups and channels as Telegram allows. Usher will try again in 30 days.
    .label = is in too many groups
error-chat-member-add-failed = Telegram could not add this person and did not say why. Usher tries once more after a day.
    .label = could not be added
error-user-id-invalid = The account’s reference to this person was no longer valid. Usher looks them up anew once, or lets another account try.
    .label = stale reference
error-peer-id-invalid = The account’s reference to this person was no longer valid. Usher looks them up anew once, or lets another account try.
    .label = stale reference
error-participant-id-invalid = The account’s reference to this person was no longer valid. Usher looks them up anew once, or lets another account try.
    .label = stale reference
error-msg-id-invalid = The message through which the account knew this person is gone. Usher looks them up anew once, or lets another account try.
    .label = stale reference
error-username-not-occupied = Nobody has this username any more. The person was left out; add them by Telegram id if you know it.
    .label = username does not exist
error-username-invalid = Telegram does not accept this username. The person was left out; check how it is written.
    .label = username is not valid

## Rules of Usher

error-suppressed = This person must not be contacted: they said stop, or someone here put them on the list. They were left out.
    .label = do not contact
error-already-member = This person is in the community already. Nothing to do.
    .label = already a member
error-tried-before = This person was invited into this community before, and nobody is asked twice. They were left out.
    .label = invited before
error-refuses-direct-add = This person’s privacy settings refused an earlier add. They were left out; send them an invite link instead.
    .label = known to refuse adding
error-is-bot = This is a bot, and bots are not invited. It was left out.
    .label = a bot
error-is-deleted = This account was deleted. It was left out.
    .label = deleted account
error-unreachable = None of the campaign’s accounts has met this person, and they have no username. They were left out; collect them with one of these accounts.
    .label = no account knows them
error-collected-not-acknowledged = This person was collected, and the owner has not allowed adding collected people. They were left out.
    .label = collected, not allowed
error-outcome-unknown = Telegram’s answer was lost and the person is not in the community. Usher does not ask blindly again; check in Telegram if it matters.
    .label = answer lost
error-left-before = This person was in the community and left. Usher does not invite them again; their return is up to them.
    .label = left before

error-paused-by-operator = Someone in your team paused it. It goes on when someone resumes it.
    .label = paused by your team
error-no-inviting-account = No account of this campaign can invite any more. Connect one, or give one the right to add members, then resume.
    .label = no account can invite
error-lifetime-used-up = Each account of this campaign has made all the invites one account may ever make into this community. Start a campaign with another account for the people who are left.
    .label = lifetime invites used up
error-breaker-peer-floods = Several accounts got Telegram’s spam warning while inviting into this community, so all invites into it have stopped. Give it a day and look at who is being invited; somebody can resume it with a reason.
    .label = stopped: spam warnings
error-breaker-departures = Too many of the last people left, were removed or blocked the account within a day, so the campaign has stopped. Look at whom it invites; somebody can resume it with a reason.
    .label = stopped: people leave
error-breaker-privacy-refusals = The privacy of most of the last people forbids adding them, so the campaign has stopped before Telegram minds. Choose a better audience, or resume it with a reason.
    .label = stopped: privacy refusals
error-breaker-unknown-errors = Telegram answered many times in a row with errors that Usher does not know, so the campaign has stopped. Look at the errors or ask for help; somebody can resume it with a reason.
    .label = stopped: unknown errors

## The account

error-flood-wait = Telegram asked this account to slow down. It rests until the wait is over and then goes on by itself.
    .label = asked to wait
error-flood-premium-wait = Telegram asked this account to slow down. It rests until the wait is over and then goes on by itself.
    .label = asked to wait
error-slowmode-wait = This community lets people write only now and then. The account rests until the wait is over and then goes on by itself.
    .label = asked to wait here
error-flood-test-phone-wait = Telegram asked this test number to slow down. The account rests until the wait is over and then goes on by itself.
    .label = asked to wait
error-peer-flood = People reported this account, and Telegram limits it. It takes a break of at least a day; ask @SpamBot what is wrong.
    .label = spam warning
error-user-restricted = Telegram restricts this account for spam. It takes a break of at least a day; ask @SpamBot what is wrong.
    .label = restricted for spam
error-user-banned-in-channel = Telegram keeps this account from acting in public groups. It takes a break of at least a day; ask @SpamBot what is wrong.
    .label = barred from public groups
error-frozen-method-invalid = Telegram froze this account, and it can only read. Usher stopped using it; appeal in Telegram with that account.
    .label = frozen by Telegram
error-frozen-participant-missing = Telegram froze this account, and it can only read. Usher stopped using it; appeal in Telegram with that account.
    .label = frozen by Telegram
error-auth-key-unregistered = The account’s session ended at Telegram. Its work waits; connect it again, its history stays.
    .label = session ended
error-auth-key-invalid = The account’s session is no longer valid. Its work waits; connect it again, its history stays.
    .label = session ended
error-auth-key-perm-empty = The account’s session was never completed. Its work waits; connect it again, its history stays.
    .label = session ended
error-session-revoked = Someone ended this session in Telegram’s device list. Its work waits; connect the account again, its history stays.
    .label = session ended by its owner
error-session-expired = The account’s session expired. Its work waits; connect it again, its history stays.
    .label = session expired
error-auth-key-duplicated = The session was used from two places at once, and Telegram ended it. Its work waits; connect the account again and use the session nowhere else.
    .label = session used twice
error-user-deactivated = This account was deleted at Telegram. Usher stopped using it; choose another for its campaigns.
    .label = account deleted
error-user-deactivated-ban = Telegram banned this account for spam. Usher stopped using it; write to recover@telegram.org if this is a mistake.
    .label = account banned

## The community

error-chat-admin-required = This account may not do that in the community without admin rights. Others go on; make it an administrator who can add members.
    .label = no admin right
error-chat-write-forbidden = This account may not add anyone to the community. Others go on; give it the right to add members.
    .label = no right to add
error-chat-admin-invite-required = Only administrators may add people here, and this account is none. It no longer invites here; give it the right in Telegram.
    .label = only admins may add
error-right-forbidden = This account lacks a right that it needs here. It no longer invites here; give it the right to add members in Telegram.
    .label = right is missing
error-channel-private = This account cannot see the community: it is private, or the account was removed. Others go on; let the account join again.
    .label = community not visible
error-chat-forbidden = This account cannot see the community: it is private, or the account was removed. Others go on; let the account join again.
    .label = community not visible
error-user-not-participant = This account is not in the community. Others go on; let it join.
    .label = account is not a member
error-users-too-much = The community has as many members as Telegram allows for direct adds. The campaign is paused; share an invite link instead.
    .label = community is full
error-channel-invalid = Telegram no longer knows this community. The campaign is paused; check that it still exists.
    .label = community is gone
error-chat-invalid = Telegram no longer knows this community. The campaign is paused; check that it still exists.
    .label = community is gone
error-chat-id-invalid = Telegram no longer knows this community. The campaign is paused; check that it still exists.
    .label = community is gone
error-channel-monoforum-unsupported = This is a channel’s message inbox, not a community people can be added to. The campaign is paused; choose another.
    .label = not a community
error-invite-hash-invalid = This invite link is not valid. Nothing was done; ask for a fresh link.
    .label = invite link not valid
error-invite-hash-empty = This invite link is incomplete. Nothing was done; copy it again.
    .label = invite link incomplete
error-invite-hash-expired = This invite link has expired. Nothing was done; ask for a fresh link.
    .label = invite link expired

## Signing in

error-phone-number-invalid = This is not a phone number Telegram knows. Nothing was connected; write it with the country code.
    .label = number not valid
error-phone-number-banned = Telegram has banned this number. Nothing was connected; write to recover@telegram.org if this is a mistake.
    .label = number banned
error-phone-number-unoccupied = There is no Telegram account with this number. Nothing was connected; register it in Telegram first.
    .label = number not registered
error-phone-number-flood = This number asked for too many codes. Nothing was connected; try again tomorrow.
    .label = too many codes
error-phone-password-flood = There were too many tries with this number. Nothing was connected; try again tomorrow.
    .label = too many tries
error-phone-number-app-signup-forbidden = There is no Telegram account with this number, and one cannot be made here. Nothing was connected; register it in Telegram first.
    .label = number not registered
error-phone-password-protected = Telegram wants this number’s password reset to finish first. Nothing was connected; sign in with the Telegram app, then try again.
    .label = password reset under way
error-sms-code-create-failed = Telegram could not make a code. Nothing was connected; try again in a few minutes.
    .label = no code could be made
error-sign-in-failed = Telegram did not finish the sign-in. Nothing was connected; start it again.
    .label = sign-in failed
error-phone-code-invalid = The code is not the one Telegram sent. Enter the newest code again.
    .label = wrong code
error-phone-code-empty = No code was entered. Enter the one Telegram sent.
    .label = no code
error-phone-code-expired = The code has expired. Ask for a new one.
    .label = code expired
error-phone-code-hash-empty = The sign-in was interrupted. Start it again.
    .label = sign-in interrupted
error-password-hash-invalid = The two-step password is wrong. Try again, or reset it in Telegram.
    .label = wrong password
error-srp-id-invalid = The password check took too long. Start the sign-in again.
    .label = sign-in interrupted
error-srp-password-changed = The two-step password was changed meanwhile. Enter the new one.
    .label = password changed
error-auth-token-expired = The QR code has expired. Scan the new one.
    .label = QR code expired
error-auth-token-invalid = Telegram does not accept this QR code. Start the sign-in again.
    .label = QR code not valid
error-auth-token-already-accepted = This QR code was used already. Start the sign-in again.
    .label = QR code used
error-auth-restart = Telegram asked to begin the sign-in anew. Start it again.
    .label = sign-in interrupted
error-api-id-invalid = Telegram does not accept this installation’s API id. Nothing was connected; check TELEGRAM_API_ID and TELEGRAM_API_HASH.
    .label = API id refused
error-api-id-published-flood = This API id is public, and Telegram refuses it. Nothing was connected; get your own at my.telegram.org.
    .label = API id refused
error-update-app-to-login = Telegram wants a newer client for this sign-in. Nothing was connected; update Usher.
    .label = client too old

## The connection

error-timeout = Telegram did not answer in time, so the outcome is not known. Usher looks at the membership before anything else happens.
    .label = no answer
error-disconnected = The connection broke before Telegram answered, so the outcome is not known. Usher looks at the membership before anything else happens.
    .label = connection lost
error-unknown = Telegram answered something Usher does not know. It is not counted as success and not tried blindly; tell the maintainers if it repeats.
    .label = unknown answer
