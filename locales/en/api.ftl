api-method-not-allowed = This address does not take that method, so nothing was done. The header `allow` names those it takes.
api-token-ended = This API token has expired, was revoked, or its maker has left the workspace. Make a new one.
api-token-not-allowed = This is for people only, so nothing was done with the API token. Do it in the panel.
api-webhook-address-malformed = A webhook needs a whole address that begins with https:// or http:// and holds no name or password. Nothing was saved.
api-webhook-address-unknown = There is no such host, so nothing was saved. Check the address of the webhook.
api-webhook-address-private = This address leads into a private network, where Usher sends nothing, so it was not saved. Give one that can be reached from the internet.

refusal-call-key-reused = This idempotency key was used for another call, so nothing was done. Take a new key for a new call.
refusal-call-answer-gone = This was done before, and its answer is shown only to the token that did it. Look at the list of what there is.
