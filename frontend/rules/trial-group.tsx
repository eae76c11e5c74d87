import type { ReactNode } from 'react';
import { SeverityBadge } from '../incidents/severity-badge.tsx';
import { countText } from '../incidents/words.ts';
import { Moment } from '../time/moment.tsx';
import type { Group } from './trial-words.ts';
import type { Trial } from './use-trial.ts';

export interface TrialGroupProps {
  readonly trial: Trial;
  readonly group: Group;
  readonly now: number;
}

type Brief = Trial['onlyActive']['examples'][number];
type Stray = Trial['missed']['examples'][number];

/** One kind of difference with its examples. What would be missed, or page nobody any more, stands open. */
export function TrialGroup({ trial, group, now }: TrialGroupProps) {
  const { key, title, about, total } = group;
  const isGrave = key === 'missed' || key === 'unplaced' || key === 'unpaged';
  const { examples } = trial[key];
  return (
    <details className={isGrave ? 'card grave' : 'card'} open={isGrave}>
      <summary>
        {title} ({countText(total)})
      </summary>
      <p className="soft">{about}</p>
      <ul className="trial-list">
        {Object.entries<Any>(examples).map(([place, one]) => (
          <li key={place}>
            <Example one={one} now={now} />
          </li>
        ))}
      </ul>
      {total > examples.length && (
        <p className="soft">
          {examples.length === 1 ? 'The first' : `The first ${examples.length}`} of {countText(total)}.
        </p>
      )}
    </details>
  );
}

type Any = Trial[Group['key']]['examples'][number];

function Example({ one, now }: { readonly one: Any; readonly now: number }): ReactNode {
  if ('why' in one) return <StrayLine stray={one} now={now} />;
  if ('parts' in one)
    return (
      <>
        <BriefLine brief={one.one} now={now} />
        <ul className="trial-list">
          {one.parts.examples.map((part) => (
            <li key={`${part.rule} ${part.key} ${part.openedAt}`}>
              <BriefLine brief={part} now={now} />
            </li>
          ))}
          {one.parts.total > one.parts.examples.length && (
            <li className="soft">and {countText(one.parts.total - one.parts.examples.length)} more</li>
          )}
        </ul>
      </>
    );
  if ('how' in one)
    return (
      <>
        <BriefLine brief={one.draft} now={now} />
        <ul className="trial-list">
          {one.how.map((how) => (
            <li key={how}>{how}</li>
          ))}
        </ul>
      </>
    );
  if ('active' in one)
    return (
      <>
        <SeverityBadge severity={one.active.severity} /> <span aria-hidden="true">→</span>
        <span className="unseen">becomes</span> <BriefLine brief={one.draft} now={now} />
      </>
    );
  return <BriefLine brief={one} now={now} />;
}

function BriefLine({ brief, now }: { readonly brief: Brief; readonly now: number }) {
  const { title, severity, service, rule, openedAt, alerts, pages } = brief;
  return (
    <>
      <SeverityBadge severity={severity} /> <bdi>{title}</bdi>{' '}
      <span className="soft">
        {service !== undefined && `${service}, `}rule {rule}, {alerts} {alerts === 1 ? 'alert' : 'alerts'},{' '}
        {pages === 0 ? 'no page' : pages === 1 ? '1 first page' : `${pages} first pages`},{' '}
        <Moment at={openedAt} now={now} />
      </span>
    </>
  );
}

function StrayLine({ stray, now }: { readonly stray: Stray; readonly now: number }) {
  const { title, service, firedAt, why } = stray;
  return (
    <>
      <bdi>{title}</bdi>{' '}
      <span className="soft">
        {service !== undefined && `${service}, `}
        <Moment at={firedAt} now={now} />: {why}
      </span>
    </>
  );
}
