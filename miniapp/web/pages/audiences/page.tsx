import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useAudiences } from '../../api/audiences.ts';
import { IMPORT_PATH, SUPPRESSIONS_PATH } from '../../router.ts';
import { useTexts } from '../../texts/context.ts';
import { WithTexts } from '../../texts/more.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LinkButton } from '../link-button.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { AudienceRow } from './audience-row.tsx';
import { Make } from './make.tsx';
import { audienceTexts } from './texts.ts';

/** Named sets of people, newest first, and how another is made. */
export const AudiencesPage = ({ me }: { me: Me }) => (
  <WithTexts more={audienceTexts}>
    <Audiences me={me} />
  </WithTexts>
);

const Audiences = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const { items, total, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useAudiences();
  const mayMake = includesRole(me.role, 'operator');
  return (
    <Page
      title={t('web-audiences')}
      subtitle={me.workspace.name}
      aside={
        <>
          <LinkButton path={IMPORT_PATH} text={t('audiences-files')} />
          <LinkButton path={SUPPRESSIONS_PATH} text={t('web-suppressions')} />
        </>
      }
    >
      {!items && !error && <Skeleton cards={2} />}
      {!items && error && (
        <LoadFailed title={t('audiences-lost')} error={error} onRetry={() => void refetch()} />
      )}
      {items && (
        <div className={mayMake ? css.columns : css.column}>
          <div className={css.group}>
            {items.length === 0 ? (
              <Notice
                art="empty"
                title={t('audiences-none')}
                text={t(mayMake ? 'audiences-none-text' : 'audiences-none-ask')}
              />
            ) : (
              <Section title={t('audiences-list')} count={total}>
                <Rows>
                  {items.map((audience) => (
                    <AudienceRow key={audience.audienceId} audience={audience} mayExport={mayMake} />
                  ))}
                </Rows>
              </Section>
            )}
            <MoreButton
              hasMore={hasNextPage}
              isBusy={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            />
          </div>
          {mayMake && <Make audiences={items} />}
        </div>
      )}
    </Page>
  );
};
