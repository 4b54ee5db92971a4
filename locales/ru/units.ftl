duration-days = { $count } дн.
duration-hours = { $count } ч
duration-minutes = { $count } мин
duration-seconds = { $count } с

people-count =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
        [many] { $count } человек
       *[other] { $count } человека
    }
accounts-count =
    { $count ->
        [one] { $count } аккаунт
        [few] { $count } аккаунта
        [many] { $count } аккаунтов
       *[other] { $count } аккаунта
    }
targets-count =
    { $count ->
        [one] { $count } цель
        [few] { $count } цели
        [many] { $count } целей
       *[other] { $count } цели
    }
invites-count =
    { $count ->
        [one] { $count } приглашение
        [few] { $count } приглашения
        [many] { $count } приглашений
       *[other] { $count } приглашения
    }
campaigns-count =
    { $count ->
        [one] { $count } кампания
        [few] { $count } кампании
        [many] { $count } кампаний
       *[other] { $count } кампании
    }
days-count =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
        [many] { $count } дней
       *[other] { $count } дня
    }
members-count =
    { $count ->
        [one] { $count } участник
        [few] { $count } участника
        [many] { $count } участников
       *[other] { $count } участника
    }
moment-full = { DATETIME($at, dateStyle: "medium", timeStyle: "short") }
moment-day = { DATETIME($at, day: "numeric", month: "short") }
moment-time = { DATETIME($at, timeStyle: "short") }
wait-asked = Ждать нужно { $duration }.
