bot-command-start = Открыть Usher
bot-command-status = Что делают кампании и аккаунты
bot-command-accounts = Ваши аккаунты и подключение нового
bot-command-stop = Больше не получать приглашений

bot-start =
    Здравствуйте, { $firstName }. Вы в пространстве <b>{ $workspace }</b> ({ $role }).

    В панели видно, как идёт каждая кампания. /status пришлёт сюда одно сообщение, которое обновляется само.
bot-start-stranger =
    Здравствуйте, { $firstName }. Usher приглашает людей в сообщества Telegram в темпе, безопасном для аккаунтов и людей.

    Вас пока нет ни в одном пространстве. Попросите у владельца ссылку-приглашение и откройте её.
bot-members-only = Это видят только участники пространства. Попросите у владельца ссылку-приглашение и откройте её.
bot-open-panel = Открыть панель
bot-show-status = Показать статус
bot-refresh = Обновить
bot-unhandled = Я понимаю /start, /status, /accounts, /parse, /team, /audit, /privacy и /stop. Всё остальное — в панели.
bot-accounts-connect = Подключить аккаунт
bot-accounts-no-address = Бот не знает адреса своего сервера и не может открыть страницу. Попросите администратора задать MINIAPP_URL.
bot-connect-link =
    Подключите аккаунт на странице в браузере: по QR-коду или по номеру телефона.

    Ссылка открывается один раз, в течение десяти минут, и действует от вашего имени: не пересылайте её. Никогда не пишите код или пароль в этот чат: отправленные коды Telegram отменяет.
bot-connect-open = Открыть страницу
bot-button-outdated = Эта кнопка устарела. Отправьте /status, чтобы получить новую.
bot-failure = Не получилось, и это наша ошибка. Попробуйте ещё раз; если не поможет, сообщите администратору номер: { $requestId }.

bot-command-team = Кто в пространстве, и приглашения
bot-command-audit = Что делали последним и кто
bot-claimed-workspace = Пространство: { $firstName }
bot-work-in = Перейти в «{ $workspace }»

bot-team-line = { $name }: { $role }
bot-team-invite = Пригласить
bot-team-invite-role = С какой ролью? Наблюдатель смотрит, оператор ведёт кампании и сбор, администратор управляет аккаунтами, аудиториями, лимитами и командой ниже себя, владелец может всё.
bot-team-invitation =
    Передайте эту ссылку. По ней войдёт один человек ({ $role }), один раз, до { moment-full } UTC.

    { $link }
bot-team-make = Новая роль: { $role }
bot-team-remove = Убрать из пространства
bot-team-leave = Выйти из пространства
bot-team-back = Назад к команде
bot-team-yes = Да
bot-team-ask-role = Новая роль для <b>{ $name }</b>: { $role }. Она действует сразу. Изменить?
bot-team-ask-remove = Убрать <b>{ $name }</b>? Доступ пропадёт сразу; сделанное останется.
bot-team-ask-leave = Выйти из пространства? Доступ пропадёт сразу, вернуться можно только по новому приглашению.
bot-team-left = Вы вышли из пространства «{ $workspace }».

bot-audit-title = Последнее
bot-audit-line = { moment-full } · { $who } · <code>{ $action }</code>

bot-status-no-campaigns = Кампаний пока нет. Создайте первую — она появится здесь.
bot-status-no-accounts = Аккаунты не подключены.
bot-status-accounts = Аккаунты
bot-status-counts = вступили { $joined } · уже участники { $alreadyMembers } · отказ { $refused } · осталось { $left }
bot-status-account-state = { $name }: { $state }
bot-status-account-recovers = { $name }: { $state } до { moment-full } UTC
bot-status-account-next = { $name }: следующее приглашение { moment-full } UTC
bot-status-account-ready = { $name }: готов
bot-status-as-of = На { moment-full } UTC

alert-campaign-finished =
    Кампания <b>{ $name }</b> завершена.

    Вступили: { $joined }
    Уже участники: { $alreadyMember }
    Отказ: { $refused }
    Ждут более поздней даты: { $waiting }
alert-campaign-paused =
    Кампания <b>{ $name }</b> на паузе.

    { $because }
alert-account-cooling =
    <b>{ $name }</b> отдыхает до { moment-full } UTC.

    { $because }
alert-account-blocked =
    <b>{ $name }</b> не может приглашать до { moment-full } UTC.

    { $because }
alert-account-signed-out =
    <b>{ $name }</b> вышел из Telegram.

    { $because }
alert-policy-published =
    Действуют новые лимиты (версия { $version }).

    { $reason }
alert-policy-rejected =
    Воркер не может проверить лимиты версии { $version } и держится последних проверенных.

    Быстрее прежнего ничего не идёт. Проверьте, что POLICY_PUBLIC_KEYS каждого воркера содержит подписавший ключ, или опубликуйте лимиты снова.
alert-webhook-disabled = Вебхук { $name } не отвечает три дня (последний ответ: { $because }), поэтому ему больше ничего не отправляется. Недоставленное сохранено. Исправьте его и включите снова через API.
alert-account-frozen =
    <b>{ $name }</b> заморожен Telegram: он может только читать.

    { $because }
alert-account-frozen-until = Telegram удалит его после { moment-full } UTC, если апелляция не поможет.
alert-account-frozen-appeal = Подать апелляцию: { $url }
alert-account-banned =
    <b>{ $name }</b> удалён или забанен Telegram.

    { $because }
alert-node-lost =
    Воркер <b>{ $name }</b> замолчал.

    Ничего не потеряно: другие воркеры возьмут его аккаунты, когда кончится срок аренды. Без другого воркера всё стоит; проверьте, работает ли он.
