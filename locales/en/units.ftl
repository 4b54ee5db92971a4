duration-days = { $count } d
duration-hours = { $count } h
duration-minutes = { $count } min
duration-seconds = { $count } s

people-count =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
accounts-count =
    { $count ->
        [one] { $count } account
       *[other] { $count } accounts
    }
targets-count =
    { $count ->
        [one] { $count } target
       *[other] { $count } targets
    }
invites-count =
    { $count ->
        [one] { $count } invite
       *[other] { $count } invites
    }
campaigns-count =
    { $count ->
        [one] { $count } campaign
       *[other] { $count } campaigns
    }
days-count =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
members-count =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
moment-full = { DATETIME($at, dateStyle: "medium", timeStyle: "short") }
moment-day = { DATETIME($at, day: "numeric", month: "short") }
moment-time = { DATETIME($at, timeStyle: "short") }
wait-asked = The wait lasts { $duration }.
