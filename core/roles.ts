/** What an operator may do in a workspace, weakest first. */
export const ROLES = ['viewer', 'operator', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** True when `role` includes everything that `needed` may do. */
export const includesRole = (role: Role, needed: Role): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** Who does something: a person in a workspace, or a part of Usher itself. */
export type Actor =
  /** With `tokenId`: a program that acts for the person, by an API token. */
  { kind: 'operator'; operatorId: string; role: Role; tokenId?: string } | { kind: 'system'; part: string };
