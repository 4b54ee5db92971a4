import connect from '#locales/en/connect.ftl?raw';
import refusals from '#locales/en/refusals.ftl?raw';
import units from '#locales/en/units.ftl?raw';
import web from '#locales/en/web.ftl?raw';

export default [connect, refusals, units, web];
