account-status-active = работает
account-status-cooling = остывает
account-status-blocked = на перерыве
account-status-frozen = заморожен
account-status-signed-out = вышел из системы
account-status-banned = заблокирован Telegram
account-status-disabled = отключён

campaign-status-draft = черновик
campaign-status-scheduled = запланирована
campaign-status-running = идёт
campaign-status-paused = на паузе
campaign-status-finished = завершена
campaign-status-cancelled = отменена
campaign-status-failed = сорвалась

target-status-pending = в очереди
target-status-waiting = ждёт
target-status-attempting = приглашаем
target-status-joined = в сообществе
target-status-already-member = уже участник
target-status-refused = отказ
target-status-unreachable = недоступен
target-status-suppressed = не беспокоить

attempt-status-attempting = выполняется
attempt-status-unknown = проверяем
attempt-status-joined = в сообществе
attempt-status-already-member = уже участник
attempt-status-refused = отказ
attempt-status-returned = снова в очереди
attempt-status-looked-up = поисков человека

parse-status-checking = проверяем
parse-status-waiting = в очереди
parse-status-running = собираем
parse-status-paused = на паузе
parse-status-done = готово
parse-status-refused = невозможно
parse-status-failed = сорвалось
parse-status-cancelled = отменено

parse-source-members = участники
parse-source-messages = авторы сообщений
parse-source-commenters = комментаторы
parse-source-reactions = поставившие реакции

parse-speed-safe = бережно
parse-speed-medium = средне
parse-speed-fast = быстро (рискованно)

audience-status-building = собирается
audience-status-importing = загружается из файла
audience-status-ready = готова
audience-status-empty = пустая

basis-opted-in = попросились сами
basis-existing-member = участники другого вашего сообщества
basis-collected = собранные

community-kind-group = группа
community-kind-supergroup = супергруппа
community-kind-channel = канал

priority-high = высокий
priority-normal = обычный
priority-low = низкий

role-owner = владелец
role-admin = администратор
role-operator = оператор
role-viewer = наблюдатель

language-en = English
language-ru = Русский

node-status-provisioned = ожидается
node-status-registered = запускается
node-status-active = работает
node-status-draining = заканчивает
node-status-lost = потерян
node-status-retired = завершён
