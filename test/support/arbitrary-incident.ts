import fc from 'fast-check';
import { severities } from '../../shared/alerts/index.ts';
import type { IncidentCommand } from '../../shared/incidents/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { T0 } from './given.ts';

const severity = fc.constantFrom(...severities);
const other = idOf('incident', T0, 'other');
const at = fc.integer({ min: 0, max: 3_600 }).map((seconds) => T0 + seconds * 1_000);
const small = fc.integer({ min: 1, max: 4 });
const target = fc.record({ person: fc.constantFrom('ann', 'bob'), channel: fc.constant('email' as const) });

const escalate = fc
  .record({
    generation: small,
    step: small,
    level: small,
    targets: fc.array(target, { maxLength: 2 }),
    dueAt: at,
    more: fc.boolean(),
  })
  .map(
    ({ dueAt, more, ...rest }): IncidentCommand => ({
      do: 'escalate',
      ...rest,
      ...(more && { next: { step: rest.step + 1, dueAt } }),
    }),
  );

/** Any command but `open`, on an incident that may be in any state. */
export const anyCommand: fc.Arbitrary<IncidentCommand> = fc.oneof(
  fc.constant({ do: 'acknowledge' } as const),
  small.map((generation) => ({ do: 'acknowledge', generation }) as const),
  escalate,
  escalate,
  severity.map((to) => ({ do: 'change-severity', to }) as const),
  severity.map((to) => ({ do: 'raise-severity', to }) as const),
  fc.constantFrom('Checkout p99 high', 'Checkout down').map((title) => ({ do: 'rename', title }) as const),
  fc.constant({ do: 'mitigate', at: T0 } as const),
  fc.record({
    do: fc.constant('resolve' as const),
    reason: fc.constantFrom('person' as const, 'alerts-resolved' as const),
    at,
  }),
  fc.record({
    do: fc.constant('reopen' as const),
    reason: fc.constantFrom('person' as const, 'alert-fired' as const),
    at,
  }),
  fc.record({
    do: fc.constant('bring-forward' as const),
    generation: fc.integer({ min: 1, max: 3 }),
    step: fc.integer({ min: 1, max: 4 }),
    after: fc.integer({ min: 2, max: 5 }),
  }),
  fc.constant({ do: 'merge', into: other, reason: 'bridged' } as const),
  fc.constant({ do: 'absorb', from: other, reason: 'bridged' } as const),
  fc.constant({ do: 'delete' } as const),
);

/** Commands one after another, each at its own time, never back. */
export const commandsInTime = fc
  .array(fc.record({ command: anyCommand, seconds: fc.integer({ min: 0, max: 600 }) }), { maxLength: 25 })
  .map((steps) => {
    let now = T0;
    return steps.map(({ command, seconds }) => {
      now += seconds * 1_000;
      return { command, now };
    });
  });
