import type { TokenPage } from '#miniapp/contract/tokens.ts';
import { useRevokeToken, useTokens } from '../../api/settings.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatAgo, formatMoment, standingAlone } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';

type Token = TokenPage['items'][number];

/** The tokens that work, with the role they have at this moment, and the end of any. */
export const Tokens = () => {
  const { t } = useTexts();
  const { items, first, total, error: lost, refetch, ...more } = useTokens();
  const { mutate, isPending, error } = useRevokeToken();
  if (!items || !first) {
    return lost ? (
      <LoadFailed title={t('settings-tokens-lost')} error={lost} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  const now = Date.parse(first.realNow);
  const revoke = async ({ tokenId, name }: Token) => {
    const isMeant = await confirmWith({
      title: t('settings-token-revoke-title'),
      message: t('settings-token-revoke-text', { name }),
      accept: t('settings-token-revoke'),
    });
    if (isMeant) mutate(tokenId, { onSuccess: () => feel('success'), onError: () => feel('error') });
  };
  return (
    <div className={css.group}>
      <Section title={t('settings-tokens')} count={total}>
        {items.length === 0 ? (
          <CardText>{t('settings-tokens-empty')}</CardText>
        ) : (
          <Rows>
            {items.map((token) => (
              <Row
                key={token.tokenId}
                title={token.name}
                detail={
                  <>
                    {t('settings-token-detail', {
                      role: standingAlone(t(`role-${token.role}`)),
                      name: token.createdBy,
                      moment: formatMoment(t, new Date(token.expiresAt), now),
                    })}
                    {' · '}
                    {token.usedAt
                      ? t('settings-token-used', {
                          ago: formatAgo(t, Math.max(0, now - Date.parse(token.usedAt))),
                        })
                      : t('settings-token-unused')}
                  </>
                }
                end={
                  <Button
                    tone="bad"
                    text={t('settings-token-revoke')}
                    name={t('settings-token-revoke-name', { name: token.name })}
                    isBusy={isPending}
                    onClick={() => void revoke(token)}
                  />
                }
              />
            ))}
          </Rows>
        )}
      </Section>
      <MoreButton
        hasMore={more.hasNextPage}
        isBusy={more.isFetchingNextPage}
        onClick={() => void more.fetchNextPage()}
      />
      <Refusal error={error} />
    </div>
  );
};
