# How an account stands: what costs it points, and what it has used of its limits.

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
