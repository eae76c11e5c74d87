import { expect, test } from 'vitest';
import { Role } from '../../../../infra/local/iam/role.ts';
import { readStatements } from '../../../../infra/local/iam/statement.ts';
import { ssmNeeds } from '../../../../infra/local/proxy/needs/ssm.ts';

const account = { id: '123456789012', region: 'eu-central-1' };
const role = (...Statement: readonly object[]) => new Role('who', readStatements({ Statement }, 'policy'));
const needed = (DocumentName: string) =>
  ssmNeeds('StartAutomationExecution', JSON.stringify({ DocumentName }), account);

const ssm = 'arn:aws:ssm:eu-central-1';
const executions = `${ssm}:123456789012:automation-execution/*`;
test.each([
  ['the document', 'Drain', [`${ssm}:123456789012:document/Drain`, executions], true],
  ['as before', 'Drain', [`${ssm}:123456789012:automation-definition/Drain:*`, executions], true],
  ['a document of AWS', 'AWS-Drain', [`${ssm}::document/AWS-Drain`, executions], true],
  ['one of AWS as before', 'AWS-Drain', [`${ssm}::automation-definition/AWS-Drain:*`, executions], true],
  ['another document', 'Drain', [`${ssm}:123456789012:document/Other`, executions], false],
  ['no execution', 'Drain', [`${ssm}:123456789012:document/Drain`], false],
  ['one of AWS in an account', 'AWS-Drain', [`${ssm}:123456789012:document/AWS-Drain`, executions], false],
])('starts an automation by leave for it and for executions: %s', (_, DocumentName, named, isAllowed) => {
  const own = role({ Effect: 'Allow', Action: 'ssm:StartAutomationExecution', Resource: named });
  const asked = needed(DocumentName);
  expect(asked.every((need) => own.judge(need) === 'allow')).toBe(isAllowed);
});

test('is denied a document that a statement denies by any of its names', () => {
  const Resource = `${ssm}:123456789012:automation-definition/Drain:*`;
  const statements = [
    { Effect: 'Allow', Action: 'ssm:*', Resource: '*' },
    { Effect: 'Deny', Action: 'ssm:*', Resource },
  ];
  expect(needed('Drain').map((need) => role(...statements).judge(need))).toContain('explicit deny');
});
