# Почему аккаунт действует именно тогда: причины пауз и остановок из core.

slot-now = может приглашать
slot-pause = пауза между приглашениями
slot-burst = отдых после нескольких приглашений подряд
slot-hour = исчерпан часовой лимит
slot-day = исчерпан суточный лимит
slot-ramp = новый аккаунт, начинает потихоньку
slot-probation = вполсилы после предупреждения Telegram о спаме
slot-community-day = исчерпан суточный лимит на это сообщество
slot-community-all-day = на сегодня в это сообщество приглашений достаточно
slot-community-lifetime = этот аккаунт исчерпал приглашения в это сообщество
slot-lookup-hour = исчерпан часовой лимит поиска людей
slot-lookup-day = исчерпан суточный лимит поиска людей
slot-under-way = ждём ответа Telegram
slot-cooling = остывает, как попросил Telegram
slot-blocked = на перерыве после предупреждения о спаме
slot-target-later = следующего человека можно пригласить позже
slot-account = аккаунт не может работать
slot-campaign = кампания не идёт
slot-no-targets = приглашать больше некого

## Что открыло предохранитель
breaker-evidence-peer-floods = Аккаунтов с предупреждением о спаме: { $counted }, допустимо { $allowed }
breaker-evidence-departures = Вышли, удалены или заблокировали нас из последних { $sample }: { $counted }, допустимо { $allowed }
breaker-evidence-privacy-refusals = Отказов приватности из последних { $sample }: { $counted }, допустимо { $allowed }
breaker-evidence-unknown-errors = Неизвестных ошибок подряд: { $counted }, допустимо { $allowed }

## Что вернёт аккаунт
recovery-time = продолжит сам
recovery-person = продолжить должен человек
recovery-sign-in = нужно войти снова
recovery-appeal = поможет только апелляция в Telegram
recovery-enabling = его нужно включить
recovery-nothing = не вернётся
