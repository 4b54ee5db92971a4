import { includesRole, type Role } from './roles.ts';

/** What every API token begins with, so that one that got away is found by those who look for secrets. */
export const API_TOKEN_PREFIX = 'usher_';

export const API_TOKEN_LONGEST_DAYS = 365;

/** The role a token has at this moment: its own, and never more than that of the person who made it. */
export const roleOfToken = (token: Role, maker: Role): Role => (includesRole(maker, token) ? token : maker);
