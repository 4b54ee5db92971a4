import errors from '#locales/ru/errors.ftl?raw';
import forecast from '#locales/ru/forecast.ftl?raw';
import reasons from '#locales/ru/reasons.ftl?raw';
import refusals from '#locales/ru/refusals.ftl?raw';
import statuses from '#locales/ru/statuses.ftl?raw';
import units from '#locales/ru/units.ftl?raw';
import web from '#locales/ru/web.ftl?raw';

export default [web, statuses, forecast, reasons, errors, refusals, units];
