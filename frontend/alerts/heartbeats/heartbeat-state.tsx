import { Link } from 'wouter';
import { type Instant, lasting } from '../../../shared/kernel/time.ts';
import { incidentsAddress } from '../../app/addresses.ts';
import { until } from '../../time/age.ts';
import { Moment } from '../../time/moment.tsx';
import { expectedAt, signOf } from './heartbeat-words.ts';
import type { Heartbeat } from './use-heartbeats.ts';

export interface HeartbeatStateProps {
  readonly heartbeat: Heartbeat;
  readonly now: Instant;
}

/** When it called last, and what that means, in words that go with the time. */
export function HeartbeatState({ heartbeat, now }: HeartbeatStateProps) {
  const { lastPingAt, name, alertTitle = `Heartbeat ${name} is missing` } = heartbeat;
  return (
    <>
      {nextOf(heartbeat, now)}{' '}
      {lastPingAt === undefined ? (
        'It never called.'
      ) : (
        <>
          Last call {lasting(now - Date.parse(lastPingAt))} ago (<Moment at={lastPingAt} now={now} />
          ).
        </>
      )}
      {heartbeat.state === 'missed' && (
        <>
          <br />
          <Link to={incidentsAddress({ listing: 'open', text: alertTitle })}>Look for its incident</Link>
        </>
      )}
    </>
  );
}

function nextOf(heartbeat: Heartbeat, now: Instant): string {
  const { dueAt = '', missedAt = '' } = heartbeat;
  switch (signOf(heartbeat, now)) {
    case 'waiting':
      return 'Nothing is expected before its first call.';
    case 'paused':
      return 'Nothing is expected of it.';
    case 'alive':
      return `Due ${until(expectedAt(heartbeat) ?? now, now)}.`;
    case 'late':
      // Which side of the last second it is, the system says within a minute.
      return `Missed ${until(Math.max(Date.parse(dueAt), now), now)} unless it calls.`;
    case 'missed':
      return `Missed ${lasting(now - Date.parse(missedAt))} ago.`;
  }
}
