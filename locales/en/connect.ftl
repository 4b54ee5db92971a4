# The page that connects accounts, outside of Telegram.

sign-in-title = Connect an account
sign-in-workspace = for { $workspace }
sign-in-opening = Opening the page…
sign-in-busy-waiting = Calling a worker…
sign-in-no-worker = No worker has answered yet. The sign-in starts by itself as soon as one is free; if none comes, ask your administrator to start one.
sign-in-busy-working = Talking to Telegram…
sign-in-busy-connecting = Telegram has let the account in. Saving it…

sign-in-scan = Scan this code with the account’s Telegram
sign-in-scan-open = Open Telegram on the phone that has the account.
sign-in-scan-devices = Go to Settings → Devices → Link Desktop Device.
sign-in-scan-point = Point the phone at this code.
sign-in-scan-same-phone = Is this the phone that has the account? Open this page on another screen, or use the phone number.
sign-in-qr = QR code for signing in, to be scanned with Telegram
sign-in-next-code = New code in
sign-in-by-phone = Use the phone number
sign-in-by-qr = Use a QR code
sign-in-cancel = Cancel
sign-in-time-left = Time left

sign-in-ask-phone = Phone number of the account
sign-in-ask-phone-about = With the country code, like +49 151 23456789. Telegram then sends a code to this account.
sign-in-ask-code = Code from Telegram
sign-in-ask-code-about = Telegram has sent it to the account’s Telegram app, or as a text message. Enter it here only, never in a chat.
sign-in-ask-password = Two-step verification password
sign-in-ask-password-about = This account is protected by a second password of its own. It is used once and not kept.
sign-in-hint = Its owner’s hint: { $hint }
sign-in-continue = Continue

sign-in-done = { $name } is connected
sign-in-done-new = It starts gently: a new account makes few invites in its first days. You can close this page.
sign-in-done-known = It was connected before and is signed in again, with its history and its limits as they were. You can close this page.
sign-in-another = Connect another account
sign-in-ended-refused = The account was not connected
sign-in-ended-cancelled = The sign-in was cancelled
sign-in-ended-cancelled-text = Nothing was connected. Begin again when you like.
sign-in-ended-expired = The time for this sign-in is over
sign-in-ended-expired-text = It took more than five minutes, so nothing was connected. Begin again.
sign-in-ended-lost = The worker that did this is gone
sign-in-ended-lost-text = It was restarted or has failed, so nothing was connected. Begin again: another worker takes over.
sign-in-closed = This page cannot be used
sign-in-no-link = Nothing to open here
sign-in-no-link-text = Accounts are connected through a link that opens once. Ask the bot for one with /accounts.
