import type { Freeze, UserSession } from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';

/** The keys by which Telegram tells a frozen account of it (core.telegram.org/api/auth#frozen-accounts). */
export const freezeCalls = (call: Call): Pick<UserSession, 'readFreeze'> => ({
  async readFreeze() {
    const answer = await call(new Api.help.GetAppConfig({ hash: 0 }));
    if (!answer.ok) return answer;
    const config = answer.value instanceof Api.help.AppConfig ? answer.value.config : undefined;
    const values = config instanceof Api.JsonObject ? config.value : [];
    return { ok: true, value: toFreeze(new Map(values.map(({ key, value }) => [key, value]))) };
  },
});

function toFreeze(values: ReadonlyMap<string, Tl.TypeJSONValue>): Freeze | undefined {
  const since = momentOf(values.get('freeze_since_date'));
  if (!since) return undefined;
  const url = values.get('freeze_appeal_url');
  return {
    since,
    until: momentOf(values.get('freeze_until_date')),
    appealUrl: url instanceof Api.JsonString && isLink(url.value) ? url.value : undefined,
  };
}

/** Zero means that there is none. */
const momentOf = (value: Tl.TypeJSONValue | undefined): Date | undefined =>
  value instanceof Api.JsonNumber && value.value > 0 ? new Date(value.value * 1000) : undefined;

const isLink = (text: string): boolean => /^https:\/\/\S+$/.test(text);
