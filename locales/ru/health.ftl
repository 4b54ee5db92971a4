# How an account stands: what costs it points, and what it has used of its limits.

account-health = Здоровье { $score } из 100
health-out-of-use = сейчас не работает
health-blocked = перерыв после предупреждения о спаме
health-cooling = пауза по просьбе Telegram
health-spam-warnings = предупреждений о спаме за 30 дней: { $count }
health-flood-waits = просьб подождать за 7 дней: { $count }
health-unknown-errors = неизвестных ошибок за 7 дней: { $count }
limit-hour = приглашений за час
limit-day = приглашений за сутки
limit-ramp = приглашений за сутки, как у нового аккаунта
limit-lookup-hour = поисков по имени за час
limit-lookup-day = поисков по имени за сутки
limit-community-day = приглашений за сутки
limit-community-lifetime = приглашений всего
limit-room-at = место появится { $at }
