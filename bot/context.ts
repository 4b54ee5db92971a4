import type { Context } from 'grammy';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import type { Translate } from '#locales/translate.ts';

/** A person who may work in a workspace, as the update's sender. */
export type KnownOperator = {
  operatorId: string;
  workspaceId: string;
  workspaceName: string;
  role: Role;
  language: Language;
  /** Where else they may work. */
  others: { workspaceId: string; workspaceName: string }[];
};

export type BotContext = Context & {
  /** Undefined for people who belong to no workspace. */
  operator: KnownOperator | undefined;
  t: Translate;
};
