import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Core } from '../core.ts';
import type { ResourceKind } from '../resource.ts';
import { parseSchedule } from '../schedule/expression.ts';
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

/** Why a rule without a schedule does nothing here. */
const patternReason = 'it waits for events of AWS services, and none of these says anything locally';

/** An EventBridge rule: its schedule invokes functions at instants of the runner's clock. */
export const schedule: ResourceKind = {
  type: 'AWS::Events::Rule',
  phase: 'schedule',
  identity(declared, account) {
    const name = physicalName(declared, 'Name');
    return { ref: name, attributes: { Arn: `arn:aws:events:${account.region}:${account.id}:rule/${name}` } };
  },
  async start({ id, identity, properties }, world: Core) {
    const rule = Properties.parse(properties);
    if (rule.ScheduleExpression === undefined) {
      world.log(`${id} is not started: ${patternReason}`);
      return undefined;
    }
    if (rule.State !== 'ENABLED' || world.paused.some((name) => id.startsWith(name))) return undefined;
    const targets = rule.Targets.filter((target) => target.Arn.startsWith('arn:aws:lambda:'));
    if (targets.length !== rule.Targets.length)
      throw new Error(`${id}: the local runner schedules functions only`);
    for (const { Arn } of targets) {
      if (world.mayInvoke('events.amazonaws.com', Arn, identity.attributes.Arn ?? '')) continue;
      throw new Error(`no AWS::Lambda::Permission lets EventBridge invoke ${Arn} for this rule`);
    }
    const invokeAll = async () => {
      const event = scheduledEvent(identity.attributes.Arn ?? '', world);
      const results = targets.map((target) =>
        world.functions.invoke(target.Arn, target.Input === undefined ? event : JSON.parse(target.Input)),
      );
      await Promise.all(results);
    };
    world.addRecurring({ next: parseSchedule(rule.ScheduleExpression), run: () => world.busy(invokeAll) });
    return undefined;
  },
};

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
