import { exactly, type Instant, lasting } from '../../kernel/index.ts';
import { compose, type Findings } from '../compose.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Signal } from '../signal.ts';
import type { Heartbeat } from './heartbeat.ts';

/** That a heartbeat is missed since it was due. */
export function missedSignal(heartbeat: Heartbeat, now: Instant): Signal {
  const { name, interval, grace, lastPingAt = 0, missedAt, alertTitle, description } = heartbeat;
  const expected = `It calls every ${exactly(interval)}, with ${exactly(grace)} of grace`;
  const silence = `${expected}, and was last heard ${lasting((missedAt ?? now) - lastPingAt)} before this alert.`;
  return composed(heartbeat, now, {
    ...{ state: 'firing', time: missedAt, title: alertTitle ?? `Heartbeat ${name} is missing` },
    description: description === undefined ? silence : `${description}\n${silence}`,
  });
}

/** That a heartbeat is no longer missed: never before it was, though the clock of who was called may be behind that of the sweep. */
export function recoveredSignal(heartbeat: Heartbeat, at: Instant): Signal {
  const over = Math.max(at, heartbeat.missedAt ?? at);
  return composed(heartbeat, over, { state: 'resolved', time: over });
}

function composed(
  { id, name, severity, service, ownerTeam, tags }: Heartbeat,
  receivedAt: Instant,
  said: Pick<Findings, 'state' | 'time' | 'title' | 'description'>,
): Signal {
  const labels = { heartbeat: name, ownerTeam, ...(tags?.length && { tags: tags.join(', ') }) };
  const fingerprint = fingerprintOf(id, 'heartbeat');
  return compose(
    { fingerprint, ...said, severity, service, labels },
    { receipt: '', receivedAt, integration: id },
  );
}
