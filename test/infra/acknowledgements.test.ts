import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { acknowledge, acknowledgements, acknowledgementsFor } from '../../infra/acknowledgements.ts';
import { type Synthesized, synthesize } from './synthesized.ts';

const none = { runbookFunctions: [], runbookDocuments: [] };
let made: Synthesized;
beforeAll(() => {
  made = synthesize();
});

describe('[F88] the rule pack AwsSolutions of cdk-nag', () => {
  const findings = ({ app, stack }: Synthesized) =>
    new AwsSolutionsChecks(app)
      .validateScope(stack)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      );

  test('finds only what is acknowledged, and every acknowledgement has its finding', () => {
    const before = findings(made);
    const path = (resource: string) => `${made.stack.node.path}/${resource}/`;
    const stale = acknowledgements.filter(
      ([rule, resource]) =>
        !before.some((found) => {
          const [foundRule = '', where = ''] = splitAtLastSpace(found);
          return foundRule === `AwsSolutions-${rule}` && `${where}/`.startsWith(path(resource));
        }),
    );
    expect(stale).toEqual([]);
    acknowledge(made.stack, acknowledgements);
    expect(findings(made)).toEqual([]);
  });

  test('finds nothing more in a trial', () => {
    const trial = synthesize({ context: { trial: true } });
    acknowledge(trial.stack, acknowledgements);
    expect(findings(trial)).toEqual([]);
  });

  test('finds what the settings of runbooks name, and nothing that they do not', () => {
    const named = {
      runbookFunctions: ['restart-*', 'drain'],
      runbookDocuments: ['AWS-RestartEC2Instance', 'Drain'],
    };
    const own = synthesize({ context: named });
    acknowledge(own.stack, acknowledgementsFor({ ...named, restoredTable: undefined, tracing: false }));
    expect(findings(own)).toEqual([]);
    const policies = JSON.stringify(own.ofType('AWS::IAM::Role'));
    expect(policies).toContain(':function:restart-*');
    const started = JSON.stringify(
      own
        .ofType('AWS::IAM::Role')
        .flatMap(({ Properties: role }) =>
          JSON.stringify(role).match(/ssm:StartAutomationExecution.*?\]\}\]/g),
        ),
    );
    const ofAws = [':document/', ':automation-definition/'].flatMap((one) => [
      `:${one}AWS-RestartEC2Instance`,
    ]);
    for (const name of [
      ...ofAws,
      ':document/Drain',
      ':automation-definition/Drain:*',
      ':automation-execution/*',
    ])
      expect(started).toContain(name);
    expect(started).not.toContain('::document/Drain');
    const ofFunctions = made
      .ofType('AWS::IAM::Role')
      .filter(({ Properties: role }) => JSON.stringify(role).includes('lambda.amazonaws.com'));
    const without = JSON.stringify(ofFunctions);
    expect(without).not.toMatch(/lambda:InvokeFunction|ssm:StartAutomationExecution/);
  });

  test('lets the one function that drafts ask the one model that the settings name, and none without', () => {
    const named = { bedrockModel: 'eu.amazon.nova-lite-v1:0', bedrockGuardrail: 'abc123:1' };
    const own = synthesize({ context: named });
    acknowledge(
      own.stack,
      acknowledgementsFor({ ...none, ...named, restoredTable: undefined, tracing: false }),
    );
    expect(findings(own)).toEqual([]);
    const asking = own.ofType('AWS::IAM::Role').filter((role) => JSON.stringify(role).includes('bedrock:'));
    expect(asking).toHaveLength(1);
    const policies = JSON.stringify(asking);
    expect(policies).toContain(':inference-profile/eu.amazon.nova-lite-v1:0');
    expect(policies).toContain('::foundation-model/amazon.nova-lite-v1:0');
    expect(policies).toContain(':guardrail/abc123');
    const regional = synthesize({ context: { bedrockModel: 'amazon.nova-lite-v1:0' } });
    const one = JSON.stringify(regional.ofType('AWS::IAM::Role'));
    expect(one).not.toMatch(/inference-profile|bedrock:\*|bedrock:ApplyGuardrail/);
    expect(JSON.stringify(made.ofType('AWS::IAM::Role'))).not.toContain('bedrock:');
  });

  test('fails on a wildcard that nobody explained', () => {
    const fresh = synthesize({ context: { tracing: true } });
    acknowledge(
      fresh.stack,
      acknowledgementsFor({ ...none, restoredTable: undefined, tracing: true }).filter(
        ([rule, resource]) => !(rule === 'IAM5[Resource::*]' && resource.startsWith('Receive/')),
      ),
    );
    expect(findings(fresh)).toEqual([
      'AwsSolutions-IAM5[Resource::*] IncidentManagement/Receive/Role/Resource',
    ]);
  });

  test('has a reason in words for each acknowledgement, none of them blank or for the whole stack', () => {
    for (const [rule, resource, reason] of acknowledgements) {
      expect(reason.length, rule).toBeGreaterThan(15);
      expect(resource, rule).not.toBe('');
    }
  });

  test('refuses an acknowledgement of what is not in the stack', () => {
    expect(() => acknowledge(made.stack, [['S1', 'Gone/Bucket', 'It was there once upon a time']])).toThrow(
      'S1 is acknowledged for Gone/Bucket, which is not in the stack',
    );
  });
});

function splitAtLastSpace(found: string): [string, string] {
  const at = found.lastIndexOf(' ');
  return [found.slice(0, at), found.slice(at + 1)];
}
