communities-lost = Не удаётся показать сообщества
communities-list = Какой список
communities-list-found = Найденные
communities-list-saved = Сохранённые
communities-list-blocked = Заблокированные
communities-search = Поиск сообществ
communities-search-kind = Как искать
communities-by-words = По словам
communities-by-references = Вставить список
communities-by-dialogs = Чаты аккаунта
communities-words = Слова
communities-words-hint = Не меньше трёх символов. Telegram ищет в названиях и юзернеймах.
communities-references = Сообщества одно за другим
communities-references-hint = @имя, ссылки t.me или id вида -100…, через пробел или с новой строки, не больше ста за раз.
communities-references-many = Сейчас в списке { $count }, а за раз можно не больше { $most }. Уберите лишние.
communities-dialogs-hint = Группы и каналы, в которых состоит выбранный аккаунт.
communities-dialogs-none = Ни один аккаунт ещё не подключён. Сначала подключите его: туда ведёт команда бота /accounts.
communities-dialogs-account = Чьи чаты
communities-search-do = Искать
communities-quota = Осталось поисков в час: { $left } из { $perHour }
communities-quota-none = Сейчас искать некому. Подключите аккаунт или дождитесь, пока один из них вернётся к работе.
communities-searches = Последние поиски
communities-searches-lost = Не удаётся показать поиски
communities-search-words = «{ $words }»
communities-search-similar = Похожие на { $like }
communities-search-dialogs = Чаты аккаунта
communities-search-references = Вставленный список
communities-search-show = Показать
communities-search-show-name = Показать: { $title }
communities-search-shown = на экране
communities-search-failed = не получилось
communities-search-waits = ждёт до { $moment }: так требуют лимиты
communities-search-asking = спрашиваем Telegram
communities-search-nothing = ничего не нашлось
communities-search-reading = прочитано { $read } из { $found }
communities-search-found =
    { $found ->
        [one] { $found } сообщество
        [few] { $found } сообщества
       *[other] { $found } сообществ
    }
communities-filters = Фильтры
communities-filters-held = Фильтры: { $count }
communities-filters-clear = Сбросить
communities-any = не важно
communities-kind = Вид
communities-size = Участники
communities-size-between = от { $least } до { $most }
communities-size-from = от { $least }
communities-language = Язык
communities-wish-offered = Сбор
communities-wish-offered-true = Можно собирать людей
communities-wish-offered-false = Собирать некого
communities-wish-hasComments = Комментарии
communities-wish-hasComments-true = С комментариями
communities-wish-hasComments-false = Без комментариев
communities-wish-hasDiscussion = Обсуждение
communities-wish-hasDiscussion-true = С обсуждением
communities-wish-hasDiscussion-false = Без обсуждения
communities-wish-membersHidden = Список участников
communities-wish-membersHidden-true = Скрыт
communities-wish-membersHidden-false = Открыт
communities-none-fits = Под фильтры ничего не подходит
communities-none-fits-text = Ослабьте фильтр. Непрочитанные сообщества не подходят ни под один.
communities-empty-search = Пока показать нечего
communities-empty-search-text = Найденное появится здесь само. Если поиск ничего не нашёл, попробуйте другие слова.
communities-empty-found = Пока ничего не найдено
communities-empty-found-text = Поищите по словам или вставьте список. Найденное стоит здесь, пока вы не сохраните или не заблокируете его.
communities-empty-saved = Пока ничего не сохранено
communities-empty-saved-text = Найдите сообщества и сохраните те, к которым хотите вернуться.
communities-empty-blocked = Ничего не заблокировано
communities-empty-blocked-text = Заблокируйте сообщество, и там никогда никого не соберут и туда никого не пригласят.
communities-members-hidden = участники скрыты
communities-discussion = есть обсуждение
communities-comments =
    { $count ->
        [one] { $count } свежий комментарий
        [few] { $count } свежих комментария
       *[other] { $count } свежих комментариев
    }
communities-last-post = последнее сообщение { $ago }
communities-unread = Аккаунт ещё не прочитал его. Данные появятся сами.
communities-not-offered = Собирать некого: под последними постами нет комментариев.
communities-collect = Собрать людей
communities-similar = Похожие
communities-from-found-to-saved = Сохранить
communities-from-found-to-blocked = Заблокировать
communities-from-saved-to-found = Убрать
communities-from-saved-to-blocked = Заблокировать
communities-from-blocked-to-found = Разблокировать
communities-marked-found = Теперь в найденных: { $title }.
communities-marked-saved = Сохранено: { $title }.
communities-marked-blocked = Заблокировано: { $title }.
communities-undo = Отменить
