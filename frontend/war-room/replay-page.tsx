import { Button, NativeSelect } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import type { IncidentId } from '../../shared/kernel/index.ts';
import {
  actionsIn,
  pinsIn,
  rolesIn,
  type Scene,
  sceneAfter,
  seenBy,
  timesOf,
} from '../../shared/war-room/index.ts';
import type { Api } from '../api/use-api.ts';
import { incidentAddress } from '../app/addresses.ts';
import { linkTo } from '../incidents/incident-link.tsx';
import { SeverityBadge } from '../incidents/severity-badge.tsx';
import { useIncident } from '../incidents/use-incident.ts';
import { stateWords } from '../incidents/words.ts';
import { Notice } from '../ui/notice.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { Actions } from './actions.tsx';
import { Export } from './export.tsx';
import { Feed } from './feed.tsx';
import { People } from './people.tsx';
import { Pins } from './pins.tsx';
import { usePlayer } from './use-player.ts';
import { useRecording } from './use-recording.ts';

export interface ReplayPageProps {
  readonly api: Api;
  readonly id: IncidentId;
  readonly names: ReadonlyMap<string, string>;
}

/** The room of an incident as it was, played again at any speed. */
export function ReplayPage({ api, id, names }: ReplayPageProps) {
  const incident = useIncident(api, id);
  const { facts, isWhole, problem } = useRecording(api, id);
  const times = useMemo(() => timesOf(facts), [facts]);
  const player = usePlayer(times);
  const count = seenBy(times, player.at);
  const seen = useMemo(() => facts.slice(0, count), [facts, count]);
  const scene = useMemo(() => sceneAfter(seen), [seen]);
  const nameOf = useCallback((person: string) => names.get(person), [names]);
  const title = incident.value === undefined ? 'Replay' : `Replay of ${incident.value.name}`;
  useTitle(title);
  return (
    <>
      <p className="back">
        <Link to={incidentAddress(id)}>Back to the incident</Link>
      </p>
      <article className="incident replay">
        <h1>{title}</h1>
        {problem !== undefined && <Notice>{problem.message}</Notice>}
        {facts.length === 0 && problem === undefined && <Waiting what="the recording" />}
        {facts.length > 0 && (
          <>
            <Controls player={player} isWhole={isWhole} />
            <Standing scene={scene} />
            <div className="room">
              <section className="talk" aria-label="Room">
                <Feed {...stillFeed} {...{ facts: seen, nameOf, linkTo }} now={player.at} />
              </section>
              <Side scene={scene} now={player.at} />
            </div>
            <Export incident={incident.value} facts={facts} isWhole={isWhole} />
          </>
        )}
      </article>
    </>
  );
}

const nothing = () => undefined;

/** A feed in which nothing can be done. */
const stillFeed = {
  ...({ shown: 'all', hasEarlier: false, loadsEarlier: false, mayWrite: false } as const),
  ...{ pinned: new Set<number>(), onEarlier: nothing, onPin: nothing },
};

const speeds = [1, 10, 60, 300].map((speed) => ({ value: String(speed), label: `${speed} ×` }));

interface ControlsProps {
  readonly player: ReturnType<typeof usePlayer>;
  readonly isWhole: boolean;
}

function Controls({ player, isWhole }: ControlsProps) {
  const { at, begin, end, plays, speed, toggle, setSpeed, seek } = player;
  const shown = new Date(at).toLocaleString();
  return (
    <div className="player">
      <Button onClick={toggle}>{plays ? 'Pause' : 'Play'}</Button>
      <input
        type="range"
        aria-label="Moment"
        aria-valuetext={shown}
        min={begin}
        max={end}
        step={1_000}
        value={at}
        onChange={({ target }) => seek(Number(target.value))}
      />
      <NativeSelect
        aria-label="Speed"
        value={String(speed)}
        data={speeds}
        onChange={({ target }) => setSpeed(Number(target.value))}
      />
      <p className="soft" role="timer">
        {shown}
        {!isWhole && ' · the rest is still loading'}
      </p>
    </div>
  );
}

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
