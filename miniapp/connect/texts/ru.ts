import connect from '#locales/ru/connect.ftl?raw';
import refusals from '#locales/ru/refusals.ftl?raw';
import units from '#locales/ru/units.ftl?raw';
import web from '#locales/ru/web.ftl?raw';

export default [connect, refusals, units, web];
