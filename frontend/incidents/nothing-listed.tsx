import { Button } from '@mantine/core';
import { severityText } from '../../shared/incidents/words.ts';
import type { Wanted } from './listing.ts';

const empty = {
  open: { head: 'Nothing is open', text: 'New incidents appear here by themselves.' },
  triggered: {
    head: 'Nothing waits for an answer',
    text: 'Incidents that nobody answered appear here by themselves.',
  },
  acknowledged: {
    head: 'Nothing is acknowledged',
    text: 'Incidents that somebody is at work on appear here.',
  },
  resolved: { head: 'Nothing has been resolved yet', text: 'Incidents stay here after they are resolved.' },
} as const;

export interface NothingListedProps {
  readonly wanted: Wanted;
  /** Whether there are incidents that were not looked through. */
  readonly more: boolean;
  onClear(): void;
}

/** What an empty list means, and what to do when it is empty because of a filter. */
export function NothingListed({ wanted, more, onClear }: NothingListedProps) {
  const isFiltered = wanted.severity !== undefined || wanted.service !== undefined || Boolean(wanted.text);
  const { head, text } = isFiltered ? filtered(wanted) : empty[wanted.listing];
  return (
    <div className="empty">
      <h2>{more ? 'Nothing found yet' : head}</h2>
      <p>{more ? 'There are incidents that were not looked through.' : text}</p>
      {isFiltered && (
        <Button variant="default" onClick={onClear}>
          Show them all
        </Button>
      )}
    </div>
  );
}

/** `Nothing open is P3 Medium`, and with a service or words what that means. */
function filtered({ listing, severity, service, text }: Wanted) {
  const is = [
    ...(severity === undefined ? [] : [`is ${severityText(severity)}`]),
    ...(service === undefined ? [] : [`concerns ${service}`]),
    ...(text ? [`has the words “${text}”`] : []),
  ];
  const others = service === undefined && !text ? 'Other severities' : 'Others';
  return { head: `Nothing ${listing} ${is.join(' and ')}`, text: `${others} are not shown here.` };
}
