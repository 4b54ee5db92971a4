# Страница ошибок, созданная из каталога (docs/errors.ru.md).

## Кого касается ошибка и что делает Usher
concern-target = человек
concern-target-in-community = человек в этом сообществе
concern-account = аккаунт
concern-account-in-community = аккаунт в этом сообществе
concern-community = сообщество
concern-session = вход аккаунта
concern-network = соединение
reaction-already-member = засчитан участником, больше ничего не делается
reaction-refuse = в этой кампании человека больше не пробуют
reaction-refuse-everywhere = человека больше не добавляют напрямую ни в одной кампании
reaction-refuse-suppress = с человеком больше не связываются
reaction-unreachable = человек пропущен
reaction-retry-later = новая попытка через { $duration }, сколько понадобится
reaction-retry-later-times = новая попытка через { $duration }, не более { $times } раз
reaction-drop-reference = один раз ищется заново, иначе пробует другой аккаунт
reaction-cool-down = аккаунт отдыхает столько, сколько просил Telegram, и ещё минуту
reaction-block = аккаунт делает перерыв на сутки, потом работает вполсилы; второе предупреждение за 30 дней — неделя, и продолжить должен человек
reaction-freeze = аккаунт не используется, пока Telegram его не разморозит
reaction-sign-out = аккаунт ждёт нового входа и сохраняет историю
reaction-ban = аккаунт больше не используется
reaction-detach = аккаунт больше не приглашает сюда; другие продолжают
reaction-pause-campaign = кампания встаёт на паузу
reaction-unknown = вслепую не повторяется: сначала смотрим, участник ли человек; десять подряд останавливают кампанию
reaction-refuse-sign-in = ничего не подключено
docs-errors-title = Что отвечает Telegram и что делает Usher
docs-errors-intro = Страница создана из каталога ошибок командой `npm run docs`. Всё, чего здесь нет, считается неизвестным.
docs-errors-name = Ошибка
docs-errors-concerns = Касается
docs-errors-what = Простыми словами
docs-errors-reaction = Что делает Usher
docs-errors-source = Источник
