import { useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { subscribersAddress } from '../app/addresses.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { ComponentSection } from './component-section.tsx';
import { IncidentSection } from './incident-section.tsx';
import { LookSection } from './look-section.tsx';
import { MaintenanceSection } from './maintenance-section.tsx';
import { PartLinks } from './part-links.tsx';
import { type Part, parts } from './parts.ts';
import { ShownPage } from './shown-page.tsx';
import { type Publishing, type Status, useStatus } from './use-status.ts';

export interface PublishingPageProps {
  readonly api: Api;
  readonly role: Role;
  /** Which part of it is shown. */
  readonly part: Part;
}

/** The status page within the console: to see, and for those who may, to publish. */
export function PublishingPage({ api, role, part }: PublishingPageProps) {
  useTitle(part === '' ? 'Status page' : `${parts.find(([one]) => one === part)?.[1]}, status page`);
  const { value, at, problem, refresh } = useStatus(api);
  const [told, setTold] = useState<{ readonly in: Part; readonly words: string }>();
  const now = useNow();
  const onChanged = (words = '') => {
    setTold({ in: part, words });
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
          {may(role, 'status.write') ? (
            <>
              <PartLinks here={part} status={value} />
              <p className="outcome" role="status">
                {told?.in === part && told.words}
              </p>
              <Desk {...{ api, part, now, onChanged }} status={value} />
            </>
          ) : (
            <>
              <p className="soft">
                A {role} may read this page; to change it needs a responder or above. Ask an administrator of
                the organisation. <Link to={subscribersAddress}>Subscribers</Link>
              </p>
              <ShownPage api={api} status={value} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function Address({ of: { address, description } }: { readonly of: Status }) {
  if (address === undefined)
    return (
      <p className="soft">
        Nothing is published yet. The public page comes to be with the first change, such as a component.
      </p>
    );
  return (
    <p>
      Everybody reads it at <a href={address}>{address}</a>. It says: <b>{description}</b>
    </p>
  );
}

interface DeskProps extends Publishing {
  readonly part: Part;
  readonly now: number;
}

/** The part of the management that is shown. */
function Desk({ part, now, ...publishing }: DeskProps) {
  switch (part) {
    case '':
      return <IncidentSection {...publishing} now={now} />;
    case 'components':
      return <ComponentSection {...publishing} />;
    case 'maintenance':
      return <MaintenanceSection {...publishing} now={now} />;
    case 'look':
      return <LookSection {...publishing} />;
    case 'page':
      return <ShownPage {...publishing} />;
  }
}
