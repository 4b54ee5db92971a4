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
nodes-line = { $name }: { $status }, { $accounts } accounts held, { $capacity } jobs at once, version { $version }, last seen { $seen }, hardware { $hardware }
nodes-none = No worker has ever run here.
account-health = Health { $score } of 100
health-out-of-use = not usable now
health-blocked = on a break after a spam warning
health-cooling = cooling down, as Telegram asked
health-spam-warnings = spam warnings in the last 30 days: { $count }
health-flood-waits = waits Telegram asked for in the last 7 days: { $count }
health-unknown-errors = unknown errors in the last 7 days: { $count }
limit-hour = invites in the last hour
limit-day = invites in the last 24 hours
limit-ramp = invites in the last 24 hours, as a new account
limit-lookup-hour = look-ups in the last hour
limit-lookup-day = look-ups in the last 24 hours
limit-community-day = invites in the last 24 hours
limit-community-lifetime = invites ever
limit-room-at = room again at { $at }
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
