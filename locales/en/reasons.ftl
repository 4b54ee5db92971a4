# Why an account acts when it does: slot, wait and stop reasons of core.

slot-now = can invite now
slot-pause = pausing between two invites
slot-burst = resting after several invites in a row
slot-hour = hourly limit reached
slot-day = daily limit reached
slot-ramp = new account, starting gently
slot-probation = half speed after Telegram’s spam warning
slot-community-day = daily limit for this community reached
slot-community-all-day = this community has had enough invites for today
slot-community-lifetime = this account has made all the invites it may make here
slot-lookup-hour = hourly limit of look-ups reached
slot-lookup-day = daily limit of look-ups reached
slot-under-way = waiting for Telegram’s answer
slot-cooling = cooling down, as Telegram asked
slot-blocked = on a break after a spam warning
slot-target-later = the next person can be tried later
slot-account = the account cannot work
slot-campaign = the campaign is not running
slot-no-targets = nobody left to invite

## What opened a breaker
breaker-evidence-peer-floods = Accounts with a spam warning here: { $counted }, allowed { $allowed }
breaker-evidence-departures = Left, removed or blocked us among the last { $sample }: { $counted }, allowed { $allowed }
breaker-evidence-privacy-refusals = Privacy refusals among the last { $sample }: { $counted }, allowed { $allowed }
breaker-evidence-unknown-errors = Unknown errors in a row: { $counted }, allowed { $allowed }

## What brings an account back
recovery-time = goes on by itself
recovery-person = a person has to resume it
recovery-sign-in = has to sign in again
recovery-appeal = only an appeal to Telegram frees it
recovery-enabling = somebody has to enable it
recovery-nothing = does not come back
