import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { acknowledge, acknowledgementsFor } from '../../infra/acknowledgements.ts';
import { type Made, references, type Synthesized, synthesize, synthesized } from './synthesized.ts';

const table = 'arn:aws:dynamodb:eu-central-1:123456789012:table/restored-1';
const restoredTable = `${table}/stream/2026-11-24T02:00:00.000`;

let made: Synthesized;
beforeAll(() => {
  made = synthesize({ context: { restoredTable } });
});

describe('[F90] a stack that is pointed at a restored table', () => {
  test('makes none itself, and keeps everything else', () => {
    const types = ({ resources }: Made) =>
      resources.map(({ id, Type }) => `${Type} ${id}`).filter((one) => !one.includes('Deployment'));
    const before = types(synthesized());
    const gone = before.filter((one) => !types(made).includes(one));
    expect(gone).toEqual([expect.stringMatching(/^AWS::DynamoDB::GlobalTable /)]);
    expect(types(made).filter((one) => !before.includes(one))).toEqual([]);
  });

  test('gives its name to every function that has to do with the table', () => {
    const names = made.ofType('AWS::Lambda::Function').flatMap(({ Properties: { Environment } }) => {
      const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
      return 'TABLE_NAME' in Variables ? [Variables.TABLE_NAME] : [];
    });
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names)).toEqual(new Set(['restored-1']));
  });

  test('reads its stream', () => {
    const sources = made
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ Properties: { EventSourceArn } }) => EventSourceArn)
      .filter((arn) => references(arn).length === 0);
    expect(sources).toEqual([restoredTable, restoredTable]);
  });

  test('lets functions use that table, its indexes and its stream, and no other', () => {
    const arns = JSON.stringify(made.ofType('AWS::IAM::Role')).match(/arn:aws:dynamodb:[^"]*/g) ?? [];
    const indexes = ['gsi1', 'gsi2', 'gsi3'].map((name) => `${table}/index/${name}`);
    const allowed = [table, ...indexes, restoredTable, `${table}/stream/*`];
    expect(new Set(arns)).toEqual(new Set(allowed));
  });

  test('has no finding of cdk-nag that is not acknowledged', () => {
    acknowledge(
      made.stack,
      acknowledgementsFor({ restoredTable, tracing: false, runbookFunctions: [], runbookDocuments: [] }),
    );
    const { violations } = new AwsSolutionsChecks(made.app).validateScope(made.stack);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });

  test('is refused when the setting is not the ARN of a stream', () => {
    for (const wrong of ['restored-1', table, `${table}/stream/`, 5])
      expect(() => synthesize({ context: { restoredTable: wrong } })).toThrow(
        /restoredTable: got .*, allowed is the ARN of the stream of a restored table/,
      );
  });
});
