import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { StatusPage } from '../status/status-page.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { type BrandingDraft, drafted } from './branding.ts';
import { type Status, usePublicStatus } from './use-status.ts';

export interface ShownPageProps {
  readonly api: Api;
  readonly status: Status;
  /** Texts and look that are being written. @default as published */
  readonly draft?: BrandingDraft | undefined;
}

const audiences = [
  { value: 'members', label: 'For members' },
  { value: 'public', label: 'For everybody' },
];
const themes = [
  { value: 'auto', label: 'As my system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** The page itself, as members or everybody see it, with the texts and look that are being written. */
export function ShownPage({ api, status, draft }: ShownPageProps) {
  const [audience, setAudience] = useState('members');
  const [theme, setTheme] = useState<'auto' | 'light' | 'dark'>('auto');
  const page = draft === undefined ? withoutForeign(status.page) : drafted(status.page, draft);
  const choose = (said: string) => setTheme(said === 'light' || said === 'dark' ? said : 'auto');
  return (
    <section className="stack" aria-labelledby="page">
      <h2 id="page">{draft === undefined ? 'The page' : 'The page, with what you are writing'}</h2>
      <div className="buttons">
        {status.address !== undefined && (
          <SegmentedControl
            transitionDuration={0}
            aria-label="Shown"
            data={audiences}
            value={audience}
            onChange={setAudience}
          />
        )}
        <SegmentedControl
          transitionDuration={0}
          aria-label="Colours"
          data={themes}
          value={theme}
          onChange={choose}
        />
      </div>
      <div className="shown-page">
        {audience === 'members' ? (
          <StatusPage config={{ ...status, page }} isPublic={false} theme={theme} isWithin />
        ) : (
          <PublicPage api={api} page={page} theme={theme} />
        )}
      </div>
    </section>
  );
}

interface PublicPageProps {
  readonly api: Api;
  readonly page: Status['page'];
  readonly theme: 'auto' | 'light' | 'dark';
}

function PublicPage({ api, page, theme }: PublicPageProps) {
  const { value, problem } = usePublicStatus(api, page.id);
  if (value !== undefined) return <StatusPage config={{ ...value, page }} isPublic theme={theme} isWithin />;
  return problem === undefined ? <Waiting what="the public page" /> : <Notice>{problem.message}</Notice>;
}

/** The console loads nothing from other sites. */
function withoutForeign({ logo, ...page }: Status['page']): Status['page'] {
  return logo?.startsWith('data:') === true ? { ...page, logo } : page;
}
