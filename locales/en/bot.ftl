bot-command-start = Open Usher
bot-command-status = What your campaigns and accounts are doing
bot-command-accounts = Your accounts, and connecting one
bot-command-stop = Never be contacted again

bot-start =
    Hello, { $firstName }. You are in <b>{ $workspace }</b> ({ $role }).

    The panel shows every campaign as it moves. /status sends one message here that stays up to date by itself.
bot-start-stranger =
    Hello, { $firstName }. Usher invites people into Telegram communities at a pace that keeps accounts and people safe.

    You do not belong to a workspace yet. Ask its owner for an invitation link and open it.
bot-members-only = Only members of a workspace can see this. Ask its owner for an invitation link and open it.
bot-open-panel = Open panel
bot-show-status = Show status
bot-refresh = Refresh
bot-unhandled = I understand /start, /status, /accounts, /parse, /team, /audit, /privacy and /stop. Everything else is in the panel.
bot-accounts-connect = Connect an account
bot-accounts-no-address = This bot does not know the address of its server, so it cannot open the page. Ask your administrator to set MINIAPP_URL.
bot-connect-link =
    Connect an account on a page in your browser, by QR code or by phone number.

    The link opens once, within ten minutes, and acts in your name: do not forward it. Never send a code or a password to this chat; Telegram voids codes that are sent.
bot-connect-open = Open the page
bot-button-outdated = This button is out of date. Send /status for a fresh one.
bot-failure = That did not work, and it is our fault. Try again; if it stays, tell your administrator this number: { $requestId }.

bot-command-team = Who is in the workspace, and invitations
bot-command-audit = What was done last, and by whom
bot-claimed-workspace = { $firstName }’s workspace
bot-work-in = Go to { $workspace }

bot-team-line = { $name }: { $role }
bot-team-invite = Invite somebody
bot-team-invite-role = With which role? A viewer reads, an operator runs campaigns and parsing, an administrator manages accounts, audiences, limits and the team below, an owner may do everything.
bot-team-invitation =
    Pass this link on. It brings one person in ({ $role }) and works once, until { moment-full } UTC.

    { $link }
bot-team-make = Make { $role }
bot-team-remove = Remove from the workspace
bot-team-leave = Leave the workspace
bot-team-back = Back to the team
bot-team-yes = Yes
bot-team-ask-role = New role of <b>{ $name }</b>: { $role }. It holds at once. Change it?
bot-team-ask-remove = Remove <b>{ $name }</b>? They lose access at once; what they did stays.
bot-team-ask-leave = Leave the workspace? You lose access at once and need a new invitation to come back.
bot-team-left = You have left { $workspace }.

bot-audit-title = Done last
bot-audit-line = { moment-full } · { $who } · <code>{ $action }</code>

bot-status-no-campaigns = No campaigns yet. Create one, and it will show here.
bot-status-no-accounts = No accounts are connected.
bot-status-accounts = Accounts
bot-status-counts = joined { $joined } · already members { $alreadyMembers } · refused { $refused } · left to do { $left }
bot-status-account-state = { $name }: { $state }
bot-status-account-recovers = { $name }: { $state } until { moment-full } UTC
bot-status-account-next = { $name }: next invite { moment-full } UTC
bot-status-account-ready = { $name }: ready
bot-status-as-of = As of { moment-full } UTC

alert-campaign-finished =
    <b>{ $name }</b> has finished.

    Joined: { $joined }
    Already members: { $alreadyMember }
    Refused: { $refused }
    Waiting for a later date: { $waiting }
alert-campaign-paused =
    <b>{ $name }</b> is paused.

    { $because }
alert-account-cooling =
    <b>{ $name }</b> rests until { moment-full } UTC.

    { $because }
alert-account-blocked =
    <b>{ $name }</b> may not invite until { moment-full } UTC.

    { $because }
alert-account-signed-out =
    <b>{ $name }</b> is signed out.

    { $because }
alert-policy-published =
    New limits are in force (version { $version }).

    { $reason }
alert-policy-rejected =
    A worker cannot verify the limits of version { $version } and keeps the last good ones.

    Nothing runs faster than before. Check that POLICY_PUBLIC_KEYS of every worker names the key that signed them, or publish them again.
alert-webhook-disabled = The webhook at { $name } has not answered for three days (last: { $because }), so it is told nothing more. What it missed is kept. Put it right there, then enable it over the API.
alert-account-frozen =
    <b>{ $name }</b> is frozen by Telegram: it can only read.

    { $because }
alert-account-frozen-until = Telegram deletes it after { moment-full } UTC unless an appeal succeeds.
alert-account-frozen-appeal = Appeal here: { $url }
alert-account-banned =
    <b>{ $name }</b> was deleted or banned by Telegram.

    { $because }
alert-node-lost =
    The worker <b>{ $name }</b> has fallen silent.

    Nothing is lost: other workers take its accounts over after their lease term. Without another worker nothing moves; look whether it still runs.
