import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { clustersAddress, newRunbookAddress, runbookAddress } from '../app/addresses.ts';
import { Day } from '../time/day.tsx';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { HowItWent } from './how-it-went.tsx';
import { RemovedRunbooks } from './removed.tsx';
import { type RunbookRow, useRunbooks } from './use-runbooks.ts';

export interface RunbooksPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** All runbooks. */
export function RunbooksPage({ api, role }: RunbooksPageProps) {
  const { value, at, problem, refresh } = useRunbooks(api);
  const [text, setText] = useState('');
  const now = useNow();
  useTitle('Runbooks');
  const shown = value?.filter((row) => fits(row, text));
  return (
    <div className="stack">
      <div className="head">
        <h1>Runbooks</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
        {may(role, 'credentials.write') && (
          <Button variant="default" component={Link} to={clustersAddress}>
            Clusters
          </Button>
        )}
        {may(role, 'runbook.write') && (
          <Button component={Link} to={newRunbookAddress}>
            New runbook
          </Button>
        )}
      </div>
      {value === undefined && problem === undefined && <Waiting what="runbooks" />}
      {value !== undefined && value.length > 5 && (
        <TextInput label="Find" value={text} onChange={({ target }) => setText(target.value)} />
      )}
      {value?.length === 0 && <NoRunbooks />}
      {shown !== undefined && shown.length > 0 && (
        <ul className="card lines">
          {shown.map((row) => (
            <Row key={row.id} row={row} now={now} />
          ))}
        </ul>
      )}
      {value !== undefined && value.length > 0 && shown?.length === 0 && (
        <p className="soft">No runbook has these words.</p>
      )}
      {may(role, 'runbook.write') && <RemovedRunbooks api={api} />}
    </div>
  );
}

const fits = ({ id, title, tags, category, description }: RunbookRow, text: string): boolean =>
  [id, title, category, description, ...tags].join(' ').toLowerCase().includes(text.trim().toLowerCase());

function NoRunbooks() {
  return (
    <div className="empty">
      <h2>There are no runbooks yet</h2>
      <p>
        A runbook is a list of steps, done by people or by the system, that is proposed where it fits an
        incident.
      </p>
    </div>
  );
}

function Row({ row, now }: { readonly row: RunbookRow; readonly now: number }) {
  const { id, title, description, category, tags, steps, updatedAt, version } = row;
  return (
    <li>
      <span className="grow">
        <Link to={runbookAddress(id)}>{title}</Link>
        {description !== '' && <p>{description}</p>}
        <p className="soft">{[category, ...tags].filter((word) => word !== '').join(', ')}</p>
        <HowItWent row={row} now={now} />
      </span>
      <span className="soft">
        {steps === 1 ? '1 step' : `${steps} steps`}, version {version}, <Day at={updatedAt} />
      </span>
    </li>
  );
}
