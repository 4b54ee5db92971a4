import { Component, type ReactNode } from 'react';
import { useTexts } from '../texts/context.ts';
import { Notice } from './notice.tsx';

type Props = { children: ReactNode };

/** Stands in for a page that threw while it was drawn. */
export class CrashScreen extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

const Broken = () => {
  const { t } = useTexts();
  const action = { text: t('web-retry'), onClick: () => location.reload() };
  return (
    <Notice isScreen art="error" title={t('web-crashed')} text={t('web-crashed-text')} action={action} />
  );
};