alert-node-returned = The worker <b>{ $name }</b> is back.
alert-keys-away =
    Sessions cannot be opened. { $because }

    Accounts that are connected go on; the others wait and go on by themselves.
alert-keys-back = The keys of sessions are back: all accounts work again.
alert-account-new-login =
    A new session of <b>{ $name }</b> was opened on { $at }: { $device }, { $app }, { $country }.

    If it was not you, end it in /accounts, and change the password in Telegram.

bot-command-parse = What is being collected, and collecting more

bot-show-tasks = Show tasks
bot-parse-title = Collecting people
bot-parse-none = Nothing is being collected. Begin with a community.
bot-parse-more = And { $count } more, in the panel.
bot-parse-people = people { $people }
bot-parse-seen = read { $seen }
bot-parse-seen-of = read { $seen } of { $total }
bot-parse-rate = { $rate } a minute
bot-parse-left = { $duration } left
bot-parse-waits = It waits for a person. { $because }
bot-parse-waits-until = It waits until { moment-full } UTC. { $because }
bot-parse-new = Collect from a community
bot-parse-pause = Pause { $number }
bot-parse-resume = Go on with { $number }
bot-parse-cancel = Cancel { $number }
bot-parse-open = Open { $number }
bot-parse-ask-cancel = Stop collecting from <b>{ $name }</b>? The people found so far stay ({ $people }); to go on later, restart it.
bot-parse-do-cancel = Stop collecting
bot-parse-cancelled = Stopped. The people found so far stay.
bot-parse-ask = Which community? Send its @name or a link to it.
bot-parse-reading = An account is reading <b>{ $name }</b>. How long it would take will stand here.
bot-parse-offer = <b>{ $name }</b>: { $source } can be collected. At which speed?
bot-parse-speed = { $speed } · { $duration }
bot-parse-confirm = Collect from <b>{ $name }</b>: { $source }, { $speed }?
bot-parse-estimate = About { $total } to read in { $requests } requests: { $duration }.
bot-parse-start = Start
bot-parse-back = Another speed
bot-parse-started = Started.

alert-parse-finished =
    <b>{ $name }</b>: collecting is done.

    People: { $people }
alert-parse-empty =
    <b>{ $name }</b>: collecting is done.

    { $because }
alert-parse-failed =
    <b>{ $name }</b>: collecting has ended without going through.

    { $because }
alert-parse-waits =
    <b>{ $name }</b>: collecting waits for a person, and no other account can go on.

    { $because }
alert-parse-waits-until =
    <b>{ $name }</b>: collecting waits until { moment-full } UTC, and no other account can go on.

    { $because }
alert-file-imported =
    The file <b>{ $name }</b> is imported.

    Rows: { $rows }
alert-file-refused =
    The file <b>{ $name }</b> could not be read.

    { $because }
alert-retention =
    Old data that nothing uses was forgotten.

    People: { $people }
    Files: { $files }

bot-command-privacy = What is kept of you, and how to end it

bot-privacy-people = <b>People.</b> The operators of this Usher collect from public Telegram communities: the Telegram id, name, username, whether there is a photo or Premium, roughly when somebody was last seen, and in which community. Nobody’s messages or phone book is kept; a phone number only where an operator has brought it in a list of their own. Whoever is not in an audience is forgotten after 30 days at most; invites that were made stay, because they are counted.
bot-privacy-operators = <b>Operators.</b> Of whoever works with Usher it keeps the Telegram id, name, username, language, roles, sign-ins and what they did. Sessions of connected accounts are kept encrypted, and codes and passwords not at all.
bot-privacy-rights = Below you get everything that is kept of you as a file, and can have it erased in every workspace. Of whoever is erased or says /stop only an unreadable mark stays, so that they are never contacted again.
bot-privacy-export = Send me my data
bot-privacy-erase = Erase my data
bot-privacy-complain = I was invited against my will
bot-privacy-file = Everything that this Usher keeps of you.
bot-privacy-ask-erase = Erase what is kept of you in all workspaces? It cannot be taken back, and nobody who works with this Usher will contact you again. If you are an operator yourself, your membership stays; leave it in /team.
bot-privacy-do-erase = Erase everything
bot-privacy-back = Back
bot-privacy-erased = Erased. Only an unreadable mark of you stays, so that nobody contacts you again.
bot-privacy-complained = We are sorry. From now on nobody who works with this Usher will contact you, and whoever tried is held to your complaint.

bot-export-file = Your export: { $rows ->
        [one] { $rows } person
       *[other] { $rows } people
    }.
bot-export-too-large = Your export is ready, but it is larger than the 50 MB that Telegram takes from a bot. Ask for fewer people, or fetch the file over the API.

bot-stopped = From now on nobody who works with Usher writes to you or invites you anywhere. Pressed by mistake? Take it back.
bot-stop-undo = Take it back
bot-stop-undone = Taken back: you may be invited again. Send /stop at any time.
