export * from './accounts.ts';
export * from './breakers.ts';
export * from './campaigns.ts';
export * from './communities.ts';
export * from './events.ts';
export * from './people.ts';
export * from './policies.ts';
export * from './team.ts';
