import type { ReactNode } from 'react';
import { severityWords } from '../../shared/incidents/words.ts';
import { exactly, SECOND } from '../../shared/kernel/time.ts';
import { Problems } from './problems.tsx';
import { namesText } from './turn-text.ts';
import type { PolicyNow } from './use-on-call.ts';

export interface PolicyCardProps {
  readonly policy: PolicyNow;
  /** Whether it is the one that was asked for. */
  readonly isWanted: boolean;
}

/** One policy: who is paged now and next, and all its levels. */
export function PolicyCard({ policy, isWanted }: PolicyCardProps) {
  const { id, name, isDefault, now, next, levels, repeat, problems } = policy;
  const head = `policy-${id}`;
  return (
    <section className="card policy" aria-labelledby={head} data-wanted={isWanted || undefined}>
      <h2 id={head}>
        {name} {isDefault && <span className="soft usual">takes what names no policy</span>}
      </h2>
      <Problems of={problems} />
      <dl className="turns">
        <Turn word="Now" turn={now} otherwise={<strong className="alarm">Nobody</strong>} />
        <Turn word="Next" turn={next} otherwise={<span className="soft">Nobody else</span>} />
      </dl>
      <ol className="levels">
        {levels.map((level) => (
          <Level key={level.level} level={level} isLast={level.level === levels.length} />
        ))}
      </ol>
      {repeat > 0 && (
        <p className="soft">
          Then again from the first level, {repeat === 1 ? 'once' : `${repeat} times`}, until somebody
          answers.
        </p>
      )}
    </section>
  );
}

interface TurnProps {
  readonly word: string;
  readonly turn: PolicyNow['now'];
  readonly otherwise: ReactNode;
}

function Turn({ word, turn, otherwise }: TurnProps) {
  return (
    <>
      <dt>{word}</dt>
      <dd>
        {turn === undefined ? (
          otherwise
        ) : (
          <>
            <strong>{namesText(turn.people)}</strong>{' '}
            <span className="soft">{turn.level === 0 ? 'as the last resort' : `level ${turn.level}`}</span>
          </>
        )}
      </dd>
    </>
  );
}

interface LevelProps {
  readonly level: PolicyNow['levels'][number];
  readonly isLast: boolean;
}

function Level({ level: one, isLast }: LevelProps) {
  const { level, delay, people, unknown = [], schedules = [], severities } = one;
  const unreached = unknown.map((name) => `${name} (cannot be reached)`);
  return (
    <li>
      <span className="soft">Level {level}</span>
      <span>
        {[...people.map(({ name }) => name), ...unreached].join(', ') || 'Nobody now'}
        {schedules.length > 0 && <span className="soft"> by {namesText(schedules)}</span>}
        {severities && (
          <span className="soft"> only {severities.map((one) => severityWords[one].short).join(', ')}</span>
        )}
      </span>
      <span className="soft">{isLast ? '' : `after ${exactly(delay * SECOND)} the next`}</span>
    </li>
  );
}
