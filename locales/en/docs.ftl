# The generated page of errors (docs/errors.md).

## Whom an error concerns, and what Usher does about it
concern-target = the person
concern-target-in-community = the person in this community
concern-account = the account
concern-account-in-community = the account in this community
concern-community = the community
concern-session = the sign-in of the account
concern-network = the connection
reaction-already-member = counted as a member, nothing more is done
reaction-refuse = the person is not tried again in this campaign
reaction-refuse-everywhere = the person is not added directly again, in any campaign
reaction-refuse-suppress = the person is not contacted again
reaction-unreachable = the person is left out
reaction-retry-later = tried again after { $duration }, as often as needed
reaction-retry-later-times = tried again after { $duration }, at most { $times } more times
reaction-drop-reference = looked up anew once, else another account tries
reaction-cool-down = the account rests for the time Telegram asked, and a minute more
reaction-block = the account takes a break of a day, then half limits; a second spam warning within 30 days means a week and a person who resumes it
reaction-freeze = the account is not used until Telegram frees it
reaction-sign-out = the account waits for a new sign-in and keeps its history
reaction-ban = the account is not used any more
reaction-detach = the account does not invite here any more; others go on
reaction-pause-campaign = the campaign pauses
reaction-unknown = never sent again blindly: the membership is looked at first; ten in a row stop the campaign
reaction-refuse-sign-in = nothing is connected
docs-errors-title = What Telegram answers, and what Usher does
docs-errors-intro = Made from the error catalogue by `npm run docs`. Whatever is not listed counts as unknown.
docs-errors-name = Error
docs-errors-concerns = Concerns
docs-errors-what = In plain words
docs-errors-reaction = What Usher does
docs-errors-source = Source
