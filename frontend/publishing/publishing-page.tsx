import { useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { type BrandingDraft, draftOf } from './branding.ts';
import { BrandingForm } from './branding-form.tsx';
import { ComponentSection } from './component-section.tsx';
import { IncidentSection } from './incident-section.tsx';
import { MaintenanceSection } from './maintenance-section.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { ShownPage } from './shown-page.tsx';
import { mostUrgentFirst } from './urgency.ts';
import { type Publishing, type Status, useStatus } from './use-status.ts';

export interface PublishingPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** The status page within the console: to see, and for those who may, to publish. */
export function PublishingPage({ api, role }: PublishingPageProps) {
  useTitle('Status page');
  const { value, at, problem, refresh } = useStatus(api);
  const [told, setTold] = useState('');
  const now = useNow();
  const onChanged = (words = '') => {
    setTold(words);
    refresh();
  };
  return (
    <div className="stack publishing">
      <div className="head">
        <h1>Status page</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      {value === undefined && problem === undefined && <Waiting what="the status page" />}
      {value !== undefined && (
        <>
          <Address of={value} />
          <p>
            <Link to="/status/subscribers">Subscribers</Link>
          </p>
          <p role="status">{told}</p>
          {may(role, 'status.write') ? (
            <Desk api={api} status={value} onChanged={onChanged} now={now} />
          ) : (
            <>
              <p className="soft">
                A {role} may read this page; to change it needs a responder or above. Ask an administrator of
                the organisation.
              </p>
              <ShownPage api={api} status={value} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function Address({ of: { address } }: { readonly of: Status }) {
  if (address === undefined)
    return (
      <p className="soft">
        Nothing is published yet. The public page comes to be with the first change, such as a component.
      </p>
    );
  return (
    <p className="told">
      <span>
        Everybody reads it at <a href={address}>{address}</a>
      </span>
    </p>
  );
}

interface DeskProps extends Publishing {
  readonly now: number;
}

/** Everything that changes the page, the most urgent first, and the page with it. */
function Desk({ now, ...publishing }: DeskProps) {
  const { status, api } = publishing;
  const proposals = mostUrgentFirst(status.proposals);
  const { draft, change, forget } = useDraft<Partial<BrandingDraft> & { readonly from?: number }>(
    'branding',
    {},
  );
  const { from, ...written } = draft;
  const branding = { ...draftOf(status.page), ...written };
  const write = (part: Partial<BrandingDraft>) => change({ ...part, from: from ?? status.version });
  return (
    <>
      {proposals.length > 0 && (
        <section className="stack" aria-labelledby="waiting">
          <h2 id="waiting">Waiting to be published</h2>
          {proposals.map((one) => (
            <ProposalCard key={one.id} proposal={one} {...publishing} />
          ))}
        </section>
      )}
      <IncidentSection {...publishing} now={now} />
      <ComponentSection {...publishing} />
      <MaintenanceSection {...publishing} now={now} />
      <BrandingForm {...publishing} draft={branding} from={from} onWrite={write} onForget={forget} />
      <ShownPage api={api} status={status} draft={from === undefined ? undefined : branding} />
    </>
  );
}
