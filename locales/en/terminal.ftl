# The terminal: `usher demo` and the commands for real use.

demo-starting = Playing with seed { $seed }: a second is { NUMBER($scale, maximumFractionDigits: 0) } seconds of business time. Logs: { $folder }
demo-child-lost = { $name } has ended unasked and is started again; see { $log }
demo-row-parts = Parts
demo-row-accounts = Accounts
demo-accounts = { $connected } of { $total } signed in
demo-parse = { NUMBER($people) } people, { $status }
demo-campaign = { $settled } of { $total } settled, { $joined } joined, { $at }

demo-table-title = { $name }: { $targets } targets
demo-joined = joined
demo-already-members = already members
demo-refused = not invited: { $reason }
demo-waiting = waiting until { $until }: { $reason }
demo-nameless = Row { $line } of the typed list ("{ $text }") names nobody, so it was never sent.

demo-address-chat = Chat with the bot and Mini App: { $url }
demo-address-miniapp = Mini App itself:             { $url }
demo-address-control = Control of the sandbox:      { $url }
demo-address-ledger = Ledger of the sandbox:       { $url }
demo-staying = Everything stays up. Ctrl-C ends it.

claim-code = Send this to your bot within an hour, and this Usher is yours: { $message }

connect-phone = Phone number, with the country code:
connect-code = Code from Telegram:
connect-password = Two-step verification password:
connect-password-hint = Two-step verification password (hint: { $hint }):
connect-done = { $name } is connected.
connect-scan = Scan this code with the account's Telegram: Settings, Devices, Link Desktop Device.
connect-scan-next = A new code comes by itself every half minute. Ctrl-C gives up.
connect-again = { $name } is signed in again, with its history and its limits as they were.
invite-started = { $name } has started; bot and Mini App show how it goes.

policy-ceilings = The ceilings are in force; nothing has been published yet.
policy-in-force = Version { $version } is in force, since { $at }.
policy-version = { $version }  { $at }  { $reason }
policy-version-rejected = { $version }  { $at }  { $reason } (a worker cannot verify it)
policy-published = Version { $version } is published. Workers keep it when POLICY_PUBLIC_KEYS names { $key }.
policy-no-difference = The two are the same.
policy-public-key = POLICY_PUBLIC_KEYS={ $key }
resume-done = { $name } goes on.
account-resumed = { $name } may act again, at half its limits for a day.
account-disabled = { $name } is switched off. Its session stays and is not used; its tasks go to other accounts.
account-enabled = { $name } works again, after the rest of a wait where there is one.
account-refresh-asked = The profile and the sessions of { $name } are read by a worker when the account works.
account-rights-asked = A worker reads what { $name } may do in { $reference } as soon as the account works; usher accounts show { $name } says it then.
account-ask-log-out = This ends the session of { $name } at Telegram; it works again only after a new sign-in. Type { $name } to go on:
account-log-out-asked = { $name } is logged out by a worker, also when it is disabled; a wait that Telegram asked for is kept first.
account-ask-remove = This takes { $name } out of the workspace and destroys its session here. At Telegram it stays signed in unless you log it out first. Its history stays. Type { $name } to go on:
account-removed = { $name } is removed. Its history stays, and so do its limits if it is connected again.
account-unchanged = Nothing was changed.
account-right-line = { $name }: { $standing }, { $invites }, read { $at }
account-right-list = { $line }; as an administrator it may { $rights }
account-right-unread = { $name }: not read yet
account-standing-admin = administrator
account-standing-member = member
account-standing-none = no member
account-may-invite = may invite
account-may-not-invite = may not invite
account-sessions-unread = The sessions of { $name } were not read yet. Ask for it with: usher accounts refresh
account-sessions-read = Sessions at { $at }:
account-session-line = { $hash }: { $device }, { $app }, { $country }, since { $since }, last active { $active }
account-session-own = the session that works here
account-session-ending = is being ended
account-session-end-asked = The session is ended by a worker; usher accounts sessions shows when it is gone.
account-result-line = { $result }: { $day } in a day, { $week } in a week, { $total } in all
account-error-line = { $label } ({ $error }): { $times } times, last { $at }
account-log-line = { $at } { $who }: { $action } { $result }
nodes-line = { $name }: { $status }, { $accounts } accounts held, { $capacity } jobs at once, version { $version }, last seen { $seen }, hardware { $hardware }
nodes-none = No worker has ever run here.
nodes-provisioned = { $name } is expected from now on (hardware { $hardware }): its first worker takes this place.
nodes-known = The machine with hardware { $hardware } is known already; nothing has changed.
erasures-applied = Erased again: { $erased }
erasures-elsewhere = Workspaces in the file that this database does not know, left as they are: { $count }
keys-left = Sessions without the key { $key }: { $left }
keys-rotated = Every session has the key { $key }. Older keys can be taken away.
keys-unopenable = { $unopenable ->
        [one] One session
       *[other] { $unopenable } sessions
    } could not be opened and stayed as before: the key is not among the keys here, or the seal is broken. Add the older keys and run this again.
audit-whole =
    { $name }: the audit log is whole, { $count } { $count ->
        [one] row
       *[other] rows
    }; not sealed yet: { $unsealed }. Its end, to be noted elsewhere: { $head }
audit-broken = { $name }: the audit log is broken at row { $position }: { $action }, { $at }, id { $id }
audit-broken-missing = It should have been row { $expected }: what stood there is gone, or was put elsewhere.
audit-broken-unlinked = It does not follow row { $last }: that one, or this one’s link, was changed after it was sealed.
audit-broken-changed = Its content is not what was sealed.
audit-before-is-whole = Rows before it are whole: { $count }. Compare with a backup from before.
audit-noted-missing = No log holds the noted end { $hash }: rows were cut off since, or the chain was made anew. Compare with a backup.
token-made = This token is shown only now. It holds until { DATETIME($at, dateStyle: "medium") }; hand it to the program and keep no copy.
