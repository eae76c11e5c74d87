import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startLocal } from '../../../infra/local/runner.ts';
import { temporaryFolder } from '../../support/sample-stack/start.ts';
import { synthesizeSample } from '../../support/sample-stack/synthesize.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() }),
  ),
});
type Resources = z.infer<typeof Template>['Resources'];

let count = 0;
/** Starts the sample stack with its template changed; the text of the refusal. */
async function refusal(change: (resources: Resources) => void): Promise<string> {
  count += 1;
  const assembly = join(folder.path, `out-${count}`);
  cpSync(synthesizeSample(), assembly, { recursive: true });
  const file = join(assembly, 'Sample.template.json');
  const template = Template.parse(JSON.parse(readFileSync(file, 'utf8')));
  change(template.Resources);
  writeFileSync(file, JSON.stringify(template));
  const started = startLocal({ assembly, data: join(folder.path, 'data'), quiet: true });
  return started.then(
    async (system) => {
      await system.stop();
      return 'it starts';
    },
    (error: Error) => error.message,
  );
}

/** The properties of the resource whose logical id begins so. */
function propertiesOf(resources: Resources, start: string): Record<string, unknown> {
  const found = Object.entries(resources).find(([id]) => id.startsWith(start));
  if (found?.[1].Properties === undefined) throw new Error(`no ${start}`);
  return found[1].Properties;
}

/** A place in the app of the sample stack. */
const at = (path: string) => new RegExp(`Sample/${path}/Resource, test/support/sample-stack/app\\.ts:\\d+`);

describe('a template that names what the runner does not know refuses to start, with the place in the app', () => {
  test.each<[string, (resources: Resources) => void, RegExp, string]>([
    [
      'a type',
      (all) => {
        for (const one of Object.values(all))
          if (one.Type === 'AWS::SQS::Queue') one.Type = 'AWS::EKS::Cluster';
      },
      at('Work'),
      'AWS::EKS::Cluster Work',
    ],
    [
      'an intrinsic function',
      (all) => {
        propertiesOf(all, 'Work').DelaySeconds = { 'Fn::Cidr': [1] };
      },
      at('Work'),
      'Fn::Cidr',
    ],
    [
      'a rule of a filter',
      (all) => {
        propertiesOf(all, 'MirrorStream').FilterCriteria = {
          Filters: [{ Pattern: '{"a":[{"cidr":"10.0.0.0/8"}]}' }],
        };
      },
      at('Mirror/Stream'),
      'cidr',
    ],
    [
      'a property',
      (all) => {
        propertiesOf(all, 'Work').RedriveAllowPolicy = {};
      },
      at('Work'),
      'property RedriveAllowPolicy of AWS::SQS::Queue Work',
    ],
    [
      'a setting of an event source',
      (all) => {
        propertiesOf(all, 'MirrorStream').TumblingWindowInSeconds = 5;
      },
      at('Mirror/Stream'),
      'TumblingWindowInSeconds',
    ],
    [
      'an operator of a policy',
      (all) => {
        const { PolicyDocument } = propertiesOf(all, 'WorkerServiceRoleDefaultPolicy');
        const { Statement } = PolicyDocument as { Statement: Record<string, unknown>[] };
        Object.assign(Statement[0] ?? {}, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
      },
      at('Worker/ServiceRole/DefaultPolicy'),
      'operator Bool',
    ],
  ])('%s', async (_, change, place, named) => {
    const said = await refusal(change);
    expect(said).toMatch(place);
    expect(said).toContain(named);
  });
});

describe('what AWS would not let happen refuses to start', () => {
  const without = (all: Resources, start: string, action: string) => {
    const { PolicyDocument } = propertiesOf(all, start);
    for (const one of (PolicyDocument as { Statement: Record<string, unknown>[] }).Statement)
      one.Action = [one.Action].flat().filter((name) => name !== action);
  };

  test.each([
    ['Worker', 'sqs:ReceiveMessage'],
    ['Worker', 'sqs:DeleteMessage'],
    ['Mirror', 'dynamodb:GetRecords'],
    ['Mirror', 's3:PutObject'],
  ])('%s is fed although its role lacks %s', async (name, action) => {
    const said = await refusal((all) => without(all, `${name}ServiceRoleDefaultPolicy`, action));
    expect(said).toContain(`does not allow ${action} on`);
    expect(said).toMatch(at(name === 'Worker' ? 'Worker/SqsEventSource:SampleWork\\w+' : 'Mirror/Stream'));
  });

  test('a rule invokes a function that does not let it', async () => {
    const said = await refusal((all) => {
      for (const [id, { Type }] of Object.entries(all))
        if (Type === 'AWS::Lambda::Permission') delete all[id];
    });
    expect(said).toContain('no AWS::Lambda::Permission lets EventBridge invoke');
    expect(said).toMatch(at('EveryMinute'));
  });
});
