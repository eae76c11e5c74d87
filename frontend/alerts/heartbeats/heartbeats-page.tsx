import { useState } from 'react';
import { may, type Role } from '../../../shared/kernel/index.ts';
import type { Api } from '../../api/use-api.ts';
import { useCatalogue } from '../../catalogue/use-catalogue.ts';
import { useNow } from '../../time/use-now.ts';
import { Freshness } from '../../ui/freshness.tsx';
import { Question } from '../../ui/question.tsx';
import { useFocusAfter } from '../../ui/use-focus-after.ts';
import { useTitle } from '../../ui/use-title.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { HeartbeatLine } from './heartbeat-line.tsx';
import { countsOf, worstFirst } from './heartbeat-words.ts';
import { NewHeartbeat } from './new-heartbeat.tsx';
import { type Heartbeat, useHeartbeat, useHeartbeats } from './use-heartbeats.ts';

export interface HeartbeatsPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** What must call every so often, and how each stands: everybody looks, managers change. */
export function HeartbeatsPage({ api, role }: HeartbeatsPageProps) {
  useTitle('Heartbeats');
  const { value, at, problem, refresh } = useHeartbeats(api);
  const known = useCatalogue(api).value?.items.map(({ name }) => name) ?? [];
  const [said, setSaid] = useState('');
  const [removed, setRemoved] = useState(0);
  const now = useNow();
  const head = useFocusAfter(removed);
  const mayChange = may(role, 'heartbeat.write');
  const onChanged = (words: string) => {
    setSaid(words);
    refresh();
  };
  const onRemoved = (name: string) => {
    setRemoved((count) => count + 1);
    onChanged(`${name} was removed.`);
  };
  return (
    <div className="stack">
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Heartbeats
        </h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <p className="soft">
        Each is an address that one of your jobs calls every so often. When a call stays away, there is an
        alert.
        {!mayChange && ` A ${role} may look; a manager creates and changes them.`}
      </p>
      {mayChange && <NewHeartbeat api={api} known={known} onMade={refresh} />}
      {value === undefined && problem === undefined && <Waiting what="heartbeats" />}
      {value?.length === 0 && <Nothing mayChange={mayChange} />}
      <p role="status">{value !== undefined && [countsOf(value, now), said].filter(Boolean).join('. ')}</p>
      {value !== undefined && value.length > 0 && (
        <Lines {...{ api, now, mayChange, known, onChanged, onRemoved }} heartbeats={value} />
      )}
    </div>
  );
}

function Nothing({ mayChange }: { readonly mayChange: boolean }) {
  return (
    <div className="empty">
      <h2>Nothing is watched by a heartbeat yet</h2>
      <p>
        Some things are only noticed when they stay away: a nightly backup, a cron job, a queue worker,
        Prometheus itself. {mayChange ? 'Create a heartbeat above' : 'A manager creates a heartbeat'}, and let
        the job call its address at its end.
      </p>
    </div>
  );
}

interface LinesProps {
  readonly api: Api;
  readonly heartbeats: readonly Heartbeat[];
  readonly now: number;
  readonly mayChange: boolean;
  readonly known: readonly string[];
  onChanged(said: string): void;
  onRemoved(name: string): void;
}

function Lines({ api, heartbeats, onRemoved, ...shared }: LinesProps) {
  const [doomed, setDoomed] = useState<string>();
  return (
    <>
      <ul className="card lines heartbeats">
        {worstFirst(heartbeats, shared.now).map((heartbeat) => (
          <HeartbeatLine
            key={heartbeat.name}
            {...{ api, heartbeat, ...shared }}
            onRemove={({ name }) => setDoomed(name)}
          />
        ))}
      </ul>
      {doomed !== undefined && (
        <Removal
          {...{ api, name: doomed }}
          onClose={() => setDoomed(undefined)}
          onRemoved={() => {
            setDoomed(undefined);
            onRemoved(doomed);
          }}
        />
      )}
    </>
  );
}

interface RemovalProps extends Pick<LinesProps, 'api'> {
  readonly name: string;
  onClose(): void;
  onRemoved(): void;
}

/** Asks once more before a heartbeat is removed, which cannot be taken back. */
function Removal({ api, name, onClose, onRemoved }: RemovalProps) {
  const { busy, problem, remove } = useHeartbeat(api, name, onRemoved);
  return (
    <Question
      verb="Remove"
      name={name}
      consequence="Nothing is expected of it any more, its alert ends if there is one, and whatever still calls its address is refused. This cannot be undone: a new heartbeat has another address."
      {...{ busy, problem, onClose }}
      onYes={remove}
    />
  );
}
