import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ResourceKind } from '../../../infra/local/resource.ts';
import { loadTemplate } from '../../../infra/local/template.ts';
import { temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const kinds: readonly ResourceKind[] = [
  {
    type: 'Test::Thing',
    phase: 'store',
    identity: ({ id }) => ({
      ref: `ref-${id}`,
      attributes: { Arn: `arn-${id}`, Host: `${id}.example.amazonaws.com` },
    }),
    addresses: ({ id }, _, port) => [[`${id}.example.amazonaws.com`, `127.0.0.1:${port(id)}`]],
  },
  { type: 'Custom::Known', phase: 'content', identity: ({ id }) => ({ ref: id, attributes: {} }) },
];

let made = 0;

/** A cloud assembly with one stack. */
function assembly(template: object, environment = 'aws://unknown-account/unknown-region'): string {
  made += 1;
  const path = join(folder.path, String(made));
  mkdirSync(path);
  const artifacts = {
    'One.assets': { type: 'cdk:asset-manifest', properties: { file: 'One.assets.json' } },
    One: { type: 'aws:cloudformation:stack', environment, properties: { templateFile: 'One.template.json' } },
  };
  const files = { abc: { source: { path: 'asset.abc' }, destinations: { d: { objectKey: 'abc.zip' } } } };
  writeFileSync(join(path, 'manifest.json'), JSON.stringify({ artifacts }));
  writeFileSync(join(path, 'One.assets.json'), JSON.stringify({ files }));
  writeFileSync(join(path, 'One.template.json'), JSON.stringify(template));
  return path;
}

const thing = (properties: object = {}, more: object = {}) => ({
  Type: 'Test::Thing',
  Properties: properties,
  ...more,
});

describe('a template', () => {
  test('is refused when it declares a type that nobody here knows, naming each resource and its construct', () => {
    const path = assembly({
      Resources: {
        Good: thing(),
        Bad: { Type: 'AWS::Kinesis::Stream', Metadata: { 'aws:cdk:path': 'One/Bad/Resource' } },
        Worse: { Type: 'AWS::EKS::Cluster' },
      },
    });
    expect(() => loadTemplate(path, kinds)).toThrow(
      /AWS::Kinesis::Stream Bad \(One\/Bad\/Resource\)\n.*AWS::EKS::Cluster Worse/,
    );
  });

  test('skips what needs nothing locally and the functions of custom resources, and says why', () => {
    const path = assembly({
      Resources: {
        Role: { Type: 'AWS::Logs::LogGroup' },
        Deployer: { Type: 'AWS::Lambda::Function' },
        Content: {
          Type: 'Custom::Known',
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Deployer', 'Arn'] } },
        },
      },
    });
    const { known, skipped } = loadTemplate(path, kinds);
    expect(known.map(({ declared }) => declared.id)).toEqual(['Content']);
    expect(skipped.map(({ id, reason }) => [id, reason])).toEqual([
      ['Role', expect.stringContaining('data folder')],
      ['Deployer', expect.stringContaining('deployment')],
    ]);
  });

  test('resolves references in any order and to skipped resources, then translates addresses', () => {
    const path = assembly({
      Parameters: { Version: { Type: 'String', Default: '21' } },
      Conditions: { Never: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'cn-north-1'] } },
      Resources: {
        First: thing({
          next: { 'Fn::GetAtt': ['Second', 'Arn'] },
          url: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Second', 'Host'] }, '/x']] },
        }),
        Second: thing({
          next: { Ref: 'First' },
          version: { Ref: 'Version' },
          role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        }),
        Role: { Type: 'AWS::Logs::LogGroup' },
        Absent: thing({}, { Condition: 'Never' }),
      },
      Outputs: { Url: { Value: { 'Fn::Sub': `https://\${Second.Host}/\${AWS::StackName}` } } },
    });
    const template = loadTemplate(path, kinds);
    const pairs = template.known.flatMap(
      ({ kind, declared }) => kind.addresses?.(declared, template.account, () => 4000) ?? [],
    );
    const { resources, outputs } = template.resolve(pairs);
    expect(resources.map(({ id, properties }) => [id, properties])).toEqual([
      ['First', { next: 'arn-Second', url: 'https://127.0.0.1:4000/x' }],
      ['Second', { next: 'ref-First', version: '21', role: expect.stringContaining('Role/Arn') }],
    ]);
    expect(outputs).toEqual({ Url: 'https://127.0.0.1:4000/One' });
  });

  test('tells a kind what does not depend on other resources before it asks for identities', () => {
    const seen: unknown[] = [];
    const curious: ResourceKind = {
      ...(kinds[0] as ResourceKind),
      identity({ id, properties }) {
        seen.push(properties);
        return { ref: id, attributes: {} };
      },
    };
    const stage = { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    const policy = { Condition: { 'Fn::If': ['Missing', { Ref: 'B' }, 1] } };
    loadTemplate(
      assembly({ Resources: { A: thing({ stage, list: [{ Ref: 'B' }, stage], policy }), B: thing() } }),
      [curious],
    );
    expect(seen[0]).toEqual({ stage: 'One', list: [{ Ref: 'B' }, 'One'], policy: { Condition: 1 } });
  });

  test('names the resource that uses an attribute which does not exist', () => {
    const path = assembly({ Resources: { A: thing({ x: { 'Fn::GetAtt': ['B', 'Size'] } }), B: thing() } });
    expect(() => loadTemplate(path, kinds).resolve([])).toThrow(
      /Test::Thing A .*B has no attribute Size locally, only Arn, Host/,
    );
  });

  test('takes the region of the environment, and us-east-1 where the app leaves it open', () => {
    expect(loadTemplate(assembly({ Resources: {} }), kinds).account.region).toBe('us-east-1');
    expect(loadTemplate(assembly({ Resources: {} }, 'aws://1234/eu-west-1'), kinds).account.region).toBe(
      'eu-west-1',
    );
  });

  test('finds the folder of an asset by object key and by hash', () => {
    const path = assembly({ Resources: {} });
    const template = loadTemplate(path, kinds);
    expect([template.asset('abc.zip'), template.asset('abc')]).toEqual([
      join(path, 'asset.abc'),
      join(path, 'asset.abc'),
    ]);
    expect(() => template.asset('zzz')).toThrow('zzz');
  });

  test('says what to do when nothing was synthesized', () => {
    expect(() => loadTemplate(join(folder.path, 'nothing'), kinds)).toThrow(/synthesize the app first/);
  });
});
