import { useState } from 'react';
import type { Me } from '#miniapp/contract/session.ts';
import type { CommunityFilters, Shown } from '../../api/communities.ts';
import { useTexts } from '../../texts/context.ts';
import { WithTexts } from '../../texts/more.tsx';
import { Page } from '../../ui/page.tsx';
import { LiveMark } from '../live-mark.tsx';
import css from './communities.module.css';
import { Filters } from './filters.tsx';
import { Listing } from './listing.tsx';
import { Lists } from './lists.tsx';
import { SearchForm } from './search-form.tsx';
import { Searches } from './searches.tsx';
import { communitiesTexts } from './texts.ts';

/** Where people may be collected: searching for communities, and what was found, saved and blocked. */
export const CommunitiesPage = ({ me }: { me: Me }) => (
  <WithTexts more={communitiesTexts}>
    <Communities me={me} />
  </WithTexts>
);

const Communities = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const [shown, setShown] = useState<Shown>({ mark: 'saved' });
  const [filters, setFilters] = useState<CommunityFilters>({});
  const showSearch = (searchId: string) => setShown({ searchId });
  return (
    <Page title={t('web-communities')} subtitle={me.workspace.name} aside={<LiveMark />}>
      <div className={css.columns}>
        <div className={css.column}>
          {me.maySteer && <SearchForm onSearch={showSearch} />}
          <Searches shown={shown} onShow={showSearch} />
        </div>
        <div className={css.column}>
          <Lists shown={shown} onShow={(mark) => setShown({ mark })} />
          <Filters filters={filters} onChange={setFilters} />
          <Listing shown={shown} filters={filters} maySteer={me.maySteer} onSearch={showSearch} />
        </div>
      </div>
    </Page>
  );
};
