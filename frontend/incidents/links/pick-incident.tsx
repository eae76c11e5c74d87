import { TextInput } from '@mantine/core';
import { lasting } from '../../../shared/kernel/time.ts';
import { SeverityBadge } from '../severity-badge.tsx';
import { stateWords } from '../words.ts';
import { type Candidate, candidatesFor } from './use-candidates.ts';

export interface PickIncidentProps {
  /** All that may be picked; absent until they are known. */
  readonly all: readonly Candidate[];
  /** The incident that another one is picked for. */
  readonly own: string;
  readonly text: string;
  /** The id of the one that is picked; empty when none is. */
  readonly chosen: string;
  readonly now: number;
  onText(text: string): void;
  onPick(id: string): void;
}

/** Picks another incident by its number or words. */
export function PickIncident({ all, own, text, chosen, now, onText, onPick }: PickIncidentProps) {
  const { shown, more } = candidatesFor(all, { own, text, chosen });
  return (
    <>
      <TextInput
        type="search"
        label="Find another incident"
        description="By its number, title or service, among the 200 most urgent that are open and the last 50 that are over."
        maxLength={100}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
      <fieldset className="pick">
        <legend className="unseen">Which incident</legend>
        {shown.map((one) => (
          <label key={one.id}>
            <input type="radio" name="other" checked={one.id === chosen} onChange={() => onPick(one.id)} />
            <SeverityBadge severity={one.severity} />
            <span className="grow">
              <span className="name">{one.name}</span> <bdi>{one.title}</bdi>{' '}
              <span className="soft">
                {one.service !== undefined && `${one.service}, `}
                {stateWords[one.state].toLowerCase()}, began {lasting(now - Date.parse(one.openedAt))} ago
              </span>
            </span>
          </label>
        ))}
        <p className="soft" role="status">
          {shown.length === 0 && 'No other incident fits.'}
          {more > 0 && `${more} more; write more of it to find them.`}
        </p>
      </fieldset>
    </>
  );
}
