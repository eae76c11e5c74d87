import { lasting } from '../../shared/kernel/time.ts';
import { Fold } from '../ui/fold.tsx';
import type { ShownSpan } from './use-schedule.ts';

const moment = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** How many turns are told before somebody asks for more. */
const SHOWN = 4;

/** Who has which turn, in words. */
export function ScheduleTurns({ spans }: { readonly spans: readonly ShownSpan[] }) {
  const rest = spans.slice(SHOWN);
  return (
    <>
      <Turns spans={spans.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <Fold title={rest.length === 1 ? 'One more turn' : `${rest.length} more turns`}>
          <Turns spans={rest} />
        </Fold>
      )}
    </>
  );
}

function Turns({ spans }: { readonly spans: readonly ShownSpan[] }) {
  return (
    <ol className="shifts">
      {spans.map(({ from, to, person, override }) => (
        <li key={from} data-gap={person === undefined || undefined}>
          <span className="soft">
            <time dateTime={from}>{moment.format(new Date(from))}</time>
          </span>
          <strong>{person?.name ?? 'Nobody: a gap'}</strong>
          <span className="soft">
            {lasting(Date.parse(to) - Date.parse(from))}
            {override !== undefined && ', has taken over'}
          </span>
        </li>
      ))}
    </ol>
  );
}
