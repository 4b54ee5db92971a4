import errors from '#locales/en/errors.ftl?raw';
import forecast from '#locales/en/forecast.ftl?raw';
import reasons from '#locales/en/reasons.ftl?raw';
import refusals from '#locales/en/refusals.ftl?raw';
import statuses from '#locales/en/statuses.ftl?raw';
import units from '#locales/en/units.ftl?raw';
import web from '#locales/en/web.ftl?raw';

export default [web, statuses, forecast, reasons, errors, refusals, units];
