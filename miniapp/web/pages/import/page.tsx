import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useTexts } from '../../texts/context.ts';
import { WithTexts } from '../../texts/more.tsx';
import { Page } from '../../ui/page.tsx';
import css from '../../ui/stack.module.css';
import { audienceTexts } from '../audiences/texts.ts';
import { FileView } from './file-view.tsx';
import { Files } from './files.tsx';
import { Upload } from './upload.tsx';

/** Files of people: all of them and the way in, or one with how it is read and what becomes of it. */
export const ImportPage = (props: { fileId: string | undefined; me: Me }) => (
  <WithTexts more={audienceTexts}>
    <Import {...props} />
  </WithTexts>
);

const Import = ({ fileId, me }: { fileId: string | undefined; me: Me }) => {
  const { t } = useTexts();
  const mayImport = includesRole(me.role, 'operator');
  if (fileId) return <FileView fileId={fileId} mayImport={mayImport} />;
  return (
    <Page title={t('audiences-files')} subtitle={me.workspace.name}>
      <div className={mayImport ? css.columns : css.column}>
        {mayImport && <Upload />}
        <Files />
      </div>
    </Page>
  );
};
