account-status-active = working
account-status-cooling = cooling down
account-status-blocked = on a break
account-status-frozen = frozen
account-status-signed-out = signed out
account-status-banned = banned
account-status-disabled = switched off

campaign-status-draft = draft
campaign-status-scheduled = scheduled
campaign-status-running = running
campaign-status-paused = paused
campaign-status-finished = finished
campaign-status-cancelled = cancelled
campaign-status-failed = failed

target-status-pending = in line
target-status-waiting = waiting
target-status-attempting = being invited
target-status-joined = joined
target-status-already-member = already a member
target-status-refused = refused
target-status-unreachable = unreachable
target-status-suppressed = do not contact

attempt-status-attempting = under way
attempt-status-unknown = being checked
attempt-status-joined = joined
attempt-status-already-member = already a member
attempt-status-refused = refused
attempt-status-returned = put back in line
attempt-status-looked-up = people looked up

parse-status-checking = checking
parse-status-waiting = in line
parse-status-running = collecting
parse-status-paused = paused
parse-status-done = done
parse-status-refused = not possible
parse-status-failed = failed
parse-status-cancelled = cancelled

parse-source-members = members
parse-source-messages = authors of messages
parse-source-commenters = commenters
parse-source-reactions = people who reacted

parse-speed-safe = safe
parse-speed-medium = medium
parse-speed-fast = fast (risky)

audience-status-building = being put together
audience-status-importing = being filled from a file
audience-status-ready = ready
audience-status-empty = empty

basis-opted-in = asked to be invited
basis-existing-member = member of another community of yours
basis-collected = collected

community-kind-group = group
community-kind-supergroup = supergroup
community-kind-channel = channel

priority-high = high
priority-normal = normal
priority-low = low

role-owner = owner
role-admin = admin
role-operator = operator
role-viewer = viewer

language-en = English
language-ru = Русский

node-status-provisioned = expected
node-status-registered = starting
node-status-active = at work
node-status-draining = ending
node-status-lost = lost
node-status-retired = ended
