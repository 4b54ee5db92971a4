import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useTexts } from '../../texts/context.ts';
import { WithTexts } from '../../texts/more.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import css from '../../ui/stack.module.css';
import { NewToken } from './new-token.tsx';
import { NewWebhook } from './new-webhook.tsx';
import { OnePerson } from './one-person.tsx';
import { Retention } from './retention.tsx';
import { settingsTexts } from './texts.ts';
import { Tokens } from './tokens.tsx';
import { Webhooks } from './webhooks.tsx';

/** How programs come into the workspace, whom it tells what happens, and how people's data is kept: for admins. */
export const SettingsPage = ({ me }: { me: Me }) => (
  <WithTexts more={settingsTexts}>
    <Settings me={me} />
  </WithTexts>
);

const Settings = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  return (
    <Page title={t('web-settings')} subtitle={me.workspace.name}>
      {includesRole(me.role, 'admin') ? (
        <div className={css.columns}>
          <div className={css.column}>
            <Tokens />
            <NewToken role={me.role} />
            <Retention />
          </div>
          <div className={css.column}>
            <Webhooks />
            <NewWebhook />
            {includesRole(me.role, 'owner') && <OnePerson />}
          </div>
        </div>
      ) : (
        <Notice art="door" title={t('settings-admins-only')} text={t('settings-admins-only-text')} />
      )}
    </Page>
  );
};
