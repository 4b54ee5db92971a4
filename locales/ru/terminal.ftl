# The terminal: `usher demo` and the commands for real use.

demo-starting = Игра с зерном { $seed }: секунда равна { NUMBER($scale, maximumFractionDigits: 0) } секундам делового времени. Логи: { $folder }
demo-child-lost = { $name } завершился сам и запускается снова; см. { $log }
demo-row-parts = Части
demo-row-accounts = Аккаунты
demo-accounts = вошли { $connected } из { $total }
demo-parse = { NUMBER($people) } чел., { $status }
demo-campaign = готово { $settled } из { $total }, вступили { $joined }, { $at }

demo-table-title = { $name }: целей { $targets }
demo-joined = вступили
demo-already-members = уже участники
demo-refused = не приглашены: { $reason }
demo-waiting = ждут до { $until }: { $reason }
demo-nameless = Строка { $line } введённого списка («{ $text }») никого не называет, поэтому не отправлялась.

demo-address-chat = Чат с ботом и Mini App:      { $url }
demo-address-miniapp = Сам Mini App:                { $url }
demo-address-control = Управление песочницей:       { $url }
demo-address-ledger = Журнал песочницы:            { $url }
demo-staying = Всё продолжает работать. Ctrl-C завершает.

claim-code = Отправьте это своему боту в течение часа, и этот Usher ваш: { $message }

connect-phone = Номер телефона с кодом страны:
connect-code = Код из Telegram:
connect-password = Пароль двухэтапной проверки:
connect-password-hint = Пароль двухэтапной проверки (подсказка: { $hint }):
connect-done = Аккаунт { $name } подключён.
connect-scan = Отсканируйте этот код в Telegram аккаунта: Настройки, Устройства, Подключить устройство.
connect-scan-next = Новый код появляется сам раз в полминуты. Ctrl-C отменяет вход.
connect-again = Аккаунт { $name } вошёл заново, история и лимиты остались прежними.
invite-started = { $name }: кампания запущена; ход видно в боте и Mini App.

policy-ceilings = Действуют предельные лимиты; ничего ещё не публиковалось.
policy-in-force = Действует версия { $version }, с { $at }.
policy-version = { $version }  { $at }  { $reason }
policy-version-rejected = { $version }  { $at }  { $reason } (воркер не может её проверить)
policy-published = Версия { $version } опубликована. Воркеры примут её, если в POLICY_PUBLIC_KEYS есть { $key }.
policy-no-difference = Они одинаковы.
policy-public-key = POLICY_PUBLIC_KEYS={ $key }
resume-done = Кампания { $name } продолжается.
account-resumed = { $name } снова может действовать, сутки вполсилы.
account-disabled = Аккаунт { $name } отключён. Сеанс сохранён и не используется; задачи уходят другим аккаунтам.
account-enabled = Аккаунт { $name } снова работает, дождавшись конца ожидания, если оно есть.
account-refresh-asked = Профиль и сеансы { $name } прочтёт воркер, когда аккаунт будет работать.
account-rights-asked = Воркер прочитает, что { $name } может в { $reference }, как только аккаунт заработает; затем это покажет usher accounts show { $name }.
account-ask-log-out = Это завершит сеанс { $name } в Telegram; работать он сможет лишь после нового входа. Чтобы продолжить, введите { $name }:
account-log-out-asked = Воркер завершит сеанс { $name }, даже если аккаунт отключён; сначала выдержит ожидание, о котором просил Telegram.
account-ask-remove = Это уберёт { $name } из пространства и уничтожит его сеанс здесь. В Telegram вход останется, если сначала не выйти. История сохранится. Чтобы продолжить, введите { $name }:
account-removed = Аккаунт { $name } убран. История сохранена, как и его лимиты при новом подключении.
account-unchanged = Ничего не изменено.
account-right-line = { $name }: { $standing }, { $invites }, прочитано { $at }
account-right-list = { $line }; как администратор может { $rights }
account-right-unread = { $name }: ещё не прочитано
account-standing-admin = администратор
account-standing-member = участник
account-standing-none = не участник
account-may-invite = может приглашать
account-may-not-invite = не может приглашать
account-sessions-unread = Сеансы { $name } ещё не прочитаны. Попросите об этом: usher accounts refresh
account-sessions-read = Сеансы на { $at }:
account-session-line = { $hash }: { $device }, { $app }, { $country }, с { $since }, активен { $active }
account-session-own = сеанс, который работает здесь
account-session-ending = завершается
account-session-end-asked = Сеанс завершит воркер; usher accounts sessions покажет, когда его не станет.
account-result-line = { $result }: { $day } за сутки, { $week } за неделю, { $total } всего
account-error-line = { $label } ({ $error }): { $times } раз, последний { $at }
account-log-line = { $at } { $who }: { $action } { $result }
nodes-line = { $name }: { $status }, аккаунтов { $accounts }, задач сразу { $capacity }, версия { $version }, был на связи { $seen }, машина { $hardware }
nodes-none = Здесь ещё не работал ни один воркер.
nodes-provisioned = Машина { $name } теперь ожидается (оборудование { $hardware }): её первый воркер займёт это место.
nodes-known = Машина с оборудованием { $hardware } уже известна; ничего не изменилось.
erasures-applied = Стёрто снова: { $erased }
erasures-elsewhere = Пространств из файла, которых нет в этой базе (пропущены): { $count }
keys-left = Сеансов без ключа { $key }: { $left }
keys-rotated = У всех сеансов ключ { $key }. Старые ключи можно убрать.
keys-unopenable = Не открылись и остались как были { $unopenable ->
        [one] { $unopenable } сеанс
        [few] { $unopenable } сеанса
       *[other] { $unopenable } сеансов
    }: их ключа здесь нет или печать нарушена. Добавьте старые ключи и запустите ещё раз.
audit-whole =
    { $name }: журнал аудита цел, { $count } { $count ->
        [one] запись
        [few] записи
       *[many] записей
    }; ещё не запечатано: { $unsealed }. Его конец, запишите его в другом месте: { $head }
audit-broken = { $name }: журнал аудита нарушен на записи { $position }: { $action }, { $at }, id { $id }
audit-broken-missing = Это должна быть запись { $expected }: то, что там стояло, исчезло или переставлено.
audit-broken-unlinked = Она не продолжает запись { $last }: та запись или ссылка этой изменена после запечатывания.
audit-broken-changed = Её содержание не то, что было запечатано.
audit-before-is-whole = Записи до неё целы: { $count }. Сравните с резервной копией, сделанной раньше.
audit-noted-missing = Ни в одном журнале нет записанного конца { $hash }: с тех пор записи отрезаны или цепочка сделана заново. Сравните с резервной копией.
token-made = Этот токен показан только сейчас. Он действует до { DATETIME($at, dateStyle: "medium") }; передайте его программе и не храните копию.
