refusal-conflict = Кто-то изменил это мгновение назад, поэтому ничего не сохранено. Обновите и попробуйте снова.
refusal-not-found = Этого больше нет, или оно принадлежит другому пространству. Вернитесь к списку.
refusal-forbidden = Ваша роль этого не позволяет. Попросите администратора пространства.
refusal-invalid-input = Часть данных прочитать не удалось, поэтому ничего не изменено. Проверьте и отправьте ещё раз.

refusal-community-reference-malformed = Это не похоже на сообщество. Напишите @имя, ссылку t.me или id вида -100….
refusal-community-reference-unknown = Telegram не знает сообщества с таким именем или ссылкой. Проверьте написание или попросите свежую ссылку.
refusal-community-private = Сообщество закрытое, и ни один ваш аккаунт в нём не состоит. Сначала вступите одним из них.
refusal-community-unchecked = Ни один аккаунт ещё не прочитал это сообщество. Подождите немного или подключите аккаунт, который его видит.
refusal-community-members-hidden = Группа скрывает участников, собрать их нельзя. Список видят только её администраторы.
refusal-community-no-comments = Под последними постами канала нет комментариев, собирать некого. Выберите канал с обсуждением.
refusal-community-not-parsable = Так людей здесь не собрать. В группах собирают участников, в каналах — комментаторов.
refusal-community-no-account-sees-it = Ни один ваш аккаунт не видит это сообщество. Вступите одним из них и попробуйте снова.

refusal-parse-task-already-running = Здесь уже идёт сбор. Следите за текущей задачей.
refusal-parse-task-not-startable = Задача закончена, запустить её снова нельзя. Создайте новую.

refusal-audience-empty = В аудитории никого бы не оказалось. Смягчите фильтр или добавьте людей.
refusal-audience-not-ready = Аудитория ещё собирается. Запустите, когда она будет готова.
refusal-audience-not-acknowledged = В аудитории есть собранные люди, а их Usher по умолчанию не добавляет. Владелец может разрешить это, введя подтверждение.

refusal-target-no-identifier = Здесь нет ни Telegram id, ни имени, ни телефона, поэтому строка пропущена. Добавьте что-то одно.
refusal-target-identifier-malformed = Это не Telegram id, не имя и не телефон, поэтому строка пропущена. Исправьте её.
refusal-target-phone-not-supported = По номеру телефона человека не найти, поэтому строка пропущена. Укажите Telegram id или имя пользователя.

refusal-campaign-name-taken = Кампания с таким названием уже есть. Выберите другое.
refusal-campaign-already-running = Кампания уже идёт. Запускать нечего.
refusal-campaign-not-startable = Запустить можно только черновик или запланированную кампанию. Для нового круга создайте новую.
refusal-campaign-not-pausable = На паузу можно поставить только идущую кампанию.
refusal-campaign-not-resumable = Продолжить можно только кампанию на паузе.
refusal-campaign-not-cancellable = Кампания уже закончилась, отменять нечего.
refusal-campaign-channel-full = В канал, где уже 200 участников, Telegram никого не даёт добавить. Поделитесь там ссылкой-приглашением.
refusal-campaign-no-accounts = У кампании нет аккаунтов, которые могли бы приглашать. Выберите хотя бы один.
refusal-campaign-no-inviting-account = Ни один из выбранных аккаунтов не может приглашать в это сообщество. Дайте одному из них право добавлять участников и запустите снова.
refusal-campaign-no-targets = В этой кампании некого приглашать. Выберите аудиторию, в которой есть люди.

refusal-account-already-connected = Этот аккаунт уже подключён. Больше ничего делать не нужно.
refusal-account-code-wrong = Код не совпал с тем, что прислал Telegram. Посмотрите последнее сообщение и введите ещё раз.
refusal-account-code-expired = Код устарел. Запросите новый.
refusal-account-password-wrong = Пароль двухэтапной проверки неверен. Попробуйте ещё раз или сбросьте его в Telegram.
refusal-account-number-banned = Telegram заблокировал этот номер, подключить его нельзя. Если это ошибка, напишите на recover@telegram.org.
refusal-account-number-unregistered = Аккаунта Telegram с этим номером нет. Сначала зарегистрируйте его в Telegram.
refusal-account-number-invalid = Telegram не знает такого номера. Напишите его с кодом страны, например +7….
refusal-account-flood = Попыток было слишком много, и Telegram просит этот аккаунт или номер подождать. Попробуйте позже: если торопиться, ждать придётся дольше.
refusal-account-app-refused = Telegram не принимает API id этой установки. Проверьте TELEGRAM_API_ID и TELEGRAM_API_HASH.
refusal-account-sign-in-failed = Telegram не завершил вход, ничего не подключено. Начните заново.
refusal-community-already-known = Это сообщество уже есть в вашем списке под другим именем. Возьмите имеющееся.
