/** Something the house does not allow: where, what, and the law that says so. */
export type Offence = { path: string; line?: number; says: string; law: string };

export const describeOffence = ({ path, line, says, law }: Offence): string =>
  `${path}${line === undefined ? '' : `:${line}`}  ${says}  [${law}]`;
