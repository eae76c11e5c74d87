import { useCallback } from 'react';
import { Link } from 'wouter';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { actionsIn, pinsIn, rolesIn, type Scene } from '../../shared/war-room/index.ts';
import type { Api } from '../api/use-api.ts';
import { incidentAddress } from '../app/addresses.ts';
import { linkTo } from '../incidents/incident-link.tsx';
import { SeverityBadge } from '../incidents/severity-badge.tsx';
import { useIncident } from '../incidents/use-incident.ts';
import { stateWords } from '../incidents/words.ts';
import { FailedLoad } from '../ui/failed-load.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { Actions } from './actions.tsx';
import { Export } from './export.tsx';
import { Feed } from './feed.tsx';
import { People } from './people.tsx';
import { Pins } from './pins.tsx';
import { Player } from './player.tsx';
import { ReplayedDocument } from './replayed-document.tsx';
import { useReplay } from './use-replay.ts';

export interface ReplayPageProps {
  readonly api: Api;
  readonly id: IncidentId;
  readonly names: ReadonlyMap<string, string>;
}

/** The room of an incident as it was, played again at any speed. */
export function ReplayPage({ api, id, names }: ReplayPageProps) {
  const incident = useIncident(api, id);
  const replay = useReplay(api, id);
  const { log, snapshots } = replay;
  const title = incident.value === undefined ? 'Replay' : `Replay of ${incident.value.name}`;
  useTitle(title);
  return (
    <>
      <p className="back">
        <Link to={incidentAddress(id)}>Back to the incident</Link>
      </p>
      <article className="incident replay">
        <h1>{title}</h1>
        {log.items.length > 0 && <Replayed {...{ api, id, names, replay }} />}
        {log.items.length === 0 && log.problem === undefined && <Nothing isWhole={log.isWhole} />}
        <FailedLoad problem={log.problem} onAgain={log.again} />
        <Export
          {...{ api, id }}
          incident={incident.value}
          facts={log.items}
          snapshots={snapshots.items}
          isWhole={log.isWhole && snapshots.isWhole}
        />
      </article>
    </>
  );
}

interface ReplayedProps extends ReplayPageProps {
  readonly replay: ReturnType<typeof useReplay>;
}

function Replayed({ api, id, names, replay }: ReplayedProps) {
  const { log, snapshots, entries, player, seen, scene } = replay;
  const nameOf = useCallback((person: string) => names.get(person), [names]);
  return (
    <>
      <Player player={player} entries={entries} isWhole={log.isWhole} />
      <Standing scene={scene} />
      <div className="room">
        <section className="talk" aria-label="Room">
          <Feed {...stillFeed} {...{ facts: seen, nameOf, linkTo }} now={player.at} />
        </section>
        <ReplayedDocument api={api} incident={id} snapshots={snapshots} at={player.at} />
        <Side scene={scene} now={player.at} />
      </div>
    </>
  );
}

const Nothing = ({ isWhole }: { readonly isWhole: boolean }) =>
  isWhole ? <p className="soft">Nothing was recorded.</p> : <Waiting what="the recording" />;

const nothing = () => undefined;

/** A feed in which nothing can be done. */
const stillFeed = {
  ...({ shown: 'all', hasEarlier: false, loadsEarlier: false, mayWrite: false } as const),
  ...{ pinned: new Set<number>(), onEarlier: nothing, onPin: nothing },
};

const Standing = ({ scene: { state, severity } }: { readonly scene: Scene }) => (
  <p className="signs">
    {severity !== undefined && <SeverityBadge severity={severity} whole />}
    <span className={`state ${state}`}>{stateWords[state]}</span>
  </p>
);

function Side({ scene: { parts, people }, now }: { readonly scene: Scene; readonly now: number }) {
  return (
    <div className="room-side">
      <People people={people} roles={rolesIn(parts)} members={[]} mayWrite={false} onRole={nothing} />
      <Pins pins={pinsIn(parts)} mayWrite={false} onPin={nothing} />
      <Actions
        actions={actionsIn(parts)}
        members={[]}
        mayWrite={false}
        today={new Date(now).toISOString().slice(0, 10)}
        onAdd={nothing}
        onChange={nothing}
      />
    </div>
  );
}
