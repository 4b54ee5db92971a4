import { useContext } from 'react';
import { LiveContext } from '../api/live.ts';
import { useTexts } from '../texts/context.ts';
import { Chip } from '../ui/chip.tsx';

/** Says that what one sees moves by itself. */
export const LiveMark = () => {
  const { t } = useTexts();
  return useContext(LiveContext) === 'open' ? <Chip tone="good" text={t('web-live')} isMoving /> : null;
};
