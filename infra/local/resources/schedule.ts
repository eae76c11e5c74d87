import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Core } from '../core.ts';
import { invokeLater } from '../events/asynchronous.ts';
import type { ResourceKind } from '../resource.ts';
import { parseSchedule } from '../schedule/expression.ts';
import { compileFilters } from '../streams/filter.ts';
import { physicalName } from './identity.ts';

const Properties = z.looseObject({
  ScheduleExpression: z.string().optional(),
  EventPattern: z.unknown().optional(),
  State: z.string().default('ENABLED'),
  Targets: z
    .array(
      z.looseObject({
        Arn: z.string(),
        Input: z.string().optional(),
        InputTransformer: z.undefined().optional(),
      }),
    )
    .default([]),
});

/** An EventBridge rule: its schedule invokes functions at instants of the runner's clock, its pattern for what is put on the bus. */
export const schedule: ResourceKind = {
  type: 'AWS::Events::Rule',
  phase: 'schedule',
  identity(declared, account) {
    const name = physicalName(declared, 'Name');
    return { ref: name, attributes: { Arn: `arn:aws:events:${account.region}:${account.id}:rule/${name}` } };
  },
  async start({ id, identity, properties }, world: Core) {
    const rule = Properties.parse(properties);
    if (rule.State !== 'ENABLED' || world.paused.some((name) => id.startsWith(name))) return undefined;
    const targets = rule.Targets.filter((target) => target.Arn.startsWith('arn:aws:lambda:'));
    if (targets.length !== rule.Targets.length)
      throw new Error(`${id}: the local runner invokes functions only`);
    for (const { Arn } of targets) {
      if (world.mayInvoke('events.amazonaws.com', Arn, identity.attributes.Arn ?? '')) continue;
      throw new Error(`no AWS::Lambda::Permission lets EventBridge invoke ${Arn} for this rule`);
    }
    const { EventPattern: pattern, ScheduleExpression: expression } = rule;
    if (pattern !== undefined) waitFor(pattern, targets, world);
    if (expression === undefined) return undefined;
    const invokeAll = async () => {
      const event = scheduledEvent(identity.attributes.Arn ?? '', world);
      const results = targets.map((target) =>
        world.functions.invoke(target.Arn, target.Input === undefined ? event : JSON.parse(target.Input)),
      );
      await Promise.all(results);
    };
    world.addRecurring({ next: parseSchedule(expression), run: () => world.busy(invokeAll) });
    return undefined;
  },
};

interface Target {
  readonly Arn: string;
  readonly Input?: string | undefined;
}

/** Where nobody waits for an answer, what failed to the end is told, and troubles nothing else. */
function waitFor(pattern: unknown, targets: readonly Target[], world: Core): void {
  const matches = compileFilters([JSON.stringify(pattern)]);
  const hand = ({ Arn, Input }: Target, event: unknown) =>
    invokeLater(Arn, Input === undefined ? event : JSON.parse(Input), world).catch((error: unknown) =>
      world.log(String(error)),
    );
  world.bus.add({
    matches,
    take: async (event) => void (await Promise.all(targets.map((target) => hand(target, event)))),
  });
}

function scheduledEvent(rule: string, world: Core): Record<string, unknown> {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: world.account.id,
    // EventBridge tells whole seconds.
    time: new Date(world.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: world.account.region,
    resources: [rule],
    detail: {},
  };
}