alert-node-returned = Воркер <b>{ $name }</b> снова на связи.
alert-keys-away =
    Сеансы не открываются. { $because }

    Подключённые аккаунты работают дальше; остальные ждут и продолжат сами.
alert-keys-back = Ключи сеансов снова доступны: все аккаунты работают.
alert-account-new-login =
    У аккаунта <b>{ $name }</b> новый сеанс с { $at }: { $device }, { $app }, { $country }.

    Если это были не вы, завершите его в /accounts и смените пароль в Telegram.

bot-command-parse = Что собирается, и новый сбор

bot-show-tasks = Показать сборы
bot-parse-title = Сбор людей
bot-parse-none = Сейчас ничего не собирается. Начните с сообщества.
bot-parse-more = И ещё { $count } — в панели.
bot-parse-people = людей { $people }
bot-parse-seen = прочитано { $seen }
bot-parse-seen-of = прочитано { $seen } из { $total }
bot-parse-rate = { $rate } в минуту
bot-parse-left = осталось { $duration }
bot-parse-waits = Ждёт человека. { $because }
bot-parse-waits-until = Ждёт до { moment-full } UTC. { $because }
bot-parse-new = Собрать из сообщества
bot-parse-pause = Пауза { $number }
bot-parse-resume = Продолжить { $number }
bot-parse-cancel = Отменить { $number }
bot-parse-open = Открыть { $number }
bot-parse-ask-cancel = Остановить сбор из <b>{ $name }</b>? Найденные люди останутся ({ $people }); чтобы продолжить позже, запустите его заново.
bot-parse-do-cancel = Остановить сбор
bot-parse-cancelled = Остановлено. Найденные люди остались.
bot-parse-ask = Из какого сообщества? Пришлите его @имя или ссылку.
bot-parse-reading = Аккаунт читает <b>{ $name }</b>. Здесь появится, сколько времени займёт сбор.
bot-parse-offer = <b>{ $name }</b>: можно собрать — { $source }. С какой скоростью?
bot-parse-speed = { $speed } · { $duration }
bot-parse-confirm = Собрать из <b>{ $name }</b>: { $source }, { $speed }?
bot-parse-estimate = Прочитать около { $total } за { $requests } запросов: { $duration }.
bot-parse-start = Начать
bot-parse-back = Другая скорость
bot-parse-started = Начато.

alert-parse-finished =
    <b>{ $name }</b>: сбор завершён.

    Людей: { $people }
alert-parse-empty =
    <b>{ $name }</b>: сбор завершён.

    { $because }
alert-parse-failed =
    <b>{ $name }</b>: сбор закончился, не дойдя до конца.

    { $because }
alert-parse-waits =
    <b>{ $name }</b>: сбор ждёт человека, продолжить некому.

    { $because }
alert-parse-waits-until =
    <b>{ $name }</b>: сбор ждёт до { moment-full } UTC, другого аккаунта для него нет.

    { $because }
alert-file-imported =
    Файл <b>{ $name }</b> загружен.

    Строк: { $rows }
alert-file-refused =
    Файл <b>{ $name }</b> прочитать не удалось.

    { $because }
alert-retention =
    Старые данные, которые нигде не нужны, стёрты.

    Людей: { $people }
    Файлов: { $files }

bot-command-privacy = Что о вас хранится и как это стереть

bot-privacy-people = <b>Люди.</b> Операторы этого Usher собирают из открытых сообществ Telegram: id, имя, имя пользователя, есть ли фото и Premium, примерное время последнего визита и в каком сообществе человек замечен. Ни сообщения, ни телефонная книга не хранятся; номер телефона есть, только если оператор внёс его сам, своим списком. Кого нет в аудиториях, тех мы забываем самое позднее через 30 дней; сделанные приглашения остаются, потому что по ним ведётся счёт.
bot-privacy-operators = <b>Операторы.</b> О тех, кто работает с Usher, хранятся id, имя, имя пользователя, язык, роли, входы и сделанное. Сеансы подключённых аккаунтов хранятся зашифрованными, коды и пароли не хранятся вовсе.
bot-privacy-rights = Ниже можно получить файлом всё, что хранится о вас, и стереть это во всех пространствах. От того, кто стёрт или отправил /stop, остаётся только нечитаемая метка, чтобы его больше не беспокоили.
bot-privacy-export = Прислать мои данные
bot-privacy-erase = Стереть мои данные
bot-privacy-complain = Меня пригласили против воли
bot-privacy-file = Всё, что этот Usher хранит о вас.
bot-privacy-ask-erase = Стереть всё, что хранится о вас во всех пространствах? Вернуть это нельзя, и никто, кто работает через этот Usher, вам больше не напишет. Если вы сами оператор, участие в пространстве останется; выйти можно в /team.
bot-privacy-do-erase = Стереть всё
bot-privacy-back = Назад
bot-privacy-erased = Стёрто. Осталась только нечитаемая метка, чтобы вас больше никто не беспокоил.
bot-privacy-complained = Нам жаль. С этого момента никто, кто работает через этот Usher, вам не напишет, а у тех, кто пытался, ваша жалоба записана.

bot-export-file = Ваша выгрузка: { $rows ->
        [one] { $rows } человек
        [few] { $rows } человека
       *[many] { $rows } человек
    }.
bot-export-too-large = Выгрузка готова, но она больше 50 МБ, которые Telegram принимает от бота. Закажите меньше людей или скачайте файл через API.

bot-stopped = С этого момента никто, кто работает через Usher, не напишет вам и никуда не пригласит. Нажали по ошибке? Верните как было.
bot-stop-undo = Вернуть как было
bot-stop-undone = Готово: вас снова могут пригласить. Отправьте /stop в любой момент.
