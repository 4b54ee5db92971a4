web-campaigns = Кампании
web-loading = Загрузка
web-retry = Попробовать снова
web-close = Закрыть
web-show-more = Показать ещё
web-live = Онлайн
web-reconnecting = Связь потеряна. Подключаемся снова…
web-unreachable = Сервер недоступен. Проверьте связь и попробуйте снова.
web-request-id = Номер для администратора: { $requestId }
web-just-now = только что
web-ago = { $duration } назад

web-unsupported-title = Откройте Usher в Telegram
web-unsupported-text = Эта страница работает только внутри Telegram. Откройте своего бота и нажмите там кнопку панели.
web-sign-in-failed = Вход не выполнен
web-session-ended = Сеанс завершён
web-session-ended-text = Вас долго не было, или вы вышли. Закройте панель и откройте её снова из бота.
web-crashed = Страница сломалась
web-crashed-text = Это наша ошибка, ничего не изменилось. Загрузите страницу снова.

web-no-campaigns = Кампаний пока нет
web-no-campaigns-text = Создайте первую — и сможете следить за ней здесь.
web-campaign-lost = Не удаётся показать кампанию
web-campaigns-lost = Не удаётся показать кампании
web-into = в «{ $community }»
web-settled-of-total = { $settled } из { $total }
web-joined-count = вступили: { $count }
web-progress = готово { $percent }

web-legend-joined = Вступили
web-legend-already-member = Уже участники
web-legend-refused = Не вступили
web-legend-waiting = Ждут
web-legend-open = В очереди

web-pace = За сутки
web-pace-value =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
       *[many] { $count } человек
    }
web-time-left = Осталось
web-time-left-value = около { $duration }
web-time-left-unknown = рано судить
web-time-left-none = не идёт
web-finished = Конец

web-lanes = Аккаунты за работой
web-lanes-empty = У этой кампании нет аккаунтов.
web-lane-now = сейчас
web-reasons = Почему не вступили
web-waiting = Попробуем позже
web-waiting-until = не раньше { $moment }
web-feed = Последнее
web-feed-empty = Пока ничего не произошло. Первое приглашение появится здесь.
web-feed-joined = теперь в «{ $community }»
web-feed-already-member = уже был в «{ $community }»
web-feed-refused = не добавлен: { $why }
web-feed-returned = снова в очереди: { $why }
web-feed-unknown = проверяем: ответ потерялся
web-feed-by = через { $account }

web-steer-pause = Приостановить
web-steer-pause-title = Приостановить кампанию?
web-steer-pause-text = Новых приглашений не будет, пока кто-нибудь её не продолжит. Начатое приглашение завершится.
web-steer-resume = Продолжить
web-steer-resume-title = Продолжить кампанию?
web-steer-resume-text = Аккаунты снова приглашают в безопасном темпе.
web-steer-cancel = Остановить насовсем
web-steer-cancel-title = Остановить кампанию насовсем?
web-steer-cancel-text = Она будет отменена: кого ещё не пригласили, тех уже не пригласят. Начатое приглашение завершится.
web-stops = Что остановило
web-stop-since = с { $moment }
web-resume-reason = Почему продолжать безопасно?
web-resume-reason-hint = Ответ сохранится в журнале аудита. Продолжить можно, когда он написан.

web-sections = Разделы
web-communities = Сообщества
web-tasks = Сбор
web-team = Команда
web-accounts = Аккаунты
web-settings = Настройки
web-account = Аккаунт
web-account-any = Любой аккаунт
web-audiences = Аудитории
web-suppressions = Не беспокоить
web-copy = Скопировать
web-copied = Скопировано
web-save = Сохранить

problem-launch-malformed = Telegram передал вход, который сервер не может прочитать. Закройте панель и откройте её снова из бота.
problem-launch-unsigned = Этот вход выдан не ботом этого сервера. Откройте панель из нужного бота.
problem-launch-stale = Этому входу больше часа. Закройте панель и откройте её снова из бота.
problem-launch-future = Часы Telegram и сервера расходятся. Попробуйте через минуту; если не поможет, скажите администратору.
problem-launch-replayed = Этот вход уже использован. Закройте панель и откройте её снова из бота.
problem-launch-stranger = Вы пока не состоите ни в одном рабочем пространстве. Попросите у владельца ссылку-приглашение, откройте её, затем откройте панель снова.
problem-launch-not-fresh = Для этого панель должна быть открыта не больше пяти минут назад, поэтому ничего не изменено. Закройте панель, откройте её снова из бота и повторите.
problem-session-missing = Вы не вошли. Закройте панель и откройте её снова из бота.
problem-session-ended = Сеанс завершён. Закройте панель и откройте её снова из бота.
problem-rate-limited = Слишком часто за короткое время. Подождите минуту и попробуйте снова.
problem-body-too-large = Слишком много за один раз, поэтому ничего не изменилось. Отправьте меньше.
problem-bot-unreachable = До бота в Telegram не достучаться, поэтому ссылка не создана. Попробуйте через минуту.
problem-internal = Не получилось, и это наша ошибка. Попробуйте чуть позже.
