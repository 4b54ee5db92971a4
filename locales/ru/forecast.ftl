# Что станет с кампанией: для Mini App и терминала.

forecast-title = Прогноз
forecast-lost = Прогноз не показать
forecast-finishes = Завершится
forecast-finishes-never = не предвидится
forecast-in = через { $duration }
forecast-pace = Приглашений в день
forecast-pace-value = около { NUMBER($count) }
forecast-bound-by = Сдерживает
forecast-bound-by-nothing = ничего
forecast-bound-share = { $share } всего ожидания
forecast-invites = Предстоит приглашений
forecast-left-over = Останется
forecast-accounts = Приглашений по аккаунтам

forecast-never-no-inviting-account = Нет ни одного работающего аккаунта, который может сюда приглашать. Подключите новый или верните прежний.
forecast-never-horizon = Такими темпами нужно больше двух лет. Добавьте аккаунты или распределите людей по сообществам.
forecast-never-community-lifetime = Все аккаунты сделают столько приглашений в это сообщество, сколько им вообще можно. Добавьте аккаунты.
forecast-never-zero = Один из лимитов равен нулю: { $limit }. Поднимите его, чтобы продолжить.

forecast-assumes = Считаем, что { $what }.
forecast-assumes-first-answers = каждый отвечает на первое же приглашение, а Telegram больше не просит пауз
forecast-assumes-starts-now = кампания продолжается с этой минуты
forecast-assumes-nobody-suppressed = никого из аудитории нет в списке «не беспокоить»
forecast-assumes-alone = другие кампании этих аккаунтов пока стоят
