import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import { yamlText } from '../../shared/kernel/yaml/index.ts';
import type { Api } from '../api/use-api.ts';
import { ruleDraftAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useFocusAfter } from '../ui/use-focus-after.ts';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { briefRule } from './brief.ts';
import { PartLinks } from './part-links.tsx';
import { PutDialog } from './put-dialog.tsx';
import { TrialView } from './trial-view.tsx';
import type { Names } from './trial-words.ts';
import { type Configuration, pagingNames, useStanding } from './use-rules.ts';
import { useShadow } from './use-shadow.ts';

export interface ShadowPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** The rules that are watched beside those in force, and what they would have done. */
export function ShadowPage({ api, role }: ShadowPageProps) {
  useTitle('Shadow rules');
  const standing = useStanding(api);
  const [said, setSaid] = useState('');
  const [changes, setChanges] = useState(0);
  const head = useFocusAfter(changes);
  const now = useNow();
  const shadow = standing.value?.configuration.shadow;
  const names = standing.value && pagingNames(standing.value.configuration);
  const onPut = (words: string) => {
    setSaid(words);
    setChanges((count) => count + 1);
    standing.refresh();
  };
  return (
    <div className="stack rules">
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Shadow
        </h1>
        <Freshness at={standing.at} now={now} problem={standing.problem} onAgain={standing.refresh} />
      </div>
      <PartLinks here="shadow" />
      <p role="status">{said}</p>
      {standing.value === undefined && standing.problem === undefined && <Waiting what="shadow rules" />}
      {standing.value !== undefined && shadow === undefined && (
        <Nothing mayWrite={may(role, 'configuration.write')} />
      )}
      {shadow !== undefined && (
        <>
          {may(role, 'configuration.write') && <Ways api={api} onPut={onPut} />}
          <Report key={shadow.since ?? ''} {...{ api, now }} names={names} />
          <details className="card">
            <summary>The shadow rules ({shadow.rules.length})</summary>
            <pre className="code-text">{yamlText(shadow.rules.map(briefRule))}</pre>
          </details>
        </>
      )}
    </div>
  );
}

function Nothing({ mayWrite }: { readonly mayWrite: boolean }) {
  return (
    <div className="empty">
      <h2>No rules are watched</h2>
      <p>
        Rules under shadow decide nothing; what they would have done is told here.{' '}
        {mayWrite && <Link to={ruleDraftAddress()}>Begin with a draft</Link>}
      </p>
    </div>
  );
}

interface ReportProps extends Pick<ShadowPageProps, 'api'> {
  readonly names: Names | undefined;
  readonly now: number;
}

function Report({ api, names, now }: ReportProps) {
  const { value, at, problem, refresh } = useShadow(api);
  return (
    <section className="card" aria-labelledby="report">
      <h2 id="report">What they would have done</h2>
      {value === undefined && problem === undefined && (
        <Waiting what="the report, which plays what was received" />
      )}
      {value !== undefined && (
        <>
          <p className="soft">
            Watched since <Moment at={value.since} now={now} />.
          </p>
          <TrialView trial={value} beside="Shadow" {...(names && { names })} now={now} />
        </>
      )}
      <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
    </section>
  );
}

const ways = {
  force: {
    title: 'Put the shadow rules in force?',
    verb: 'Put in force',
    make: ({ shadow, ...rest }: Configuration) => ({ ...rest, rules: shadow?.rules ?? rest.rules }),
    said: 'The shadow rules are in force now.',
  },
  end: {
    title: 'End the shadow rules?',
    verb: 'End them',
    make: ({ shadow: _, ...rest }: Configuration) => rest,
    said: 'They are not watched any more.',
  },
} as const;

/** What becomes of shadow rules: they are put in force, or are not watched any more. */
function Ways({ api, onPut }: { readonly api: Api; onPut(words: string): void }) {
  const [asks, setAsks] = useState<keyof typeof ways>();
  const [reason, setReason] = useState('');
  return (
    <div className="actions">
      <Button onClick={() => setAsks('force')}>Put in force …</Button>
      <Button variant="default" onClick={() => setAsks('end')}>
        End …
      </Button>
      {asks !== undefined && (
        <PutDialog
          key={asks}
          {...{ api, reason }}
          {...ways[asks]}
          onReason={setReason}
          onDone={(version) => {
            setAsks(undefined);
            setReason('');
            onPut(`${ways[asks].said} (Version ${version}.)`);
          }}
          onClose={() => setAsks(undefined)}
        />
      )}
    </div>
  );
}
