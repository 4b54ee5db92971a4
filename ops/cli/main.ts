import { type Command, describeCommand, UsageError } from './command.ts';

/** Loaded when asked for, so that no command pays for another's libraries. */
const COMMANDS: Readonly<Record<string, { about: string; load(): Promise<Command> }>> = {
  demo: {
    about: 'play the whole product against an offline Telegram',
    load: async () => (await import('./demo/command.ts')).demo,
  },
  start: {
    about: 'run bot, server and worker for real use, or some of them',
    load: async () => (await import('./start.ts')).start,
  },
  migrate: {
    about: 'bring the database to the schema of this version',
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
  claim: {
    about: 'make the code by which the first owner claims this Usher in the bot',
    load: async () => (await import('./claim.ts')).claim,
  },
  owner: {
    about: 'make a workspace and its owner',
    load: async () => (await import('./owner.ts')).owner,
  },
  'accounts connect': {
    about: 'connect a Telegram account by QR code, or by phone and code',
    load: async () => (await import('./accounts/connect.ts')).accountsConnect,
  },
  'accounts list': {
    about: 'how each account stands, why, and what brings it back',
    load: async () => (await import('./accounts/list.ts')).accountsList,
  },
  'accounts show': {
    about: 'the health of an account and what it has used of every limit',
    load: async () => (await import('./accounts/show.ts')).accountsShow,
  },
  'accounts resume': {
    about: 'let an account act again after repeated spam warnings',
    load: async () => (await import('./accounts/resume.ts')).accountsResume,
  },
  'accounts disable': {
    about: 'take an account out of work, without signing it out',
    load: async () => (await import('./accounts/change.ts')).accountsDisable,
  },
  'accounts enable': {
    about: 'let a disabled account work again',
    load: async () => (await import('./accounts/change.ts')).accountsEnable,
  },
  'accounts refresh': {
    about: 'read the profile and the sessions of an account anew',
    load: async () => (await import('./accounts/change.ts')).accountsRefresh,
  },
  'accounts check': {
    about: 'read what an account may do in a community',
    load: async () => (await import('./accounts/check.ts')).accountsCheck,
  },
  'accounts sessions': {
    about: 'from where else an account is used, and the end of a session',
    load: async () => (await import('./accounts/sessions.ts')).accountsSessions,
  },
  'accounts history': {
    about: 'what came of an account’s calls, what went wrong, who did what with it',
    load: async () => (await import('./accounts/history.ts')).accountsHistory,
  },
  'accounts logout': {
    about: 'end the session of an account at Telegram',
    load: async () => (await import('./accounts/change.ts')).accountsLogOut,
  },
  'accounts remove': {
    about: 'take an account out of the workspace; its history stays',
    load: async () => (await import('./accounts/change.ts')).accountsRemove,
  },
  parse: {
    about: 'collect the people of a community',
    load: async () => (await import('./parse.ts')).parse,
  },
  invite: {
    about: 'start a campaign that invites people into a community',
    load: async () => (await import('./invite.ts')).invite,
  },
  resume: {
    about: 'let a paused campaign go on',
    load: async () => (await import('./resume.ts')).resume,
  },
  'policy show': {
    about: 'the limits in force beside their ceilings',
    load: async () => (await import('./policy/show.ts')).policyShow,
  },
  'policy history': {
    about: 'every published version with its reason',
    load: async () => (await import('./policy/history.ts')).policyHistory,
  },
  'policy diff': {
    about: 'what differs between two versions; 0 is the ceilings',
    load: async () => (await import('./policy/diff.ts')).policyDiff,
  },
  'policy publish': {
    about: 'lower limits, or raise them again up to their ceilings',
    load: async () => (await import('./policy/publish.ts')).policyPublish,
  },
  'policy keys': {
    about: 'the public half of POLICY_SIGNING_KEY, for every process',
    load: async () => (await import('./policy/keys.ts')).policyKeys,
  },
  'keys rotate': {
    about: 'give every sealed session the newest key, while everything runs',
    load: async () => (await import('./keys/rotate.ts')).keysRotate,
  },
  'nodes list': {
    about: 'every worker, how it stands and what it holds',
    load: async () => (await import('./nodes/list.ts')).nodesList,
  },
  'nodes provision': {
    about: 'expect a machine before its first worker runs',
    load: async () => (await import('./nodes/provision.ts')).nodesProvision,
  },
  'audit verify': {
    about: 'check that nobody has changed the audit log, and name the first row that does not fit',
    load: async () => (await import('./audit/verify.ts')).auditVerify,
  },
  'erasures export': {
    about: 'the marks of everybody who was erased, to be kept beside the backups',
    load: async () => (await import('./erasures/export.ts')).erasuresExport,
  },
  'erasures apply': {
    about: 'erase again whoever came back with a restored backup',
    load: async () => (await import('./erasures/apply.ts')).erasuresApply,
  },
  'tokens create': {
    about: 'make an API token for a program',
    load: async () => (await import('./tokens/create.ts')).tokensCreate,
  },
  forecast: {
    about: 'tell when a campaign will be finished, and what holds it back',
    load: async () => (await import('./forecast.ts')).forecast,
  },
  doctor: {
    about: 'check configuration, database, queue, session keys and bot token',
    load: async () => (await import('./doctor.ts')).doctor,
  },
};

const usage = (): string =>
  [
    'usher <command> [options]',
    ...Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(18)}${about}`),
    'usher <command> --help tells more.',
  ].join('\n');

/** Runs one command line. Exit codes: 0 done, 1 something outside is wrong, 2 the input is wrong. */
async function runCommandLine(argv: readonly string[]): Promise<number> {
  const [first = '', second = ''] = argv;
  if (['', '-h', '--help', 'help'].includes(first)) {
    process.stdout.write(`${usage()}\n`);
    return 0;
  }
  const name = [`${first} ${second}`, first].find((candidate) => candidate in COMMANDS);
  const entry = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || !entry) throw new UsageError(`no command ${first}; see: usher --help`);

  const rest = argv.slice(name.split(' ').length);
  const command = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${describeCommand(name, command)}\n`);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}; see: usher ${name} --help`);
    throw error;
  }
}

try {
  process.exit(await runCommandLine(process.argv.slice(2)));
} catch (error) {
  // Knows the errors of every part, and loads them only now.
  const { explainFailure } = await import('./explain-failure.ts');
  const { text, exitCode } = explainFailure(error);
  process.stderr.write(`${text}\n`);
  process.exit(exitCode);
}
