import { beforeAll, describe, expect, test } from 'vitest';
import { queues } from '../../shared/wiring/index.ts';
import { type Made, references, synthesized } from './synthesized.ts';

let made: Made;
beforeAll(() => {
  made = synthesized();
});

/** The functions whose roles may send to a queue, by every policy of the template. */
function sendersTo(queue: string): readonly string[] {
  const roles = made
    .ofType('AWS::IAM::Role')
    .filter((role) =>
      made
        .statementsOf(role)
        .some(
          ({ Action, Resource }) =>
            [Action].flat().includes('sqs:SendMessage') &&
            references(Resource).some((id) => id.startsWith(queue)),
        ),
    );
  return roles.map(({ id }) => id.replace(/Role.*$/, '')).toSorted();
}

describe('[M20] [C1] pages have a lane of their own', () => {
  test('that only what pages may feed: no sender of alerts, no chat, no status page', () => {
    // Deliver: a page that was refused makes the next step due now.
    const pagers = ['Deliver', 'Detect', 'Escalate', 'FanOut', 'Incidents', 'Sweep'];
    expect(sendersTo('StoresEscalationQueue')).toEqual(pagers);
    // Deliver: a page that cannot arrive goes by the next channel. OnCall: people try their own channels, five times an hour each.
    expect(sendersTo('StoresDeliveryQueue')).toEqual(['Deliver', 'Escalate', 'FanOut', 'OnCall']);
  });

  test('on which one function works that works on nothing else', () => {
    const workers = Object.values(queues).map(({ worker }) => worker);
    expect(new Set(workers).size).toBe(workers.length);
    const fed = made
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ Properties: { FunctionName } }) => references(FunctionName)[0]);
    expect(new Set(fed).size).toBe(fed.length);
  });

  test('that no topic, rule or bucket sends to from outside', () => {
    for (const { Properties: own } of made.ofType('AWS::SQS::QueuePolicy'))
      expect(JSON.stringify(own.PolicyDocument)).not.toContain('"Allow"');
  });
});
