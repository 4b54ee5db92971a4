# Страница подключения аккаунтов, вне Telegram.

sign-in-title = Подключить аккаунт
sign-in-workspace = для { $workspace }
sign-in-opening = Открываем страницу…
sign-in-busy-waiting = Зовём воркер…
sign-in-no-worker = Ни один воркер пока не ответил. Вход начнётся сам, как только кто-то освободится; если никого нет, попросите администратора запустить воркер.
sign-in-busy-working = Говорим с Telegram…
sign-in-busy-connecting = Telegram впустил аккаунт. Сохраняем…

sign-in-scan = Отсканируйте код в Telegram этого аккаунта
sign-in-scan-open = Откройте Telegram на телефоне, где есть этот аккаунт.
sign-in-scan-devices = Зайдите в Настройки → Устройства → Подключить устройство.
sign-in-scan-point = Наведите телефон на этот код.
sign-in-scan-same-phone = Аккаунт на этом же телефоне? Откройте страницу на другом экране или войдите по номеру.
sign-in-qr = QR-код для входа, его нужно отсканировать в Telegram
sign-in-next-code = Новый код через
sign-in-by-phone = Войти по номеру
sign-in-by-qr = Войти по QR-коду
sign-in-cancel = Отменить
sign-in-time-left = Осталось

sign-in-ask-phone = Номер телефона аккаунта
sign-in-ask-phone-about = С кодом страны, например +7 999 123-45-67. Telegram пришлёт на этот аккаунт код.
sign-in-ask-code = Код от Telegram
sign-in-ask-code-about = Telegram прислал его в приложение этого аккаунта или в SMS. Вводите его только здесь и никогда в чате.
sign-in-ask-password = Пароль двухэтапной проверки
sign-in-ask-password-about = Этот аккаунт защищён ещё одним паролем. Он нужен один раз и не сохраняется.
sign-in-hint = Подсказка владельца: { $hint }
sign-in-continue = Продолжить

sign-in-done = { $name }: аккаунт подключён
sign-in-done-new = Он начнёт мягко: новый аккаунт в первые дни приглашает понемногу. Страницу можно закрыть.
sign-in-done-known = Он уже был подключён и вошёл заново, история и лимиты остались прежними. Страницу можно закрыть.
sign-in-another = Подключить ещё один аккаунт
sign-in-ended-refused = Аккаунт не подключён
sign-in-ended-cancelled = Вход отменён
sign-in-ended-cancelled-text = Ничего не подключено. Начните снова, когда захотите.
sign-in-ended-expired = Время этого входа вышло
sign-in-ended-expired-text = Прошло больше пяти минут, поэтому ничего не подключено. Начните снова.
sign-in-ended-lost = Воркер, который вёл вход, пропал
sign-in-ended-lost-text = Его перезапустили, или он сломался, поэтому ничего не подключено. Начните снова: вход возьмёт другой воркер.
sign-in-closed = Этой страницей нельзя воспользоваться
sign-in-no-link = Здесь нечего открывать
sign-in-no-link-text = Аккаунты подключают по ссылке, которая открывается один раз. Попросите её у бота командой /accounts.
