/** The page asks it what to offer; the server asks it again when something is done. */
export { includesRole, ROLES } from '#core/roles.ts';
